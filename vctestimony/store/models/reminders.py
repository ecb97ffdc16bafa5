"""Rows of what people were reminded of, and of how they want to be."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from vctestimony.domain.reminders.notices import Rule, Way
from vctestimony.domain.reminders.thresholds import USUAL_HOUR
from vctestimony.store.base import Base, Instant, word


class How(StrEnum):
    """In what a notice was given: a mail of its own, the mail of the day, or only on the page."""

    ALONE = "alone"
    TOGETHER = "together"
    PAGE = "page"


class NoticeRow(Base):
    """One notice that was given. Its key is unique, so that of all who would give it one does.

    `revision` is the state of the hearing that mattered, `about` the participant or the step that it tells of, and
    `outbox_id` the mail it stands in.
    """

    __tablename__ = "notice"
    __table_args__ = (CheckConstraint("(official_id IS NULL) <> (account_id IS NULL)", name="one_reader"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    official_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    rule: Mapped[Rule] = mapped_column(word(Rule))
    revision: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(40), default="")
    due_at: Mapped[datetime] = mapped_column(Instant)
    made_at: Mapped[datetime] = mapped_column(Instant, index=True)
    how: Mapped[How] = mapped_column(word(How))
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)


class ReminderChoiceRow(Base):
    """How one person wants to be reminded; who has no row gets one mail a day at nine."""

    __tablename__ = "reminder_choice"
    __table_args__ = (CheckConstraint("(official_id IS NULL) <> (account_id IS NULL)", name="one_reader"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    official_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    way: Mapped[Way] = mapped_column(word(Way), default=Way.DIGEST)
    hour: Mapped[int] = mapped_column(default=USUAL_HOUR)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
