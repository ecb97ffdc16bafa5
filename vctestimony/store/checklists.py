"""Queries of checklists and their steps."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from vctestimony.domain.sop import Gate, Phase
from vctestimony.store.models import ChecklistRow, StepRow, StepState


def of_hearing(session: Session, hearing_id: int) -> ChecklistRow | None:
    """The hearing's checklist with its steps in order."""
    query = sa.select(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id)
    return session.scalar(query.options(selectinload(ChecklistRow.steps)))


def roles_of(session: Session, hearing_id: int) -> frozenset[str]:
    """Every duty that has a step on the hearing's checklist."""
    query = sa.select(StepRow.roles).join(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id)
    return frozenset(role for roles in session.scalars(query) for role in roles)


def step(session: Session, *, hearing_id: int, step_id: str) -> StepRow | None:
    """One step of the hearing's checklist."""
    query = sa.select(StepRow).join(ChecklistRow)
    return session.scalar(query.where(ChecklistRow.hearing_id == hearing_id, StepRow.step_id == step_id))


def locked_step(session: Session, *, hearing_id: int, step_id: str) -> StepRow | None:
    """The same as it stands now, and nobody else settles it until this transaction ends."""
    query = sa.select(StepRow).join(ChecklistRow)
    query = query.where(ChecklistRow.hearing_id == hearing_id, StepRow.step_id == step_id)
    return session.scalar(query.with_for_update(of=StepRow).execution_options(populate_existing=True))


def locked_steps(session: Session, *, hearing_id: int, ids: Collection[str]) -> Mapping[str, StepRow]:
    """Those of these steps that the checklist has, each as `locked_step` gives one; always in the same order."""
    query = sa.select(StepRow).join(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id)
    query = query.where(StepRow.step_id.in_(sorted(ids))).order_by(StepRow.place)
    rows = session.scalars(query.with_for_update(of=StepRow).execution_options(populate_existing=True))
    return {row.step_id: row for row in rows}


def steps_by_id(session: Session, *, hearing_id: int, ids: Collection[str]) -> Mapping[str, StepRow]:
    """Those of these steps that the hearing's checklist has, in order; nothing is asked for none."""
    if not ids:
        return {}
    query = sa.select(StepRow).join(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id)
    query = query.where(StepRow.step_id.in_(sorted(ids))).order_by(StepRow.place)
    return {row.step_id: row for row in session.scalars(query)}


def open_until(
    session: Session, wanted: Mapping[frozenset[Phase], Collection[int]], *, until: datetime
) -> Sequence[tuple[int, StepRow]]:
    """The open steps that are due by then, with the hearing's number: the earliest first.

    `wanted` are hearings by the phases that are looked for; of each what holds its seal is looked for too.
    """
    query = sa.select(ChecklistRow.hearing_id, StepRow).join(StepRow, StepRow.checklist_id == ChecklistRow.id)
    groups = (
        ChecklistRow.hearing_id.in_(sorted(ids)) & (StepRow.phase.in_(sorted(phases)) | (StepRow.blocks == Gate.SEAL))
        for phases, ids in wanted.items()
    )
    query = query.where(sa.or_(sa.false(), *groups), StepRow.state == StepState.OPEN)
    query = query.where(StepRow.due_at.is_not(None), StepRow.due_at <= until)
    return [(row[0], row[1]) for row in session.execute(query.order_by(StepRow.due_at, StepRow.id))]


def at_gate(session: Session, *, hearing_id: int, gate: str) -> Sequence[StepRow]:
    """Every step that holds this gate, open or settled, in order."""
    query = sa.select(StepRow).join(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id, StepRow.blocks == gate)
    return session.scalars(query.order_by(StepRow.place)).all()


def open_at_gate(session: Session, *, hearing_id: int, gate: str) -> Sequence[StepRow]:
    """The open steps that hold this gate, in order."""
    query = sa.select(StepRow).join(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id)
    query = query.where(StepRow.blocks == gate, StepRow.state == StepState.OPEN)
    return session.scalars(query.order_by(StepRow.place)).all()
