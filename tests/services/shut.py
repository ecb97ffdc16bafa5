"""Makes a test's database refuse to take anything, in the ways in which databases do, and lets go of it again."""

import resource
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

_PAGE = 4096
Shut = Callable[[Engine], AbstractContextManager[None]]


@contextmanager
def _each_transaction(engine: Engine, *statements: str) -> Iterator[None]:
    def begin(connection: Connection) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement)

    sa.event.listen(engine, "begin", begin)
    try:
        yield
    finally:
        sa.event.remove(engine, "begin", begin)
        engine.dispose()


def read_only(engine: Engine) -> AbstractContextManager[None]:
    """Whatever is begun may only read."""
    on_sqlite = engine.dialect.name == "sqlite"
    return _each_transaction(engine, "PRAGMA query_only=ON" if on_sqlite else "SET TRANSACTION READ ONLY")


@contextmanager
def no_more_pages(engine: Engine) -> Iterator[None]:
    """SQLite's own measure of a full disk: the file must not grow."""
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    with _each_transaction(engine, f"PRAGMA max_page_count={pages}"):
        yield


@contextmanager
def _no_more_bytes(engine: Engine) -> Iterator[None]:
    """The system itself takes no more for this file: the commit fails half way through what it has to write."""
    log = Path(f"{engine.url.database}-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((log.stat().st_size if log.exists() else 0) + 2 * _PAGE, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _full(table: str, kind: str) -> Shut:
    """PostgreSQL says that its disk is full, at the very statement or only at the commit."""

    @contextmanager
    def full(engine: Engine) -> Iterator[None]:
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
            )
            connection.exec_driver_sql(
                f"CREATE {kind} AFTER INSERT ON {table} {'DEFERRABLE INITIALLY DEFERRED' if ' ' in kind else ''} "
                "FOR EACH ROW EXECUTE FUNCTION disk_full()".replace("TRIGGER AFTER", "TRIGGER disk_full AFTER")
            )
        try:
            yield
        finally:
            with engine.begin() as connection:
                connection.exec_driver_sql("DROP FUNCTION disk_full() CASCADE")

    return full


WAYS: Mapping[str, Mapping[str, Shut]] = {
    "sqlite": {"read-only": read_only, "no more pages": no_more_pages, "no more bytes": _no_more_bytes},
    "postgresql": {
        "read-only": read_only,
        "full at the journal": _full("journal", "TRIGGER"),
        "full at the seal": _full("sealed_record", "TRIGGER"),
        "full at the commit": _full("sealed_record", "CONSTRAINT TRIGGER"),
    },
}
"""By engine: how it refuses, by what happens to it."""
