"""Queries of the signs of life that workers give."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from vctestimony.store.models import HeartbeatRow, OutboxRow, OutboxState


def beat(session: Session, kind: str, *, at: datetime) -> None:
    """Note that a worker of that kind lives; any number of them may at once."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    first = insert(HeartbeatRow).values(kind=kind, beaten_at=at)
    session.execute(first.on_conflict_do_update(index_elements=["kind"], set_={"beaten_at": at}))


def last(session: Session, kind: str) -> datetime | None:
    """When one of them last did."""
    return session.scalar(sa.select(HeartbeatRow.beaten_at).where(HeartbeatRow.kind == kind))


def is_in_hand(session: Session, *, now: datetime) -> bool:
    """Whether a worker is handing a mail over just now, which may take minutes."""
    leased = sa.and_(OutboxRow.state == OutboxState.SENDING, OutboxRow.leased_until > now)
    return session.scalar(sa.select(OutboxRow.id).where(leased).limit(1)) is not None
