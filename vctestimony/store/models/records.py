"""Rows of the day and the record: the running log, the deposition, the record's facts, the sealed record."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class LogRow(Base):
    """One thing that happened, stamped with its instant; corrections are new entries (`corrects_id`).

    `client_key` is the id that a device gave it, `said_at` what the clock of the device showed, `skew_seconds` by how
    much that was put right.
    """

    __tablename__ = "log_entry"
    __table_args__ = (
        UniqueConstraint("hearing_id", "number", name="uq_log_entry_number"),
        Index("uq_log_entry_client_key", "hearing_id", "client_key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    happened_at: Mapped[datetime] = mapped_column(Instant)
    written_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("log_entry.id"))
    client_key: Mapped[str | None] = mapped_column(String(40))
    said_at: Mapped[datetime | None] = mapped_column(Instant)
    skew_seconds: Mapped[int] = mapped_column(default=0, server_default="0")


class DepositionRow(Base):
    """One numbered question and answer, or a narrative passage when `question` is empty.

    `ordinal` names the line for good; `number` is its place now. `speaker` is the duty of who asks, or who tells a
    passage, where it is not the usual person. Languages are those spoken; translations stand beside, never instead.
    """

    __tablename__ = "deposition_line"
    __table_args__ = (UniqueConstraint("hearing_id", "number", name="uq_deposition_line_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    number: Mapped[int]
    stage: Mapped[str] = mapped_column(String(20))
    question: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text)
    ordinal: Mapped[int] = mapped_column(default=0, server_default="0")
    speaker: Mapped[str] = mapped_column(String(40), default="", server_default="")
    question_language: Mapped[str] = mapped_column(String(5), default="", server_default="")
    answer_language: Mapped[str] = mapped_column(String(5), default="", server_default="")
    question_translation: Mapped[str] = mapped_column(Text, default="", server_default="")
    answer_translation: Mapped[str] = mapped_column(Text, default="", server_default="")
    translation_language: Mapped[str] = mapped_column(String(5), default="", server_default="")
    translated_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    exhibits: Mapped[str] = mapped_column(String(200), default="", server_default="")
    spoken_at: Mapped[datetime | None] = mapped_column(Instant)
    written_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class RecordFactRow(Base):
    """What was entered for one field of the record."""

    __tablename__ = "record_fact"
    __table_args__ = (UniqueConstraint("hearing_id", "field", name="uq_record_fact_field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class SealedRecordRow(Base):
    """The finalised record: its canonical JSON and its PDF with both hashes. Rows here are never changed."""

    __tablename__ = "sealed_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), unique=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    content: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    pdf_sha256: Mapped[str] = mapped_column(String(64), index=True)
    journal_head: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(5))
    sealed_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
