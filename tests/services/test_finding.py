"""Finding a time: what is offered is bookable, every refused day says why and who, and the search stays one query."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.conftest import Database
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT, PlainTokens, answered, booked, hearing_of, take
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.calendars import DatedException, HolidayYearMissing, Kind, Reason, WorkingCalendar
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import to_min
from vctestimony.services.finding import FindPage, find
from vctestimony.services.ports import Ports
from vctestimony.services.timetables import NoDaysLeft
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow

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


def found(units: Units, world: World, by: Actor, *, to_on: date = SUNDAY, step_minutes: int = 15) -> FindPage:
    with units.reading() as unit:
        return find(unit, world.mumbai.hearing, from_on=MONDAY, to_on=to_on, step_minutes=step_minutes, by=by)


def starts(page: FindPage, on: date) -> list[str]:
    day = next(day for day in page.days if day.on == on)
    return [f"{one.time.court.wall:%H:%M}/{one.time.remote.wall:%H:%M}" for one in day.offered]


def test_a_week_offers_the_hours_both_cities_work_monday_to_thursday(units: Units, world: World, mumbai: Actor) -> None:
    page = found(units, world, mumbai, step_minutes=30)
    for number in range(4):
        assert starts(page, MONDAY + timedelta(days=number)) == [
            "10:30/11:00",
            "11:00/11:30",
            "11:30/12:00",
            "14:00/14:30",
            "14:30/15:00",
            "15:00/15:30",
        ]
    assert len(page.offered) == 24


def test_friday_and_sunday_name_the_city_the_rule_and_whom_it_keeps_away(
    units: Units, world: World, mumbai: Actor
) -> None:
    refused = {day.on: day for day in found(units, world, mumbai).refused}
    assert sorted(refused) == [date(2026, 9, 18), date(2026, 9, 19), date(2026, 9, 20)]
    [friday] = refused[date(2026, 9, 18)].whys
    assert (friday.place, friday.code, friday.rule) == ("Dhaka", "weekly_holiday", "weekly holiday")
    assert friday.who == ("Conference room", "Remote Point Coordinator", "Interpreter", "Support person")
    assert {why.place for why in refused[date(2026, 9, 19)].whys} == {"Mumbai", "Dhaka"}
    [sunday] = refused[date(2026, 9, 20)].whys
    assert sunday.place == "Mumbai"


def test_a_holiday_is_named_with_how_sure_its_date_is(units: Units, world: World, mumbai: Actor, ports: Ports) -> None:
    dhaka = ports.calendars.get("dhaka-mission")
    eid = DatedException(MONDAY, MONDAY, Kind.CLOSED, label="Eid", reason=Reason.PUBLIC_HOLIDAY, status="estimated")  # type: ignore[arg-type]  # a StrEnum by value
    ports.calendars.calendars["dhaka-mission"] = replace(dhaka, version="2", exceptions=(eid,))  # type: ignore[attr-defined]  # the fake's own dict
    [why] = next(day for day in found(units, world, mumbai).refused if day.on == MONDAY).whys
    assert (why.place, why.holiday, why.rule, why.status) == (
        "Dhaka",
        "Eid",
        "public holiday",
        "estimated, may move by a day",
    )


def test_every_offered_start_can_be_booked(units: Units, world: World, mumbai: Actor) -> None:
    take(units, world.mumbai.room_id, START, START + 45)
    for one in found(units, world, mumbai, to_on=MONDAY, step_minutes=30).offered:
        booked(units, world.mumbai.hearing, mumbai, one.time.start_wall)
        assert hearing_of(units, world.mumbai.hearing).starts_wall == one.time.start_wall
        with units.writing() as unit:
            row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
            row.state, row.starts_at, row.starts_wall = State.REQUESTED, None, None


def test_a_busy_judge_takes_away_the_times_and_is_named_as_what_would_help(
    units: Units, world: World, mumbai: Actor
) -> None:
    with units.reading() as unit:
        judge = unit.session.get_one(OfficialRow, world.mumbai.judge_id).resource_id
    take(units, judge, START - 60, START + 600)
    page = found(units, world, mumbai, to_on=MONDAY)
    [day] = page.refused
    assert [(why.code, why.who) for why in day.whys] == [("busy", ("Presiding officer",))]
    assert [(one.label, one.more) for one in page.helps] == [("Presiding officer", 10)]


def test_leave_that_does_not_block_hides_times_all_the_same(units: Units, world: World, mumbai: Actor) -> None:
    take(units, world.dhaka.room_id, START - 120, START + 600, blocking=False)
    assert starts(found(units, world, mumbai), MONDAY) == []


def test_the_hearings_own_claims_do_not_hide_its_times(units: Units, world: World, mumbai: Actor) -> None:
    before = starts(found(units, world, mumbai), MONDAY)
    booked(units, world.mumbai.hearing, mumbai)
    assert starts(found(units, world, mumbai), MONDAY) == before


def test_the_order_limits_the_days(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        order = unit.session.get_one(HearingRow, world.mumbai.hearing_id).order
        order.not_before_on, order.not_after_on = date(2026, 9, 15), date(2026, 9, 16)
    page = found(units, world, mumbai)
    assert (page.from_on, page.to_on) == (date(2026, 9, 15), date(2026, 9, 16))
    with pytest.raises(NoDaysLeft), units.reading() as unit:
        find(unit, world.mumbai.hearing, from_on=date(2026, 9, 17), to_on=SUNDAY, by=mumbai)


def test_an_order_outside_court_hours_opens_the_court_and_not_the_mission(
    units: Units, world: World, mumbai: Actor
) -> None:
    with units.writing() as unit:
        order = unit.session.get_one(HearingRow, world.mumbai.hearing_id).order
        order.facts = order.facts | {"off_hours": True}
    page = found(units, world, mumbai, step_minutes=30)
    assert starts(page, MONDAY)[:2] == ["10:00/10:30", "10:30/11:00"]
    assert starts(page, MONDAY)[-1] == "15:00/15:30"
    assert starts(page, SUNDAY) == []
    assert page.off_hours


def test_a_year_without_entered_closures_is_refused_by_the_name_of_its_file(
    units: Units, world: World, mumbai: Actor, ports: Ports
) -> None:
    court: WorkingCalendar = ports.calendars.get("mumbai-court")
    known = replace(court, version="2", known_years=frozenset({2025}), file="sop/calendars/mumbai.toml")
    ports.calendars.calendars["mumbai-court"] = known  # type: ignore[attr-defined]  # the fake's own dict
    with pytest.raises(HolidayYearMissing, match=r"2026.*sop/calendars/mumbai.toml"):
        found(units, world, mumbai)


def test_nothing_before_the_notice_is_offered(units: Units, world: World, mumbai: Actor, clock: FrozenClock) -> None:
    clock.at = MONDAY_11_AT - timedelta(hours=24)
    assert starts(found(units, world, mumbai, step_minutes=30), MONDAY)[0] == "11:00/11:30"


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("days", [1, 30, 60])
def test_a_search_reads_what_is_taken_once_however_many_days(
    units: Units, world: World, mumbai: Actor, database: Database, days: int
) -> None:
    with counted(database) as statements:
        found(units, world, mumbai, to_on=MONDAY + timedelta(days=days))
    assert sum("FROM occupancy" in statement for statement in statements) == 1
    assert len([statement for statement in statements if statement.startswith("SELECT")]) <= 3
