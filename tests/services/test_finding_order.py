"""In which order times are proposed, which days were searched, and what no other day would mend."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT, PlainTokens, answered, take
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.calendars import DatedException, Kind, NeverOpen, WorkingCalendar
from vctestimony.domain.instants import OutsideKnownTime, to_min
from vctestimony.domain.slot_dead_ends import DeadEndRule
from vctestimony.services.finding import FindPage, Narrowing, find
from vctestimony.services.ports import Ports
from vctestimony.services.timetables import LONGEST_SEARCH
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow

MONDAY, SUNDAY = date(2026, 9, 14), date(2026, 9, 20)
START = to_min(MONDAY_11_AT)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def found(units: Units, world: World, by: Actor, from_on: date = MONDAY, to_on: date = SUNDAY) -> FindPage:
    with units.reading() as unit:
        return find(unit, world.mumbai.hearing, from_on=from_on, to_on=to_on, step_minutes=30, by=by)


def proposed(page: FindPage, on: date) -> list[str]:
    return [f"{one.time.start_wall:%H:%M}" for one in page.proposed if one.time.start_wall.date() == on]


def test_the_times_of_a_date_are_proposed_by_how_little_they_cut_up_the_rooms(
    units: Units, world: World, mumbai: Actor
) -> None:
    page = found(units, world, mumbai)
    # Court 10:30-13:30 and 14:00-17:00, mission 10:00-13:00 and 13:30-16:30 by the court's clock; 90 minutes.
    assert proposed(page, MONDAY) == ["10:30", "11:30", "14:00", "11:00", "14:30", "15:00"]
    assert [one.rank for one in page.proposed] == list(range(1, 25))
    assert sum(one.is_best for one in page.proposed) == 3
    assert sorted(one.start_min for one in page.proposed) == [one.start_min for one in page.offered]


def test_a_booking_beside_it_makes_a_time_better(units: Units, world: World, mumbai: Actor) -> None:
    take(units, world.dhaka.room_id, START + 150, START + 180)  # 13:30 to 14:00
    take(units, world.dhaka.room_id, START + 270, START + 330)  # 15:30 to 16:30: between them 14:00 fits exactly
    page = found(units, world, mumbai)
    assert proposed(page, MONDAY) == ["14:00", "10:30", "11:30", "11:00"]
    assert [one.wasted for one in page.proposed[:4]] == [0, 90, 90, 180]


def test_a_search_of_five_years_says_which_days_were_searched(units: Units, world: World, mumbai: Actor) -> None:
    page = found(units, world, mumbai, to_on=date(2031, 9, 14))
    assert (page.from_on, page.to_on) == (MONDAY, MONDAY + LONGEST_SEARCH)
    assert page.narrowings == (Narrowing.LONGEST,)
    assert page.next_on == page.to_on + timedelta(days=1)


def test_days_that_are_over_and_days_outside_the_order_are_left_out_and_named(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    assert found(units, world, mumbai).narrowings == ()
    assert found(units, world, mumbai, from_on=date(2026, 8, 1)).narrowings == (Narrowing.PAST,)
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).order.not_after_on = date(2026, 9, 16)
    page = found(units, world, mumbai)
    assert (page.to_on, page.narrowings, page.order_to) == (date(2026, 9, 16), (Narrowing.ORDER,), date(2026, 9, 16))


@pytest.mark.parametrize("far", [date(2100, 1, 4), date(2045, 1, 2)])
def test_years_whose_clocks_nobody_knows_are_refused(units: Units, world: World, mumbai: Actor, far: date) -> None:
    with pytest.raises(OutsideKnownTime, match="2037"):
        found(units, world, mumbai, from_on=far, to_on=far)


def test_a_hearing_longer_than_any_stretch_is_told_so(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).main_minutes = 240
    page = found(units, world, mumbai)
    assert ("Presiding officer", 270, 180) in {(one.label, one.needed, one.longest) for one in page.too_long}
    assert page.dead_ends == ()


def test_a_calendar_without_any_hours_is_refused_by_its_name(
    units: Units, world: World, mumbai: Actor, ports: Ports
) -> None:
    dhaka: WorkingCalendar = ports.calendars.get("dhaka-mission")
    ports.calendars.calendars["dhaka-mission"] = replace(dhaka, version="2", rules=())  # type: ignore[attr-defined]  # the fake's own dict
    with pytest.raises(NeverOpen, match="dhaka-mission"):
        found(units, world, mumbai)


def test_a_calendar_without_an_open_day_is_told_so(units: Units, world: World, mumbai: Actor, ports: Ports) -> None:
    dhaka: WorkingCalendar = ports.calendars.get("dhaka-mission")
    recess = DatedException(MONDAY - timedelta(days=5), SUNDAY + timedelta(days=5), Kind.CLOSED, label="Recess")
    ports.calendars.calendars["dhaka-mission"] = replace(dhaka, version="2", exceptions=(recess,))  # type: ignore[attr-defined]  # the fake's own dict
    [end] = found(units, world, mumbai).dead_ends
    assert (end.rule, end.place) == (DeadEndRule.NEVER_OPEN, "Dhaka")
    assert found(units, world, mumbai, to_on=MONDAY).dead_ends == ()


def test_what_is_only_taken_is_no_dead_end(units: Units, world: World, mumbai: Actor) -> None:
    take(units, world.mumbai.room_id, START - 600, START + 10_000)
    page = found(units, world, mumbai)
    assert (page.proposed, page.dead_ends) == ((), ())
