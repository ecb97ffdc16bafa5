"""Holding a time while people are asked, what the clock does to it, and what the database refuses by itself."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import NOW, FrozenClock
from tests.services.planned import (
    KOLKATA,
    MONDAY_11,
    MONDAY_11_AT,
    MONDAY_14,
    PlainTokens,
    answered,
    booked,
    hearing_of,
    held,
    options_of,
    version_of,
)
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import Part, State
from vctestimony.domain.instants import AmbiguousWallTime, NonexistentWallTime, to_min
from vctestimony.domain.options import OptionState
from vctestimony.domain.people import Role
from vctestimony.services import journal, offering, scheduling
from vctestimony.services.claims import SlotTaken
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import occupancy
from vctestimony.store.models import OccupancyRow, OutboxRow, PostRow
from vctestimony.store.occupancy import Claim

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


def count(units: Units, row: type[OccupancyRow | OutboxRow]) -> int:
    with units.reading() as unit:
        return unit.session.scalar(sa.select(sa.func.count()).select_from(row)) or 0


def test_a_held_time_is_taken_for_others_and_nobody_is_written_to(
    units: Units, world: World, mumbai: Actor, pune: Actor
) -> None:
    held(units, world.mumbai.hearing, mumbai)
    row, [option] = hearing_of(units, world.mumbai.hearing), options_of(units, world.mumbai.hearing)
    assert (row.state, row.starts_at) == (State.PROPOSED, None)
    assert (option.starts_at, option.starts_wall, option.zone) == (MONDAY_11_AT, MONDAY_11, KOLKATA)
    assert (option.state, option.held_until) == (OptionState.HELD, NOW + timedelta(hours=48))
    assert count(units, OutboxRow) == 0
    with pytest.raises(SlotTaken):
        booked(units, world.pune.hearing, pune)


def test_another_held_time_replaces_the_first(units: Units, world: World, mumbai: Actor, pune: Actor) -> None:
    held(units, world.mumbai.hearing, mumbai)
    held(units, world.mumbai.hearing, mumbai, MONDAY_14)
    assert count(units, OccupancyRow) == 33
    booked(units, world.pune.hearing, pune)
    assert hearing_of(units, world.pune.hearing).state is State.BOOKED


def test_the_held_time_becomes_the_booking(units: Units, world: World, mumbai: Actor) -> None:
    held(units, world.mumbai.hearing, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    row, [option] = hearing_of(units, world.mumbai.hearing), options_of(units, world.mumbai.hearing)
    assert (row.state, row.starts_at, option.state) == (State.BOOKED, MONDAY_11_AT, OptionState.BOOKED)
    with units.reading() as unit:
        held_rows = sa.select(sa.func.count()).where(OccupancyRow.held_until.is_not(None))
        assert unit.session.scalar(held_rows) == 0


@pytest.mark.parametrize(("minutes", "is_free"), [(-1, False), (0, True), (1, True)])
def test_a_hold_ends_in_the_minute_it_says(
    units: Units, world: World, mumbai: Actor, pune: Actor, clock: FrozenClock, minutes: int, is_free: bool
) -> None:
    held(units, world.mumbai.hearing, mumbai)
    clock.advance(hours=48, minutes=minutes)
    if is_free:
        booked(units, world.pune.hearing, pune)
        assert hearing_of(units, world.pune.hearing).state is State.BOOKED
    else:
        with pytest.raises(SlotTaken):
            booked(units, world.pune.hearing, pune)


@pytest.mark.parametrize(("minutes", "released"), [(-1, 0), (0, 1), (1, 1)])
def test_holds_that_ran_out_are_given_back_by_the_clock(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock, minutes: int, released: int
) -> None:
    held(units, world.mumbai.hearing, mumbai)
    clock.advance(hours=48, minutes=minutes)
    with units.writing() as unit:
        assert offering.release_expired(unit) == released
    with units.reading() as unit:
        last = list(journal.history(unit, world.mumbai.hearing))[-1]
    expected = {0: ("hearing.held", mumbai.name), 1: ("hearing.hold_expired", "vctestimony")}
    assert (last.action, last.actor) == expected[released]
    assert count(units, OccupancyRow) == (0 if released else 33)


def test_the_database_itself_refuses_an_overlap_and_the_transaction_goes_on(units: Units, world: World) -> None:
    room = world.dhaka.room_id
    with units.writing() as unit:
        hearing = world.mumbai.hearing_id
        occupancy.claim(unit.session, [Claim(room, START, START + 60, Part.MAIN)], hearing_id=hearing)
        with pytest.raises(occupancy.Overlap):
            occupancy.claim(
                unit.session,
                [
                    Claim(world.pune.room_id, START, START + 60, Part.MAIN),
                    Claim(room, START + 59, START + 90, Part.MAIN),
                ],
                hearing_id=world.pune.hearing_id,
            )
        touching = [Claim(room, START + 60, START + 90, Part.MAIN), Claim(room, START - 30, START, Part.PRE)]
        occupancy.claim(unit.session, touching, hearing_id=world.pune.hearing_id)
    assert count(units, OccupancyRow) == 3


@pytest.mark.parametrize(
    ("wall", "refusal"),
    [(datetime(2027, 3, 28, 1, 30), NonexistentWallTime), (datetime(2026, 10, 25, 1, 30), AmbiguousWallTime)],
)
def test_a_wall_time_that_never_was_or_was_twice_is_refused_with_both_readings(
    units: Units, world: World, mumbai: Actor, wall: datetime, refusal: type[Exception]
) -> None:
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.mumbai.post_id).zone = "Europe/London"
    version = version_of(units, world.mumbai.hearing)
    with pytest.raises(refusal, match=r"UTC\+00:00.*UTC\+01:00|UTC\+01:00.*UTC\+00:00"), units.writing() as unit:
        scheduling.book(unit, world.mumbai.hearing, starts_wall=wall, zone="Europe/London", version=version, by=mumbai)
