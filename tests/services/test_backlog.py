"""Plans over the database: made beside everything else, cancelled, taken up again, explained, and booked safely."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from tests.builders import add_resource
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.backlogs import add_waiting
from tests.services.planned import PlainTokens, answered, booked, hearing_of
from tests.world import World
from vctestimony.adapters.plan_runner import PlanRunner
from vctestimony.domain.access import Actor
from vctestimony.domain.backlog.asked import Asked, Deadlines
from vctestimony.domain.backlog.wire import Report, Task
from vctestimony.domain.errors import Absent
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import wall_of
from vctestimony.domain.people import Role
from vctestimony.services import backlog, backlog_booking, backlog_limits, backlog_views, plan_office
from vctestimony.services.backlog import Request
from vctestimony.services.backlog_views import PlanPage
from vctestimony.services.plan_office import make_one
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import (
    CaseRow,
    HearingRow,
    LineOutcome,
    NeedRow,
    PlanLineRow,
    PlanRow,
    PlanState,
    ResourceKind,
)

FROM_ON, TO_ON = date(2026, 9, 7), date(2026, 9, 18)
ASKED = Asked(rounds=2, seconds=30)


@dataclass
class ScriptedRun:
    """A process that never ends by itself, or ended before it said anything."""

    latest: Report | None = None
    ends: bool = False
    killed: bool = False
    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        time.sleep(0 if self.ends else 0.02)
        return self.ends

    def kill(self) -> None:
        self.killed = True


@dataclass
class ScriptedPlanner:
    """Starts that run."""

    run: ScriptedRun

    def start(self, task: Task) -> ScriptedRun:
        return self.run


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), planner=ScriptedPlanner(ScriptedRun(ends=True)))


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
        add_waiting(unit.session, world, world.mumbai, 4)
    return world


def asked(units: Units, by: Actor, asked: Asked = ASKED, *, to_on: date = TO_ON) -> str:
    with units.writing() as unit:
        priorities = {row.id: 3 for row in backlog.waiting(unit, by=by)}
        return backlog.ask(unit, Request(priorities, FROM_ON, to_on, asked), by=by)


def page_of(units: Units, reference: str, by: Actor) -> PlanPage:
    with units.reading() as unit:
        return backlog_views.page(unit, reference, by=by)


def state_of(units: Units, reference: str) -> tuple[PlanState, str]:
    with units.reading() as unit:
        row = unit.session.query(PlanRow).filter_by(reference=reference).one()
        return row.state, row.trouble


def test_a_plan_places_everybody_without_overlap_and_says_how_good_it_is(
    units: Units, world: World, mumbai: Actor, ports: Ports
) -> None:
    reference = asked(units, mumbai)
    real = units.with_ports(replace(ports, planner=PlanRunner()))
    assert make_one(real, owner="one")
    assert not make_one(real, owner="one")
    page = page_of(units, reference, mumbai)
    assert state_of(units, reference) == (PlanState.DONE, "")
    assert len(page.placed) == 5
    spans = sorted((line.time.court.at, line.time.court_ends.at) for line in page.placed if line.time)
    assert all(later - end >= timedelta(minutes=30) for (_, end), (later, _) in pairwise(spans))
    assert page.cost is not None
    assert page.gap is not None
    assert page.solver == "OR-Tools CP-SAT"


def test_a_process_that_fails_leaves_the_first_plan_and_says_so(units: Units, world: World, mumbai: Actor) -> None:
    reference = asked(units, mumbai)
    make_one(units, owner="one")
    assert state_of(units, reference) == (PlanState.DONE, plan_office.CUT_SHORT)
    assert len(page_of(units, reference, mumbai).placed) == 5


def test_stopping_is_looked_for_every_second_ends_the_process_and_keeps_what_was_found(
    units: Units, world: World, mumbai: Actor, ports: Ports
) -> None:
    run = ScriptedRun()
    reference = asked(units, mumbai)
    slow = units.with_ports(replace(ports, planner=ScriptedPlanner(run)))
    thread = threading.Thread(target=make_one, args=(slow,), kwargs={"owner": "one"})
    thread.start()
    _until(lambda: len(page_of(units, reference, mumbai).placed) == 5)
    with units.writing() as unit:
        backlog.cancel(unit, reference, by=mumbai)
    thread.join(60)
    assert run.killed
    assert max(run.waits) <= 1
    assert state_of(units, reference)[0] is PlanState.CANCELLED
    assert len(page_of(units, reference, mumbai).placed) == 5
    with pytest.raises(backlog.NotInHand), units.writing() as unit:
        backlog.cancel(unit, reference, by=mumbai)


def test_the_plan_of_a_dead_worker_is_taken_up_when_its_lease_has_run_out(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    reference = asked(units, mumbai)
    assert plan_office._take_up(units, "dead") is not None
    assert not make_one(units, owner="other")
    clock.advance(seconds=31)
    assert make_one(units, owner="other")
    assert state_of(units, reference)[0] is PlanState.DONE


def test_booking_books_one_by_one_and_a_second_time_changes_nothing(units: Units, world: World, mumbai: Actor) -> None:
    reference = asked(units, mumbai)
    make_one(units, owner="one")
    lines = page_of(units, reference, mumbai).placed
    assert backlog_booking.book(units, reference, [line.id for line in lines], by=mumbai) == 5
    assert backlog_booking.book(units, reference, [line.id for line in lines], by=mumbai) == 0
    for line in lines:
        assert line.time is not None
        row = hearing_of(units, line.reference)
        assert (row.state, row.starts_wall) == (State.BOOKED, line.time.start_wall)
    assert {line.outcome for line in page_of(units, reference, mumbai).lines} == {LineOutcome.BOOKED}


def test_a_plan_of_yesterday_never_books_twice_and_names_the_nearest_free_times(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    reference = asked(units, mumbai)
    make_one(units, owner="one")
    first, *others = page_of(units, reference, mumbai).placed
    assert first.time is not None
    booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"), first.time.start_wall)
    assert backlog_booking.book(units, reference, [line.id for line in (first, *others)], by=mumbai) == 4
    line = next(line for line in page_of(units, reference, mumbai).lines if line.id == first.id)
    assert line.outcome is LineOutcome.REFUSED
    assert [why.text for why in line.whys] == [backlog_booking.TAKEN_MEANWHILE]
    assert len(line.others) == 3
    assert hearing_of(units, first.reference).state is State.REQUESTED


@pytest.mark.parametrize(("per_day", "per_week"), [(1, None), (None, 1)])
def test_a_day_or_week_that_others_filled_since_is_not_filled_further(
    units: Units, world: World, mumbai: Actor, actor: FindActor, per_day: int | None, per_week: int | None
) -> None:
    reference = asked(
        units, mumbai, replace(ASKED, apart_minutes=0, per_day=per_day, per_week=per_week), to_on=date(2026, 9, 11)
    )
    make_one(units, owner="one")
    line = page_of(units, reference, mumbai).placed[0]
    assert line.time is not None
    later = line.time.start_wall.replace(hour=14 if line.time.start_wall.hour < 13 else 10, minute=30)
    booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"), later)
    assert backlog_booking.book(units, reference, [line.id], by=mumbai) == 0
    whys = next(one.whys for one in page_of(units, reference, mumbai).lines if one.id == line.id)
    full = backlog_limits.DayFull if per_day else backlog_limits.WeekFull
    assert [(why.text, why.facts["limit"]) for why in whys] == [(full.text, "1")]
    assert hearing_of(units, line.reference).state is State.REQUESTED


def test_a_hearing_left_out_says_who_or_which_limit_is_in_the_way(units: Units, world: World, mumbai: Actor) -> None:
    reference = asked(units, mumbai, replace(ASKED, per_week=1), to_on=date(2026, 9, 11))
    make_one(units, owner="one")
    page = page_of(units, reference, mumbai)
    assert (len(page.placed), len(page.left_out)) == (1, 4)
    assert {why.who for line in page.left_out for why in line.whys} == {"a week at the Remote Point"}


def test_a_hearing_longer_than_any_common_stretch_says_how_long_would_fit(
    units: Units, world: World, mumbai: Actor
) -> None:
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).main_minutes = 300
    reference = asked(units, mumbai)
    make_one(units, owner="one")
    (line,) = page_of(units, reference, mumbai).left_out
    assert (line.reference, [why.more for why in line.whys][:2]) == (world.mumbai.hearing, [0, 120])


def _child_case(units: Units, world: World, cognizance_on: date | None) -> None:
    with units.writing() as unit:
        case = unit.session.get_one(CaseRow, world.mumbai.case_id)
        case.facts, case.cognizance_on = {**case.facts, "pocso": True}, cognizance_on
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row.witness.facts = {**row.witness.facts, "child": True}


def test_the_day_of_cognizance_of_a_childs_case_is_asked_and_never_assumed(
    units: Units, world: World, mumbai: Actor
) -> None:
    _child_case(units, world, None)
    with pytest.raises(backlog.CognizanceMissing):
        asked(units, mumbai)
    _child_case(units, world, date(2026, 8, 10))
    reference = asked(units, mumbai, replace(ASKED, deadlines=Deadlines.HARD))
    make_one(units, owner="one")
    child = next(line for line in page_of(units, reference, mumbai).lines if line.reference == world.mumbai.hearing)
    assert child.deadline_on == date(2026, 9, 9)
    assert child.time is not None
    assert wall_of(child.time.court.at, "Asia/Kolkata").date() <= date(2026, 9, 9)


def test_a_hearing_may_use_another_room_of_the_same_post_and_is_booked_there(
    units: Units, world: World, mumbai: Actor
) -> None:
    with units.writing() as unit:
        rows = list(backlog.waiting(unit, by=mumbai))
        second = add_resource(unit.session, ResourceKind.ROOM, "Second room", post_id=world.dhaka.post_id)
        for row in rows:
            for rank, room_id in enumerate((world.dhaka.room_id, second.id)):
                row.needs.append(NeedRow(need="remote_room", rank=rank, resource_id=room_id, chosen=rank == 0))
        second_id = second.id
    reference = asked(units, mumbai)
    make_one(units, owner="one")
    with units.writing() as unit:
        for line in unit.session.scalars(sa.select(PlanLineRow)):
            ((name, _),) = line.chosen
            line.chosen = [[name, str(second_id)]]
    shown = page_of(units, reference, mumbai).placed[0]
    assert shown.room == "Second room"
    assert backlog_booking.book(units, reference, [shown.id], by=mumbai) == 1
    assert hearing_of(units, shown.reference).remote_room_id == second_id


def test_another_courts_plan_is_not_there(units: Units, world: World, mumbai: Actor, actor: FindActor) -> None:
    reference = asked(units, mumbai)
    with pytest.raises(Absent):
        page_of(units, reference, actor(Role.COORDINATOR, "pune"))
    with units.reading() as unit:
        assert len(backlog.waiting(unit, by=actor(Role.COORDINATOR, "pune"))) == 1


@pytest.mark.parametrize(
    ("first_on", "last_on"), [(date(2026, 9, 1), TO_ON), (TO_ON, FROM_ON), (FROM_ON, date(2027, 9, 1))]
)
def test_days_that_cannot_be_planned_are_refused(
    units: Units, world: World, mumbai: Actor, first_on: date, last_on: date
) -> None:
    with pytest.raises(backlog.WindowRefused), units.writing() as unit:
        backlog.ask(unit, Request({world.mumbai.hearing_id: 3}, first_on, last_on, ASKED), by=mumbai)


def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # what never comes about runs out of time
        time.sleep(0.05)
