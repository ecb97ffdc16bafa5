"""Queries of the hold on all mail: whether there is one, what waits behind it."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import MailHoldRow, OutboxRow, OutboxState

_WAITING = OutboxRow.state.in_((OutboxState.PENDING, OutboxState.SENDING))


def current(session: Session) -> MailHoldRow | None:
    """The oldest hold that nobody released."""
    query = sa.select(MailHoldRow).where(MailHoldRow.released_at.is_(None)).order_by(MailHoldRow.id).limit(1)
    return session.scalar(query)


def unreleased(session: Session) -> list[MailHoldRow]:
    """Every such hold, for this transaction alone."""
    query = sa.select(MailHoldRow).where(MailHoldRow.released_at.is_(None)).order_by(MailHoldRow.id)
    return list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def put_back(session: Session) -> int:
    """Take every mail out of the hands of workers that are no more. Each may have left already: how many that are.

    Whoever it is to may know what it says, so a later end of it is told to them, as after any attempt.
    """
    session.execute(
        sa.update(OutboxRow)
        .where(_WAITING)
        .values(
            state=OutboxState.PENDING,
            owner="",
            leased_until=None,
            attempts=sa.case((OutboxRow.attempts == 0, 1), else_=OutboxRow.attempts),
        )
    )
    return session.scalar(sa.select(sa.func.count()).select_from(OutboxRow).where(_WAITING)) or 0
