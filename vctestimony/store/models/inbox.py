"""Rows of mails that came in, what became of each, and how the place stands from which they are read."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.domain.inbound_words import Handled, Reason, Verdict
from vctestimony.store.base import Base, Instant, word
from vctestimony.store.models.hearings import HearingRow, ParticipantRow


class InboundRow(Base):
    """One mail that came in. Its bytes are sealed, for people write names into replies; `digest` knows it again.

    `about` is the Message-ID of our mail that it belongs to. While it is open, somebody has to read it; without a
    hearing that is an administrator. `note` says why it was settled as it was.
    """

    __tablename__ = "inbound"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    received_at: Mapped[datetime] = mapped_column(Instant, index=True)
    message_id: Mapped[str] = mapped_column(String(254))
    from_address: Mapped[str] = mapped_column(String(254))
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    reason: Mapped[Reason | None] = mapped_column(word(Reason))
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    about: Mapped[str] = mapped_column(String(80))
    part_stat: Mapped[str] = mapped_column(String(20))
    size: Mapped[int]
    key_id: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    is_open: Mapped[bool] = mapped_column(index=True)
    handled: Mapped[Handled | None] = mapped_column(word(Handled))
    settled_by: Mapped[str] = mapped_column(String(200), default="")
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(Text, default="")
    wiped_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    hearing: Mapped[HearingRow | None] = relationship()
    participant: Mapped[ParticipantRow | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class InboxRow(Base):
    """One folder or mailbox that is read: when it last was, and since when and why it cannot be."""

    __tablename__ = "inbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300), unique=True)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)
    trouble: Mapped[str] = mapped_column(Text, default="")
