"""Rows of a transcript's way to its signatures and back: every move, and the scans, sealed."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.domain.record.cycle import Move, Path, Rung
from vctestimony.store.base import Base, Instant, word


class CycleMoveRow(Base):
    """One move as it was made. Rows here are never changed: what stands is told from all of them."""

    __tablename__ = "cycle_move"
    __table_args__ = (UniqueConstraint("hearing_id", "number", name="uq_cycle_move_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    number: Mapped[int]
    move: Mapped[Move] = mapped_column(word(Move))
    rung: Mapped[Rung] = mapped_column(word(Rung))
    path: Mapped[Path] = mapped_column(word(Path))
    happened_at: Mapped[datetime] = mapped_column(Instant)
    written_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")
    text_sha256: Mapped[str] = mapped_column(String(64), default="")


class CycleFileRow(Base):
    """One scan. It shows the witness's own hand: `content` is not readable without the key outside the database.

    The name that the file had is kept nowhere. Rows here are never changed.
    """

    __tablename__ = "cycle_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    size: Mapped[int]
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(Instant)
