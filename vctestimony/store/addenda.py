"""Queries of what follows a sealed record: its addenda, and the words that its redacted copy leaves out."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import AddendumRow, LeftOutRow


def of_hearing(session: Session, hearing_id: int) -> Sequence[AddendumRow]:
    """The addenda, in order; their files are read only where somebody takes one."""
    query = sa.select(AddendumRow).where(AddendumRow.hearing_id == hearing_id)
    return session.scalars(query.order_by(AddendumRow.number)).all()


def sealed_as(session: Session, code: str) -> AddendumRow | None:
    """The addendum with this code."""
    return session.scalar(sa.select(AddendumRow).where(AddendumRow.code == code))


def with_file(session: Session, pdf_sha256: str) -> AddendumRow | None:
    """The addendum whose PDF had this hash when it was sealed."""
    query = sa.select(AddendumRow).where(AddendumRow.pdf_sha256 == pdf_sha256)
    return session.scalar(query.order_by(AddendumRow.id).limit(1))


def with_files(session: Session, hashes: Collection[str]) -> Sequence[AddendumRow]:
    """The addenda whose PDF had one of these hashes when it was sealed."""
    query = sa.select(AddendumRow).where(AddendumRow.pdf_sha256.in_(hashes))
    return session.scalars(query.order_by(AddendumRow.id)).all()


def left_out(session: Session, hearing_id: int) -> Sequence[LeftOutRow]:
    """The words that the court leaves out or took back, as they were added."""
    query = sa.select(LeftOutRow).where(LeftOutRow.hearing_id == hearing_id)
    return session.scalars(query.order_by(LeftOutRow.id)).all()


def left_word(session: Session, hearing_id: int, public_id: str) -> LeftOutRow | None:
    """One of them, taken for a change, so that the second of two waits and sees what the first did."""
    query = sa.select(LeftOutRow).where(LeftOutRow.hearing_id == hearing_id, LeftOutRow.public_id == public_id)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))
