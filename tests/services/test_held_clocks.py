"""Times held as options when clock rules change: held anew at their hour, by the same guard; who was asked is asked."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.clock_rules import HALF_AN_HOUR_ON, NO_ELEVEN_ON_MONDAY, edition
from tests.conftest import Database
from tests.services.offered import PEOPLE, ROWS, book_option, kinds, rows, sent
from tests.services.other_rules import by_the_rules_of
from tests.services.planned import MONDAY_11, MONDAY_11_AT, MONDAY_14, answered, hearing_of, held, options_of, take
from tests.services.test_timezones import claims_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import TZ_VERSION, to_min
from vctestimony.domain.options import OptionState
from vctestimony.services import journal, timezones
from vctestimony.services.unit import Units
from vctestimony.store.models import OccupancyKind

HALF = timedelta(minutes=30)


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


@pytest.fixture(scope="module")
def half_an_hour_on(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition(tmp_path_factory.mktemp("clock-rules"), HALF_AN_HOUR_ON, version="2027on")


def names(reference: str) -> tuple[str, str]:
    return f"{reference} option 1", f"{reference} option 2"


def test_held_times_are_listed_then_held_anew_at_their_hour_and_who_was_asked_is_asked_again(
    units: Units, world: World, mumbai: Actor, database: Database, half_an_hour_on: Path
) -> None:
    reference = world.mumbai.hearing
    held(units, reference, mumbai, MONDAY_11, MONDAY_14, asks=True)
    sent(units)
    assert timezones.look(units) == ()
    before, until = claims_of(units, reference), options_of(units, reference)[0].held_until
    first, second = names(reference)
    looked = by_the_rules_of(half_an_hour_on, database.url, move=False)
    assert looked.outcomes == {first: ("moved", None, ""), second: ("moved", None, "")}
    assert f"{first}: 2026-09-14 11:00 Asia/Kolkata, agreed by the rules of {TZ_VERSION}" in looked.report
    assert "was 2026-09-14T05:30Z: 2026-09-14 11:00 Mumbai (UTC+05:30), 2026-09-14 11:30 Dhaka" in looked.report
    assert "now 2026-09-14T05:00Z: 2026-09-14 11:00 Mumbai (UTC+06:00), 2026-09-14 11:00 Dhaka" in looked.report
    assert claims_of(units, reference) == before

    moved = by_the_rules_of(half_an_hour_on, database.url, move=True)
    assert moved.outcomes == {first: ("moved", PEOPLE, ""), second: ("moved", 0, "")}
    assert claims_of(units, reference) == (before[0], before[1] - 30, before[2] - 30)
    now = options_of(units, reference)
    assert [(one.starts_wall, one.state, one.tz_version) for one in now] == [
        (MONDAY_11, OptionState.HELD, "2027on"),
        (MONDAY_14, OptionState.HELD, "2027on"),
    ]
    assert (now[0].starts_at, now[0].held_until) == (MONDAY_11_AT - HALF, until)
    assert kinds(units) == ["options"] * 2 * PEOPLE
    with units.reading() as unit:
        assert [one.action for one in journal.history(unit, reference)][-2:] == [
            "hearing.held_by_clock_rules",
            "options.asked",
        ]
    assert by_the_rules_of(half_an_hour_on, database.url, move=True).outcomes == {}


def test_held_times_that_clash_stay_with_the_reason_and_nobody_is_written_to(
    units: Units, world: World, mumbai: Actor, database: Database, half_an_hour_on: Path
) -> None:
    reference = world.mumbai.hearing
    held(units, reference, mumbai, MONDAY_11, MONDAY_14, asks=True)
    start, before = to_min(MONDAY_11_AT), claims_of(units, reference)
    take(units, world.mumbai.room_id, start - 60, start)
    moved = by_the_rules_of(half_an_hour_on, database.url, move=True)
    assert moved.outcomes == dict.fromkeys(names(reference), ("moved", None, "slot_taken"))
    assert "stays as it is: This time is no longer free. Nearest free times: 2026-09-14" in moved.report
    assert claims_of(units, reference) == before
    assert len(kinds(units)) == PEOPLE
    book_option(units, reference, mumbai, 2)
    assert (hearing_of(units, reference).state, rows(units, OccupancyKind.BOOKING)) == (State.BOOKED, ROWS)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_held_hour_that_no_longer_exists_is_never_guessed_at(
    units: Units, world: World, mumbai: Actor, database: Database, tmp_path: Path
) -> None:
    held(units, world.mumbai.hearing, mumbai)
    before = claims_of(units, world.mumbai.hearing)
    gap = edition(tmp_path, NO_ELEVEN_ON_MONDAY, version="2027gap")
    moved = by_the_rules_of(gap, database.url, move=True)
    assert moved.outcomes == {names(world.mumbai.hearing)[0]: ("doubtful", None, "nonexistent_wall_time")}
    assert claims_of(units, world.mumbai.hearing) == before


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_where_nobody_was_asked_nobody_is_written_to(
    units: Units, world: World, mumbai: Actor, database: Database, half_an_hour_on: Path
) -> None:
    held(units, world.mumbai.hearing, mumbai)
    moved = by_the_rules_of(half_an_hour_on, database.url, move=True)
    assert moved.outcomes == {names(world.mumbai.hearing)[0]: ("moved", 0, "")}
    assert kinds(units) == []
