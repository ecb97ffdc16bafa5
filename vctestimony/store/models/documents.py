"""Rows of printed documents."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class DocumentRow(Base):
    """One version of a numbered print of a hearing or of a post, with the hash of its bytes.

    `key` is the same for every version: what the document is about, its kind, for whom or which day, its language.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("number", "version", name="uq_document_number_version"),
        UniqueConstraint("key", "version", name="uq_document_key_version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    key: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(30))
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(5))
    facts_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    # When the hearing was to begin as this was printed; None where it had no time yet, and for a document of a post.
    starts_at: Mapped[datetime | None] = mapped_column(Instant)
    printed_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
