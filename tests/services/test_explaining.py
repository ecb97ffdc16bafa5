"""One day in detail: every start with what booking it would be refused for, and where that can be mended."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.conftest import Database
from tests.services.planned import KOLKATA, MONDAY_11_AT, PlainTokens, answered, take
from tests.services.test_finding import counted
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.instants import resolve, to_min
from vctestimony.services.booking_views import book_page
from vctestimony.services.explaining import DayPage, day_page
from vctestimony.services.mending import MendKind
from vctestimony.services.ports import Ports
from vctestimony.services.timetables import OutsideOrder
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow

MONDAY, FRIDAY = date(2026, 9, 14), date(2026, 9, 18)
START = to_min(MONDAY_11_AT)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def explained(units: Units, world: World, by: Actor, on: date = MONDAY) -> DayPage:
    with units.reading() as unit:
        return day_page(unit, world.mumbai.hearing, on, step_minutes=30, by=by)


def judge_taken(units: Units, world: World, start: int, end: int) -> None:
    with units.reading() as unit:
        resource_id = unit.session.get_one(OfficialRow, world.mumbai.judge_id).resource_id
    take(units, resource_id, start, end)


def test_every_run_gives_the_reasons_that_booking_its_starts_is_refused_for(
    units: Units, world: World, mumbai: Actor
) -> None:
    judge_taken(units, world, START, START + 45)
    take(units, world.dhaka.room_id, START + 30, START + 60)
    for run in explained(units, world, mumbai).runs:
        for wall in (run.first_court.wall, run.last_court.wall):
            with units.reading() as unit:
                page = book_page(unit, world.mumbai.hearing, starts_wall=wall, by=mumbai)
            assert page.is_free is (not run.against)
            assert {(why.code, why.place, why.who) for why in page.whys} == {
                (one.why.code, one.why.place, one.why.who) for one in run.against
            }


def test_the_whole_day_is_covered_once(units: Units, world: World, mumbai: Actor) -> None:
    runs = explained(units, world, mumbai).runs
    assert sum(run.count for run in runs) == 48
    assert runs[0].first_court.wall == datetime(2026, 9, 14)
    assert runs[-1].last_court.wall == datetime(2026, 9, 14, 23, 30)
    assert to_min(runs[0].first_court.at) == to_min(resolve(datetime(2026, 9, 14), KOLKATA))


def test_there_is_a_lane_for_everybody_and_everything(units: Units, world: World, mumbai: Actor) -> None:
    judge_taken(units, world, START, START + 60)
    [day] = explained(units, world, mumbai).found.days
    assert [lane.label for lane in day.lanes] == [
        "Courtroom 1",
        "Presiding officer",
        "Court Point Coordinator",
        "Prosecution (applicant)",
        "Defence counsel",
        "Conference room",
        "Remote Point Coordinator",
        "Interpreter",
        "Support person",
        "Link 1",
        "PW-7",
    ]
    assert [lane.label for lane in day.lanes if lane.taken] == ["Presiding officer"]
    assert [lane.label for lane in day.lanes if lane.always] == ["Link 1", "PW-7"]


def test_who_is_closed_all_day_says_why_and_the_others_show_their_hours(
    units: Units, world: World, mumbai: Actor
) -> None:
    [day] = explained(units, world, mumbai, FRIDAY).found.days
    shut = {lane.label for lane in day.lanes if [why.place for why in lane.shut] == ["Dhaka"]}
    assert shut == {"Conference room", "Remote Point Coordinator", "Interpreter", "Support person"}
    assert all(lane.opens for lane in day.lanes if not lane.shut and not lane.always)


def test_a_reason_leads_to_where_those_who_may_can_mend_it(units: Units, world: World, mumbai: Actor) -> None:
    judge_taken(units, world, START, START + 60)
    take(units, world.mumbai.room_id, START, START + 60)
    with units.reading() as unit:
        remote = unit.session.get_one(OfficialRow, world.dhaka.coordinator_id).resource_id
    take(units, remote, START, START + 60)
    runs = explained(units, world, mumbai).runs
    noon = next(run for run in runs if run.first_court.wall <= datetime(2026, 9, 14, 11) <= run.last_court.wall)
    assert {mend.kind for one in noon.against for mend in one.mends} == {
        MendKind.OFFICIAL,
        MendKind.PEOPLE,
        MendKind.ROOMS,
    }
    officials = [mend.key for one in noon.against for mend in one.mends if mend.kind is MendKind.OFFICIAL]
    assert officials == [str(world.mumbai.judge_id)]  # the mission's people are kept by the mission
    night = runs[0].against
    mends = {(mend.kind, mend.key) for one in night for mend in one.mends}
    assert mends == {
        (MendKind.CALENDAR, "mumbai-court"),
        (MendKind.CALENDAR, "dhaka-mission"),
        (MendKind.ORDER, world.mumbai.case),
    }


def test_a_day_outside_the_order_is_refused(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).order.not_after_on = MONDAY
    with pytest.raises(OutsideOrder):
        explained(units, world, mumbai, FRIDAY)


def test_a_day_in_detail_takes_no_more_queries_than_a_search(
    units: Units, world: World, mumbai: Actor, database: Database
) -> None:
    judge_taken(units, world, START, START + 60)
    with counted(database) as statements:
        explained(units, world, mumbai)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) <= 3
