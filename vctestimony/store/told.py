"""Queries of what the calendar behind an address may hold of a hearing: the mails that left, and those that have not.

For a calendar an event is its UID and an attendee is an address, whoever reads it (RFC 5546 2.1.5).
"""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.domain.checklist_letters import CHECKLIST_LINK
from vctestimony.store.models import OutboxRow, OutboxState


def undelivered(session: Session, hearing_id: int, *, address: str) -> Sequence[OutboxRow]:
    """Mails about the hearing to this address that have not arrived as far as anybody knows, locked, the oldest first.

    They wait for an attempt or were given up. What is being sent at this moment is not among them, nor is
    a mail with the link to a checklist: no other mail holds that.
    """
    wanted = OutboxRow.state.in_((OutboxState.PENDING, OutboxState.FAILED)), OutboxRow.kind != CHECKLIST_LINK
    query = sa.select(OutboxRow).where(*_about(hearing_id, address), *wanted).order_by(OutboxRow.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def may_stand(session: Session, hearing_id: int, *, address: str, told: Collection[str], ended: str) -> bool:
    """Whether a mail of the kinds `told` may have arrived there of which no later one has surely told the end.

    Every attempt may have delivered a mail before the connection broke; only what was accepted surely arrived.
    """
    theirs = _about(hearing_id, address)
    ends = sa.select(sa.func.coalesce(sa.func.max(OutboxRow.id), 0)).where(
        *theirs, OutboxRow.kind == ended, OutboxRow.state == OutboxState.SENT
    )
    may_have_left = sa.or_(OutboxRow.attempts > 0, OutboxRow.state.in_((OutboxState.SENDING, OutboxState.SENT)))
    query = sa.select(OutboxRow.id).where(
        *theirs, OutboxRow.kind.in_(sorted(told)), may_have_left, OutboxRow.id > ends.scalar_subquery()
    )
    return session.scalar(query.limit(1)) is not None


def _about(hearing_id: int, address: str) -> tuple[sa.ColumnElement[bool], ...]:
    return OutboxRow.hearing_id == hearing_id, sa.func.lower(OutboxRow.to_address) == address.lower()
