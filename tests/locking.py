"""Another process that holds the lock which every writer of a table needs, for so long, or until it is let go."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from vctestimony.store.sqlite_driver import SQLITE

UNTIL_LET_GO = 3600.0


@contextmanager
def locked(url: str, table: str, *, seconds: float = UNTIL_LET_GO) -> Iterator[None]:
    """Let it hold the lock: SQLite's one write lock, or on PostgreSQL that of the table."""
    command = [sys.executable, "-m", __name__, url, table, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            yield
        finally:
            holder.kill()


@contextmanager
def with_patience(engine: Engine, milliseconds: int) -> Iterator[None]:
    """Let no connection of the engine wait longer than that for a lock, whichever the pool gives out next."""
    is_sqlite = engine.dialect.name == "sqlite"
    words = f"PRAGMA busy_timeout={milliseconds}" if is_sqlite else f"SET lock_timeout={milliseconds}"

    def hurry(connection: DBAPIConnection, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute(words)
        cursor.close()
        connection.commit()

    sa.event.listen(engine, "checkout", hurry)
    try:
        yield
    finally:
        sa.event.remove(engine, "checkout", hurry)
        engine.dispose()


def _hold(url: str, table: str, seconds: float) -> None:
    place = sa.make_url(url)
    if place.get_backend_name() == "sqlite":
        with closing(SQLITE.connect(str(place.database), isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            _wait(seconds)
    else:
        with psycopg.connect(place.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
            connection.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE".encode())
            _wait(seconds)


def _wait(seconds: float) -> None:
    sys.stdout.write("held\n")
    sys.stdout.flush()
    time.sleep(seconds)


if __name__ == "__main__":
    _hold(sys.argv[1], sys.argv[2], float(sys.argv[3]))
