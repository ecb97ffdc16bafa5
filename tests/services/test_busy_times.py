"""Officials' own calendars: who keeps them, what is kept of them, what they hide, and how reliable each is."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from tests.conftest import Database, FindActor
from tests.fakes import NOW, FrozenClock
from tests.services.calendars import ADDRESS, Desk, span, times
from tests.services.planned import MONDAY_11, answered, booked
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.busy import (
    AHEAD,
    CalendarBroken,
    Health,
    HostNotPublic,
    NeedsSignIn,
    UnknownTimeZone,
    refusal_named,
)
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.people import Role
from vctestimony.services import busy_refreshing, busy_times, busy_views, claims
from vctestimony.services.busy_times import MOST_CALENDARS, CalendarsEnough
from vctestimony.services.claims import SlotTaken
from vctestimony.services.unit import Units
from vctestimony.store import occupancy
from vctestimony.store.models import BusySourceRow, HearingRow, JournalRow, OccupancyKind, OfficialRow

# 11:00 in Kolkata on Monday 14 September, the start of the pre part of a hearing of 15, 60 and 15 minutes.
HEARING = span(5.5, 90)


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


@pytest.fixture
def desk(units: Units, world: World, actor: FindActor) -> Desk:
    return Desk(units, world.mumbai.judge_id, actor(Role.COORDINATOR, "mumbai"))


def starts_offered(units: Units, world: World) -> None:
    """Refused, as SlotTaken, where the hearing cannot be on Monday at 11."""
    with units.reading() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        at = claims.instant_of(hearing, starts_wall=MONDAY_11, zone="Asia/Kolkata")
        claims.check(unit, hearing, starts_at=at)


def test_what_an_uploaded_calendar_takes_hides_times_and_refuses_bookings(
    desk: Desk, units: Units, world: World
) -> None:
    starts_offered(units, world)
    desk.upload(times(span(6, 30), tentative=(span(9, 30),)))
    with pytest.raises(SlotTaken):
        starts_offered(units, world)
    assert desk.stored() == [
        (*span(6, 30), OccupancyKind.IMPORTED, False),
        (*span(9, 30), OccupancyKind.IMPORTED_TENTATIVE, False),
    ]
    assert [(one.tentative, one.starts[0].wall.hour) for one in desk.page().coming] == [(False, 11), (True, 14)]


def test_a_new_file_takes_the_place_of_the_one_before(desk: Desk, units: Units, world: World) -> None:
    desk.upload(times(span(6), span(9)))
    desk.upload(times(span(9)))
    starts_offered(units, world)
    assert len(desk.page().summary.calendars) == 1
    assert desk.stored() == [(*span(9), OccupancyKind.IMPORTED, False)]
    assert desk.journal() == ["busy.uploaded", "busy.uploaded"]


def test_a_file_that_cannot_be_read_changes_nothing(desk: Desk) -> None:
    desk.upload(times(span(6)))
    before = desk.stored()
    with pytest.raises(UnknownTimeZone) as refused:
        desk.upload(UnknownTimeZone(zone="Mars/X"))
    assert refused.value.field == "file"
    assert (desk.stored(), desk.journal()) == (before, ["busy.uploaded"])


def test_a_booked_hearing_stays_and_is_listed(desk: Desk, units: Units, world: World) -> None:
    booked(units, world.mumbai.hearing, desk.by)
    desk.upload(times(span(5.5, 15), span(6, 30), span(9)))
    summary = desk.page().summary
    stretches = [(len(one.hearings), f"{one.starts[0].wall:%H:%M}") for one in summary.clashes]
    assert stretches == [(1, "11:00"), (1, "11:30")]
    assert [one.reference for one in summary.hearings] == [world.mumbai.hearing]
    desk.upload(times(span(4.5, 60), span(7)))  # both touch the hearing
    assert desk.page().summary.hearings == ()


def test_the_address_is_sealed_and_stands_nowhere_else(desk: Desk, units: Units) -> None:
    desk.answers(times(span(6)))
    desk.subscribe()
    busy_refreshing.refresh_due(units)
    row = desk.row()
    assert row.host == "calendar.example"
    assert row.sealed is not None
    with units.reading() as unit:
        everything = [str(entry.facts) for entry in unit.session.scalars(sa.select(JournalRow))]
        columns = {c.name: getattr(row, c.name) for c in BusySourceRow.__table__.columns}
    assert "s3cret" not in f"{everything} {columns} {desk.page()}"
    assert units.ports.vault.open(row.sealed, key_id=row.key_id, bound_to=busy_times.sealed_place(row)) == ADDRESS


def test_an_address_sealed_for_another_calendar_is_not_opened(desk: Desk, units: Units) -> None:
    number = desk.subscribe()
    with units.writing() as unit:
        unit.session.get_one(BusySourceRow, number).reference = "B-ANOTHER"
    busy_refreshing.refresh_due(units)
    assert (desk.row().failure, desk.fetcher.asked) == ("AddressSealed", [])


def test_an_address_that_is_never_fetched_is_refused_beside_its_field(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: object, _address: str) -> str:
        raise HostNotPublic(host="127.0.0.1")

    monkeypatch.setattr(type(desk.fetcher), "host_of", refuse)
    with pytest.raises(HostNotPublic) as refused:
        desk.subscribe()
    assert refused.value.field == "address"
    assert desk.page().summary.calendars == ()


def test_removing_a_calendar_gives_its_times_back(desk: Desk, units: Units, world: World) -> None:
    desk.answers(times(span(6)))
    number = desk.subscribe()
    busy_refreshing.refresh_due(units)
    desk.upload(times(span(9)))
    for _ in range(2):
        with units.writing() as unit:
            busy_times.remove(unit, desk.official_id, number, by=desk.by)
    starts_offered(units, world)
    assert desk.stored() == [(*span(9), OccupancyKind.IMPORTED, False)]
    assert desk.journal() == ["busy.subscribed", "busy.changed", "busy.uploaded", "busy.removed"]


def test_nobody_has_more_calendars_than_a_few(desk: Desk) -> None:
    for number in range(MOST_CALENDARS):
        desk.subscribe(f"https://calendar.example/{number}.ics")
    for attempt in (desk.subscribe, lambda: desk.upload(times())):
        with pytest.raises(CalendarsEnough):
            attempt()
    assert not desk.page().may_add


@pytest.mark.parametrize(
    ("role", "at", "allowed"),
    [
        (Role.COORDINATOR, "mumbai", True),
        (Role.PRESIDING_OFFICER, "mumbai", True),
        (Role.ADMINISTRATOR, "", True),
        (Role.COORDINATOR, "pune", False),
        (Role.PRESIDING_OFFICER, "pune", False),
        (Role.LEGAL_STAFF, "mumbai", False),
        (Role.INTERPRETER, "", False),
        (Role.MISSION_OFFICIAL, "", False),
    ],
)
def test_the_official_and_who_keeps_the_post_see_to_the_calendars(
    desk: Desk, units: Units, actor: FindActor, role: Role, at: str, allowed: bool
) -> None:
    number = desk.subscribe()
    by = actor(role, at)
    attempts = (
        lambda unit: busy_views.busy_page(unit, desk.official_id, by=by),
        lambda unit: busy_times.subscribe(unit, desk.official_id, ADDRESS, by=by),
        lambda unit: busy_times.source_for(unit, desk.official_id, number, by=by),
        lambda unit: busy_times.upload(units, desk.official_id, b"", by=by),
        lambda unit: busy_times.remove(unit, desk.official_id, number, by=by),
    )
    for attempt in attempts:
        if allowed:
            with units.reading() as unit:
                attempt(unit)
            continue
        with pytest.raises(NotAllowed), units.reading() as unit:
            attempt(unit)


def test_the_calendar_of_somebody_else_is_not_reached_through_ones_own_page(
    desk: Desk, units: Units, world: World, actor: FindActor
) -> None:
    number = desk.subscribe()
    prosecutor = world.mumbai.prosecutor_id
    with pytest.raises(Absent), units.reading() as unit:
        busy_times.source_for(unit, prosecutor, number, by=desk.by)
    with units.writing() as unit:
        busy_times.remove(unit, prosecutor, number, by=desk.by)
    assert desk.line().id == number
    with pytest.raises(Absent), units.reading() as unit:
        busy_views.busy_page(unit, 99_999, by=desk.by)


def test_freshness_goes_from_never_read_to_fresh_to_stale_to_failed(
    desk: Desk, units: Units, clock: FrozenClock, world: World
) -> None:
    def now() -> Health:
        with units.reading() as unit:
            resource_id = unit.session.get_one(OfficialRow, desk.official_id).resource_id
            (found,) = busy_views.freshness(unit, [resource_id, world.mumbai.room_id])
            assert found.is_reliable is (found.health is Health.FRESH)
            return found.health

    desk.answers(times(span(6)))
    desk.subscribe()
    assert now() is Health.NEVER_READ
    busy_refreshing.refresh_due(units)
    assert now() is Health.FRESH
    clock.advance(hours=24)
    assert now() is Health.FRESH
    clock.advance(seconds=1)
    assert now() is Health.STALE
    desk.answers(NeedsSignIn(host="calendar.example"))
    busy_refreshing.refresh_due(units)
    assert now() is Health.FAILED
    assert len(desk.stored()) == 1, "what is known still hides times"


def test_a_calendar_is_known_only_as_far_as_it_was_read(desk: Desk, units: Units) -> None:
    reaches = NOW + timedelta(days=30)
    desk.upload(times(span(6), until=reaches, unreadable=2))
    with units.reading() as unit:
        official = unit.session.get_one(OfficialRow, desk.official_id)
        (found,) = busy_views.freshness(unit, [official.resource_id])
    assert (found.covers_until, found.unreadable, found.is_reliable) == (reaches, 2, False)
    assert found.reaches(reaches)
    assert not found.reaches(reaches + timedelta(minutes=1))


def test_freshness_of_any_number_of_people_takes_one_query(desk: Desk, units: Units, database: Database) -> None:
    for number in range(4):
        desk.subscribe(f"https://calendar.example/{number}.ics")
    asked: list[str] = []
    with units.reading() as unit:
        ids = list(unit.session.scalars(sa.select(OfficialRow.resource_id)))
        event.listen(database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
        assert len(busy_views.freshness(unit, ids)) == 4
    assert len(asked) == 1


def test_imported_time_comes_from_the_same_single_query_and_its_index(
    desk: Desk, units: Units, database: Database
) -> None:
    desk.upload(times(span(6)))
    with units.reading() as unit:
        official = unit.session.get_one(OfficialRow, desk.official_id)
        found = occupancy.taken(
            unit.session, [official.resource_id], from_min=span(0)[0], to_min=span(20)[0], now=unit.now
        )
        assert [tuple(row) for row in found] == [(official.resource_id, *span(6), None)]
        if database.engine.dialect.name == "sqlite":
            plan = str(
                unit.session.connection()
                .exec_driver_sql(
                    "EXPLAIN QUERY PLAN SELECT resource_id, start_min, end_min FROM occupancy WHERE resource_id IN (1)"
                    " AND end_min > 1 AND start_min < 9 AND (held_until IS NULL OR held_until > '2026')"
                    " AND (hearing_id IS NULL OR hearing_id != 1)"
                )
                .all()
            )
            assert "COVERING INDEX occupancy_search" in plan


def test_a_kept_failure_is_the_same_refusal_again() -> None:
    refusal = UnknownTimeZone(zone="Mars/X")
    again = refusal_named(type(refusal).__name__, refusal.facts)
    assert (type(again), again.sentence()) == (UnknownTimeZone, refusal.sentence())
    assert isinstance(refusal_named("WrittenByALaterVersion", {"n": 1}), CalendarBroken)


def test_the_reading_is_asked_for_the_clock_of_the_post_and_the_coming_year(desk: Desk, actor: Actor) -> None:
    desk.upload(times())
    (scope,) = desk.reader.scopes
    assert (scope.zone, scope.owner) == ("Asia/Kolkata", "meera.mumbaikar@mumbai.example")
    assert scope.until_min - scope.from_min == (AHEAD.days + 1) * 1440
