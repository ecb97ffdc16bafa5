"""The throw-away PostgreSQL: it serves, each clone is clean, and nothing of it is left when its owner is gone."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import engines

pytestmark = pytest.mark.postgresql


@pytest.fixture
def owner() -> Iterator[subprocess.Popen[bytes]]:
    """A process that stands for a test run."""
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process
        process.kill()


def migrate(database_url: str) -> None:
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE mark (id integer)")
        connection.execute("CREATE TABLE given (id integer)")
        connection.execute("INSERT INTO given VALUES (7)")
        connection.execute("CREATE TABLE numbered (id serial)")
        connection.execute(
            "CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''never''; END'"
        )
        connection.execute("CREATE TRIGGER never BEFORE DELETE ON numbered EXECUTE FUNCTION never()")


@pytest.fixture
def database(tmp_path: Path, owner: subprocess.Popen[bytes]) -> engines.PostgreSQL:
    try:
        folder = engines.shared_server(tmp_path, owner=owner.pid, migrate=migrate)
    except engines.NoPostgreSQL as absent:
        pytest.skip(f"PostgreSQL: {absent}")
    found = engines.PostgreSQL(folder, "worker")
    found.renew()
    return found


def rows_of_mark(database: engines.PostgreSQL) -> list[tuple[int]]:
    with psycopg.connect(database.url.replace("+psycopg", "")) as connection:
        return connection.execute("SELECT id FROM mark").fetchall()


def test_a_renewed_database_holds_nothing_of_the_last_test(database: engines.PostgreSQL) -> None:
    with psycopg.connect(database.url.replace("+psycopg", "")) as left_open:
        left_open.execute("INSERT INTO mark VALUES (1)")
        left_open.commit()
        assert rows_of_mark(database) == [(1,)]
        database.renew()
        assert rows_of_mark(database) == []


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE mark ADD COLUMN name text",
        "CREATE TABLE left_over (id integer)",
        "DROP TABLE mark",
        "ALTER TABLE numbered DISABLE TRIGGER never",
        "CREATE FUNCTION left_over() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
        "UPDATE given SET id = 8",
        "DELETE FROM given",
    ],
)
def test_a_database_that_was_changed_otherwise_is_made_anew(database: engines.PostgreSQL, statement: str) -> None:
    with psycopg.connect(database.url.replace("+psycopg", "")) as connection:
        connection.execute(statement)
    database.renew()
    assert rows_of_mark(database) == []
    with psycopg.connect(database.url.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT id FROM given").fetchall() == [(7,)]
        assert connection.execute("SELECT to_regclass('left_over')").fetchall() == [(None,)]
        with pytest.raises(psycopg.errors.UndefinedFunction):
            connection.execute("SELECT left_over()")


def test_numbers_begin_anew_and_what_forbids_deleting_does_not_stop_it(database: engines.PostgreSQL) -> None:
    for _ in range(2):
        with psycopg.connect(database.url.replace("+psycopg", "")) as connection:
            assert connection.execute("INSERT INTO numbered DEFAULT VALUES RETURNING id").fetchall() == [(1,)]
        database.renew()


def test_all_workers_of_a_run_share_one_server(
    database: engines.PostgreSQL, tmp_path: Path, owner: subprocess.Popen[bytes]
) -> None:
    assert engines.shared_server(tmp_path, owner=owner.pid, migrate=migrate) == database.folder


def test_the_server_and_its_files_go_when_the_run_is_killed(
    database: engines.PostgreSQL, owner: subprocess.Popen[bytes]
) -> None:
    assert database.folder.exists()
    owner.kill()
    owner.wait()
    patience = 100
    while database.folder.exists() and patience:
        time.sleep(0.1)
        patience -= 1
    assert not database.folder.exists()
