"""What the pages of the backlog show: what waits, the court's plans, and one plan with its days and reasons."""

from dataclasses import dataclass
from datetime import date, datetime

from vctestimony.domain.access import Actor
from vctestimony.domain.backlog.asked import Asked
from vctestimony.domain.hearing import End, Lengths
from vctestimony.domain.instants import Reading, read, to_min, wall_of
from vctestimony.domain.slots import Slot
from vctestimony.domain.wording import N_
from vctestimony.services import backlog, backlog_problem
from vctestimony.services.backlog_reasons import Why
from vctestimony.services.claims import Alternative, alternative
from vctestimony.services.part_rooms import ROOMS
from vctestimony.services.timetables import lengths_of
from vctestimony.services.unit import Unit
from vctestimony.store import backlog as store
from vctestimony.store.models import HearingRow, LineOutcome, PlanLineRow, PlanRow, PlanState

REMOTE_ROOM = ROOMS[End.REMOTE]
STATE_LABELS: dict[PlanState, str] = {
    PlanState.QUEUED: N_("waiting to be made"),
    PlanState.RUNNING: N_("being made"),
    PlanState.DONE: N_("made"),
    PlanState.CANCELLED: N_("stopped; the best plan until then"),
    PlanState.FAILED: N_("could not be made"),
}
OUTCOME_LABELS: dict[LineOutcome, str] = {
    LineOutcome.WAITING: N_("not looked at yet"),
    LineOutcome.PROPOSED: N_("proposed"),
    LineOutcome.LEFT_OUT: N_("left out"),
    LineOutcome.BOOKED: N_("booked"),
    LineOutcome.REFUSED: N_("not booked"),
}


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A hearing that can be planned; `lacks_cognizance` when a day must be entered in its case first."""

    id: int
    reference: str
    case: str
    case_number: str
    pseudonym: str
    remote_id: int
    remote: str
    remote_city: str
    minutes: int
    since: Reading
    priority: int
    deadline_on: date | None
    not_after_on: date | None
    lacks_cognizance: bool


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan in the list."""

    reference: str
    asked_by: str
    asked: Reading
    state_label: str
    is_open: bool
    from_on: date
    to_on: date
    placed: int
    left_out: int
    booked: int


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A hearing of a plan. `late_days` counts from its deadline; `others` are free times nearest to a refused one.

    `serving` are those whom the plan chose where several would do, `room` the one at the Remote Point.
    """

    id: int
    reference: str
    case_number: str
    pseudonym: str
    court: str
    remote: str
    remote_id: int
    priority: int
    deadline_on: date | None
    late_days: int
    outcome: LineOutcome
    outcome_label: str
    lengths: Lengths
    time: Alternative | None
    room: str
    serving: tuple[str, ...]
    whys: tuple[Why, ...]
    others: tuple[Alternative, ...]

    @property
    def can_book(self) -> bool:
        """Whether it can be ticked."""
        return self.time is not None and self.outcome in {LineOutcome.PROPOSED, LineOutcome.REFUSED}


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan, with what its page says of how it was made."""

    summary: PlanSummary
    asked: Asked
    court_city: str
    court_zone: str
    seconds: int
    rounds: int
    solver: str
    trouble: str
    first_cost: int | None
    cost: int | None
    bound: int | None
    lines: tuple[PlanLine, ...]

    @property
    def gap(self) -> float | None:
        """Percent above what no plan can beat."""
        if self.cost is None or self.bound is None:
            return None
        return round(100 * (self.cost - self.bound) / max(self.bound, 1), 1)

    @property
    def placed(self) -> tuple[PlanLine, ...]:
        """Lines with a time, by time."""
        return tuple(line for line in self.lines if line.time is not None)

    @property
    def left_out(self) -> tuple[PlanLine, ...]:
        """Lines without one."""
        return tuple(line for line in self.lines if line.outcome is LineOutcome.LEFT_OUT)


def waiting(unit: Unit, *, by: Actor) -> tuple[WaitingLine, ...]:
    """What this person can plan, the longest waiting first."""
    return tuple(_waiting(row) for row in backlog.waiting(unit, by=by))


