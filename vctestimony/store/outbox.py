"""Queries of the outbox: what is due, who sends it, what became of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import OutboxRow, OutboxState


def next_due(session: Session, *, now: datetime) -> OutboxRow | None:
    """The oldest mail that may leave now, locked for this transaction. A lease that ran out counts as due again.

    Mails to one participant leave in the order they were written: a younger one waits for an older one.
    """
    older = sa.orm.aliased(OutboxRow)
    waiting = sa.or_(
        sa.and_(OutboxRow.state == OutboxState.PENDING, OutboxRow.next_at <= now),
        sa.and_(OutboxRow.state == OutboxState.SENDING, OutboxRow.leased_until <= now),
    )
    blocked = sa.exists().where(
        older.participant_id == OutboxRow.participant_id,
        older.id < OutboxRow.id,
        older.state.in_([OutboxState.PENDING, OutboxState.SENDING]),
    )
    query = sa.select(OutboxRow).where(waiting, ~blocked).order_by(OutboxRow.next_at, OutboxRow.id).limit(1)
    return session.scalar(query.with_for_update(skip_locked=True))


def owned(session: Session, *, outbox_id: int, owner: str) -> OutboxRow | None:
    """The mail, if this sender still holds it."""
    row = session.get(OutboxRow, outbox_id)
    return row if row is not None and row.state is OutboxState.SENDING and row.owner == owner else None


def unsent_for(session: Session, participant_id: int) -> Sequence[OutboxRow]:
    """Mails to the participant that nobody has begun to send."""
    query = sa.select(OutboxRow).where(
        OutboxRow.participant_id == participant_id, OutboxRow.state == OutboxState.PENDING, OutboxRow.attempts == 0
    )
    return session.scalars(query.order_by(OutboxRow.id)).all()


def last_of(session: Session, participant_id: int, *, kinds: Collection[str]) -> OutboxRow | None:
    """The newest mail of these kinds to the participant that was not overtaken before it left."""
    query = sa.select(OutboxRow).where(
        OutboxRow.participant_id == participant_id,
        OutboxRow.kind.in_(sorted(kinds)),
        OutboxRow.state != OutboxState.SUPERSEDED,
    )
    return session.scalar(query.order_by(OutboxRow.id.desc()).limit(1))


def latest_of(session: Session, hearing_id: int) -> dict[int, OutboxRow]:
    """The newest mail of each participant of a hearing, without its body."""
    query = sa.select(OutboxRow).where(OutboxRow.hearing_id == hearing_id).order_by(OutboxRow.id)
    rows = session.scalars(query.options(sa.orm.defer(OutboxRow.body)))
    return {row.participant_id: row for row in rows if row.participant_id is not None}


def seconds_overdue(session: Session, *, now: datetime) -> int:
    """How long the oldest due mail has been waiting."""
    oldest = session.scalar(sa.select(sa.func.min(OutboxRow.next_at)).where(OutboxRow.state == OutboxState.PENDING))
    return max(0, int((now - oldest).total_seconds())) if oldest else 0
