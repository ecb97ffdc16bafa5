"""Officials and their leave: who keeps them, what moves with them, what leave does to the search and to bookings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.services.planned import MONDAY_11, MONDAY_11_AT, PlainTokens, answered, booked
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import NotAllowed, Refusal, Stale
from vctestimony.domain.instants import AmbiguousWallTime, NonexistentWallTime
from vctestimony.domain.people import Duty, Role
from vctestimony.services import hearing_links, journal, officials, place_pages
from vctestimony.services.accounts import AddressRefused
from vctestimony.services.claims import SlotTaken
from vctestimony.services.officials import (
    DutyMissing,
    LeaveBackwards,
    LeaveOver,
    LeaveTooLong,
    NewOfficial,
    StillNamed,
)
from vctestimony.services.place_pages import PostPage
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, OccupancyRow, OfficialRow, PostRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


@pytest.fixture
def administrator(actor: FindActor) -> Actor:
    return actor(Role.ADMINISTRATOR, "dhaka")


def clerk(post_id: int, **changes: object) -> NewOfficial:
    entered = NewOfficial(
        name="নাসরিন চৌধুরী",
        designation="Court interpreter",
        post_id=post_id,
        duties=(Duty.INTERPRETER, Duty.SUPPORT_PERSON),
        email="Nasrin@Mumbai.example",
        language="bn",
    )
    return replace(entered, **changes)  # type: ignore[arg-type]  # any field


def added(units: Units, post_id: int, by: Actor) -> int:
    with units.writing() as unit:
        return officials.add_official(unit, clerk(post_id), by=by)


def page(units: Units, code: str, by: Actor) -> PostPage:
    with units.reading() as unit:
        return place_pages.post_page(unit, code, by=by)


def away(units: Units, official_id: int, by: Actor, starts: datetime, ends: datetime) -> int:
    with units.writing() as unit:
        return officials.add_leave(unit, official_id, starts_wall=starts, ends_wall=ends, by=by)


def actions(units: Units, official_id: int) -> list[str]:
    with units.reading() as unit:
        return [entry.action for entry in journal.history(unit, f"official:{official_id}")]


def test_an_official_of_any_script_is_entered_and_can_be_booked(units: Units, world: World, mumbai: Actor) -> None:
    number = added(units, world.mumbai.post_id, mumbai)
    [person] = [person for person in page(units, "mumbai-court", mumbai).people if person.id == number]
    assert (person.name, person.email) == ("নাসরিন চৌধুরী", "nasrin@mumbai.example")
    assert person.duties == (Duty.INTERPRETER, Duty.SUPPORT_PERSON)
    with units.reading() as unit:
        row = unit.session.get_one(OfficialRow, number)
        assert (row.resource.name, row.resource.post_id) == (row.name, world.mumbai.post_id)


@pytest.mark.parametrize(("changes", "refusal"), [({"email": "nasrin"}, AddressRefused), ({"duties": ()}, DutyMissing)])
def test_an_official_whom_nobody_could_name_or_reach_is_refused(
    units: Units, world: World, mumbai: Actor, changes: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal), units.writing() as unit:
        officials.add_official(unit, clerk(world.mumbai.post_id, **changes), by=mumbai)


def test_a_coordinator_keeps_the_people_of_the_own_court_only(units: Units, world: World, mumbai: Actor) -> None:
    judge = world.pune.judge_id
    wall, end = datetime(2026, 9, 14), datetime(2026, 9, 15)
    attempts = (
        lambda unit: officials.add_official(unit, clerk(world.pune.post_id), by=mumbai),
        lambda unit: officials.revise_official(unit, judge, clerk(world.pune.post_id), version=1, by=mumbai),
        lambda unit: officials.retire_official(unit, judge, version=1, by=mumbai),
        lambda unit: officials.add_leave(unit, judge, starts_wall=wall, ends_wall=end, by=mumbai),
        lambda unit: officials.withdraw_leave(unit, judge, 1, by=mumbai),
        lambda unit: place_pages.person_page(unit, judge, by=mumbai),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed), units.writing() as unit:
            attempt(unit)
    assert page(units, "pune-court", mumbai).people == ()


def test_a_revision_changes_the_name_on_the_board_too(units: Units, world: World, mumbai: Actor) -> None:
    number = added(units, world.mumbai.post_id, mumbai)
    with units.writing() as unit:
        wanted = clerk(world.mumbai.post_id, name="Nasrin Chowdhury")
        officials.revise_official(unit, number, wanted, version=1, by=mumbai)
    with units.reading() as unit:
        assert unit.session.get_one(OfficialRow, number).resource.name == "Nasrin Chowdhury"
    with pytest.raises(Stale), units.writing() as unit:
        officials.revise_official(unit, number, clerk(world.mumbai.post_id), version=1, by=mumbai)
    assert actions(units, number) == ["official.added", "official.revised"]


def test_a_move_takes_the_account_along(units: Units, world: World, administrator: Actor, mumbai: Actor) -> None:
    number = added(units, world.mumbai.post_id, mumbai)
    with units.writing() as unit:
        unit.session.execute(
            sa.update(AccountRow)
            .where(AccountRow.id == world.account_id(Role.LEGAL_STAFF, "mumbai"))
            .values(official_id=number)
        )
    with pytest.raises(NotAllowed), units.writing() as unit:
        officials.move_official(unit, number, world.pune.post_id, version=1, by=mumbai)
    with units.writing() as unit:
        officials.move_official(unit, number, world.pune.post_id, version=1, by=administrator)
    with units.reading() as unit:
        row = unit.session.get_one(OfficialRow, number)
        account = unit.session.get_one(AccountRow, world.account_id(Role.LEGAL_STAFF, "mumbai"))
        assert (row.post_id, row.resource.post_id, account.post_id) == (world.pune.post_id,) * 3
    assert actions(units, number) == ["official.added", "official.moved"]


def test_whoever_is_named_on_a_hearing_ahead_neither_moves_nor_retires(
    units: Units, world: World, administrator: Actor
) -> None:
    interpreter = world.dhaka.interpreter_id
    with pytest.raises(StillNamed) as refusal, units.writing() as unit:
        officials.retire_official(unit, interpreter, version=1, by=administrator)
    assert refusal.value.facts["count"] == 2
    with pytest.raises(StillNamed), units.writing() as unit:
        officials.move_official(unit, interpreter, world.pune.post_id, version=1, by=administrator)


def test_a_retired_official_is_not_offered_until_restored(units: Units, world: World, mumbai: Actor) -> None:
    number = added(units, world.mumbai.post_id, mumbai)
    with units.writing() as unit:
        officials.retire_official(unit, number, version=1, by=mumbai)
    [last] = page(units, "mumbai-court", mumbai).people[-1:]
    assert (last.id, last.is_active, last.version) == (number, False, 2)
    with units.writing() as unit:
        officials.restore_official(unit, number, version=2, by=mumbai)
    assert actions(units, number) == ["official.added", "official.retired", "official.restored"]


def test_leave_is_read_off_the_clock_of_the_post(units: Units, world: World, administrator: Actor) -> None:
    away(units, world.dhaka.coordinator_id, administrator, datetime(2026, 9, 14), datetime(2026, 9, 15))
    [leave] = [leave for person in page(units, "dhaka-mission", administrator).people for leave in person.leaves]
    assert (leave.starts.at, leave.ends.at) == (
        datetime(2026, 9, 13, 18, 0, tzinfo=UTC),
        datetime(2026, 9, 14, 18, 0, tzinfo=UTC),
    )
    assert (leave.starts.wall, leave.starts.city) == (datetime(2026, 9, 14), "Dhaka")


@pytest.mark.parametrize(("minute", "free"), [(-1, True), (0, True), (1, False)])
def test_leave_keeps_a_booking_away_to_the_minute(
    units: Units, world: World, mumbai: Actor, minute: int, free: bool
) -> None:
    ends = MONDAY_11 + timedelta(minutes=minute)
    away(units, world.mumbai.judge_id, mumbai, MONDAY_11 - timedelta(hours=2), ends)
    if free:
        booked(units, world.mumbai.hearing, mumbai)
        assert page(units, "mumbai-court", mumbai).people
    else:
        with pytest.raises(SlotTaken):
            booked(units, world.mumbai.hearing, mumbai)


def test_leave_over_a_booked_hearing_is_kept_and_says_what_must_be_moved(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    away(units, world.mumbai.judge_id, mumbai, MONDAY_11, MONDAY_11 + timedelta(minutes=1))
    away(units, world.mumbai.judge_id, mumbai, MONDAY_11 - timedelta(hours=1), MONDAY_11)
    people = {person.id: person for person in page(units, "mumbai-court", mumbai).people}
    leaves = people[world.mumbai.judge_id].leaves
    assert [(leave.starts.at, [one.reference for one in leave.hearings]) for leave in leaves] == [
        (MONDAY_11_AT - timedelta(hours=1), []),
        (MONDAY_11_AT, [world.mumbai.hearing]),
    ]


def test_who_may_not_see_the_hearing_within_a_leave_learns_whose_it_is(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    away(units, world.mumbai.judge_id, mumbai, MONDAY_11, MONDAY_11 + timedelta(minutes=1))
    with units.reading() as unit:
        ids = [world.mumbai.hearing_id]
        [hidden] = hearing_links.named(unit, ids, by=actor(Role.COORDINATOR, "pune")).values()
        [open_to] = hearing_links.named(unit, ids, by=mumbai).values()
    assert (hidden.reference, hidden.court) == ("", open_to.court)


@pytest.mark.parametrize(("days", "refused"), [(366, False), (367, True), (5 * 365, True)])
def test_a_leave_of_more_than_a_year_is_entered_in_parts(
    units: Units, world: World, mumbai: Actor, days: int, refused: bool
) -> None:
    starts = datetime(2026, 9, 14)
    if refused:
        with pytest.raises(LeaveTooLong, match="in parts"):
            away(units, world.mumbai.judge_id, mumbai, starts, starts + timedelta(days=days))
    else:
        away(units, world.mumbai.judge_id, mumbai, starts, starts + timedelta(days=days))


def test_a_leave_is_taken_back_once_and_frees_the_time(units: Units, world: World, mumbai: Actor) -> None:
    judge = world.mumbai.judge_id
    number = away(units, judge, mumbai, MONDAY_11, MONDAY_11 + timedelta(hours=1))
    for _ in range(2):
        with units.writing() as unit:
            officials.withdraw_leave(unit, judge, number, by=mumbai)
    assert actions(units, judge) == ["leave.added", "leave.withdrawn"]
    booked(units, world.mumbai.hearing, mumbai)


def test_a_leave_is_taken_back_only_from_whom_it_is(units: Units, world: World, mumbai: Actor) -> None:
    number = away(units, world.mumbai.judge_id, mumbai, MONDAY_11, MONDAY_11 + timedelta(hours=1))
    with units.writing() as unit:
        officials.withdraw_leave(unit, world.mumbai.defence_id, number, by=mumbai)
        assert unit.session.get(OccupancyRow, number) is not None


def test_a_claim_of_a_hearing_is_not_taken_back_as_leave(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        numbers = unit.session.scalars(sa.select(OccupancyRow.id)).all()
        for number in numbers:
            officials.withdraw_leave(unit, world.mumbai.judge_id, number, by=mumbai)
        assert unit.session.scalars(sa.select(OccupancyRow.id)).all() == numbers


@pytest.mark.parametrize(
    ("starts", "ends", "refusal", "field"),
    [
        (datetime(2026, 9, 14, 10), datetime(2026, 9, 14, 10), LeaveBackwards, "last_on"),
        (datetime(2025, 9, 14), datetime(2025, 9, 15), LeaveOver, "last_on"),
        (datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 26), AmbiguousWallTime, "first_on"),
        (datetime(2026, 10, 24), datetime(2026, 10, 25, 1, 30), AmbiguousWallTime, "last_on"),
        (datetime(2027, 3, 28, 1, 30), datetime(2027, 3, 29), NonexistentWallTime, "first_on"),
    ],
)
def test_a_leave_that_cannot_be_read_in_one_way_is_refused_beside_its_field(
    units: Units,
    world: World,
    administrator: Actor,
    starts: datetime,
    ends: datetime,
    refusal: type[Refusal],
    field: str,
) -> None:
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.dhaka.post_id).zone = "Europe/London"
    with pytest.raises(refusal) as refused:
        away(units, world.dhaka.coordinator_id, administrator, starts, ends)
    assert refused.value.field == field
    assert actions(units, world.dhaka.coordinator_id) == []