def plans(unit: Unit, *, by: Actor) -> tuple[PlanSummary, ...]:
    """The court's latest plans."""
    if by.post_id is None:
        return ()
    return tuple(_summary(row, zone=by.zone, city=by.city) for row in store.plans_of(unit.session, by.post_id))


def page(unit: Unit, reference: str, *, by: Actor) -> PlanPage:
    """One plan of the person's own court."""
    row = backlog.plan_for(unit, reference, by=by)
    lines = store.lines_of(unit.session, row.id)
    return PlanPage(
        summary=_summary(row, zone=by.zone, city=by.city),
        asked=Asked.from_raw(row.asked),
        court_city=by.city,
        court_zone=by.zone,
        seconds=row.seconds,
        rounds=row.rounds,
        solver=row.solver,
        trouble=row.trouble,
        first_cost=row.first_cost,
        cost=row.cost,
        bound=row.bound,
        lines=tuple(_line(line) for line in lines),
    )


def _waiting(row: HearingRow) -> WaitingLine:
    return WaitingLine(
        id=row.id,
        reference=row.reference,
        case=row.case.reference,
        case_number=row.case.number,
        pseudonym=row.witness.pseudonym,
        remote_id=row.remote_id,
        remote=row.remote.name,
        remote_city=row.remote.city,
        minutes=lengths_of(row).total,
        since=read(row.created_at, row.court.zone, row.court.city),
        priority=row.priority,
        deadline_on=backlog_problem.deadline_on(row),
        not_after_on=row.order.not_after_on,
        lacks_cognizance=backlog_problem.lacks_cognizance(row),
    )


def _summary(row: PlanRow, *, zone: str, city: str) -> PlanSummary:
    outcomes = [line.outcome for line in row.lines]
    return PlanSummary(
        reference=row.reference,
        asked_by=row.asked_by,
        asked=read(row.created_at, zone or "UTC", city or "UTC"),
        state_label=STATE_LABELS[row.state],
        is_open=row.state in {PlanState.QUEUED, PlanState.RUNNING},
        from_on=row.from_on,
        to_on=row.to_on,
        placed=sum(1 for line in row.lines if line.starts_at is not None),
        left_out=outcomes.count(LineOutcome.LEFT_OUT),
        booked=outcomes.count(LineOutcome.BOOKED),
    )


def _line(line: PlanLineRow) -> PlanLine:
    row = line.hearing
    last_on = backlog_problem.deadline_on(row)
    on = None if line.starts_at is None else wall_of(line.starts_at, row.court.zone).date()
    chosen = _chosen(line)
    return PlanLine(
        id=line.id,
        reference=row.reference,
        case_number=row.case.number,
        pseudonym=row.witness.pseudonym,
        court=row.court.name,
        remote=row.remote.name,
        remote_id=row.remote_id,
        priority=row.priority,
        deadline_on=last_on,
        late_days=max(0, (on - last_on).days) if on and last_on else 0,
        outcome=line.outcome,
        outcome_label=OUTCOME_LABELS[line.outcome],
        lengths=lengths_of(row),
        time=None if line.starts_at is None else _at(row, line.starts_at),
        room=chosen.get(REMOTE_ROOM, row.remote_room.name),
        serving=tuple(name for need, name in chosen.items() if need != REMOTE_ROOM),
        whys=tuple(Why.from_raw(raw) for raw in line.whys),
        others=tuple(_at(row, datetime.fromisoformat(text)) for text in line.others),
    )


def _chosen(line: PlanLineRow) -> dict[str, str]:
    """By need the name of whom the plan chose."""
    made = {(frozenset(name.split("|")), who) for name, who in line.chosen}
    pools: dict[str, dict[str, str]] = {}
    for one in line.hearing.needs:
        if one.resource is not None:
            pools.setdefault(one.need, {})[str(one.resource_id)] = one.resource.name
    return {need: pool[who] for need, pool in pools.items() for some, who in made if some == pool.keys()}


def _at(row: HearingRow, at: datetime) -> Alternative:
    lengths, start = lengths_of(row), to_min(at)
    return alternative(row, Slot(start, start + lengths.pre, start + lengths.total))
