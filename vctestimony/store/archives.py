"""Queries for a hearing's archive: its mails with their bytes, its packs, and what binds its journal."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import CollectionRow, JournalRow, OutboxRow

_CHUNK = 500
Link = tuple[int, str, str]
"""Number, previous hash and hash of one entry: what binds it, and nothing of what it says."""


def mails(session: Session, hearing_id: int) -> Sequence[OutboxRow]:
    """Every mail about the hearing with its bytes, in the order in which they were written."""
    query = sa.select(OutboxRow).where(OutboxRow.hearing_id == hearing_id)
    return session.scalars(query.order_by(OutboxRow.id)).all()


def digests_of_packs(session: Session, collection: str) -> Mapping[str, str]:
    """The digest of each pack of a collection; nothing where the collection was not kept."""
    found = session.scalar(sa.select(CollectionRow.members).where(CollectionRow.digest == collection))
    return dict(found or {})


def links(session: Session, numbers: Collection[int]) -> Iterator[Link]:
    """The links of these entries of the journal in order; numbers that are not there are left out."""
    wanted = sorted(numbers)
    columns = sa.select(JournalRow.id, JournalRow.previous_hash, JournalRow.hash).order_by(JournalRow.id)
    for first in range(0, len(wanted), _CHUNK):
        found = session.execute(columns.where(JournalRow.id.in_(wanted[first : first + _CHUNK])))
        yield from ((number, previous, own) for number, previous, own in found)


def last_link(session: Session) -> Link | None:
    """The link of the journal's last entry."""
    columns = sa.select(JournalRow.id, JournalRow.previous_hash, JournalRow.hash)
    row = session.execute(columns.order_by(JournalRow.id.desc()).limit(1)).first()
    return None if row is None else (row[0], row[1], row[2])
