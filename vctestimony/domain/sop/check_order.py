"""The one place that finds steps that wait for each other, and times that contradict the order of the steps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vctestimony.domain.facts import FACTS, can_hold
from vctestimony.domain.sop.offsets import Anchor, Manner
from vctestimony.domain.sop.problems import Finding, few
from vctestimony.domain.sop.values import Pack, Step
from vctestimony.domain.wording import N_

_MOST_LOOKED_AT = 50
"""Circles that no case can have are set aside one by one; so many are looked at for one court."""


@dataclass(frozen=True, slots=True)
class _State:
    """A step as one pack gives or changes it, with the facts that must and must not hold for it to be so."""

    step: Step
    pack_id: str
    court: str
    true: frozenset[str]
    false: frozenset[str]

    @property
    def is_changed(self) -> bool:
        """Whether the pack changes another's step, and does not give it."""
        return self.pack_id != self.step.pack_id


@dataclass(frozen=True, slots=True)
class _Wait:
    """One state of a step comes after one state of another."""

    later: _State
    earlier: _State


def faults(packs: Sequence[Pack]) -> Iterator[Finding]:
    """Circles and times out of order, for each High Court with its own changes made."""
    states = _states(packs)
    waits = [wait for state in _all(states) for wait in _waits(state, states)]
    yield from _times(waits)
    yield from _circles(waits, courts=sorted({pack.selection.high_court for pack in packs} | {""}))


def _all(states: Mapping[str, Sequence[_State]]) -> Iterator[_State]:
    for several in states.values():
        yield from several


def _states(packs: Sequence[Pack]) -> dict[str, list[_State]]:
    given: defaultdict[str, list[_State]] = defaultdict(list)
    for pack in packs:
        for step in pack.steps:
            given[step.id].append(_state(step, pack=pack, true=frozenset(), false=frozenset()))
    changed = [
        _state(change.applied_to(base.step), pack=pack, true=base.true, false=base.false)
        for pack in packs
        for change in pack.changes
        for base in given.get(change.id, ())
        if base.court in ("", pack.selection.high_court) or not pack.selection.high_court
    ]
    for state in changed:
        given[state.step.id].append(state)
    return given


def _state(step: Step, *, pack: Pack, true: frozenset[str], false: frozenset[str]) -> _State:
    """`true` and `false` are what the pack that gave the step needs already."""
    when, own = pack.selection.when, step.condition
    return _State(
        step=step,
        pack_id=pack.id,
        court=pack.selection.high_court,
        true=true | _known((*when.all, *own.all)),
        false=false | _known((*when.none, *own.none)),
    )


def _known(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if name in FACTS)


def _waits(state: _State, states: Mapping[str, Sequence[_State]]) -> Iterator[_Wait]:
    for name in dict.fromkeys(state.step.after):
        for earlier in states.get(name, ()):
            if len({state.court, earlier.court} - {""}) < 2 and _possible((state, earlier)):
                yield _Wait(state, earlier)


def _possible(states: Iterable[_State]) -> bool:
    """Whether a case could have all of these states."""
    true: frozenset[str] = frozenset()
    false: frozenset[str] = frozenset()
    for state in states:
        true, false = true | state.true, false | state.false
    return can_hold(true=true, false=false)


def _times(waits: Iterable[_Wait]) -> Iterator[Finding]:
    told: set[tuple[str, ...]] = set()
    for wait in waits:
        later, earlier = wait.later.step, wait.earlier.step
        names = ("later", "earlier", "own", "other")
        values = (later.id, earlier.id, later.offset.written, earlier.offset.written)
        if _is_earlier(later, earlier) and values not in told:
            told.add(values)
            owner = wait.earlier if wait.earlier.is_changed and not wait.later.is_changed else wait.later
            yield Finding(
                pack_id=owner.pack_id,
                step_id=owner.step.id,
                key="offset",
                text=N_("{later} comes after {earlier}, but is due before it: {own}, the other {other}."),
                values=dict(zip(names, values, strict=True)),
            )


def _is_earlier(later: Step, earlier: Step) -> bool:
    """Whether the times of both can be computed from one moment, and are the wrong way round."""
    one, other = later.offset, earlier.offset
    exact = one.manner is other.manner is Manner.AT and one.anchor is other.anchor and one.anchor is not Anchor.EVENT
    return exact and one.nominal < other.nominal


def _circles(waits: Sequence[_Wait], *, courts: Sequence[str]) -> Iterator[Finding]:
    told: set[tuple[str, ...]] = set()
    for court in courts:
        own = [wait for wait in waits if {wait.later.court, wait.earlier.court} <= {"", court}]
        circle = _first_circle(own)
        ids = tuple(sorted({wait.later.step.id for wait in circle}))
        if ids and ids not in told:
            told.add(ids)
            first = min((wait.later for wait in circle), key=lambda state: (state.step.id, state.court, state.pack_id))
            text = N_("These steps wait for each other: {steps}.")
            values = {"steps": few(ids)}
            yield Finding(pack_id=first.pack_id, step_id=first.step.id, key="after", text=text, values=values)


def _first_circle(waits: Sequence[_Wait]) -> tuple[_Wait, ...]:
    """A circle that some case can have; empty when there is none."""
    left = list(waits)
    for _ in range(_MOST_LOOKED_AT):
        circle = _walked(_peeled(left))
        if not circle or _possible(state for wait in circle for state in (wait.later, wait.earlier)):
            return circle
        left.remove(circle[0])
    return ()


def _peeled(waits: Sequence[_Wait]) -> list[_Wait]:
    """Only the waits whose steps all wait for something: those of a circle, and those that lead to one."""
    left = {index: (wait.later.step.id, wait.earlier.step.id) for index, wait in enumerate(waits)}
    waiting: defaultdict[str, set[int]] = defaultdict(set)
    waited_for: defaultdict[str, set[int]] = defaultdict(set)
    for index, (later, earlier) in left.items():
        waiting[later].add(index)
        waited_for[earlier].add(index)
    free = [name for name in waited_for if not waiting[name]]
    while free:
        for index in waited_for.pop(free.pop(), ()):
            later, _ = left.pop(index)
            waiting[later].discard(index)
            if not waiting[later]:
                free.append(later)
    return [waits[index] for index in left]


def _walked(waits: Sequence[_Wait]) -> tuple[_Wait, ...]:
    """Follow what each step waits for until one comes again."""
    onward = {wait.later.step.id: wait for wait in reversed(waits)}
    path: list[_Wait] = []
    seen: dict[str, int] = {}
    here = min(onward, default="")
    while here and here not in seen:
        seen[here] = len(path)
        path.append(onward[here])
        here = onward[here].earlier.step.id
    return tuple(path[seen[here] :]) if here else ()
