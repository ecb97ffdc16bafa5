"""Queries of checklists and their steps."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from vctestimony.store.models import ChecklistRow, StepRow, StepState


def of_hearing(session: Session, hearing_id: int) -> ChecklistRow | None:
    """The hearing's checklist with its steps in order."""
    query = sa.select(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id)
    return session.scalar(query.options(selectinload(ChecklistRow.steps)))


def step(session: Session, *, hearing_id: int, step_id: str) -> StepRow | None:
    """One step of the hearing's checklist."""
    query = sa.select(StepRow).join(ChecklistRow)
    return session.scalar(query.where(ChecklistRow.hearing_id == hearing_id, StepRow.step_id == step_id))


def at_gate(session: Session, *, hearing_id: int, gate: str) -> Sequence[StepRow]:
    """Every step that holds this gate, open or settled, in order."""
    query = sa.select(StepRow).join(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id, StepRow.blocks == gate)
    return session.scalars(query.order_by(StepRow.place)).all()


def open_at_gate(session: Session, *, hearing_id: int, gate: str) -> Sequence[StepRow]:
    """The open steps that hold this gate, in order."""
    query = sa.select(StepRow).join(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id)
    query = query.where(StepRow.blocks == gate, StepRow.state == StepState.OPEN)
    return session.scalars(query.order_by(StepRow.place)).all()
