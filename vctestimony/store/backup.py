"""The one place that copies a SQLite database out and in; store/postgres_backup.py does it for PostgreSQL."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from vctestimony.domain.errors import Refusal
from vctestimony.domain.journal import walk
from vctestimony.domain.wording import N_
from vctestimony.store import audit, schema
from vctestimony.store.db import engine_options, prepare
from vctestimony.store.sqlite_driver import SQLITE

_MAGIC = b"SQLite format 3\x00"
_PATIENCE_SECONDS = 1
_TAILS = ("-wal", "-shm", "-journal")
SERVICE_LOCK = 7003
"""On PostgreSQL the advisory lock that whoever serves the database shares, and whoever replaces it has alone."""


class NotSqlite(Refusal):
    """A file of another engine was named, or one is wanted that only SQLite has."""

    text = N_("This database is not SQLite, so it has no plain copy: leave out --plain.")


class BackupBroken(Refusal):
    """The copy does not pass the integrity check."""

    text = N_("The copy {path} is damaged ({problem}) and was not used.")


class NotADatabase(Refusal):
    """Something else than a SQLite database was named."""

    text = N_("{path} is not a SQLite database and was not used.")


class NotOfThisService(Refusal):
    """A SQLite database of another program, or of a version that this one does not know."""

    text = N_("{path} is not a database of this service, or of a newer version of it, and was not used.")


class JournalBroken(Refusal):
    """Somebody changed the journal in the copy."""

    text = N_("The journal in {path} is broken ({problem}), so the copy was not used.")


class InUse(Refusal):
    """A service, a worker or another command has the database open, or is replacing it."""

    text = N_("The database is in use: stop the service and every worker first.")


class FileThere(Refusal):
    """A backup overwrites nothing."""

    text = N_("There is a file {path} already, and it was not overwritten: choose another name.")


class FolderMissing(Refusal):
    """A backup makes no folders."""

    text = N_("There is no folder {folder}, so no backup was written.")


class Unwritable(Refusal):
    """The disk is full, or the folder is not ours."""

    text = N_("The copy {path} cannot be written ({problem}).")


def copy_out(engine: Engine, target: Path) -> None:
    """A consistent copy while others write (a plain file copy loses what is in the WAL), checked before it counts."""
    path = _path(engine)
    if not target.parent.is_dir():
        raise FolderMissing(folder=target.parent)
    if target.exists():
        raise FileThere(path=target)
    draft = target.with_name(target.name + ".part")
    _copy(path, draft)
    _check(draft, named=target)
    put(draft, target)


def put(draft: Path, target: Path) -> None:
    """Let a finished draft take its name, so that neither file nor name is lost when the power fails now."""
    for path, make in ((draft, None), (target.parent, draft.replace)):
        if make is not None:
            make(target)
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_sqlite(path: Path) -> bool:
    """Whether the file begins as a SQLite database does."""
    return _has_magic(path)


def look_over(source: Path, *, named: Path) -> None:
    """Refuse a copy that could not take the place of a database of this service."""
    if not _has_magic(source):
        raise NotADatabase(path=named)
    _check(source, named=named)
    _check_ours(source, named=named)


def copy_in(
    engine: Engine, source: Path, *, named: Path, now: datetime, ready: Callable[[Engine], None]
) -> Path | None:
    """Replace the content of the database by the copy's, when nobody has it open and the copy is sound.

    `ready` is called with the copy before it takes the place of the database: what must have happened by then happens
    or nothing is replaced. Gives the dated file in which the replaced database is kept; None where there was none.
    """
    path = Path(_path(engine))
    if not _has_magic(source):
        raise NotADatabase(path=named)
    engine.dispose()
    draft = path.with_name(path.name + ".restoring")
    try:
        with _service_lock(path, fcntl.LOCK_EX):
            _check(source, named=named)
            _copy(str(source), draft)
            _made_ready(draft, named=named, ready=ready)
            return _exchange(path, draft, aside=path.with_name(f"{path.stem}-replaced-{now:%Y%m%dT%H%M%SZ}.sqlite"))
    finally:
        for tail in ("", *_TAILS):
            draft.with_name(draft.name + tail).unlink(missing_ok=True)


def _made_ready(draft: Path, *, named: Path, ready: Callable[[Engine], None]) -> None:
    """Look over a copy that will be a database of this service, and do to it what must be done before it is one."""
    _check_ours(draft, named=named)
    url = f"sqlite:///{draft}"
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    try:
        ready(engine)
    finally:
        engine.dispose()


@contextmanager
def in_service(engine: Engine) -> Iterator[None]:
    """Keep a database from being replaced while it is served; InUse while it is being replaced."""
    with _held(engine, alone=False):
        yield


@contextmanager
def out_of_service(engine: Engine) -> Iterator[None]:
    """Keep everybody from serving the database; InUse while somebody does."""
    with _held(engine, alone=True):
        yield


@contextmanager
def _held(engine: Engine, *, alone: bool) -> Iterator[None]:
    if engine.dialect.name == "sqlite":
        place = engine.url.database
        kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
        with _service_lock(Path(place), kind) if place else nullcontext():
            yield
        return
    which = "" if alone else "_shared"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # whatever becomes of the pool meanwhile, it is closed here
        lock = {"lock": SERVICE_LOCK}
        if not connection.scalar(sa.text(f"SELECT pg_try_advisory_lock{which}(:lock)"), lock):
            raise InUse()
        try:
            yield
        finally:
            with suppress(SQLAlchemyError):  # a connection that is gone holds no lock either
                connection.execute(sa.text(f"SELECT pg_advisory_unlock{which}(:lock)"), lock)


def _path(engine: Engine) -> str:
    if engine.dialect.name != "sqlite" or not engine.url.database:
        raise NotSqlite()
    return engine.url.database


@contextmanager
def _service_lock(path: Path, kind: int) -> Iterator[None]:
    """Many may serve the database or one may replace it. The system gives the lock back when a process ends."""
    handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse() from error
        yield
    finally:
        os.close(handle)


def _exchange(path: Path, draft: Path, *, aside: Path) -> Path | None:
    if not path.exists() or not path.stat().st_size:
        kept: Path | None = None
    elif not _has_magic(path):
        kept = path.replace(aside)
        for tail in _TAILS:  # else SQLite would play them into the new file
            left = path.with_name(path.name + tail)
            if left.exists():
                left.replace(aside.with_name(aside.name + tail))
    else:
        _check_alone(path)
        kept = aside
        _copy(str(path), aside)
    _copy(str(draft), path)
    return kept


def _check_alone(path: Path) -> None:
    """SQLite leaves the WAL only when nobody else has the file open, and gives this lock only when nobody uses it."""
    try:
        with closing(SQLITE.connect(str(path), timeout=_PATIENCE_SECONDS, isolation_level=None)) as present:
            present.execute("PRAGMA journal_mode=DELETE")
            present.execute("BEGIN EXCLUSIVE")
            present.execute("COMMIT")
    except SQLITE.OperationalError as error:
        raise InUse() from error


def _copy(source: str, target: Path) -> None:
    try:
        with closing(SQLITE.connect(source)) as there, closing(SQLITE.connect(str(target))) as copy:
            there.backup(copy)
        target.chmod(0o600)
    except SQLITE.OperationalError as error:
        raise Unwritable(path=target, problem=error) from error
    except SQLITE.DatabaseError as error:
        raise BackupBroken(path=source, problem=error) from error


def _has_magic(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _check(path: Path, *, named: Path) -> None:
    try:
        with closing(SQLITE.connect(str(path))) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    except SQLITE.DatabaseError as error:
        answer, loose = str(error), None
    if answer != "ok":
        raise BackupBroken(path=named, problem=answer)
    if loose is not None:
        raise BackupBroken(path=named, problem=f"a row of {loose[0]} belongs to one of {loose[2]} that is not there")


def _check_ours(path: Path, *, named: Path) -> None:
    url = f"sqlite:///{path}"
    engine = sa.create_engine(url, **engine_options(url))
    try:
        check_ours(engine, named=named)
    finally:
        engine.dispose()


def check_ours(bind: Engine | Connection, *, named: Path) -> None:
    """The copy has tables this code knows, and a journal whose chain holds."""
    try:
        if schema.present(bind) not in schema.known():
            raise NotOfThisService(path=named)
        with Session(bind) as session:
            _, found = walk(audit.entries(session))
    except SQLAlchemyError as error:
        raise NotOfThisService(path=named) from error
    if found is not None:
        raise JournalBroken(path=named, problem=found.problem)
