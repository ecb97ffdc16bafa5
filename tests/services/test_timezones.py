"""Clock rules that change after a time was agreed: two real tz databases, the second compiled by zic."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.builders import add_hearing
from tests.clock_rules import (
    HALF_AN_HOUR_BACK,
    HALF_AN_HOUR_ON,
    NO_ELEVEN_ON_MONDAY,
    SUMMER_IN_DHAKA,
    edition,
)
from tests.conftest import Database
from tests.services.mails import opened
from tests.services.other_rules import by_the_rules_of
from tests.services.planned import MONDAY_11, MONDAY_11_AT, MONDAY_14, answered, booked, hearing_of, take
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import TZ_VERSION, to_min
from vctestimony.services import hearing_lists, journal, timezones
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OccupancyRow, OutboxRow

HALF = timedelta(minutes=30)


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("clock-rules")
    sources = {
        "2027on": HALF_AN_HOUR_ON,
        "2027back": HALF_AN_HOUR_BACK,
        "2027dhaka": SUMMER_IN_DHAKA,
        "2027gap": NO_ELEVEN_ON_MONDAY,
    }
    return {version: edition(folder, source, version=version) for version, source in sources.items()}


SQLITE_ONLY = pytest.mark.parametrize("engine_name", ["sqlite"])
"""What does not depend on the engine."""


def claims_of(units: Units, reference: str) -> tuple[int, int, int]:
    """How many, from when to when."""
    with units.reading() as unit:
        query = sa.select(sa.func.count(), sa.func.min(OccupancyRow.start_min), sa.func.max(OccupancyRow.end_min))
        query = query.join(HearingRow, HearingRow.id == OccupancyRow.hearing_id)
        count, start, end = unit.session.execute(query.where(HearingRow.reference == reference)).one()
        return count, start, end


def mails(units: Units, sequence: int) -> list[str]:
    with units.reading() as unit:
        rows = unit.session.scalars(sa.select(OutboxRow).where(OutboxRow.sequence == sequence).order_by(OutboxRow.id))
        return [row.body.decode() for row in opened(unit, rows)]


def confirmed(units: Units, reference: str) -> None:
    """Confirmed, and every mail has left."""
    while deliver_one(units, owner="one"):
        pass
    with units.writing() as unit:
        unit.session.execute(
            sa.update(HearingRow).values(state=State.CONFIRMED).where(HearingRow.reference == reference)
        )


@pytest.mark.bad_day("R12")
@SQLITE_ONLY
def test_by_the_rules_it_was_agreed_by_nothing_is_found(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    assert timezones.look(units) == ()
    assert list(timezones.report(())) == [
        f"Every future hearing begins when it was agreed, by the clock rules of {TZ_VERSION}."
    ]


@pytest.mark.bad_day("R12")
def test_when_the_courts_clock_changes_the_hearing_keeps_its_hour_and_moves_in_time(
    units: Units, world: World, mumbai: Actor, database: Database, editions: dict[str, Path]
) -> None:
    reference = world.mumbai.hearing
    booked(units, reference, mumbai)
    confirmed(units, reference)
    before = claims_of(units, reference)
    looked = by_the_rules_of(editions["2027on"], database.url, move=False)
    assert looked.outcomes == {reference: ("moved", None, "")}
    assert claims_of(units, reference) == before
    was = "2026-09-14T05:30Z: 2026-09-14 11:00 Mumbai (UTC+05:30), 2026-09-14 11:30 Dhaka (UTC+06:00)"
    now = "2026-09-14T05:00Z: 2026-09-14 11:00 Mumbai (UTC+06:00), 2026-09-14 11:00 Dhaka (UTC+06:00)"
    assert f"  was {was}\n  now {now}" in looked.report
    assert f"agreed by the rules of {TZ_VERSION}" in looked.report
    assert "by the rules of 2027on" in looked.report

    moved = by_the_rules_of(editions["2027on"], database.url, move=True)
    assert moved.outcomes == {reference: ("moved", 7, "")}
    row = hearing_of(units, reference)
    assert (row.starts_at, row.starts_wall) == (MONDAY_11_AT - HALF, MONDAY_11)
    assert (row.state, row.sequence, row.tz_version) == (State.BOOKED, 1, "2027on")
    assert claims_of(units, reference) == (before[0], before[1] - 30, before[2] - 30)
    assert all("Change.TIMES" in mail for mail in mails(units, 1))
    assert sum("Change.CLOCK:" in mail for mail in mails(units, 1)) == 4
    with units.reading() as unit:
        entries = [
            entry for entry in journal.history(unit, reference) if entry.action == "hearing.moved_by_clock_rules"
        ]
        assert [entry.actor for entry in entries] == [SYSTEM.name]
        assert '"tz_now":"2027on"' in entries[0].facts
        assert journal.verify(unit)[1] is None
    assert by_the_rules_of(editions["2027on"], database.url, move=True).outcomes == {}


@pytest.mark.bad_day("R12")
def test_where_only_the_other_clock_changed_the_hearing_stays_and_people_are_told_their_new_hour(
    units: Units, world: World, mumbai: Actor, database: Database, editions: dict[str, Path]
) -> None:
    reference = world.mumbai.hearing
    booked(units, reference, mumbai, MONDAY_14)
    confirmed(units, reference)
    before, starts_at = claims_of(units, reference), hearing_of(units, reference).starts_at
    moved = by_the_rules_of(editions["2027dhaka"], database.url, move=True)
    assert moved.outcomes == {reference: ("reads_anew", 7, "")}
    assert "14:30 Dhaka (UTC+06:00)" in moved.report
    assert "15:30 Dhaka (UTC+07:00)" in moved.report
    row = hearing_of(units, reference)
    assert (row.state, row.starts_at, row.sequence) == (State.CONFIRMED, starts_at, 1)
    assert claims_of(units, reference) == before
    told = mails(units, 1)
    assert sum("Change.CLOCK:" in mail for mail in told) == 3
    assert sum("Change.CLOCK_ELSEWHERE:" in mail for mail in told) == 4
    assert by_the_rules_of(editions["2027dhaka"], database.url, move=False).outcomes == {}


@SQLITE_ONLY
def test_an_hour_at_which_nobody_works_any_more_is_listed_with_whom_and_left(
    units: Units, world: World, mumbai: Actor, database: Database, editions: dict[str, Path]
) -> None:
    reference = world.mumbai.hearing
    booked(units, reference, mumbai)  # 12:30 to 14:00 in Dhaka now: into the break
    moved = by_the_rules_of(editions["2027dhaka"], database.url, move=True)
    assert moved.outcomes == {reference: ("reads_anew", None, "time_refused")}
    assert (
        "stays as it is: This hearing cannot be at this time. Nearest free times: 2026-09-14 10:30 Mumbai"
        in moved.report
    )
    assert "Dhaka: outside working hours" in moved.report
    assert mails(units, 1) == []


@pytest.mark.bad_day("R12")
@SQLITE_ONLY
def test_a_time_taken_meanwhile_is_listed_with_the_nearest_free_ones(
    units: Units, world: World, mumbai: Actor, database: Database, editions: dict[str, Path]
) -> None:
    reference = world.mumbai.hearing
    booked(units, reference, mumbai)
    before = claims_of(units, reference)
    start = to_min(MONDAY_11_AT)
    take(units, world.mumbai.room_id, start - 60, start)
    moved = by_the_rules_of(editions["2027on"], database.url, move=True)
    assert moved.outcomes == {reference: ("moved", None, "slot_taken")}
    assert "Nearest free times: 2026-09-14" in moved.report
    assert claims_of(units, reference) == before
    assert hearing_of(units, reference).sequence == 0


@pytest.mark.bad_day("R12")
@pytest.mark.parametrize("version", ["2027on", "2027back"])
def test_hearings_that_follow_each_other_make_room_for_each_other_whichever_way_they_go(
    units: Units, world: World, mumbai: Actor, database: Database, editions: dict[str, Path], version: str
) -> None:
    starts = [datetime(2026, 9, 14, 14, 0), datetime(2026, 9, 14, 14, 30), datetime(2026, 9, 14, 15, 0)]
    references = [f"H-ROW{number}" for number in range(3)]
    with units.writing() as unit:
        for reference in references:
            row = add_hearing(unit.session, world.mumbai, world.dhaka, world.link_id, reference=reference)
            row.pre_minutes, row.main_minutes, row.post_minutes = 0, 30, 0
    for reference, wall in zip(references, starts, strict=True):
        booked(units, reference, mumbai, wall)
    moved = by_the_rules_of(editions[version], database.url, move=True)
    assert moved.outcomes == dict.fromkeys(references, ("moved", 7, ""))
    shift = timedelta(minutes=-30 if version == "2027on" else 30)
    found = [hearing_of(units, reference).starts_at for reference in references]
    assert found == [datetime(2026, 9, 14, 8, 30, tzinfo=UTC) + HALF * n + shift for n in range(3)]


@SQLITE_ONLY
def test_the_coordinators_first_page_says_that_the_official_time_changed(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:  # as if it had been agreed when India was still at +05:00
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).starts_at = MONDAY_11_AT + HALF
    with units.reading() as unit:
        waiting = hearing_lists.today(unit, by=mumbai).waiting
    assert waiting[0].what.startswith("The official time has changed since this hour was agreed.")
    assert waiting[0].tone == "bad"


@SQLITE_ONLY
def test_an_hour_that_no_longer_exists_is_never_guessed_at(
    units: Units, world: World, mumbai: Actor, database: Database, editions: dict[str, Path]
) -> None:
    reference = world.mumbai.hearing
    booked(units, reference, mumbai)
    before = hearing_of(units, reference)
    moved = by_the_rules_of(editions["2027gap"], database.url, move=True)
    assert moved.outcomes == {reference: ("doubtful", None, "nonexistent_wall_time")}
    assert "2026-09-14 11:00 does not exist in Asia/Kolkata" in moved.report
    assert hearing_of(units, reference).version == before.version
