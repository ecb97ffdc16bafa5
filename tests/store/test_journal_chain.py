"""The journal on both engines: entries bind each other, the database refuses changes, forgery is found."""

from datetime import timedelta
from threading import Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from tests.bench.journal import append_together, fill
from tests.conftest import Database
from tests.fakes import FrozenClock
from vctestimony.domain.access import Actor
from vctestimony.domain.journal import GENESIS
from vctestimony.services import journal
from vctestimony.services.unit import Units

SOMEBODY = Actor(name="A. Coordinator")


def written(units: Units, count: int) -> None:
    for number in range(count):
        with units.writing() as unit:
            journal.write(unit, "thing.done", subject="H-1", by=SOMEBODY, number=number, note="সাক্ষী")


def forge(engine: Engine, statement: str) -> None:
    """Change a row as somebody would who owns the database: guards off, change, guards on."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            for event in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER append_only_journal_{event}")
            connection.exec_driver_sql(statement)
        return
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE journal DISABLE TRIGGER ALL")
        connection.exec_driver_sql(statement)


def problem(units: Units) -> tuple[int, str]:
    with units.reading() as unit:
        count, found = journal.verify(unit)
    return count, found.problem if found else ""


def test_an_untouched_journal_holds(units: Units) -> None:
    written(units, 3)
    assert problem(units) == (3, "")


def test_an_empty_journal_holds(units: Units) -> None:
    assert problem(units) == (0, "")


def test_the_first_entry_follows_nothing(units: Units) -> None:
    written(units, 1)
    with units.reading() as unit:
        assert [entry.previous_hash for entry in journal.history(unit, "H-1")] == [GENESIS]


@pytest.mark.threat("T19")
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE journal SET actor = 'Somebody else' WHERE id = 2", (1, "entry 2 was changed after it was written")),
        ("UPDATE journal SET facts = '{}' WHERE id = 3", (2, "entry 3 was changed after it was written")),
        ("DELETE FROM journal WHERE id = 2", (1, "entry 2 is missing; the next one found is 3")),
        ("DELETE FROM journal WHERE id = 1", (0, "entry 1 is missing; the next one found is 2")),
    ],
)
def test_a_changed_or_removed_entry_is_found(
    units: Units, database: Database, statement: str, found: tuple[int, str]
) -> None:
    written(units, 3)
    forge(database.engine, statement)
    assert problem(units) == found


@pytest.mark.threat("T19")
def test_two_entries_that_changed_places_are_found(units: Units, database: Database) -> None:
    written(units, 3)
    for statement in (
        "UPDATE journal SET id = 9 WHERE id = 2",
        "UPDATE journal SET id = 2 WHERE id = 3",
        "UPDATE journal SET id = 3 WHERE id = 9",
    ):
        if database.engine.dialect.name == "sqlite" and "9 WHERE" not in statement:
            with database.engine.begin() as connection:
                connection.exec_driver_sql(statement)
        else:
            forge(database.engine, statement)
    assert problem(units) == (1, "entry 2 does not follow the one before it")


@pytest.mark.threat("T19")
@pytest.mark.parametrize("statement", ["UPDATE journal SET actor = 'x'", "DELETE FROM journal"])
def test_the_database_refuses_to_change_the_journal(units: Units, database: Database, statement: str) -> None:
    written(units, 1)
    with pytest.raises(DBAPIError, match="append_only"), database.engine.begin() as connection:
        connection.execute(sa.text(statement))


@pytest.mark.threat("T19")
def test_writers_at_the_same_time_make_one_chain(units: Units) -> None:
    threads = [Thread(target=written, args=(units, 10)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problem(units) == (60, "")


def test_processes_that_write_at_the_same_time_make_one_chain(units: Units, database: Database) -> None:
    written(units, 1)
    append_together(database.url, writers=2, each=5)
    assert problem(units) == (11, "")


def test_a_journal_of_many_portions_is_read_whole_and_only_the_changed_entry_is_named(
    units: Units, database: Database
) -> None:
    fill(database.engine, 2_500)
    assert problem(units) == (2_500, "")
    forge(database.engine, "UPDATE journal SET actor = 'x' WHERE id = 2001")
    assert problem(units) == (2_000, "entry 2001 was changed after it was written")


def test_a_clock_that_was_set_back_is_noted_and_breaks_nothing(units: Units, clock: FrozenClock) -> None:
    written(units, 2)
    clock.advance(minutes=-5)
    written(units, 1)
    clock.advance(minutes=-6)
    written(units, 1)
    with units.reading() as unit:
        found = journal.examine(unit)
        assert [entry.number for entry in journal.history(unit, "H-1")] == [1, 2, 3, 4]
    assert (found.count, found.broken, found.times_set_back) == (4, None, 1)
    (place,) = found.set_back
    assert (place.number, place.before - place.at) == (4, timedelta(minutes=6))
