"""Queries of the journal: append one entry to the chain, read it in order."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.domain.journal import GENESIS, Entry, entry_hash
from vctestimony.store.models import JournalRow

_CHAIN_LOCK = 7002


def append(session: Session, *, at: datetime, actor: str, action: str, subject: str, facts: str) -> Entry:
    """Add the next entry. Writers queue for the chain's end: SQLite's only writer, PostgreSQL by an advisory lock."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    session.flush()
    last = session.execute(sa.select(JournalRow.id, JournalRow.hash).order_by(JournalRow.id.desc()).limit(1)).first()
    number, previous = (last.id + 1, last.hash) if last else (1, GENESIS)
    digest = entry_hash(
        previous_hash=previous, number=number, at=at, actor=actor, action=action, subject=subject, facts=facts
    )
    row = JournalRow(
        id=number, at=at, actor=actor, action=action, subject=subject, facts=facts, previous_hash=previous, hash=digest
    )
    session.add(row)
    session.flush()
    return _entry(row)


def entries(session: Session, *, subject: str | None = None) -> Iterator[Entry]:
    """All entries in order, or those of one subject, read in chunks."""
    query = sa.select(JournalRow).order_by(JournalRow.id).execution_options(yield_per=1000)
    if subject is not None:
        query = query.where(JournalRow.subject == subject)
    for row in session.scalars(query):
        yield _entry(row)


def head(session: Session) -> str:
    """The hash of the last entry."""
    return session.scalar(sa.select(JournalRow.hash).order_by(JournalRow.id.desc()).limit(1)) or GENESIS


def _entry(row: JournalRow) -> Entry:
    return Entry(
        number=row.id,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        facts=row.facts,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
