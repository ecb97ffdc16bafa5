"""Rows of times held while people are asked, of what they answered, and of people whom a court took twice."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.domain.options import OptionAnswer, OptionState
from vctestimony.store.base import Base, Instant, word
from vctestimony.store.models.hearings import HearingRow, ParticipantRow


class OptionRow(Base):
    """One start held for a hearing. Options held together are one `offer`; `number` is what people call each.

    `chosen` says who serves where the hearing leaves a choice; it takes effect when the option is booked.
    """

    __tablename__ = "hearing_option"
    __table_args__ = (UniqueConstraint("hearing_id", "offer", "number", name="uq_hearing_option_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    offer: Mapped[int]
    number: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(Instant)
    starts_wall: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(60))
    tz_version: Mapped[str] = mapped_column(String(20))
    chosen: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    held_until: Mapped[datetime] = mapped_column(Instant, index=True)
    state: Mapped[OptionState] = mapped_column(word(OptionState))
    created_at: Mapped[datetime] = mapped_column(Instant)

    hearing: Mapped[HearingRow] = relationship()
    answers: Mapped[list["OptionAnswerRow"]] = relationship(
        back_populates="option", order_by="OptionAnswerRow.participant_id"
    )


class OptionAnswerRow(Base):
    """Somebody who was written to about an option, and what they answered; `answer` is None until they do."""

    __tablename__ = "option_answer"
    __table_args__ = (UniqueConstraint("option_id", "participant_id", name="uq_option_answer_participant"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("hearing_option.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    answer: Mapped[OptionAnswer | None] = mapped_column(word(OptionAnswer))
    remark: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Instant)

    option: Mapped[OptionRow] = relationship(back_populates="answers")
    participant: Mapped[ParticipantRow] = relationship()


class OverlapRow(Base):
    """A person whom a hearing takes although they were taken: for which start, by whose order, and why.

    It counts until the hearing's time changes; then `ended_at` is set, and it only tells what was ordered once.
    """

    __tablename__ = "overlap"

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
