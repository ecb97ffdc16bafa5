"""Rows of what follows a sealed record: its addenda, and the words that its redacted copy leaves out."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class AddendumRow(Base):
    """One addendum to a sealed record, sealed in turn. Rows here are never changed."""

    __tablename__ = "addendum"
    __table_args__ = (UniqueConstraint("hearing_id", "number", name="uq_addendum_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"))
    record_id: Mapped[int] = mapped_column(ForeignKey("sealed_record.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    content: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    pdf_sha256: Mapped[str] = mapped_column(String(64), index=True)
    journal_head: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(5))
    sealed_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))


class LeftOutRow(Base):
    """A word that the court leaves out of the redacted copy. It may identify somebody, so it is sealed.

    What is taken back is kept, with who did it, when and why; the database lets no row go.
    """

    __tablename__ = "left_out"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    key_id: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[int | None]
    taken_back_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_back_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
