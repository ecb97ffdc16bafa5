"""Rows around the deposition: every former state of a line, what is being typed, when the text was fixed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.store.base import Base, Instant


class DepositionVersionRow(Base):
    """A line as it stood after one change. Rows here are never changed.

    `change` counts the changes of the whole deposition; `ordinal` names the line for good, whatever its number.
    """

    __tablename__ = "deposition_version"
    __table_args__ = (
        UniqueConstraint("hearing_id", "change", name="uq_deposition_version_change"),
        Index("ix_deposition_version_line", "hearing_id", "ordinal"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"))
    change: Mapped[int]
    ordinal: Mapped[int]
    line_version: Mapped[int]
    done: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    written_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))


class DepositionDraftRow(Base):
    """What somebody has typed and not yet added or saved, as the last window of theirs sent it.

    `place` is "add", "import", the ordinal of the line that is being changed, or "beside-" and that of the line at
    which more is being put.
    """

    __tablename__ = "deposition_draft"
    __table_args__ = (UniqueConstraint("hearing_id", "account_id", "place", name="uq_deposition_draft_place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    place: Mapped[str] = mapped_column(String(20))
    window: Mapped[str] = mapped_column(String(40), default="")
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    line_version: Mapped[int]
    kept_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))


class DepositionFixingRow(Base):
    """The text was fixed, or opened again with a reason. Rows here are never changed; the last one counts."""

    __tablename__ = "deposition_fixing"
    __table_args__ = (UniqueConstraint("hearing_id", "number", name="uq_deposition_fixing_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"))
    number: Mapped[int]
    fixed: Mapped[bool]
    change: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
