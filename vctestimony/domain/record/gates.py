"""The one place for the machine of the gates: which are open, and what may not be logged while they are.

The gates themselves are a table in `gate_table`. A gate is settled by an entry of the log, opened again by another, and
passed by the presiding officer. What holds is read off the whole log in the order in which things happened, so that an
entry that comes late, a typed time and a correction count like any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.facts import FACTS, MissingFact
from vctestimony.domain.instants import to_min
from vctestimony.domain.record.course import PLAINLY, Logged, Said, counting, takes_out, withdrawn_from
from vctestimony.domain.record.gate import Gate
from vctestimony.domain.record.gate_names import GATE_LABELS, GateKey
from vctestimony.domain.record.gate_table import GATES, ONLY_IF
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.wording import N_


class GateState(StrEnum):
    """Where a gate stands."""

    OPEN = "open"
    SETTLED = "settled"
    PASSED = "passed"


class Held(Conflict):
    """What must come first by the rules is still open."""

    text = N_(
        "“{entry}” cannot be logged yet: at {when} still open: {gates}. Log these first, with the time at which they "
        "happened. If one of them cannot be had, only the presiding officer can pass it, with a reason."
    )


class RestsOnIt(Conflict):
    """An entry cannot be withdrawn from under what came after it."""

    text = N_(
        "Entry {number} (“{entry}”) rests on this one: without it, still open: {gates}. Write what is right as a "
        "correction that lets the entry stand, or withdraw entry {number} first, or have the presiding officer pass "
        "what is open, with a reason."
    )


class OnlyOnAFact(Invalid):
    """An answer that the law leaves for some witnesses only."""

    text = N_("This answer does not fit the case. It is only for a case of which this is so: {fact}.")


class NotOpen(Conflict):
    """What is settled, or does not apply, needs no passing."""

    text = N_("“{gate}” is not open, so there is nothing to pass. Look at the run sheet again.")


@dataclass(frozen=True, slots=True)
class Standing:
    """A gate that applies, and the entry that settled it, the first since it was open, or that passed it.

    `reopened`: the entry that opened it again after it had been settled; a correction, where what settled it does not
    count any more.
    """

    gate: Gate
    state: GateState
    entry: Logged | None
    reopened: Logged | None = None


@dataclass(frozen=True, slots=True, order=True)
class Unmet:
    """An entry of the log that a gate should have held."""

    number: int
    gate: GateKey


def applicable(facts: Mapping[str, bool]) -> tuple[Gate, ...]:
    """The gates of this hearing, in order; MissingFact when a question on which one depends was not answered."""
    return tuple(gate for gate in GATES if _applies(gate, facts))


def standings(
    log: Iterable[Logged], *, facts: Mapping[str, bool], since: datetime | None = None
) -> tuple[Standing, ...]:
    """Every gate that applies, in order. What happened before `since` belongs to another day and does not count."""
    known = tuple(log)
    entries = _of_the_day(known, since)
    return tuple(_standing(gate, entries, _withdrawn(known, since)) for gate in applicable(facts))


def standing_of(key: GateKey, log: Iterable[Logged], *, since: datetime | None = None) -> Standing:
    """One gate, whether it applies to the hearing or not."""
    known = tuple(log)
    gate = next(gate for gate in GATES if gate.key is key)
    return _standing(gate, _of_the_day(known, since), _withdrawn(known, since))


def unmet(log: Iterable[Logged], *, facts: Mapping[str, bool], since: datetime | None = None) -> frozenset[Unmet]:
    """Every entry that came while a gate that holds it was open, and was not passed."""
    entries = _of_the_day(log, since)
    passed = {entry.facts["gate"] for entry in entries if entry.kind is Kind.GATE_PASSED}
    found: set[Unmet] = set()
    for gate in applicable(facts):
        if gate.key in passed:
            continue
        is_settled = False
        for entry in entries:
            if gate.settled(entry):
                is_settled = True
            elif gate.opened_again(entry):
                is_settled = False
            if entry.kind in gate.holds and not is_settled:
                found.add(Unmet(entry.number, gate.key))
    return frozenset(found)


def check(
    log: Iterable[Logged],
    new: Logged,
    *,
    facts: Mapping[str, bool],
    since: datetime | None = None,
    said: Said = PLAINLY,
) -> None:
    """Refuse an entry that comes before what must come first, or that takes away what another rests on.

    What already was out of order stays writable: a day that began under other facts must still be told.
    """
    known = tuple(log)
    before = unmet(known, facts=facts, since=since)
    after = unmet((*known, new), facts=facts, since=since) - before
    broken = sorted(one for one in after if one.number == new.number or takes_out(new))
    if not broken:
        return
    number = broken[0].number
    gates = "; ".join(said.word(GATE_LABELS[one.gate]) for one in broken if one.number == number)
    if number == new.number:
        raise Held(field="at", entry=said.entry(new.kind), when=said.time(new.happened_at), gates=gates)
    rests = next(entry for entry in known if entry.number == number)
    raise RestsOnIt(field="effect", number=number, entry=said.entry(rests.kind), gates=gates)


def check_answers(kind: Kind, answers: Mapping[str, str], *, facts: Mapping[str, bool]) -> None:
    """Refuse an answer that the law leaves for some witnesses only, such as no oath."""
    for (name, value), fact in ONLY_IF.get(kind, {}).items():
        if answers.get(name) == value and not _known(facts, fact):
            raise OnlyOnAFact(field=name, fact=FACTS[fact])


def check_passable(
    key: GateKey,
    log: Iterable[Logged],
    *,
    facts: Mapping[str, bool],
    since: datetime | None = None,
    said: Said = PLAINLY,
) -> None:
    """Refuse to pass what is not open."""
    found = (one for one in standings(log, facts=facts, since=since) if one.gate.key is key)
    if not any(one.state is GateState.OPEN for one in found):
        raise NotOpen(gate=said.word(GATE_LABELS[key]))


def holds(kind: Kind) -> bool:
    """Whether any gate, on whatever facts, holds or is moved by such an entry."""
    return any(kind in gate.holds for gate in GATES) or kind in ONLY_IF


def due_at(gate: Gate, examined_at: datetime | None) -> datetime | None:
    """When a gate is due, counted from the fixed time of the examination; None for what has no time of its own."""
    if gate.minutes is None or examined_at is None:
        return None
    return examined_at + timedelta(minutes=gate.minutes)


def due_again(due: datetime | None, standing: Standing) -> datetime | None:
    """From when its lateness is counted: its own time, or when it was opened again, if that came later."""
    if due is None or standing.reopened is None:
        return due
    return max(due, standing.reopened.happened_at)


def minutes_late(due: datetime, at: datetime) -> int:
    """By how many minutes of the clock `at` lies after the due time; negative before it.

    >>> from datetime import UTC
    >>> minutes_late(datetime(2026, 9, 14, 5, 0, tzinfo=UTC), datetime(2026, 9, 14, 4, 59, 30, tzinfo=UTC))
    -1
    """
    return to_min(at) - to_min(due)


def _applies(gate: Gate, facts: Mapping[str, bool]) -> bool:
    return not gate.when or any(_known(facts, name) for name in gate.when)


def _known(facts: Mapping[str, bool], name: str) -> bool:
    """The answer; a question that nobody answered is never a no."""
    if name not in facts:
        raise MissingFact(field=name, fact=FACTS.get(name, name))
    return facts[name]


def _of_the_day(log: Iterable[Logged], since: datetime | None) -> tuple[Logged, ...]:
    return tuple(entry for entry in counting(log) if since is None or entry.happened_at >= since)


def _withdrawn(log: Iterable[Logged], since: datetime | None) -> tuple[tuple[Logged, Logged], ...]:
    return tuple(pair for pair in withdrawn_from(log) if since is None or pair[0].happened_at >= since)


def _standing(gate: Gate, entries: tuple[Logged, ...], withdrawn: Iterable[tuple[Logged, Logged]]) -> Standing:
    found: Logged | None = None
    reopened = next((by for entry, by in withdrawn if gate.settled(entry)), None)
    for entry in entries:
        if gate.settled(entry):
            found = found or entry
        elif gate.opened_again(entry):
            reopened, found = (entry, None) if found else (reopened, None)
    if found is not None:
        return Standing(gate, GateState.SETTLED, found, _before(reopened, found))
    passed = next((e for e in reversed(entries) if e.kind is Kind.GATE_PASSED and e.facts["gate"] == gate.key), None)
    return Standing(gate, GateState.OPEN if passed is None else GateState.PASSED, passed, reopened)


def _before(reopened: Logged | None, settled: Logged) -> Logged | None:
    """What opened the gate before it was settled for good; nothing for what only took out an entry besides."""
    return reopened if reopened is not None and reopened.happened_at <= settled.happened_at else None
