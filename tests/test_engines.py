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
