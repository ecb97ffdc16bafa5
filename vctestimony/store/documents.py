"""Queries of printed documents, by what they are and by their number."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import DocumentRow


def latest(session: Session, key: str) -> DocumentRow | None:
    """The newest version of that document."""
    query = sa.select(DocumentRow).where(DocumentRow.key == key)
    return session.scalar(query.order_by(DocumentRow.version.desc()).limit(1))


def versions(session: Session, number: str) -> Sequence[DocumentRow]:
    """Every version printed under that number, the first one first."""
    query = sa.select(DocumentRow).where(DocumentRow.number == number)
    return session.scalars(query.order_by(DocumentRow.version)).all()


def with_hash(session: Session, sha256: str) -> DocumentRow | None:
    """The document whose file had this hash when it was printed."""
    query = sa.select(DocumentRow).where(DocumentRow.sha256 == sha256)
    return session.scalar(query.order_by(DocumentRow.id).limit(1))
