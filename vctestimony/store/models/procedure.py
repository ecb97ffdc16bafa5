"""Rows of a hearing's checklist: steps as they were composed, and what was done about each."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.store.base import Base, Instant, word


class StepState(StrEnum):
    """What was done about a step."""

    OPEN = "open"
    DONE = "done"
    WAIVED = "waived"


class ChecklistRow(Base):
    """The packs applied to one hearing, with the versions they had then."""

    __tablename__ = "checklist"

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), unique=True)
    packs: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    facts: Mapped[dict[str, bool]] = mapped_column(JSON, default=dict)
    composed_at: Mapped[datetime] = mapped_column(Instant)
    collection: Mapped[str] = mapped_column(String(64), default="", server_default="")

    steps: Mapped[list["StepRow"]] = relationship(back_populates="checklist", order_by="StepRow.place")


class StepRow(Base):
    """One step; `content` is the step as composed (text in three languages, authority, offset, basis, evidence).

    `acted_at` is when somebody entered what became of it, `done_at` when it was done as they said; `ordered_by` names
    who ordered that it need not be done.
    """

    __tablename__ = "checklist_step"
    __table_args__ = (UniqueConstraint("checklist_id", "step_id", name="uq_checklist_step_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id"), index=True)
    place: Mapped[int]
    step_id: Mapped[str] = mapped_column(String(20))
    phase: Mapped[str] = mapped_column(String(20))
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    blocks: Mapped[str] = mapped_column(String(10), default="none")
    content: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    due_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    state: Mapped[StepState] = mapped_column(word(StepState), default=StepState.OPEN)
    acted_by: Mapped[str] = mapped_column(String(200), default="")
    acted_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    ordered_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    checklist: Mapped[ChecklistRow] = relationship(back_populates="steps")

    __mapper_args__ = {"version_id_col": version}
