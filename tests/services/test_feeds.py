"""What stands in the feeds of people and rooms as hearings are booked, moved, called off and held."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import FindActor
from tests.fakes import NOW, FrozenClock
from tests.services.fed import event, events, given, made, shown, times
from tests.services.mails import real_letters, stored, waiting
from tests.services.planned import (
    MONDAY_11_AT,
    MONDAY_14,
    answered,
    booked,
    hearing_of_unit,
    held,
    moved_to,
    version_of,
)
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.feeds import AHEAD, BACK, CALLED_OFF_KEPT, FeedKind
from vctestimony.domain.people import Duty, Role
from vctestimony.services import feed_addresses, invitations, offering, post_office, scheduling
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import OccupancyKind, OccupancyRow, OfficialRow, OutboxState

MINUTE = timedelta(minutes=1)
CONFIRMED, CANCELLED = ("CONFIRMED", 0, "2026-09-14 05:30"), ("CANCELLED", 1, "2026-09-14 05:30")
SECRETS = ("PW-7", "State v.", "12/2025", "BNS", "Courtroom", "Conference room", "Link 1", "W-MUMBAI")
NAMES = ("Meera", "Anil", "Leela", "Farhan", "Rina", "Nasrin", "Salma")
BOTH = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """SQLite, unless the test asks for another: where PostgreSQL could answer a query differently, both are asked."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, letters=real_letters())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
        hearing = hearing_of_unit(unit, world.mumbai.hearing)
        next(one for one in hearing.participants if one.duty is Duty.JUDGE).attends_pre = False
    return world


@pytest.fixture
def interpreter(actor: FindActor) -> Actor:
    return actor(Role.INTERPRETER)


def own(units: Units, by: Actor, kind: FeedKind = FeedKind.HEARINGS) -> str:
    return made(units, Holder(official_id=by.official_id), by, kind)


def everything_sent(units: Units) -> None:
    while post_office.deliver_one(units, owner="the only worker"):
        pass


def cancelled(units: Units, world: World, by: Actor) -> None:
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        scheduling.cancel(unit, world.mumbai.hearing, reason="The witness is ill", version=version, by=by)


def named(units: Units, world: World, duty: Duty, by: Actor, *, still: bool) -> None:
    with units.writing() as unit:
        hearing = hearing_of_unit(unit, world.mumbai.hearing)
        next(one for one in hearing.participants if one.duty is duty).removed_at = None if still else unit.now
        invitations.announce(unit, hearing, by=by)


def test_a_feed_says_of_a_hearing_what_the_mail_says(
    units: Units, world: World, mumbai: Actor, interpreter: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    found = event(given(units, own(units, interpreter)).content)
    (mail,) = [mail for mail in waiting(units) if mail.to == "nasrin.alam@dhaka.example"]
    (sent,) = mail.calendar.events
    same = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "URL", "STATUS")
    assert [found[name] for name in same] == [sent[name] for name in same]
    assert "আপনার" in str(found["DESCRIPTION"])
    assert not {"ORGANIZER", "ATTENDEE"} & set(found)


