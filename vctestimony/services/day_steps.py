"""What is next on the day for whoever looks: their own open gate, what comes after it, what the others still owe."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.facts import MissingFact
from vctestimony.domain.hearing import End, State
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS, Duty, Role
from vctestimony.domain.record import course, gates
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.fields import authority
from vctestimony.domain.record.gate import FORCE_LABELS, PHASE_LABELS, Gate, Phase
from vctestimony.domain.record.gate_names import GATE_LABELS, GateKey
from vctestimony.domain.record.gates import GateState, Standing
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.sop import Numbering
from vctestimony.services import hearing_clocks, logbook
from vctestimony.services.access import may_do
from vctestimony.services.day_keys import ButtonView, First, button, first_of, may_log
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, is_court
from vctestimony.store.models import HearingRow

SEATS: Mapping[Duty, frozenset[Duty]] = {
    Duty.JUDGE: frozenset({Duty.JUDGE}),
    Duty.COURT_COORDINATOR: frozenset({Duty.COURT_COORDINATOR, Duty.JUDGE}),
    Duty.REMOTE_COORDINATOR: frozenset({Duty.REMOTE_COORDINATOR}),
}
"""Whose gates stand first on whose sheet: the coordinator of the court also writes for the presiding officer."""
_NOT_PART_HEARD = frozenset({GateKey.IDENTIFIED, GateKey.READ_OVER, GateKey.ADMITTED})


@dataclass(frozen=True, slots=True)
class Reopened:
    """The entry that opened a gate again; the label is marked with N_."""

    number: int
    label: str
    at: BothClocks


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A gate as the sheet shows it; texts without words of the case are marked with N_.

    `late`: minutes by which it came, or is, after its time or after it was opened again; negative while there is time.
    `button` is None for whoever cannot log it. `settled` is when, and `by` who settled or passed it.
    """

    key: GateKey
    label: str
    whose: str
    phase: str
    state: GateState
    button: ButtonView | None
    due: BothClocks | None
    late: int | None
    reopened: Reopened | None
    settled: BothClocks | None
    by: str
    reason: str
    authority: str
    force: str
    holds: tuple[str, ...]
    can_pass: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """Something that goes before every gate: an interruption that lasts, a grievance without a decision."""

    label: str
    since: BothClocks
    button: ButtonView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsView:
    """The gates of a sheet. `seat` names whose sheet it is; `unanswered` the question that keeps the gates unknown."""

    seat: str
    urgent: tuple[Urgent, ...] = ()
    next: StepView | None = None
    then: tuple[StepView, ...] = ()
    waiting: tuple[tuple[str, tuple[StepView, ...]], ...] = ()
    all: tuple[StepView, ...] = ()
    unanswered: str = ""

    @property
    def done(self) -> int:
        """How many are settled or passed."""
        return sum(1 for step in self.all if step.state is not GateState.OPEN)


def steps_of(unit: Unit, hearing: HearingRow, log: tuple[Logged, ...], *, language: str, by: Actor) -> StepsView:
    """The gates as this person's sheet shows them."""
    seat = seat_of(hearing, by)
    word, first = partial(unit.ports.words.gettext, language), first_of(hearing, log)
    urgent = _urgent(hearing, log, first=first, by=by)
    try:
        facts = logbook.gate_facts(hearing)
    except MissingFact as missing:
        return StepsView(seat=DUTY_LABELS[seat], urgent=urgent, unanswered=missing.sentence(word))
    found = gates.standings(log, facts=facts, since=logbook.prepared_from(hearing))
    view = _viewer(unit, hearing, facts=facts, word=word, first=first, by=by)
    due_now = [one for one in found if one.state is GateState.OPEN and _is_turn(one.gate, hearing.state, found)]
    mine = tuple(view(one) for one in due_now if one.gate.whose in SEATS[seat])
    others = [one for one in due_now if one.gate.whose not in SEATS[seat]]
    return StepsView(
        seat=DUTY_LABELS[seat],
        urgent=urgent,
        next=mine[0] if mine else None,
        then=mine[1:],
        waiting=tuple(
            (DUTY_LABELS[duty], tuple(view(one) for one in others if one.gate.whose is duty))
            for duty in dict.fromkeys(one.gate.whose for one in others)
        ),
        all=tuple(view(one) for one in found),
    )


def holding(unit: Unit, hearing: HearingRow, kind: Kind, *, language: str, by: Actor) -> tuple[StepView, ...]:
    """The open gates that hold such an entry now; none where a question about the case keeps them unknown."""
    steps = steps_of(unit, hearing, logbook.entries(unit, hearing), language=language, by=by)
    return tuple(one for one in steps.all if one.state is GateState.OPEN and ENTRIES[kind].label in one.holds)


