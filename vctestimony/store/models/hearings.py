"""Rows of hearings, the people named on them and what those people answered."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.domain.backlog.asked import USUAL_PRIORITY
from vctestimony.domain.hearing import End, State
from vctestimony.domain.people import Duty
from vctestimony.store.base import Base, Instant, word
from vctestimony.store.models.cases import CaseRow, OrderRow, WitnessRow
from vctestimony.store.models.joining import JoiningRow
from vctestimony.store.models.needs import NeedRow
from vctestimony.store.models.people import OfficialRow, PostRow
from vctestimony.store.models.resources import ResourceRow


class HearingRow(Base):
    """One testimony on one date. `starts_at` and `starts_wall` are two truths of the start of the first part.

    Both are empty until a time is booked; times that are only held are options (OptionRow).
    """

    __tablename__ = "hearing"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("court_order.id"))
    witness_id: Mapped[int] = mapped_column(ForeignKey("witness.id"), index=True)
    court_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    remote_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    court_room_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    remote_room_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    link_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    state: Mapped[State] = mapped_column(word(State), index=True)
    pre_minutes: Mapped[int]
    main_minutes: Mapped[int]
    post_minutes: Mapped[int]
    zone: Mapped[str] = mapped_column(String(60))
    starts_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    starts_wall: Mapped[datetime | None]
    tz_version: Mapped[str] = mapped_column(String(20), default="")
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    dtstamp_at: Mapped[datetime | None] = mapped_column(Instant)
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("hearing.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    priority: Mapped[int] = mapped_column(default=USUAL_PRIORITY)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[CaseRow] = relationship()
    order: Mapped[OrderRow] = relationship()
    witness: Mapped[WitnessRow] = relationship()
    court: Mapped[PostRow] = relationship(foreign_keys=[court_id])
    remote: Mapped[PostRow] = relationship(foreign_keys=[remote_id])
    court_room: Mapped[ResourceRow] = relationship(foreign_keys=[court_room_id])
    remote_room: Mapped[ResourceRow] = relationship(foreign_keys=[remote_room_id])
    link: Mapped[ResourceRow] = relationship(foreign_keys=[link_id])
    participants: Mapped[list["ParticipantRow"]] = relationship(
        back_populates="hearing", order_by="ParticipantRow.end, ParticipantRow.id"
    )
    continues: Mapped["HearingRow | None"] = relationship(remote_side="HearingRow.id", viewonly=True)
    joining: Mapped[JoiningRow | None] = relationship(cascade="all, delete-orphan")
    needs: Mapped[list[NeedRow]] = relationship(order_by=[NeedRow.need, NeedRow.rank], cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class ParticipantRow(Base):
    """An official named on a hearing, what they were last sent and what they answered."""

    __tablename__ = "participant"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"), index=True)
    duty: Mapped[Duty] = mapped_column(word(Duty))
    end: Mapped[End] = mapped_column(word(End))
    is_required: Mapped[bool]
    attends_pre: Mapped[bool]
    attends_main: Mapped[bool]
    attends_post: Mapped[bool]
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    # Since when an account of theirs no longer sees the hearing, whatever court or post it belongs to.
    shut_out_at: Mapped[datetime | None] = mapped_column(Instant)
    # On which side they stand (domain/sides.py), where the court has said so; else their duty decides.
    side: Mapped[str | None] = mapped_column(String(20))
    # Calendar state of this attendee (RFC 5546 2.1.5): what stands in their calendar, since when an answer is wanted,
    # what was last answered. `sent` is empty for somebody who was never invited or has been told not to come.
    sent: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    # What stood there until it was called off, or went on without them; for as long as a feed says so.
    called_off: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    sent_sequence: Mapped[int | None]
    sent_dtstamp_at: Mapped[datetime | None] = mapped_column(Instant)
    asked_since: Mapped[int] = mapped_column(default=0)
    thread: Mapped[str] = mapped_column(String(80), default="")
    answer: Mapped[str] = mapped_column(String(20), default="NEEDS-ACTION")
    answer_sequence: Mapped[int | None]
    answer_dtstamp_at: Mapped[datetime | None] = mapped_column(Instant)
    answer_channel: Mapped[str] = mapped_column(String(20), default="")
    answer_comment: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Instant)

    hearing: Mapped[HearingRow] = relationship(back_populates="participants")
    official: Mapped[OfficialRow] = relationship()
