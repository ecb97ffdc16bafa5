"""Queries of the hold on all mail: whether there is one, what waits behind it."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from vctestimony.store.models import MailHoldRow, OutboxRow, OutboxState

_WAITING = OutboxRow.state.in_((OutboxState.PENDING, OutboxState.SENDING))
_HELD = sa.and_(_WAITING, OutboxRow.let_go_at.is_(None))


def current(session: Session) -> MailHoldRow | None:
    """The oldest hold that nobody released."""
    query = sa.select(MailHoldRow).where(MailHoldRow.released_at.is_(None)).order_by(MailHoldRow.id).limit(1)
    return session.scalar(query)


def unreleased(session: Session) -> list[MailHoldRow]:
    """Every such hold, for this transaction alone."""
    query = sa.select(MailHoldRow).where(MailHoldRow.released_at.is_(None)).order_by(MailHoldRow.id)
    return list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def held(session: Session, mail_ids: Collection[int]) -> Sequence[OutboxRow]:
    """Those of the mails that wait and that nobody has let go yet, locked, the oldest first."""
    query = sa.select(OutboxRow).options(defer(OutboxRow.body)).where(OutboxRow.id.in_(sorted(mail_ids)), _HELD)
    query = query.order_by(OutboxRow.id).with_for_update(of=OutboxRow)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def all_held(session: Session) -> Sequence[OutboxRow]:
    """Every mail that waits and that nobody has let go, without its body, the oldest first."""
    query = sa.select(OutboxRow).options(defer(OutboxRow.body)).where(_HELD)
    return session.scalars(query.order_by(OutboxRow.id)).all()


def held_before(session: Session, row: OutboxRow) -> OutboxRow | None:
    """The oldest mail that is held and must leave before this one: to the same person at the same address."""
    same = sa.and_(
        OutboxRow.participant_id == row.participant_id,
        sa.func.lower(OutboxRow.to_address) == row.to_address.lower(),
    )
    return session.scalar(
        sa.select(OutboxRow).where(same, OutboxRow.id < row.id, _HELD).order_by(OutboxRow.id).limit(1)
    )


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
            let_go_at=None,
            attempts=sa.case((OutboxRow.attempts == 0, 1), else_=OutboxRow.attempts),
        )
    )
    return session.scalar(sa.select(sa.func.count()).select_from(OutboxRow).where(_WAITING)) or 0
