"""Booking, moving, cancelling, holding and confirming: what is claimed, what is refused, who is told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import (
    FRIDAY_11,
    KOLKATA,
    MONDAY_11,
    MONDAY_11_AT,
    MONDAY_14,
    PlainTokens,
    answered,
    booked,
    hearing_of,
    moved_to,
    take,
    version_of,
)
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed, Stale
from vctestimony.domain.hearing import IllegalMove, ReasonMissing, State
from vctestimony.domain.instants import TZ_VERSION, to_min
from vctestimony.domain.people import Role
from vctestimony.services import journal, scheduling
from vctestimony.services.checklists import GateOpen
from vctestimony.services.claims import NotThisZone, SlotTaken, TimeRefused
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import OccupancyRow, OfficialRow, OutboxRow, ParticipantRow

START = to_min(MONDAY_11_AT)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


@pytest.fixture
def pune(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "pune")


def claims(units: Units, hearing_id: int) -> list[tuple[int, int, int]]:
    with units.reading() as unit:
        row = OccupancyRow
        query = sa.select(row.resource_id, row.start_min, row.end_min).where(row.hearing_id == hearing_id)
        return sorted((one, start, end) for one, start, end in unit.session.execute(query))


def mails(units: Units, hearing_id: int) -> list[str]:
    with units.reading() as unit:
        query = sa.select(OutboxRow.kind).where(OutboxRow.hearing_id == hearing_id, OutboxRow.state == "pending")
        return sorted(unit.session.scalars(query))


def done(units: Units, reference: str) -> list[str]:
    with units.reading() as unit:
        return [entry.action for entry in journal.history(unit, reference)]


def test_a_booking_claims_both_rooms_link_witness_and_seven_people_for_all_three_parts(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    found = claims(units, world.mumbai.hearing_id)
    assert len({resource for resource, _, _ in found}) == 11
    assert {(start, end) for _, start, end in found} == {
        (START, START + 15),
        (START + 15, START + 75),
        (START + 75, START + 90),
    }
    assert len(found) == 33


def test_a_booking_stores_the_agreed_wall_time_and_the_instant(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    row = hearing_of(units, world.mumbai.hearing)
    assert (row.state, row.starts_at, row.starts_wall) == (State.BOOKED, MONDAY_11_AT, MONDAY_11)
    assert (row.zone, row.tz_version) == (KOLKATA, TZ_VERSION)


def test_everybody_is_invited_once_and_the_journal_knows(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    assert mails(units, world.mumbai.hearing_id) == ["invitation"] * 7
    assert done(units, world.mumbai.hearing) == ["hearing.booked", "invitations.written"]


def test_who_is_not_needed_limits_nothing_and_claims_nothing(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        support = unit.session.get_one(OfficialRow, world.dhaka.support_id)
        row = unit.session.scalars(
            sa.select(ParticipantRow).where(ParticipantRow.public_id == f"{world.mumbai.hearing}-SUP")
        ).one()
        row.is_required = False
        resource_id = support.resource_id
    take(units, resource_id, START, START + 90)
    booked(units, world.mumbai.hearing, mumbai)
    assert resource_id not in {resource for resource, _, _ in claims(units, world.mumbai.hearing_id)}


def test_the_second_court_is_refused_the_shared_room_with_three_alternatives_on_both_clocks(
    units: Units, world: World, mumbai: Actor, pune: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with pytest.raises(SlotTaken) as refusal:
        booked(units, world.pune.hearing, pune)
    found = refusal.value.alternatives
    assert [f"{one.court.wall:%a %H:%M} {one.remote.wall:%H:%M}" for one in found] == [
        "Mon 14:00 14:30",
        "Mon 14:15 14:45",
        "Mon 14:30 15:00",
    ]
    row = hearing_of(units, world.pune.hearing)
    assert (row.state, row.starts_at) == (State.REQUESTED, None)
    assert (claims(units, row.id), mails(units, row.id), done(units, row.reference)) == ([], [], [])


@pytest.mark.parametrize(("minute", "fits"), [(-1, False), (0, True), (1, True)])
def test_a_booking_may_begin_in_the_minute_another_ends(
    units: Units, world: World, mumbai: Actor, minute: int, fits: bool
) -> None:
    take(units, world.dhaka.room_id, START - 60, START)
    wall = MONDAY_11 + timedelta(minutes=minute)
    if fits:
        booked(units, world.mumbai.hearing, mumbai, wall)
        assert hearing_of(units, world.mumbai.hearing).starts_wall == wall
    else:
        with pytest.raises(SlotTaken):
            booked(units, world.mumbai.hearing, mumbai, wall)


@pytest.mark.parametrize(("minute", "fits"), [(-1, True), (0, True), (1, False)])
def test_a_booking_may_end_in_the_minute_another_begins(
    units: Units, world: World, mumbai: Actor, minute: int, fits: bool
) -> None:
    take(units, world.dhaka.room_id, START + 90, START + 120)
    wall = MONDAY_11 + timedelta(minutes=minute)
    if fits:
        booked(units, world.mumbai.hearing, mumbai, wall)
        assert hearing_of(units, world.mumbai.hearing).starts_wall == wall
    else:
        with pytest.raises(SlotTaken):
            booked(units, world.mumbai.hearing, mumbai, wall)


@pytest.mark.parametrize(("minute", "fits"), [(-1, True), (0, True), (1, False)])
def test_a_start_exactly_at_the_notice_is_allowed_and_a_minute_less_is_not(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock, minute: int, fits: bool
) -> None:
    clock.at = MONDAY_11_AT - timedelta(hours=24) + timedelta(minutes=minute)
    if fits:
        booked(units, world.mumbai.hearing, mumbai)
        assert hearing_of(units, world.mumbai.hearing).state is State.BOOKED
    else:
        with pytest.raises(TimeRefused):
            booked(units, world.mumbai.hearing, mumbai)


@pytest.mark.parametrize(
    ("wall", "place", "rule"),
    [
        (FRIDAY_11, "Dhaka", "weekly_holiday"),
        (datetime(2026, 9, 20, 11, 0), "Mumbai", "weekly_holiday"),
        (datetime(2026, 9, 14, 9, 0), "Mumbai", "outside_hours"),
        (datetime(2026, 8, 31, 11, 0), "", "notice"),
    ],
)
@pytest.mark.abuse(59)
def test_a_typed_time_is_refused_for_the_reason_the_search_would_give(
    units: Units, world: World, mumbai: Actor, wall: datetime, place: str, rule: str
) -> None:
    with pytest.raises(TimeRefused) as refusal:
        booked(units, world.mumbai.hearing, mumbai, wall)
    assert (place, rule) in {(why.place, why.code) for why in refusal.value.whys}
    assert len(refusal.value.alternatives) == 3


def test_a_time_of_another_clock_is_refused(units: Units, world: World, mumbai: Actor) -> None:
    version = version_of(units, world.mumbai.hearing)
    with pytest.raises(NotThisZone), units.writing() as unit:
        scheduling.book(
            unit, world.mumbai.hearing, starts_wall=MONDAY_11, zone="Asia/Dhaka", version=version, by=mumbai
        )


def test_an_old_form_changes_nothing(units: Units, world: World, mumbai: Actor) -> None:
    version = version_of(units, world.mumbai.hearing)
    booked(units, world.mumbai.hearing, mumbai)
    with pytest.raises(Stale), units.writing() as unit:
        scheduling.cancel(unit, world.mumbai.hearing, reason="Old page", version=version, by=mumbai)
    assert hearing_of(units, world.mumbai.hearing).state is State.BOOKED


def test_a_move_frees_the_old_time_keeps_nothing_of_it_and_tells_everybody(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    row = hearing_of(units, world.mumbai.hearing)
    assert (row.state, row.starts_wall, row.reason, row.sequence) == (State.BOOKED, MONDAY_14, "The judge is ill", 1)
    assert min(start for _, start, _ in claims(units, row.id)) == START + 180
    assert len(claims(units, row.id)) == 33


@pytest.mark.parametrize("minutes", [-15, 15])
def test_a_move_by_a_quarter_of_an_hour_is_not_stopped_by_its_own_claims(
    units: Units, world: World, mumbai: Actor, minutes: int
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_11 + timedelta(minutes=minutes))
    assert hearing_of(units, world.mumbai.hearing).starts_wall == MONDAY_11 + timedelta(minutes=minutes)


@pytest.mark.abuse(61)
def test_a_move_to_the_same_time_is_refused_and_writes_no_mail(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with pytest.raises(scheduling.NothingChanges):
        moved_to(units, world.mumbai.hearing, mumbai, MONDAY_11)
    assert mails(units, world.mumbai.hearing_id) == ["invitation"] * 7


def test_move_and_cancel_need_a_reason(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with pytest.raises(ReasonMissing):
        moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14, reason="  ")
    version = version_of(units, world.mumbai.hearing)
    with pytest.raises(ReasonMissing), units.writing() as unit:
        scheduling.cancel(unit, world.mumbai.hearing, reason="", version=version, by=mumbai)


def test_a_cancelled_hearing_frees_everything_at_once(units: Units, world: World, mumbai: Actor, pune: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        scheduling.cancel(unit, world.mumbai.hearing, reason="The case was settled", version=version, by=mumbai)
    assert claims(units, world.mumbai.hearing_id) == []
    booked(units, world.pune.hearing, pune)
    with pytest.raises(IllegalMove):
        booked(units, world.mumbai.hearing, mumbai, MONDAY_14)


def test_only_the_own_courts_coordinator_books(units: Units, world: World, actor: FindActor, pune: Actor) -> None:
    with pytest.raises(Absent):
        booked(units, world.mumbai.hearing, pune)
    for role in (Role.PRESIDING_OFFICER, Role.MISSION_OFFICIAL, Role.INTERPRETER, Role.LEGAL_STAFF):
        with pytest.raises(NotAllowed):
            booked(units, world.mumbai.hearing, actor(role))


def test_a_hearing_without_its_interpreter_is_not_confirmed_and_the_refusal_says_so(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        query = sa.select(ParticipantRow).where(ParticipantRow.public_id == f"{world.mumbai.hearing}-INT")
        unit.session.scalars(query).one().removed_at = unit.now
    version = version_of(units, world.mumbai.hearing)
    with pytest.raises(GateOpen, match="nobody is named as: Interpreter"), units.writing() as unit:
        scheduling.confirm(unit, world.mumbai.hearing, version=version, by=mumbai)


def test_a_complete_hearing_is_confirmed_and_a_move_asks_for_it_anew(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        scheduling.confirm(unit, world.mumbai.hearing, version=version, by=mumbai)
    assert hearing_of(units, world.mumbai.hearing).state is State.CONFIRMED
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    assert hearing_of(units, world.mumbai.hearing).state is State.BOOKED
