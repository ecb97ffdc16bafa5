"""Rows of the court's recordings: what each is, and what was ordered, given and certified. None is ever changed."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class RecordingRow(Base):
    """One recording of the court as somebody described it; a correction is the next revision of the same number.

    `name` is the file's name as the recorder gave it. `log_number` is the entry of the running log it was taken from.
    """

    __tablename__ = "recording"
    __table_args__ = (UniqueConstraint("hearing_id", "number", "revision", name="uq_recording_revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    number: Mapped[int]
    revision: Mapped[int]
    log_number: Mapped[int | None]
    name: Mapped[str] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime] = mapped_column(Instant)
    seconds: Mapped[int]
    size: Mapped[int] = mapped_column(BigInteger)
    algorithm: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(128))
    custodian: Mapped[str] = mapped_column(Text)
    encryption: Mapped[str] = mapped_column(Text)
    key_place: Mapped[str] = mapped_column(Text)
    copies: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))


class RecordingEntryRow(Base):
    """One thing entered about the recordings of a hearing: an access, a return, a part of a certificate, a period.

    `about` is the number of the access that was returned, `replaces` that of the entry this one corrects.
    """

    __tablename__ = "recording_entry"
    __table_args__ = (UniqueConstraint("hearing_id", "number", name="uq_recording_entry_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[int | None]
    replaces: Mapped[int | None]
    happened_at: Mapped[datetime | None] = mapped_column(Instant)
    facts: Mapped[dict[str, str]] = mapped_column(JSON)
    written_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
