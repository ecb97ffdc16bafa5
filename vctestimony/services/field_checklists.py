"""What the holder of a signed link sees: their own steps of one hearing by phase, and what became of their ticks.

The page names no witness, not even by pseudonym, no case, no room, and nothing that others wrote.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from vctestimony.domain.field_ticks import OUTCOME_TEXTS, Outcome
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.services import checklist_views, field_links, field_ticks, hearing_clocks
from vctestimony.services.checklist_views import PhaseView, StepView
from vctestimony.services.field_links import Holder
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as store
from vctestimony.store import field_ticks as ticks
from vctestimony.store.models import FieldTickRow, StepRow, StepState


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another step that comes before or after: its id, and whose it is."""

    id: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldStep:
    """One step of the holder's. `waits_for` are open steps that come first, `holds_up` open ones that wait for it.

    `told` says of the holder's newest tick why it was not taken (a marked text to be filled with `told_who`).
    """

    step: StepView
    due: BothClocks | None
    waits_for: tuple[Neighbour, ...]
    holds_up: tuple[Neighbour, ...]
    told: str
    told_who: str
    told_at: Reading | None
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class FieldPhase:
    """The holder's steps in one phase."""

    code: str
    label: str
    steps: tuple[FieldStep, ...]


@dataclass(frozen=True, slots=True)
class FieldPage:
    """The whole page. `mark` changes with everything that would make a kept page show something else."""

    reference: str
    duty: str
    starts: BothClocks | None
    written: Reading
    phases: tuple[FieldPhase, ...]
    settled: int
    total: int
    mark: str
    starts_mark: str
    contact_name: str
    contact_phone: str
    take_back_minutes: int


def language_of(unit: Unit, token: str) -> str:
    """The language of the official whose link it is, in use or not."""
    return field_links.holder_of(unit, token).person.official.language


def page(unit: Unit, token: str, *, language: str) -> FieldPage:
    """The page behind a link that is in use; looking changes nothing."""
    holder = field_links.open_holder(unit, token)
    hearing, end = holder.hearing, holder.person.end
    checklist = store.of_hearing(unit.session, hearing.id)
    rows = {row.step_id: row for row in checklist.steps} if checklist else {}
    whole = checklist_views.phases_of(unit, hearing, language=language, role=holder.actor.role)
    last = field_ticks.own_ticks(ticks.of_participant(unit.session, holder.person.id))
    phases = _phases(unit, holder, whole, rows, last)
    steps = [one.step for phase in phases for one in phase.steps]
    post = hearing.court if end is End.COURT else hearing.remote
    return FieldPage(
        reference=hearing.reference,
        duty=DUTY_LABELS[holder.person.duty],
        starts=hearing_clocks.both(hearing, hearing.starts_at, own=end) if hearing.starts_at else None,
        written=read(unit.now, post.zone, post.city),
        phases=phases,
        settled=sum(step.state is not StepState.OPEN for step in steps),
        total=len(steps),
        mark=mark_of(unit, holder),
        starts_mark=starts_mark(holder),
        contact_name=hearing.court.name,
        contact_phone=hearing.court.phone,
        take_back_minutes=int(field_ticks.TAKE_BACK.total_seconds()) // 60,
    )


def mark_of(unit: Unit, holder: Holder) -> str:
    """A short text that changes with the holder's steps, their order, state and due times, and those beside them."""
    checklist = store.of_hearing(unit.session, holder.hearing.id)
    steps = checklist.steps if checklist else []
    own = [row for row in steps if field_ticks.is_own(holder, row)]
    names, before = {row.step_id for row in own}, {name for row in own for name in _after(row)}
    beside = [row for row in steps if row.step_id in before or not names.isdisjoint(_after(row))]
    facts = [starts_mark(holder), *(f"{row.step_id}.{row.version}" for row in own)]
    facts += [f"{row.step_id}.{row.state}" for row in beside]
    return sha256("|".join(facts).encode()).hexdigest()[:16]


def starts_mark(holder: Holder) -> str:
    """The start of the hearing for comparing; empty while it has none."""
    return holder.hearing.starts_at.isoformat() if holder.hearing.starts_at else ""


def _phases(
    unit: Unit,
    holder: Holder,
    whole: Sequence[PhaseView],
    rows: Mapping[str, StepRow],
    last: Mapping[str, FieldTickRow],
) -> tuple[FieldPhase, ...]:
    views = {step.id: step for phase in whole for step in phase.steps}
    found = []
    for phase in whole:
        own = [step for step in phase.steps if field_ticks.is_own(holder, rows[step.id])]
        if own:
            steps = tuple(_step(unit, holder, step, views, rows, last.get(step.id)) for step in own)
            found.append(FieldPhase(phase.code, phase.label, steps))
    return tuple(found)


def _step(
    unit: Unit,
    holder: Holder,
    step: StepView,
    views: Mapping[str, StepView],
    rows: Mapping[str, StepRow],
    last: FieldTickRow | None,
) -> FieldStep:
    before = [views[name] for name in _after(rows[step.id]) if name in views]
    behind = [view for name, view in views.items() if step.id in _after(rows[name])]
    is_told = last is not None and last.outcome is not Outcome.TAKEN
    post = holder.hearing.court if holder.person.end is End.COURT else holder.hearing.remote
    return FieldStep(
        step=step,
        due=_own_first(step.due, holder.person.end),
        waits_for=_open(before),
        holds_up=_open(behind),
        told=OUTCOME_TEXTS[last.outcome] if last is not None and is_told else "",
        told_who=last.settled_by if last is not None else "",
        told_at=read(last.done_at, post.zone, post.city) if last is not None and is_told else None,
        may_take_back=field_ticks.may_take_back(holder, rows[step.id], last, now=unit.now),
    )


def _after(row: StepRow) -> list[str]:
    return list(cast("dict[str, Any]", row.content).get("after", ()))


def _open(steps: Iterable[StepView]) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(one.id, one.who) for one in steps if one.state is StepState.OPEN)


def _own_first(due: BothClocks | None, end: End) -> BothClocks | None:
    return due if due is None or due.own.end is end else BothClocks(own=due.other, other=due.own)
