"""Rows of what people propose instead of a plain answer, and of what became of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.domain.proposals import ProposalKind, ProposalState
from vctestimony.store.base import Base, Instant, word
from vctestimony.store.models.hearings import HearingRow, ParticipantRow


class ProposalRow(Base):
    """Another time, or somebody else, proposed by one participant for the hearing as `sequence` had it.

    `starts_at` and `ends_at` are of the person's own parts. `ending` says what made it moot; `reply` is what the
    court answered.
    """

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    kind: Mapped[ProposalKind] = mapped_column(word(ProposalKind))
    state: Mapped[ProposalState] = mapped_column(word(ProposalState), index=True)
    starts_at: Mapped[datetime | None] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    name: Mapped[str] = mapped_column(String(200), default="")
    designation: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(254), default="")
    comment: Mapped[str] = mapped_column(Text, default="")
    channel: Mapped[str] = mapped_column(String(20))
    sequence: Mapped[int]
    dtstamp_at: Mapped[datetime | None] = mapped_column(Instant)
    made_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by: Mapped[str] = mapped_column(String(200), default="")
    ending: Mapped[str] = mapped_column(String(20), default="")
    reply: Mapped[str] = mapped_column(Text, default="")

    hearing: Mapped[HearingRow] = relationship()
    participant: Mapped[ParticipantRow] = relationship()
