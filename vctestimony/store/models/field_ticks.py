"""Rows of signed links to a person's own checklist, and of every tick that came by one."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.domain.field_ticks import Outcome
from vctestimony.domain.people import Duty
from vctestimony.store.base import Base, Instant, word
from vctestimony.store.models.hearings import ParticipantRow


class FieldLinkRow(Base):
    """The link of one participant. `number` stands in its token and rises when it is made anew."""

    __tablename__ = "field_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), unique=True)
    number: Mapped[int] = mapped_column(default=1)
    duty: Mapped[Duty] = mapped_column(word(Duty))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(200))
    mailed_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    participant: Mapped[ParticipantRow] = relationship()


class FieldTickRow(Base):
    """One tick that came, taken or not. `said_at` is what the phone said, `done_at` the same with its clock put right.

    `key` is the id that the phone gave the tick; `settled_by` names who was first where somebody was.
    """

    __tablename__ = "field_tick"
    __table_args__ = (UniqueConstraint("participant_id", "key", name="uq_field_tick_participant_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    key: Mapped[str] = mapped_column(String(64))
    step_id: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    said_at: Mapped[datetime | None] = mapped_column(Instant)
    skew_seconds: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[Outcome] = mapped_column(word(Outcome))
    settled_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")

    participant: Mapped[ParticipantRow] = relationship()
