"""Queries of the editions of rule packs. What is kept is never changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from vctestimony.store.models import CollectionRow, EditionRow


def is_kept(session: Session, digest: str) -> bool:
    """Whether this collection was in use before."""
    return session.scalar(sa.select(CollectionRow.digest).where(CollectionRow.digest == digest)) is not None


def keep(
    session: Session, editions: Sequence[Mapping[str, object]], *, digest: str, members: Mapping[str, str], at: datetime
) -> None:
    """Keep a collection and those of its editions that are new; whoever else keeps the same loses nothing."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    rows = [{**edition, "first_used_at": at} for edition in editions]
    session.execute(dialect.insert(EditionRow).on_conflict_do_nothing(), rows)
    collection = {"digest": digest, "members": dict(members), "first_used_at": at}
    session.execute(dialect.insert(CollectionRow).on_conflict_do_nothing(), [collection])


def contents(session: Session, digest: str) -> dict[str, str]:
    """The text of every edition of a collection by pack id; empty when the collection is not kept."""
    members = session.scalar(sa.select(CollectionRow.members).where(CollectionRow.digest == digest)) or {}
    query = sa.select(EditionRow).where(EditionRow.digest.in_(members.values())).order_by(EditionRow.id)
    rows = session.scalars(query).all()
    return {row.pack_id: row.content for row in rows if members.get(row.pack_id) == row.digest}


def of_pack(session: Session, pack_id: str) -> Sequence[EditionRow]:
    """Every edition of a pack, in the order of their use."""
    query = sa.select(EditionRow).where(EditionRow.pack_id == pack_id)
    return session.scalars(query.order_by(EditionRow.first_used_at, EditionRow.id)).all()


def of_versions(session: Session, versions: Mapping[str, str]) -> Sequence[EditionRow]:
    """The editions of these packs that have the version given for each."""
    named = sa.tuple_(EditionRow.pack_id, EditionRow.version).in_(list(versions.items()))
    return session.scalars(sa.select(EditionRow).where(named).order_by(EditionRow.pack_id, EditionRow.id)).all()


def count_by_pack(session: Session) -> dict[str, int]:
    """How many editions are kept of each pack."""
    query = sa.select(EditionRow.pack_id, sa.func.count()).group_by(EditionRow.pack_id).order_by(EditionRow.pack_id)
    return {str(row[0]): int(row[1]) for row in session.execute(query)}


def collection_with(session: Session, pack_id: str, digest: str) -> str | None:
    """The first collection that had this edition of the pack; None when there is none."""
    query = sa.select(CollectionRow).order_by(CollectionRow.first_used_at, CollectionRow.digest)
    return next((row.digest for row in session.scalars(query) if row.members.get(pack_id) == digest), None)