def seat_of(hearing: HearingRow, by: Actor) -> Duty:
    """Whose sheet this person sees."""
    if not is_court(hearing, by):
        return Duty.REMOTE_COORDINATOR
    return Duty.JUDGE if by.role is Role.PRESIDING_OFFICER else Duty.COURT_COORDINATOR


def examined_from(hearing: HearingRow) -> datetime | None:
    """The fixed time of the examination, from which the gates are counted; None without a time."""
    return hearing.starts_at + timedelta(minutes=hearing.pre_minutes) if hearing.starts_at else None


def _is_turn(gate: Gate, state: State, found: tuple[Standing, ...]) -> bool:
    """Whether the day has come as far as this gate."""
    if state is State.CONFIRMED:
        return gate.phase is Phase.PREPARE
    if state is State.ADJOURNED:
        return gate.phase in (Phase.CLOSE, Phase.AFTER) and gate.key not in _NOT_PART_HEARD
    if state is State.IN_SESSION:
        began = any(one.gate.key is GateKey.EXAMINATION and one.state is not GateState.OPEN for one in found)
        return gate.phase in (Phase.PREPARE, Phase.OPEN) or (began and gate.phase is Phase.CLOSE)
    return state in HELD


def _viewer(
    unit: Unit, hearing: HearingRow, *, facts: Mapping[str, bool], word: Callable[[str], str], first: First, by: Actor
) -> Callable[[Standing], StepView]:
    packs = {pack.id: pack.numbering for pack in unit.ports.packs()}
    alike = packs.get(hearing.case.rule_pack) is Numbering.SAME
    high_court = word(HIGH_COURTS[hearing.case.rule_pack])
    court, own = is_court(hearing, by), logbook.own_end(hearing, by)
    passes, from_at = may_do(hearing, Action.WAIVE_GATE, by=by), examined_from(hearing)

    def view(one: Standing) -> StepView:
        gate, is_open = one.gate, one.state is GateState.OPEN
        kind, due_at = gate.kinds[0], gates.due_at(one.gate, from_at)
        settled_at, counted_at = one.entry.happened_at if one.entry else None, gates.due_again(due_at, one)
        return StepView(
            key=gate.key,
            label=GATE_LABELS[gate.key],
            whose=DUTY_LABELS[gate.whose],
            phase=PHASE_LABELS[gate.phase],
            state=one.state,
            button=_button(kind, hearing.state, court=court, first=first) if is_open else None,
            due=hearing_clocks.both(hearing, due_at, own=own) if due_at else None,
            late=gates.minutes_late(counted_at, settled_at or unit.now) if counted_at else None,
            reopened=_reopened(hearing, one.reopened, own=own),
            settled=hearing_clocks.both(hearing, settled_at, own=own) if settled_at else None,
            by=one.entry.by if one.entry else "",
            reason=one.entry.facts.get("reason", "") if one.entry and one.state is GateState.PASSED else "",
            authority=authority(gate, facts=facts, high_court=high_court, numbers_alike=alike, translate=word),
            force=FORCE_LABELS[gate.binds(facts)],
            holds=tuple(ENTRIES[held].label for held in Kind if held in gate.holds),
            can_pass=is_open and passes and bool(gate.holds) and (hearing.state in HELD or gate.phase is Phase.PREPARE),
        )

    return view


def _reopened(hearing: HearingRow, entry: Logged | None, *, own: End) -> Reopened | None:
    if entry is None:
        return None
    return Reopened(entry.number, ENTRIES[entry.kind].label, hearing_clocks.both(hearing, entry.happened_at, own=own))


def _button(kind: Kind, state: State, *, court: bool, first: First) -> ButtonView | None:
    return button(kind, state, court=court, first=first(kind)) if may_log(kind, state, court=court) else None


def _urgent(hearing: HearingRow, log: tuple[Logged, ...], *, first: First, by: Actor) -> tuple[Urgent, ...]:
    if hearing.state not in HELD:
        return ()
    court, own = is_court(hearing, by), logbook.own_end(hearing, by)
    lasting = [(one.began, ends) for began, ends in course.PAIRS.items() for one in _open(log, began)]
    waiting = [(entry, Kind.GRIEVANCE_DECIDED) for entry in course.undecided(log)]
    found = waiting if hearing.ended_at else [*lasting, *waiting]
    return tuple(
        Urgent(
            label=ENTRIES[entry.kind].label,
            since=hearing_clocks.both(hearing, entry.happened_at, own=own),
            button=_button(ends, hearing.state, court=court, first=first),
        )
        for entry, ends in found
    )


def _open(log: tuple[Logged, ...], begins: Kind) -> tuple[course.Stretch, ...]:
    return tuple(stretch for stretch in course.stretches(log, begins) if stretch.ended is None)
