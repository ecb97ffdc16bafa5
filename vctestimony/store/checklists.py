"""Queries of checklists and their steps."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from vctestimony.domain.hearing import State
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import Gate, Phase
from vctestimony.store.models import ChecklistRow, HearingRow, ParticipantRow, StepRow, StepState

_ROLES = sa.cast(StepRow.roles, sa.String)
"""The duties as they are written: a list of words in quotation marks."""


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


def most_pressing(
    session: Session, whose: sa.ColumnElement[bool], *, until: datetime, most: int
) -> tuple[Sequence[int], int]:
    """Hearings with an open step due by then that meets the condition, the most pressing first; and how many in all.

    What was due before its hearing was entered comes after all else.
    """
    in_time = sa.func.min(sa.case((StepRow.due_at >= HearingRow.created_at, StepRow.due_at)))
    query = (
        sa.select(HearingRow.id, sa.func.count().over())
        .join(ChecklistRow, ChecklistRow.hearing_id == HearingRow.id)
        .join(StepRow, StepRow.checklist_id == ChecklistRow.id)
        .where(whose, StepRow.state == StepState.OPEN, StepRow.due_at <= until)
        .group_by(HearingRow.id)
        .order_by(in_time.is_(None), in_time, sa.func.min(StepRow.due_at), HearingRow.id)
    )
    found = session.execute(query.limit(most)).all()
    return [one[0] for one in found], found[0][1] if found else 0


def still_matters(phases: Mapping[frozenset[Phase], Collection[State]]) -> sa.ColumnElement[bool]:
    """The condition for steps of hearings in these states, by the phases that still matter then, and what holds the
    seal of such a hearing."""
    seal = StepRow.blocks == Gate.SEAL
    found = (
        HearingRow.state.in_(sorted(states)) & (StepRow.phase.in_(sorted(own)) | seal) for own, states in phases.items()
    )
    return sa.or_(sa.false(), *found)


def of_duties(duties: Collection[Duty]) -> sa.ColumnElement[bool]:
    """The condition for steps of one of these duties."""
    return sa.or_(sa.false(), *(_ROLES.contains(f'"{duty.value}"', autoescape=True) for duty in sorted(duties)))


def falls_to(official_id: int | None, usual: Collection[Duty]) -> sa.ColumnElement[bool]:
    """The condition for steps of whoever is named on the hearing for one of their duties; or where nobody is, of who
    has one of these by office."""
    person = ParticipantRow
    seated = sa.exists().where(
        person.hearing_id == HearingRow.id,
        person.removed_at.is_(None),
        _ROLES.like(sa.literal('%"') + sa.cast(person.duty, sa.String) + sa.literal('"%')),
    )
    return seated.where(person.official_id == official_id) | (~seated & of_duties(usual))


def at_gate(session: Session, *, hearing_id: int, gate: str) -> Sequence[StepRow]:
    """Every step that holds this gate, open or settled, in order."""
    query = sa.select(StepRow).join(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id, StepRow.blocks == gate)
    return session.scalars(query.order_by(StepRow.place)).all()


def open_at_gate(session: Session, *, hearing_id: int, gate: str) -> Sequence[StepRow]:
    """The open steps that hold this gate, in order."""
    query = sa.select(StepRow).join(ChecklistRow).where(ChecklistRow.hearing_id == hearing_id)
    query = query.where(StepRow.blocks == gate, StepRow.state == StepState.OPEN)
    return session.scalars(query.order_by(StepRow.place)).all()
