"""Separate processes that want the same room at the same instant: one gets it, the others are told so in good order."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.builders import add_hearing
from tests.conftest import Database
from tests.services.crowd import check_whole, crowd, overlapping_pairs
from tests.services.planned import MONDAY_11, answered
from tests.services.racers import Entry, Finish, race, report
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.services import journal
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OccupancyRow, OutboxRow

CLAIMS, PEOPLE = 33, 7


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def entered(units: Units, world: World, count: int) -> list[str]:
    """So many hearings of one witness, for one judge, in one room."""
    with units.writing() as unit:
        for number in range(count):
            row = add_hearing(unit.session, world.mumbai, world.dhaka, world.link_id, reference=f"H-RACE{number}")
            row.pre_minutes, row.main_minutes, row.post_minutes = 15, 60, 15
    return [f"H-RACE{number}" for number in range(count)]


def check(units: Units, finishes: list[Finish]) -> None:
    """One winner, losers with three alternatives each, nothing overlapping, nothing half done, the journal whole."""
    outcomes = sorted(finish.outcome for finish in finishes)
    assert outcomes == ["booked"] + ["taken"] * (len(finishes) - 1)
    [winner] = [finish.reference for finish in finishes if finish.outcome == "booked"]
    assert {finish.alternatives for finish in finishes if finish.outcome == "taken"} == {3}
    with units.reading() as unit:
        assert overlapping_pairs(unit) == 0
        claimed = unit.session.scalars(sa.select(OccupancyRow.hearing_id)).all()
        booked = unit.session.scalars(sa.select(HearingRow).where(HearingRow.starts_at.is_not(None))).all()
        assert [(row.reference, row.state) for row in booked] == [(winner, State.BOOKED)]
        assert claimed == [booked[0].id] * CLAIMS
        assert unit.session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == PEOPLE
        written, broken = journal.verify(unit)
        assert (written, broken) == (2, None)


def deadlocks(database: Database, engine_name: str) -> int:
    """How many the server has counted in this database."""
    if engine_name == "sqlite":
        return 0
    with database.engine.begin() as connection:
        connection.execute(sa.text("SELECT pg_stat_clear_snapshot()"))
        query = sa.text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(connection.scalar(query) or 0)


@pytest.mark.bad_day("R15")
@pytest.mark.parametrize("count", [2, 64])
@pytest.mark.asvs("2.3.4")
def test_of_processes_that_book_one_room_for_one_time_exactly_one_wins(
    units: Units, world: World, mumbai: Actor, database: Database, engine_name: str, count: int
) -> None:
    references = entered(units, world, count)
    finishes = race(database.url, *([Entry(reference, MONDAY_11, mumbai)] for reference in references))
    report(finishes, processes=count, engine=engine_name, deadlocks=deadlocks(database, engine_name))
    check(units, finishes)
    assert deadlocks(database, engine_name) == 0


@pytest.mark.bad_day("R15")
def test_of_processes_whose_times_overlap_by_some_minutes_exactly_one_wins(
    units: Units, world: World, mumbai: Actor, database: Database, engine_name: str
) -> None:
    starts: list[datetime] = [MONDAY_11 + timedelta(minutes=minutes) for minutes in (0, 15, 29, 30)]
    references = entered(units, world, len(starts))
    entries = [Entry(reference, wall, mumbai) for reference, wall in zip(references, starts, strict=True)]
    finishes = race(database.url, *([entry] for entry in entries))
    report(finishes, processes=len(entries), engine=engine_name)
    check(units, finishes)


def test_sixty_four_processes_with_five_chance_hearings_each_leave_nothing_overlapping_and_nothing_half_booked(
    units: Units, world: World, mumbai: Actor, database: Database, engine_name: str
) -> None:
    entries = crowd(units, world, mumbai, count=320, seed=20260914)
    finishes = race(database.url, *(entries[first::64] for first in range(64)))
    report(finishes, processes=64, engine=engine_name, deadlocks=deadlocks(database, engine_name))
    assert len(finishes) == 320
    assert {finish.outcome for finish in finishes} == {"booked", "taken", "refused"}
    check_whole(units, entries, finishes)
    assert deadlocks(database, engine_name) == 0


def test_two_processes_that_book_the_same_hearing_twice_book_it_once(
    units: Units, world: World, mumbai: Actor, database: Database
) -> None:
    [reference] = entered(units, world, 1)
    finishes = race(database.url, *([[Entry(reference, MONDAY_11, mumbai)]] * 2))
    outcomes = sorted(finish.outcome.partition(":")[0] for finish in finishes)
    assert outcomes == ["Stale", "booked"]
    with units.reading() as unit:
        assert unit.session.scalar(sa.select(sa.func.count()).select_from(OccupancyRow)) == CLAIMS
        assert unit.session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == PEOPLE
