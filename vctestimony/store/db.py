"""The one place that knows which database engine is in use and how to open it safely.

SQLite: our own transaction control (the driver's default does not cover a SELECT, so two writers lose updates), foreign
keys on, deleted text overwritten, WAL only on a build without the WAL-reset fault (fixed in SQLite 3.51.3).
PostgreSQL: whoever writes does it READ COMMITTED, where the exclusion constraint and sorted advisory locks guard the
bookings; whoever reads sees one moment (REPEATABLE READ), as on SQLite. On both, whoever waits for a lock waits for a
bounded time, then is told that nothing was saved.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from vctestimony.store.models import METADATA
from vctestimony.store.sqlite_driver import SQLITE

db = SQLAlchemy(metadata=METADATA)

_FIRST_SAFE_WAL = (3, 51, 3)
WRITING = {"sqlite_begin": "IMMEDIATE"}
_READING = {"isolation_level": "REPEATABLE READ"}
BUSY_SECONDS = 45
"""How long anybody waits for a lock: of sixty-four processes on a busy machine the unlucky have waited over twenty. A
proxy gives up after sixty; our own page, with what was typed, must come before that."""
_TURNS: dict[str, RLock] = {}


class NoTurn(Exception):
    """Other writers of this process kept the database for too long."""


def engine_options(url: str) -> dict[str, Any]:
    """Options of `create_engine` for this database address."""
    if sa.make_url(url).get_backend_name() != "sqlite":
        return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}
    return {"module": SQLITE, "connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False}}


def prepare(engine: Engine) -> None:
    """Attach the connection rules to an engine."""
    if engine.dialect.name != "sqlite":
        event.listen(engine, "connect", _on_connect_to_server)
        return
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect_to_server(connection: Any, _record: object) -> None:
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.autocommit = False


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    safe = SQLITE.sqlite_version_info >= _FIRST_SAFE_WAL
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL" if safe else "journal_mode=DELETE",
        "synchronous=FULL" if safe else "synchronous=EXTRA",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


@contextmanager
def writers_turn(session: Session) -> Iterator[None]:
    """Let the threads of this process write one after the other where the database has a single writer.

    SQLite's own way of waiting is to sleep and try again: with many threads somebody is always quicker, and who is
    unlucky waits until the patience is over. Other processes still wait that way. PostgreSQL needs no turns.
    """
    engine = session.get_bind()
    if engine.dialect.name != "sqlite":
        yield
        return
    turn = _TURNS.setdefault(str(engine.engine.url), RLock())
    if not turn.acquire(timeout=BUSY_SECONDS):
        raise NoTurn
    try:
        yield
    finally:
        turn.release()


def begin_writing(session: Session) -> None:
    """Open the session's transaction as a writer: on SQLite the write lock is taken now, not at the first change."""
    session.connection(execution_options=WRITING)


def begin_reading(session: Session) -> None:
    """Open the session's transaction as a reader: what two of its queries tell is of one moment, on either engine.

    SQLite's transactions are so by themselves. A session that reads already goes on with the moment it has.
    """
    if session.get_bind().dialect.name == "postgresql" and not session.in_transaction():
        session.connection(execution_options=_READING)


def was_crossed(error: DBAPIError) -> bool:
    """Whether PostgreSQL undid the transaction only because of another one: a deadlock, or an order that cannot be."""
    return getattr(error.orig, "sqlstate", None) in {"40P01", "40001"}


def is_shut(error: DBAPIError) -> bool:
    """Whether the database could not take what was asked, now: gone, locked too long, full or read-only.

    PostgreSQL calls a read-only transaction an internal error; every other error of a statement is a fault of ours.
    """
    return isinstance(error, OperationalError) or getattr(error.orig, "sqlstate", None) == "25006"


def lock_resources(session: Session, resource_ids: list[int]) -> None:
    """Hold these resources until the transaction ends, in ascending order so that two bookings cannot deadlock.

    SQLite needs nothing: its writer is alone. PostgreSQL takes an advisory lock for each, all in one statement, which
    unnest gives out in the order of the array.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    in_order = sa.text("SELECT pg_advisory_xact_lock(7001, id) FROM unnest(CAST(:ids AS integer[])) AS id")
    session.execute(in_order, {"ids": sorted(set(resource_ids))})
