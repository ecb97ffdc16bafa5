"""The throw-away PostgreSQL: it serves, each clone is clean, and nothing of it is left when its owner is gone."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import engines

pytestmark = pytest.mark.postgresql


@contextmanager
def run() -> Iterator[subprocess.Popen[bytes]]:
    """A process that stands for a test run."""
    with subprocess.Popen(["sleep", "600"]) as process:
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


def started(shared: Path, owner: subprocess.Popen[bytes]) -> engines.PostgreSQL:
    """The database of a worker of that run, renewed."""
    try:
        folder = engines.shared_server(shared, owner=owner.pid, migrate=migrate)
    except engines.NoPostgreSQL as absent:
        pytest.skip(f"PostgreSQL: {absent}")
    found = engines.PostgreSQL(folder, "worker")
    found.renew()
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[engines.PostgreSQL]:
    with run() as owner:
        yield started(tmp_path_factory.mktemp("run"), owner)


@pytest.fixture
def database(server: engines.PostgreSQL) -> engines.PostgreSQL:
    server.renew()
    return server


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


def test_an_engine_that_lasts_keeps_its_idle_connection_and_loses_one_that_is_at_work(
    database: engines.PostgreSQL,
) -> None:
    plain = database.url.replace("+psycopg", "")
    with (
        psycopg.connect(plain, application_name=engines.LASTING) as idle,
        psycopg.connect(plain, application_name=engines.LASTING) as at_work,
    ):
        at_work.execute("INSERT INTO mark VALUES (1)")
        database.renew()
        assert idle.execute("SELECT id FROM mark").fetchall() == []
        with pytest.raises(psycopg.OperationalError):
            at_work.execute("SELECT 1")


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


def test_all_workers_share_one_server_and_it_goes_with_its_files_when_the_run_is_killed(tmp_path: Path) -> None:
    with run() as owner:
        folder = started(tmp_path, owner).folder
        assert engines.shared_server(tmp_path, owner=owner.pid, migrate=migrate) == folder
        assert folder.exists()
        owner.kill()
        owner.wait()
        patience = 600
        while folder.exists() and patience:
            time.sleep(0.1)
            patience -= 1
        assert not folder.exists()
