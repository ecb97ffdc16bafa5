"""Rows of plans for a backlog: what was asked, how far the planning is, and what is proposed for each hearing."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.store.base import Base, Instant, word
from vctestimony.store.models.hearings import HearingRow


class PlanState(StrEnum):
    """Where a plan stands. Whatever it is, what has been found so far can be used."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class LineOutcome(StrEnum):
    """What became of a hearing of the plan."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    LEFT_OUT = "left_out"
    BOOKED = "booked"
    REFUSED = "refused"


class PlanRow(Base):
    """One plan of one court. Its maker holds a lease; when that runs out another worker takes it up."""

    __tablename__ = "backlog_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    court_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    asked_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    from_on: Mapped[date]
    to_on: Mapped[date]
    asked: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    state: Mapped[PlanState] = mapped_column(word(PlanState), index=True)
    owner: Mapped[str] = mapped_column(String(60), default="")
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    first_cost: Mapped[int | None]
    cost: Mapped[int | None]
    bound: Mapped[int | None]
    rounds: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[int] = mapped_column(default=0)
    solver: Mapped[str] = mapped_column(String(40), default="")
    trouble: Mapped[str] = mapped_column(Text, default="")

    lines: Mapped[list["PlanLineRow"]] = relationship(back_populates="plan", order_by="PlanLineRow.id")


class PlanLineRow(Base):
    """One hearing of a plan: the proposed start, who serves where there is a choice, or why there is none."""

    __tablename__ = "backlog_line"
    __table_args__ = (UniqueConstraint("plan_id", "hearing_id", name="uq_backlog_line_hearing"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("backlog_plan.id"), index=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    starts_at: Mapped[datetime | None] = mapped_column(Instant)
    chosen: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    outcome: Mapped[LineOutcome] = mapped_column(word(LineOutcome))
    whys: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    others: Mapped[list[str]] = mapped_column(JSON, default=list)

    plan: Mapped[PlanRow] = relationship(back_populates="lines")
    hearing: Mapped[HearingRow] = relationship()
