"""Separate processes that want an option at the same instant: whatever the order, one has it and nothing overlaps."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tests.conftest import Database, FindActor
from tests.fakes import NOW
from tests.services.planned import MONDAY_11, MONDAY_14, TUESDAY_11, answered, hearing_of, held, options_of
from tests.services.racers import Entry, race
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.options import OptionState
from vctestimony.domain.people import Role
from vctestimony.services import journal
from vctestimony.services.unit import Units
from vctestimony.store.models import OccupancyKind, OccupancyRow

CLAIMS = 33


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


@pytest.fixture
def pune(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "pune")


def rows(units: Units, *, kind: OccupancyKind, hearing_id: int) -> int:
    with units.reading() as unit:
        row = OccupancyRow
        query = sa.select(sa.func.count()).where(row.kind == kind, row.hearing_id == hearing_id)
        return unit.session.scalar(query) or 0


def overlaps(units: Units) -> int:
    with units.reading() as unit:
        one, other = aliased(OccupancyRow), aliased(OccupancyRow)
        clash = sa.and_(one.id < other.id, one.start_min < other.end_min, other.start_min < one.end_min)
        pairs = sa.select(sa.func.count()).select_from(one).join(other, one.resource_id == other.resource_id)
        assert journal.verify(unit)[1] is None
        return unit.session.scalar(pairs.where(clash)) or 0


def test_two_coordinators_who_book_different_options_at_once_book_one(
    units: Units, world: World, mumbai: Actor, database: Database
) -> None:
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, TUESDAY_11)
    entries = [Entry(world.mumbai.hearing, MONDAY_11, mumbai, option=number) for number in (1, 2, 3, 1)]
    outcomes = sorted(one.outcome.partition(":")[0] for one in race(database.url, *([entry] for entry in entries)))
    assert outcomes.count("booked") == 1
    assert set(outcomes) <= {"booked", "Stale", "taken", "OptionGone", "IllegalMove"}
    states = sorted(one.state for one in options_of(units, world.mumbai.hearing))
    assert states == [OptionState.BOOKED, OptionState.RELEASED, OptionState.RELEASED]
    assert rows(units, kind=OccupancyKind.BOOKING, hearing_id=world.mumbai.hearing_id) == CLAIMS
    assert rows(units, kind=OccupancyKind.HOLD, hearing_id=world.mumbai.hearing_id) == 0
    assert overlaps(units) == 0


def test_of_two_hearings_that_want_to_hold_one_slot_one_holds_it(
    units: Units, world: World, mumbai: Actor, pune: Actor, database: Database
) -> None:
    entries = [
        Entry(world.mumbai.hearing, MONDAY_11, mumbai, holds=(MONDAY_11, MONDAY_14)),
        Entry(world.pune.hearing, MONDAY_11, pune, holds=(TUESDAY_11, MONDAY_14)),
    ]
    outcomes = sorted(finish.outcome for finish in race(database.url, *([entry] for entry in entries)))
    assert outcomes == ["held", "taken"]
    counts = [
        rows(units, kind=OccupancyKind.HOLD, hearing_id=one) for one in (world.mumbai.hearing_id, world.pune.hearing_id)
    ]
    assert sorted(counts) == [0, 2 * CLAIMS]
    assert overlaps(units) == 0


@pytest.mark.parametrize("round_number", range(3))
def test_whoever_comes_first_at_the_minute_of_expiry_has_it_and_the_other_nothing(
    units: Units, world: World, mumbai: Actor, pune: Actor, database: Database, round_number: int
) -> None:
    """By one clock the hold lasts a minute more, by the other it is over: both may be right, only one gets it."""
    held(units, world.mumbai.hearing, mumbai, MONDAY_11)
    end = NOW + timedelta(hours=48)
    entries = [
        Entry(world.mumbai.hearing, MONDAY_11, mumbai, option=1, at=end - timedelta(minutes=1)),
        Entry(world.pune.hearing, MONDAY_11, pune, at=end),
    ]
    outcomes = sorted(one.outcome.partition(":")[0] for one in race(database.url, *([entry] for entry in entries)))
    assert outcomes == ["booked", "taken"]
    booked = [hearing_of(units, one.hearing).state for one in (world.mumbai, world.pune)].count(State.BOOKED)
    assert booked == 1
    assert overlaps(units) == 0
