"""The worker's use-cases for plans: take one up, have a first plan at once, let a process better it, write it down.

The process knows no database and may be killed at any moment; what it reported last stands. A worker that dies leaves
a lease that runs out, and the plan is taken up anew.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from vctestimony.domain.backlog.asked import Asked
from vctestimony.domain.backlog.bound import Bound
from vctestimony.domain.backlog.checking import faults
from vctestimony.domain.backlog.greedy import first_plan
from vctestimony.domain.backlog.obstacles import obstacles
from vctestimony.domain.backlog.problem import Plan
from vctestimony.domain.backlog.timeline import Timeline
from vctestimony.domain.backlog.wire import Report, Task
from vctestimony.domain.instants import from_min
from vctestimony.domain.wording import N_
from vctestimony.services import backlog_problem
from vctestimony.services.backlog_problem import Built, Window
from vctestimony.services.backlog_reasons import Why, of_obstacles
from vctestimony.services.ports import PlanRun
from vctestimony.services.rounds import keep_at
from vctestimony.services.unit import NotSaved, Unit, Units
from vctestimony.store import backlog
from vctestimony.store.models import LineOutcome, PlanLineRow, PlanRow, PlanState

LEASE = timedelta(seconds=30)
IDLE_SECONDS, LISTEN_SECONDS = 1.0, 0.25
SAVED_EVERY = 4
"""How many times it listens between two notes of progress."""
CUT_SHORT = N_("The planning ended early. The plan is the best found until then.")
NOT_POSSIBLE = N_("The plan could not be made. Ask for it again; if this stays, tell whoever keeps the service.")
_STILL_OPEN = frozenset({LineOutcome.WAITING, LineOutcome.PROPOSED, LineOutcome.LEFT_OUT})

log = logging.getLogger(__name__)


class FaultyPlan(Exception):
    """A plan that breaks its own rules is not shown."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A plan in hand."""

    plan_id: int
    owner: str
    built: Built
    asked: Asked


def run(units: Units, *, owner: str, stop: Event) -> None:
    """Make whatever plans are asked for until told to stop. Runs beside the post, so that mail never waits."""
    keep_at(
        lambda: make_one(units, owner=owner, stop=stop), stop=stop, idle_seconds=IDLE_SECONDS, log=log, what="planning"
    )


def make_one(units: Units, *, owner: str, stop: Event | None = None) -> bool:
    """Make the oldest plan that waits; False when none does."""
    with units.reading() as unit:
        if not backlog.any_due(unit.session, now=unit.now):
            return False
    plan_id = _take_up(units, owner)
    if plan_id is None:
        return False
    try:
        taken = _read(units, plan_id, owner)
        first = first_plan(taken.built.problem)
        bound = Bound(taken.built.problem).value
        _note(units, taken, Report(first.placed, first.cost, bound, 0, 0, ""), is_first=True)
        asked = taken.asked
        task = Task(taken.built.problem, first.placed, asked.seed, asked.rounds, asked.seconds)
        _improve(units, taken, task, stop or Event())
    except NotSaved:
        raise
    except Exception:
        log.exception("a plan could not be made")
        _end(units, plan_id, owner, PlanState.FAILED, NOT_POSSIBLE)
    return True


def _take_up(units: Units, owner: str) -> int | None:
    with units.writing(wakes=False) as unit:
        row = backlog.next_due(unit.session, now=unit.now)
        if row is None:
            return None
        row.state, row.owner, row.leased_until = PlanState.RUNNING, owner, unit.now + LEASE
        row.started_at = unit.now
        return row.id


def _read(units: Units, plan_id: int, owner: str) -> _Taken:
    with units.reading() as unit:
        row = unit.session.get_one(PlanRow, plan_id)
        asked, window = Asked.from_raw(row.asked), Window(row.from_on, row.to_on)
        built = backlog_problem.built(unit, backlog.of_plan(unit.session, plan_id), window, asked)
    return _Taken(plan_id, owner, built, asked)


def _improve(units: Units, taken: _Taken, task: Task, stop: Event) -> None:
    """Listen to the process, note what it says, and end it when nobody wants the plan any more."""
    run = units.ports.planner.start(task)
    try:
        is_wanted, told = True, 0
        while is_wanted and not stop.is_set() and not run.wait(LISTEN_SECONDS):
            told += 1
            if told % SAVED_EVERY:
                is_wanted = _is_wanted(units, taken)
            else:
                is_wanted = _note(units, taken, run.latest)
        if is_wanted and not stop.is_set():
            _finish(units, taken, run)
    finally:
        run.kill()


def _finish(units: Units, taken: _Taken, run: PlanRun) -> None:
    report = run.latest
    _note(units, taken, report)
    is_whole = report is not None and report.is_over
    _end(units, taken.plan_id, taken.owner, PlanState.DONE, "" if is_whole else CUT_SHORT)


def _is_wanted(units: Units, taken: _Taken) -> bool:
    with units.reading() as unit:
        return backlog.is_owned(unit.session, plan_id=taken.plan_id, owner=taken.owner)


def _end(units: Units, plan_id: int, owner: str, state: PlanState, trouble: str) -> None:
    with units.writing(wakes=False) as unit:
        row = backlog.owned(unit.session, plan_id=plan_id, owner=owner)
        if row is not None:
            row.state, row.trouble, row.ended_at, row.leased_until, row.owner = state, trouble, unit.now, None, ""


def _note(units: Units, taken: _Taken, report: Report | None, *, is_first: bool = False) -> bool:
    """Write progress down and keep the lease; False when the plan is not ours to make any more."""
    with units.writing(wakes=False) as unit:
        row = backlog.owned(unit.session, plan_id=taken.plan_id, owner=taken.owner)
        if row is None:
            return False
        row.leased_until = unit.now + LEASE
        if report is not None:
            row.first_cost = report.cost if is_first else row.first_cost
            row.seconds = _seconds(unit, row.started_at)
            row.rounds, row.solver = report.rounds, report.solver
            if is_first or report.cost != row.cost:
                _propose(row.lines, taken, report.plan)
            row.cost, row.bound = report.cost, report.bound
    return True


def _seconds(unit: Unit, started_at: datetime | None) -> int:
    return 0 if started_at is None else round((unit.now - started_at).total_seconds())


def _propose(lines: list[PlanLineRow], taken: _Taken, plan: Plan) -> None:
    """Judge the plan, then write it into the lines, and beside each hearing left out why it was."""
    problem = taken.built.problem
    if found := faults(problem, plan):
        raise FaultyPlan(found)
    timeline = Timeline(problem)
    timeline.copy_in(dict(plan))
    for line in lines:
        at = plan.get(line.hearing.reference)
        if line.outcome not in _STILL_OPEN:
            continue
        line.starts_at = None if at is None else from_min(at.start)
        line.chosen = [] if at is None else [list(pair) for pair in at.chosen]
        line.outcome = LineOutcome.LEFT_OUT if at is None else LineOutcome.PROPOSED
        line.whys = [] if at is not None else [why.to_raw() for why in _whys(taken.built, timeline, line)]


def _whys(built: Built, timeline: Timeline, line: PlanLineRow) -> tuple[Why, ...]:
    key = line.hearing.reference
    if key in built.hopeless:
        return built.hopeless[key]
    job = timeline.jobs.get(key)
    return () if job is None else of_obstacles(obstacles(timeline, job), built.lanes[key])
