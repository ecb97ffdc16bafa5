"""Rows of what can be booked, and of every stretch in which it is taken."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.domain.hearing import Part
from vctestimony.store.base import Base, Instant, word


class ResourceKind(StrEnum):
    """What kind of thing is booked."""

    PERSON = "person"
    ROOM = "room"
    LINK = "link"
    WITNESS = "witness"


class OccupancyKind(StrEnum):
    """Why a stretch is taken."""

    BOOKING = "booking"
    HOLD = "hold"
    LEAVE = "leave"
    IMPORTED = "imported"
    IMPORTED_TENTATIVE = "imported_tentative"
    OTHER = "other"


class ResourceRow(Base):
    """A person, room, link or witness that only one hearing can have at a time. No calendar: open at all hours."""

    __tablename__ = "resource"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ResourceKind] = mapped_column(word(ResourceKind))
    name: Mapped[str] = mapped_column(String(200))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    # Kept free before and after every other hearing: to turn a room around, or for a person to travel.
    gap_minutes: Mapped[int] = mapped_column(default=0, server_default="0")


class OccupancyRow(Base):
    """The resource is taken in [start_min, end_min), minutes since 1970 UTC. Blocking rows never overlap: the database
    refuses it (exclusion constraint on PostgreSQL, triggers on SQLite)."""

    __tablename__ = "occupancy"
    __table_args__ = (
        CheckConstraint("end_min > start_min", name="ends_after_start"),
        Index("occupancy_search", "resource_id", "end_min", "start_min", "held_until", "hearing_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    start_min: Mapped[int]
    end_min: Mapped[int]
    kind: Mapped[OccupancyKind] = mapped_column(word(OccupancyKind))
    blocking: Mapped[bool]
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id"), index=True)
    part: Mapped[Part | None] = mapped_column(word(Part))
    held_until: Mapped[datetime | None] = mapped_column(Instant)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("busy_source.id"), index=True)
    option_id: Mapped[int | None] = mapped_column(ForeignKey("hearing_option.id"))
