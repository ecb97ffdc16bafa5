"""Rows of what posts and officials enter over the calendars that many share."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.domain.calendar_entries import EntryKind
from vctestimony.domain.calendars import Reason, Status
from vctestimony.store.base import Base, Instant, word


class CalendarEntryRow(Base):
    """One entry of a post or of an official. It is withdrawn rather than deleted, and changed by a new one in its
    place. Lists of numbers are kept as text: `0,1,4` and `570-810,840-990`."""

    __tablename__ = "calendar_entry"
    __table_args__ = (CheckConstraint("(post_id IS NULL) <> (official_id IS NULL)", name="one_owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    official_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"), index=True)
    kind: Mapped[EntryKind] = mapped_column(word(EntryKind))
    first_on: Mapped[date]
    last_on: Mapped[date | None]
    label: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(500))
    weekdays: Mapped[str] = mapped_column(String(40), default="")
    weeks: Mapped[str] = mapped_column(String(40), default="")
    stretches: Mapped[str] = mapped_column(String(500), default="")
    status: Mapped[Status] = mapped_column(word(Status), default=Status.CONFIRMED)
    reason: Mapped[Reason] = mapped_column(word(Reason), default=Reason.CLOSED)
    entered_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
