"""Queries of the journal: append one entry to the chain, read it in order."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.domain.journal import GENESIS, Entry, entry_hash
from vctestimony.store.models import JournalRow

_CHAIN_LOCK = 7002
_CHUNK = 1000
# In the order of the fields of an Entry. Plain columns: a row object each costs more time than its hash.
_COLUMNS = (
    JournalRow.id,
    JournalRow.at,
    JournalRow.actor,
    JournalRow.action,
    JournalRow.subject,
    JournalRow.facts,
    JournalRow.previous_hash,
    JournalRow.hash,
)


def queue(session: Session) -> None:
    """Wait until nobody else is about to write an entry, and let nobody begin until the transaction ends.

    SQLite's writer is alone; PostgreSQL takes an advisory lock. What is read afterwards nobody is changing.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})


def append(session: Session, *, at: datetime, actor: str, action: str, subject: str, facts: str) -> Entry:
    """Add the next entry, when nobody else is adding one."""
    queue(session)
    session.flush()
    before, previous = last(session)
    number = before + 1
    digest = entry_hash(
        previous_hash=previous, number=number, at=at, actor=actor, action=action, subject=subject, facts=facts
    )
    row = JournalRow(
        id=number, at=at, actor=actor, action=action, subject=subject, facts=facts, previous_hash=previous, hash=digest
    )
    session.add(row)
    session.flush()
    return _entry(row)


def began_at(session: Session) -> datetime | None:
    """When the first entry was written."""
    return session.scalar(sa.select(JournalRow.at).order_by(JournalRow.id).limit(1))


def entries(session: Session, *, subject: str | None = None) -> Iterator[Entry]:
    """All entries in order, or those of one subject, a thousand at a time: memory does not grow with the journal."""
    number = 0
    query = sa.select(*_COLUMNS).order_by(JournalRow.id).limit(_CHUNK)
    if subject is not None:
        query = query.where(JournalRow.subject == subject)
    while True:
        rows = session.execute(query.where(JournalRow.id > number)).all()
        for row in rows:
            yield Entry(*row)
        if len(rows) < _CHUNK:
            return
        number = rows[-1][0]


def since(session: Session, subject: str, *, after: datetime) -> list[Entry]:
    """The entries about one subject later than the instant, in order."""
    query = sa.select(*_COLUMNS).where(JournalRow.subject == subject, JournalRow.at > after)
    return [Entry(*row) for row in session.execute(query.order_by(JournalRow.id))]


def newest(session: Session, *, subject: str) -> Entry | None:
    """The last entry about one subject."""
    query = sa.select(*_COLUMNS).where(JournalRow.subject == subject).order_by(JournalRow.id.desc()).limit(1)
    row = session.execute(query).first()
    return Entry(*row) if row else None


def head(session: Session) -> str:
    """The hash of the last entry."""
    return last(session)[1]


def last(session: Session) -> tuple[int, str]:
    """Number and hash of the last entry; of none, where there is none."""
    row = session.execute(sa.select(JournalRow.id, JournalRow.hash).order_by(JournalRow.id.desc()).limit(1)).first()
    return (row.id, row.hash) if row else (0, GENESIS)


def hashes(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    """What the entries of these numbers have as their hash; those that are not there are left out."""
    found: dict[int, str] = {}
    for start in range(0, len(numbers), _CHUNK):
        some = JournalRow.id.in_(numbers[start : start + _CHUNK])
        found |= {row.id: row.hash for row in session.execute(sa.select(JournalRow.id, JournalRow.hash).where(some))}
    return found


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
