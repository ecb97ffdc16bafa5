"""The one place that turns packs and the facts of a case into its steps, and says why a step is in or out."""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vctestimony.domain.errors import Absent, Conflict, Invalid
from vctestimony.domain.facts import FACTS, Facts
from vctestimony.domain.people import Duty
from vctestimony.domain.sop.marks import Gate, Numbering, Phase
from vctestimony.domain.sop.problems import few
from vctestimony.domain.sop.values import Condition, Pack, Step
from vctestimony.domain.wording import N_

MODEL = "model"
"""The choice of a court that has no pack of its own: the Model Rules, numbering to be checked."""


class NoPackForCourt(Invalid):
    """A court without a pack is never given another court's rules."""

    text = N_("There is no rule pack for “{high_court}”. Choose a High Court that has one, or the Model Rules.")


class ClashingSteps(Conflict):
    """Two packs both claim a step and neither says it changes the other."""

    text = N_("The packs {first} and {second} both give step {step}. Make one of them a change of the other.")


class CircularSteps(Invalid):
    """No order of the steps satisfies their `after` lists."""

    text = N_("These steps wait for each other: {steps}. Remove one of the “after” entries.")


class UnknownStep(Absent):
    """No pack has a step of this id."""

    text = N_("No rule pack has a step {step}.")


def selected(packs: Sequence[Pack], *, facts: Facts, high_court: str) -> tuple[Pack, ...]:
    """The packs that apply to a case, those inherited first, in an order that does not depend on the input's."""
    courts = {pack.selection.high_court for pack in packs} - {""}
    if high_court != MODEL and high_court not in courts:
        raise NoPackForCourt(high_court=high_court)
    by_id = {pack.id: pack for pack in packs}
    chosen: dict[str, Pack] = {}
    for pack in sorted(packs, key=lambda pack: (bool(pack.selection.high_court), pack.id)):
        if pack.selection.picks(facts=facts, high_court=high_court):
            _take(pack, by_id=by_id, into=chosen)
    return tuple(chosen.values())


def _take(pack: Pack, *, by_id: Mapping[str, Pack], into: dict[str, Pack]) -> None:
    if pack.id in into:
        return
    for parent in pack.inherits:
        _take(by_id[parent], by_id=by_id, into=into)
    into[pack.id] = pack


def compose(packs: Sequence[Pack], *, facts: Facts, high_court: str) -> tuple[Step, ...]:
    """The steps of one case, by phase, then when due, then id; a step comes after those it names in `after`."""
    chosen = selected(packs, facts=facts, high_court=high_court)
    numbering = next((pack.numbering for pack in chosen if pack.selection.high_court), Numbering.UNREAD)
    steps = _changed(_gathered(chosen), packs=chosen)
    kept = [_for_case(step, facts=facts, numbering=numbering) for step in steps.values() if step.condition.holds(facts)]
    return in_order(kept)


def _gathered(packs: Iterable[Pack]) -> dict[str, Step]:
    steps: dict[str, Step] = {}
    for pack in packs:
        for step in pack.steps:
            if step.id in steps:
                raise ClashingSteps(step=step.id, first=steps[step.id].pack_id, second=pack.id)
            steps[step.id] = step
    return steps


def _changed(steps: dict[str, Step], *, packs: Iterable[Pack]) -> dict[str, Step]:
    for pack in packs:
        for change in pack.changes:
            if change.id in steps:
                steps[change.id] = change.applied_to(steps[change.id])
    return steps


def _for_case(step: Step, *, facts: Facts, numbering: Numbering) -> Step:
    authority = tuple(item for item in step.authority if not item.only_if or facts[item.only_if])
    return replace(step, authority=authority, numbering=numbering)


def _rank(step: Step) -> tuple[int, tuple[int, int], str]:
    return list(Phase).index(step.phase), step.offset.nominal, step.id


def in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps by phase, due and id, each after those it waits for; a circle is refused."""
    by_id = {step.id: step for step in steps}
    waits = Counter({step.id: sum(name in by_id for name in set(step.after)) for step in steps})
    followers: dict[str, list[Step]] = {step.id: [] for step in steps}
    for step in steps:
        for name in set(step.after) & by_id.keys():
            followers[name].append(step)
    ready = [(_rank(step), step.id) for step in steps if waits[step.id] == 0]
    heapq.heapify(ready)
    done: list[Step] = []
    while ready:
        _, step_id = heapq.heappop(ready)
        done.append(by_id[step_id])
        for step in followers[step_id]:
            waits[step.id] -= 1
            if waits[step.id] == 0:
                heapq.heappush(ready, (_rank(step), step.id))
    if len(done) < len(steps):
        raise CircularSteps(steps=few(sorted(set(by_id) - {step.id for step in done})))
    return tuple(done)


def for_duty(steps: Iterable[Step], duty: Duty) -> tuple[Step, ...]:
    """The steps one part in the hearing has to do, those for everybody included."""
    return tuple(step for step in steps if duty in step.roles or Duty.EVERYONE in step.roles)


def for_phase(steps: Iterable[Step], phase: Phase) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.phase is phase)


def blocking(steps: Iterable[Step], gate: Gate) -> tuple[Step, ...]:
    """The steps that hold `gate` back while they are open."""
    return tuple(step for step in steps if step.blocks is gate and gate is not Gate.NONE)


class Need(StrEnum):
    """What a condition asks of a fact."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """One fact a condition looked at: its name, its label, what was asked of it and what it is."""

    name: str
    label: str
    need: Need
    value: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one pack's step is in the checklist or not. `wrong_court` names the court the pack is for."""

    step_id: str
    pack_id: str
    included: bool
    readings: tuple[Reading, ...]
    wrong_court: str = ""


def explain(packs: Sequence[Pack], step: Step | str, *, facts: Facts, high_court: str) -> tuple[Explanation, ...]:
    """Why a step is in the checklist or not, one answer for each pack that has it. An id no pack has is refused."""
    step_id = step if isinstance(step, str) else step.id
    chosen = selected(packs, facts=facts, high_court=high_court)
    effective = _changed(_gathered(chosen), packs=chosen)
    answers = tuple(
        _explained(pack, effective.get(own.id, own) if pack in chosen else own, facts=facts, taken=pack in chosen)
        for pack in packs
        for own in pack.steps
        if own.id == step_id
    )
    if not answers:
        raise UnknownStep(step=step_id)
    return answers


def _explained(pack: Pack, step: Step, *, facts: Facts, taken: bool) -> Explanation:
    wrong_court = pack.selection.high_court if not taken else ""
    return Explanation(
        step_id=step.id,
        pack_id=pack.id,
        included=taken and step.condition.holds(facts),
        readings=(*readings(pack.selection.when, facts=facts), *readings(step.condition, facts=facts)),
        wrong_court=wrong_court,
    )


def readings(condition: Condition, *, facts: Facts) -> tuple[Reading, ...]:
    """Every fact a condition looks at, with its value."""
    asked = ((Need.ALL, condition.all), (Need.ANY, condition.any), (Need.NONE, condition.none))
    return tuple(
        Reading(name=name, label=FACTS[name], need=need, value=facts[name]) for need, names in asked for name in names
    )
