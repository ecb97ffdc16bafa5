"""What the order allows: in the search, in the check before booking and in the nearest times alike."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pytest

from tests.fakes import POLAR, FrozenClock
from tests.services.planned import MONDAY_11, PlainTokens, answered, booked
from tests.services.registered import order_entry
from tests.world import World
from vctestimony.adapters.packs import load_packs
from vctestimony.domain.access import Actor
from vctestimony.domain.daylight import (
    Daytime,
    HalfLocated,
    NoSunriseOrSunset,
    NotOnEarth,
    PlaceNotLocated,
    check_located,
)
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import resolve
from vctestimony.domain.sittings import BreaksUnclear, LongerThanOrdered
from vctestimony.domain.slots import CauseRule
from vctestimony.domain.sop import Pack
from vctestimony.services import booking_views, casefiles, cases, finding, planning
from vctestimony.services.cases import HoursContradict
from vctestimony.services.claims import TimeRefused
from vctestimony.services.finding import FindPage
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, NeedRow, PostRow

MONDAY = date(2026, 9, 14)


@cache
def packs() -> tuple[Pack, ...]:
    """The real rule packs."""
    return load_packs(Path(__file__).parents[2] / "sop")


@dataclass(slots=True)
class SetSun:
    """Rises at six and sets when told, by the clock of the place; beyond the polar circles never."""

    sets: time = time(18)

    def daytime(self, on: date, *, latitude: float, longitude: float, zone: str) -> Daytime | None:
        """From six until it sets."""
        if abs(latitude) > POLAR:
            return None
        return resolve(datetime.combine(on, time(6)), zone), resolve(datetime.combine(on, self.sets), zone)


@pytest.fixture
def sun() -> SetSun:
    return SetSun()


@pytest.fixture
def ports(ports: Ports, sun: SetSun) -> Ports:
    return replace(ports, tokens=PlainTokens(), packs=packs, daylight=sun)


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def ordered(units: Units, world: World, **limits: object) -> None:
    with units.writing() as unit:
        order = unit.session.get_one(HearingRow, world.mumbai.hearing_id).order
        for name, value in limits.items():
            setattr(order, name, value)


def located(units: Units, world: World, latitude: float | None = 23.8, longitude: float | None = 90.4) -> None:
    with units.writing() as unit:
        post = unit.session.get_one(PostRow, world.dhaka.post_id)
        post.latitude, post.longitude = latitude, longitude


def found(units: Units, world: World, by: Actor, on: date = MONDAY) -> FindPage:
    with units.reading() as unit:
        return finding.find(unit, world.mumbai.hearing, from_on=on, to_on=on, step_minutes=15, by=by)


def walls(page: FindPage) -> list[str]:
    return [f"{one.time.start_wall:%H:%M}" for one in page.offered]


def test_an_order_for_daylight_needs_to_know_where_the_place_lies(units: Units, world: World, mumbai: Actor) -> None:
    ordered(units, world, daylight_only=True)
    with pytest.raises(PlaceNotLocated, match="Enter its latitude and longitude"):
        found(units, world, mumbai)
    with pytest.raises(PlaceNotLocated):
        booked(units, world.mumbai.hearing, mumbai)
    located(units, world)
    assert walls(found(units, world, mumbai))


def test_where_the_sun_does_not_rise_the_search_says_so(units: Units, world: World, mumbai: Actor) -> None:
    ordered(units, world, daylight_only=True)
    located(units, world, latitude=69.6)
    with pytest.raises(NoSunriseOrSunset, match="does not rise and set on 2026-09-14"):
        found(units, world, mumbai)


@pytest.mark.parametrize(("sets", "fits"), [(time(12, 59), False), (time(13, 0), True), (time(13, 1), True)])
def test_daylight_is_kept_to_the_minute_in_search_and_check(
    units: Units, world: World, mumbai: Actor, sun: SetSun, sets: time, fits: bool
) -> None:
    """11:00 to 12:30 in Mumbai is 11:30 to 13:00 in Dhaka."""
    located(units, world)
    ordered(units, world, daylight_only=True)
    sun.sets = sets
    assert ("11:00" in walls(found(units, world, mumbai))) is fits
    with units.reading() as unit:
        page = booking_views.book_page(unit, world.mumbai.hearing, starts_wall=MONDAY_11, by=mumbai)
    assert page.is_free is fits
    if fits:
        booked(units, world.mumbai.hearing, mumbai)
        return
    with pytest.raises(TimeRefused) as refusal:
        booked(units, world.mumbai.hearing, mumbai)
    [why] = refusal.value.whys
    assert (why.code, why.place, why.times) == (CauseRule.DAYLIGHT, "Dhaka", "06:00–12:59")
    nearest = [one.start_wall for one in refusal.value.alternatives]
    assert nearest == [datetime(2026, 9, 14, 10, 45), datetime(2026, 9, 14, 10, 30), datetime(2026, 9, 15, 10, 30)]


def test_court_hours_count_for_the_part_without_the_courtroom_too(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        for need in ("court_room:pre", "court_room:post"):
            row.needs.append(NeedRow(need=need, rank=0, resource_id=None))
        for person in row.participants:
            person.attends_pre = person.end is End.REMOTE
    assert walls(found(units, world, mumbai))[0] == "10:15"
    ordered(units, world, court_hours_only=True)
    page = found(units, world, mumbai)
    assert walls(page)[0] == "10:30"
    with pytest.raises(TimeRefused) as refusal:
        booked(units, world.mumbai.hearing, mumbai, MONDAY_11.replace(hour=10, minute=15))
    assert [(why.code, why.place) for why in refusal.value.whys] == [(CauseRule.COURT_HOURS, "Mumbai")]


@pytest.mark.parametrize(("longest", "fits"), [(59, False), (60, True), (61, True)])
def test_an_examination_longer_than_the_order_allows_is_refused_everywhere(
    units: Units, world: World, mumbai: Actor, longest: int, fits: bool
) -> None:
    ordered(units, world, longest_minutes=longest)
    if fits:
        booked(units, world.mumbai.hearing, mumbai)
        return
    with pytest.raises(LongerThanOrdered, match="Split it over several days"):
        found(units, world, mumbai)
    with pytest.raises(LongerThanOrdered):
        booked(units, world.mumbai.hearing, mumbai)


@pytest.mark.parametrize(("longest", "fits"), [(119, False), (120, True)])
def test_what_the_witness_sits_elsewhere_counts_on_the_same_day(
    units: Units, world: World, mumbai: Actor, longest: int, fits: bool
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        first = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        second = planning.continuation_of(unit, first, main_minutes=60, by=mumbai)
        second.order.longest_minutes = longest
        reference = second.reference
    with units.reading() as unit:
        page = finding.find(unit, reference, from_on=MONDAY, to_on=MONDAY + timedelta(days=1), by=mumbai)
    assert {day.on for day in page.days if day.offered} == {MONDAY + timedelta(days=1)} | ({MONDAY} if fits else set())
    if not fits:
        assert [why.code for why in page.refused[0].whys] == [CauseRule.DAY_FULL]


def test_breaks_are_shown_within_the_examination_on_both_clocks(units: Units, world: World, mumbai: Actor) -> None:
    ordered(units, world, break_after_minutes=40, break_minutes=10)
    with units.reading() as unit:
        page = booking_views.book_page(unit, world.mumbai.hearing, starts_wall=MONDAY_11, by=mumbai)
    [(start, end)] = page.breaks
    assert [f"{one.own.reading.wall:%H:%M} {one.other.reading.wall:%H:%M}" for one in (start, end)] == [
        "11:55 12:25",
        "12:05 12:35",
    ]


@pytest.mark.parametrize(("court", "mission", "first"), [(60, 120, 15), (120, 60, 15), (60, 60, 14)])
def test_the_longer_notice_of_the_two_ends_counts(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock, court: int, mission: int, first: int
) -> None:
    clock.at = datetime(2026, 9, 14, 8, 29, tzinfo=UTC)  # 13:59 in Mumbai; the last start of the day is 15:00
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.mumbai.post_id).notice_minutes = court
        unit.session.get_one(PostRow, world.dhaka.post_id).notice_minutes = mission
    with units.reading() as unit:
        page = finding.find(unit, world.mumbai.hearing, from_on=MONDAY, to_on=MONDAY + timedelta(days=1), by=mumbai)
    assert page.offered[0].time.start_wall.day == first


def test_an_order_keeps_its_limits_and_contradictions_are_refused(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        entry = order_entry(daylight_only=True, longest_minutes=90, break_after_minutes=45, break_minutes=10)
        cases.add_order(unit, world.mumbai.case, entry, by=mumbai)
    with units.reading() as unit:
        order = casefiles.open_file(unit, world.mumbai.case, by=mumbai).orders[-1]
    assert (order.daylight_only, order.court_hours_only, order.longest_minutes) == (True, False, 90)
    for entry, refusal in (
        (order_entry("off_hours", court_hours_only=True), HoursContradict),
        (order_entry(break_after_minutes=45), BreaksUnclear),
        (order_entry(break_minutes=10), BreaksUnclear),
    ):
        with pytest.raises(refusal), units.writing() as unit:
            cases.add_order(unit, world.mumbai.case, entry, by=mumbai)


@pytest.mark.parametrize(
    ("latitude", "longitude", "refusal"),
    [
        (90.0, -180.0, None),
        (90.01, 0.0, NotOnEarth),
        (0.0, 180.5, NotOnEarth),
        (float("nan"), 0.0, NotOnEarth),
        (1.0, None, HalfLocated),
        (None, 1.0, HalfLocated),
        (None, None, None),
    ],
)
def test_coordinates_are_a_place_on_earth_or_none(
    latitude: float | None, longitude: float | None, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        check_located(latitude, longitude)
        return
    with pytest.raises(refusal):
        check_located(latitude, longitude)
