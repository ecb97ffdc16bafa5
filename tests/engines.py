"""The one place that brings up a real PostgreSQL for tests: throw-away, on a Unix socket, gone when the run is over.

One server serves the whole run. The first worker that asks starts it and migrates a template database; every worker
then clones that template, which takes some fifty milliseconds. Where the system has no PostgreSQL the tests that need
it are skipped, and say so.
"""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from vctestimony.store import schema
from vctestimony.store.db import engine_options, prepare

TEMPLATE = "migrated"
SERVER_PROGRAMS = Path("/usr/lib/postgresql")

_CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
timezone = 'UTC'
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
"""

# Outlives nobody: as soon as the test run's process is gone, however it went, the server and its files go too.
_KEEPER = """
( while [ -d "/proc/$1" ]; do sleep 0.3; done
  shift; folder=$1; shift
  "$@" -D "$folder/data" -m immediate stop
  rm -rf "$folder"
) </dev/null >/dev/null 2>&1 &
"""


class NoPostgreSQL(Exception):
    """This system has no PostgreSQL server with btree_gist; the text says what was looked for."""


def programs() -> Path:
    """Where initdb and pg_ctl are: the newest of Debian's versions, else wherever the PATH says."""
    places = sorted(SERVER_PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(places[-1]) if places else shutil.which("initdb")
    if found is None:
        raise NoPostgreSQL(f"no PostgreSQL server under {SERVER_PROGRAMS} or on the PATH")
    return Path(found).resolve().parent


def url(folder: Path, database: str) -> str:
    """The SQLAlchemy address of a database of the server whose socket is in `folder`."""
    return f"postgresql+psycopg://postgres@/{database}?host={folder}"


def as_server_account(*command: str) -> tuple[str, ...]:
    """PostgreSQL refuses to run as root: there, the account that Debian's package made runs it."""
    return ("runuser", "-u", "postgres", "--", *command) if os.geteuid() == 0 else command


def start(*, owner: int) -> Path:
    """Start a server that ends when process `owner` does; the folder it lives in, which also holds its socket."""
    bin_dir = programs()
    folder = Path(tempfile.mkdtemp(prefix="vct-postgresql-"))
    keeper = ("sh", "-c", _KEEPER, "keeper", str(owner), str(folder), *as_server_account(str(bin_dir / "pg_ctl")))
    subprocess.run(keeper, check=True, start_new_session=True)
    _give_to_server_account(folder)
    data = folder / "data"
    how = "-A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync"
    _run(str(bin_dir / "initdb"), "-D", str(data), *how.split())
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(_CONFIGURATION.format(folder=folder))
    _run(str(bin_dir / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "start")
    return folder


def _give_to_server_account(folder: Path) -> None:
    if os.geteuid() != 0:
        return
    try:
        shutil.chown(folder, "postgres")
    except LookupError as absent:
        raise NoPostgreSQL("no account called postgres, and a server does not run as root") from absent


def _run(*command: str) -> None:
    done = subprocess.run(
        as_server_account(*command), cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise NoPostgreSQL(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.stdout.strip()}")


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """One worker's own database, cloned from the migrated template."""

    folder: Path
    database: str

    @property
    def url(self) -> str:
        """For `create_engine`, or as VCT_DATABASE_URL."""
        return url(self.folder, self.database)

    def renew(self) -> None:
        """Leave nothing of whoever had it last, connections included: by deleting the rows, which takes a hundredth of
        the time, or by cloning the template again where the schema or a row of the template is not as it was."""
        if not self._emptied():
            with _administrator(self.folder) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
                connection.execute(f"CREATE DATABASE {self.database} TEMPLATE {TEMPLATE}")
            with _administrator(self.folder, self.database) as connection:
                _NEW[self.url] = _looked_over(connection)

    def _emptied(self) -> bool:
        new = _NEW.get(self.url)
        if new is None:
            return False
        connection = self._own_connection()
        connection.execute(_PART_FROM_ALL_OTHERS)
        if _looked_over(connection, kept=new.kept) != new:
            return False
        connection.execute(new.empty_again)
        return True

    def _own_connection(self) -> psycopg.Connection:
        """One connection renews again and again: what a new one must first learn of the schema takes it longer than
        the work itself. It ends when the database is dropped."""
        found = _RENEWING.get(self.url)
        if found is None or found.closed or not _is_served(found):
            found = _RENEWING[self.url] = _administrator(self.folder, self.database)
        return found


@dataclass(frozen=True, slots=True)
class _Inside:
    """What a database is: its schema and the rows of the tables that are not empty from the start, as a digest."""

    digest: str
    kept: tuple[str, ...]
    emptied: tuple[str, ...]

    @property
    def empty_again(self) -> str:
        """Statements that delete every other row, whatever forbids it, and let all numbers begin at one."""
        rows = "".join(f'DELETE FROM "{table}";' for table in self.emptied)
        return f"SET session_replication_role = replica; {rows} {_NUMBER_ANEW}"


LASTING = "lasting"
"""As what an engine introduces itself whose idle connections may serve the next test too."""
_NEW: dict[str, _Inside] = {}
_RENEWING: dict[str, psycopg.Connection] = {}
_PART_FROM_ALL_OTHERS = f"""
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND (application_name, state) IS DISTINCT FROM ('{LASTING}', 'idle')
"""
_NUMBER_ANEW = """
    SELECT setval(oid::regclass, 1, false) FROM pg_class
    WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
"""
_SCHEMA = """
    SELECT string_agg(line, chr(10) ORDER BY line) FROM (
        SELECT concat_ws(' ', attrelid::regclass, attname, atttypid::regtype, attnotnull) AS line FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        UNION ALL SELECT concat_ws(' ', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT prosrc FROM pg_proc WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')
    ) AS lines
"""


def _looked_over(connection: psycopg.Connection, *, kept: tuple[str, ...] | None = None) -> _Inside:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    tables = [str(row[0]) for row in found]
    if kept is None:
        kept = tuple(table for table in tables if connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone())
    rows = [connection.execute(f'SELECT kept::text FROM "{table}" AS kept ORDER BY 1').fetchall() for table in kept]
    schema_now = connection.execute(_SCHEMA).fetchone()
    digest = sha256(repr((schema_now, rows)).encode()).hexdigest()
    return _Inside(digest, kept, tuple(table for table in tables if table not in kept))


def shared_server(shared: Path, *, owner: int, migrate: Callable[[str], None]) -> Path:
    """The folder of the run's one server; the first to ask starts it and migrates the template."""
    note = shared / "postgresql.folder"
    with alone(shared / "postgresql.lock"):
        if not note.exists():
            folder = start(owner=owner)
            _make_template(folder)
            migrate(url(folder, TEMPLATE))
            note.write_text(str(folder))
        return Path(note.read_text())


def _make_template(folder: Path) -> None:
    with _administrator(folder) as connection:
        wanted = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gist'").fetchone()
        if wanted is None:
            raise NoPostgreSQL("the PostgreSQL server here has no btree_gist")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")


def _administrator(folder: Path, database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(host=str(folder), user="postgres", dbname=database, autocommit=True)


def _is_served(connection: psycopg.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let one process of the run at a time do what is done once for all of them."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def migrated(database_url: str) -> None:
    """Bring an empty database to the schema that the code was written for."""
    engine = sa.create_engine(database_url, **engine_options(database_url))
    prepare(engine)
    schema.upgrade(engine)
    engine.dispose()


class OutOfOrder(Exception):
    """A transaction asked for rooms or people when it already held the journal's end: two of that kind deadlock."""


def watch_order(engine: sa.Engine) -> None:
    """Let every transaction on PostgreSQL take what it claims first and the journal's end last, or raise OutOfOrder.

    What is locked already may be claimed later: nobody else can be waited for.
    """

    def look(connection: sa.Connection, cursor: DBAPICursor, statement: str, found: object, *_: object) -> None:
        this = connection.get_transaction()
        whose, locked = connection.info.get("locked_of", (None, frozenset()))
        mine: frozenset[int] = locked if whose is this else frozenset()
        wanted = frozenset(found["ids"]) if _LOCK in statement and isinstance(found, dict) else frozenset()
        if "pg_advisory_xact_lock" in statement and "7002" in str(found):
            connection.info["journal_of"] = this
        elif (
            this is not None
            and connection.info.get("journal_of") is this
            and _CLAIMS.search(statement)
            and cursor.rowcount
            and not (wanted <= mine if wanted else mine)
        ):
            raise OutOfOrder(statement)
        if wanted:
            connection.info["locked_of"] = (this, mine | wanted)

    if engine.dialect.name == "postgresql":
        sa.event.listen(engine, "after_cursor_execute", look)


_LOCK = "pg_advisory_xact_lock(7001"
_CLAIMS = re.compile(r"pg_advisory_xact_lock\(7001|^(INSERT INTO|UPDATE|DELETE FROM) occupancy")


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> PostgreSQL:
    """This worker's database in a real PostgreSQL, or a skip that says why there is none."""
    owner = os.getpid() if worker_id == "master" else os.getppid()
    try:
        folder = shared_server(run_folder(tmp_path_factory, worker_id), owner=owner, migrate=migrated)
    except NoPostgreSQL as absent:
        pytest.skip(f"PostgreSQL: {absent}")
    server = PostgreSQL(folder, f"worker_{worker_id}")
    server.renew()
    return server