@pytest.mark.threat("T4", "T17")
def test_a_feed_names_no_witness_no_room_no_link_and_nobody(
    units: Units, world: World, mumbai: Actor, judge: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    content = unfolded(given(units, own(units, judge)).content)
    assert [word for word in (*SECRETS, *NAMES) if word in content] == []
    for expected in ("Your part: Presiding", "11:15 to 12:30", "Asia/Kolkata", "UTC+06:00", "office@mumbai.example"):
        assert expected in content


def test_a_moved_hearing_is_one_event_at_the_new_time(units: Units, world: World, mumbai: Actor, judge: Actor) -> None:
    token = own(units, judge)
    assert shown(units, token) == []
    booked(units, world.mumbai.hearing, mumbai)
    assert shown(units, token) == [("CONFIRMED", 0, "2026-09-14 05:45")]
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    assert shown(units, token) == [("CONFIRMED", 1, "2026-09-14 08:45")]


@BOTH
def test_a_hearing_that_is_called_off_says_so_for_sixty_days(
    units: Units, world: World, mumbai: Actor, interpreter: Actor, clock: FrozenClock
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    token = own(units, interpreter)
    assert shown(units, token) == [CONFIRMED]
    clock.advance(minutes=5)
    cancelled(units, world, mumbai)
    assert shown(units, token) == [CANCELLED]
    found = event(given(units, token).content)
    assert found["TRANSP"] == "TRANSPARENT"
    clock.at = NOW + timedelta(minutes=5) + CALLED_OFF_KEPT - MINUTE
    assert shown(units, token) == [CANCELLED]
    clock.advance(minutes=1)
    assert shown(units, token) == []


@BOTH
@pytest.mark.threat("T18")
def test_who_is_removed_keeps_the_told_time_as_called_off_until_named_again(
    units: Units, world: World, mumbai: Actor, interpreter: Actor, judge: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    token = own(units, interpreter)
    named(units, world, Duty.INTERPRETER, mumbai, still=False)
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    assert shown(units, token) == [CANCELLED]
    assert shown(units, own(units, judge)) == [("CONFIRMED", 2, "2026-09-14 08:45")]
    named(units, world, Duty.INTERPRETER, mumbai, still=True)
    assert shown(units, token) == [("CONFIRMED", 3, "2026-09-14 08:30")]


def test_who_was_never_told_of_a_hearing_does_not_read_that_it_is_off(
    units: Units, world: World, mumbai: Actor, interpreter: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    cancelled(units, world, mumbai)
    assert {row.state for row in stored(units)} == {OutboxState.SUPERSEDED}
    assert shown(units, own(units, interpreter)) == []


@BOTH
def test_a_feed_reaches_sixty_days_back_and_four_hundred_ahead(
    units: Units, world: World, mumbai: Actor, interpreter: Actor, clock: FrozenClock
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    tokens = own(units, interpreter), made(units, Holder(room_id=world.dhaka.room_id), SYSTEM)
    ends_at = MONDAY_11_AT + timedelta(minutes=90)
    edges = {MONDAY_11_AT - AHEAD: 0, MONDAY_11_AT - AHEAD + MINUTE: 1, ends_at + BACK - MINUTE: 1, ends_at + BACK: 0}
    for clock.at, count in edges.items():
        assert [len(shown(units, token)) for token in tokens] == [count, count]


@BOTH
def test_a_room_shows_its_parts_on_both_clocks_and_nobody(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    token = made(units, Holder(room_id=world.mumbai.room_id), mumbai)
    content = unfolded(given(units, token).content)
    assert [word for word in NAMES if word in content] == []
    assert [word for word in SECRETS if word in content] == ["Courtroom"]
    for expected in (f"Hearing {world.mumbai.hearing}", "11:00 to 12:30", "11:30 to 13:00", "LOCATION:Courtroom 1"):
        assert expected in content
    assert event(given(units, token).content)["UID"] == hearing_uid(units, world)
    assert shown(units, made(units, Holder(room_id=world.pune.room_id), SYSTEM)) == []
    cancelled(units, world, mumbai)
    assert [status for status, *_ in shown(units, token)] == ["CANCELLED"]


@BOTH
def test_held_times_are_tentative_events_of_their_own_until_they_run_out(
    units: Units, world: World, mumbai: Actor, judge: Actor, clock: FrozenClock
) -> None:
    token = own(units, judge)
    rooms = made(units, Holder(room_id=world.dhaka.room_id), SYSTEM)
    held(units, world.mumbai.hearing, mumbai)
    assert shown(units, token) == [("TENTATIVE", 0, "2026-09-14 05:45")]
    assert shown(units, rooms) == [("TENTATIVE", 0, "2026-09-14 05:30")]
    found = event(given(units, token).content)
    assert found["UID"] == f"held-1-1-{hearing_uid(units, world)}"
    assert "Nothing is fixed yet" in str(found["DESCRIPTION"])
    with units.writing() as unit:
        feed_addresses.show_held(unit, Holder(official_id=judge.official_id), with_held=False, by=judge)
    assert shown(units, token) == []
    clock.advance(hours=48)
    assert shown(units, rooms) == []


def test_a_held_time_that_is_booked_becomes_the_hearing(
    units: Units, world: World, mumbai: Actor, judge: Actor
) -> None:
    held(units, world.mumbai.hearing, mumbai)
    token, version = own(units, judge), version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        offering.book(unit, world.mumbai.hearing, number=1, answers_seen="", version=version, by=mumbai)
    assert shown(units, token) == [("CONFIRMED", 0, "2026-09-14 05:45")]


@BOTH
def test_busy_times_say_nothing_but_busy(units: Units, world: World, mumbai: Actor, judge: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    leave, imported = OccupancyKind.LEAVE, OccupancyKind.IMPORTED
    start = int(MONDAY_11_AT.timestamp()) // 60
    with units.writing() as unit:
        resource_id = unit.session.get_one(OfficialRow, world.mumbai.judge_id).resource_id
        for kind, first, last in ((leave, 90, 100), (leave, 600, 700), (imported, 2000, 2100)):
            unit.session.add(
                OccupancyRow(
                    resource_id=resource_id, start_min=start + first, end_min=start + last, kind=kind, blocking=False
                )
            )
    token = own(units, judge, FeedKind.BUSY)
    content = given(units, token).content
    text = unfolded(content)
    forbidden = (
        *SECRETS,
        *NAMES,
        "Mumbai",
        "Dhaka",
        world.mumbai.hearing,
        hearing_uid(units, world),
        "http",
        "hearing",
    )
    assert [word for word in forbidden if word.lower() in text.lower()] == []
    found = [tuple((edge - MONDAY_11_AT) // MINUTE for edge in times(one)) for one in events(content)]
    assert found == [(15, 100), (600, 700)]
    lines = re.search(r"BEGIN:VEVENT\r\n(.*?)\r\nEND:VEVENT", text, re.DOTALL)
    assert lines is not None
    said = {line.partition(":")[0] for line in lines[1].split("\r\n")}
    assert said == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP"}
    again = own(units, judge, FeedKind.BUSY)
    uids = {str(one["UID"]) for one in events(content)}
    assert not uids & {str(one["UID"]) for one in events(given(units, again).content)}


def unfolded(content: bytes) -> str:
    return content.decode().replace("\r\n ", "").replace("\\,", ",").replace("\\n", "\n")


def hearing_uid(units: Units, world: World) -> str:
    with units.reading() as unit:
        return hearing_of_unit(unit, world.mumbai.hearing).uid
