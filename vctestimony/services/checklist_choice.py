"""The one place that picks the steps a checklist page shows: a phase, a duty's, what comes next, or all in brief."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from vctestimony.domain.hearing import State
from vctestimony.domain.people import Duty
from vctestimony.services.checklist_views import ChecklistView, PhaseView, StepView
from vctestimony.store.models import StepState

MOST_NEXT = 30
_NEXT_GATE: dict[State, str] = {
    State.REQUESTED: "book",
    State.PROPOSED: "book",
    State.BOOKED: "confirm",
    State.CONFIRMED: "start",
    State.IN_SESSION: "seal",
    State.ADJOURNED: "seal",
    State.COMPLETED: "seal",
}
_NEVER_AT = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The steps to show by phase, how they were chosen, and how many more the choice would have had."""

    phases: tuple[PhaseView, ...]
    phase: str = ""
    duty: Duty | None = None
    is_next: bool = False
    in_brief: bool = False
    left_out: int = 0


def of_phase(view: ChecklistView, code: str = "") -> Choice:
    """One phase; an unknown or empty code means the first phase in which something is open."""
    known = {phase.code: phase for phase in view.phases}
    is_open = (phase for phase in view.phases if phase.settled < phase.total)
    chosen = known.get(code) or next(is_open, view.phases[-1] if view.phases else None)
    return Choice(phases=(chosen,), phase=chosen.code) if chosen else Choice(phases=())


def of_duty(view: ChecklistView, duty: Duty) -> Choice:
    """Everything that one duty has to do, with what everybody has to."""
    theirs = [step for step in _all(view) if not {duty, Duty.EVERYONE}.isdisjoint(step.duties)]
    return Choice(phases=_with(view, theirs), duty=duty)


def next_open(view: ChecklistView) -> Choice:
    """The open steps that come first, no more than a page holds: what holds the next gate, then by when it is due."""
    gate = _NEXT_GATE.get(view.state, "")
    waiting = [step for step in _all(view) if step.state is StepState.OPEN]
    waiting.sort(key=lambda step: (step.gate != gate, _due_at(step)))
    chosen, rest = waiting[:MOST_NEXT], waiting[MOST_NEXT:]
    return Choice(phases=_with(view, chosen), is_next=True, left_out=len(rest))


def in_brief(view: ChecklistView) -> Choice:
    """Every step in one line; the rest of it is on the step's own page and on paper."""
    return Choice(phases=view.phases, in_brief=True)


def _all(view: ChecklistView) -> list[StepView]:
    return [step for phase in view.phases for step in phase.steps]


def _with(view: ChecklistView, chosen: list[StepView]) -> tuple[PhaseView, ...]:
    ids = {step.id for step in chosen}
    cut = (replace(phase, steps=tuple(step for step in phase.steps if step.id in ids)) for phase in view.phases)
    return tuple(phase for phase in cut if phase.steps)


def _due_at(step: StepView) -> datetime:
    return step.due.own.reading.at if step.due else _NEVER_AT
