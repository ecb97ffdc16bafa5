"""The one place that copies a PostgreSQL database out and in, with the server's own pg_dump, pg_restore and psql."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine

from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_
from vctestimony.store.backup import InUse, check_ours, out_of_service

_PIECE = 1024 * 1024
_EMPTY = b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"
_UNREADY = "restored-"
# In the transaction that restores: a database in which mail is not held yet must not look like one that can be served.
_MARKED = f"UPDATE public.alembic_version SET version_num = '{_UNREADY}' || version_num;\n".encode()  # noqa: S608 - our own word
_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


class ToolFailed(Refusal):
    """A program of PostgreSQL said no, or is not installed."""

    text = N_("{tool} failed and nothing was changed: {problem}")


def dumped(url: URL) -> Iterator[bytes]:
    """The whole database as one archive of pg_dump, as it is at one instant, piece by piece while others write."""
    command = ("pg_dump", "--format=custom", "--no-owner", "--no-privileges")
    with _started(url, *command, reads=True) as process:
        assert process.stdout is not None  # noqa: S101 - asked for
        yield from _pieces(process.stdout)
        _ended(process, "pg_dump")


def listed(archive: Path, url: URL) -> int:
    """How many objects the archive holds; ToolFailed where it cannot be read."""
    with _started(url, "pg_restore", "--list", str(archive), connects=False, reads=True) as process:
        assert process.stdout is not None  # noqa: S101 - asked for
        lines = process.stdout.read().decode().splitlines()
        _ended(process, "pg_restore")
    return sum(1 for line in lines if line and not line.startswith(";"))


def restored(engine: Engine, archive: Path, *, named: Path, ready: Callable[[Connection], None]) -> None:
    """Replace what the database holds by the archive: all of it in one transaction, while nobody else is there.

    Until `ready` has done what must be done first, the database bears a revision with which no service starts: what it
    does and the end of that are one transaction, so whatever is killed in between, mail is held or nothing starts.
    """
    engine.dispose()
    with out_of_service(engine):
        with engine.connect() as connection:
            if connection.scalar(sa.text(_OTHERS)) > 1:  # the one that holds the lock
                raise InUse()
        engine_url = engine.url
        with _started(engine_url, "psql", *_ALL_OR_NOTHING, writes=True) as into:
            _play(engine_url, archive, into)
            _ended(into, "psql")
        with engine.begin() as connection:
            connection.execute(_UNMARKED, {"mark": _UNREADY})
            check_ours(connection, named=named)
            ready(connection)


_ALL_OR_NOTHING = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
_UNMARKED = sa.text("UPDATE alembic_version SET version_num = replace(version_num, :mark, '')")


def _play(url: URL, archive: Path, into: "subprocess.Popen[bytes]") -> None:
    assert into.stdin is not None  # noqa: S101 - asked for
    command = ("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(archive))
    with _started(url, *command, connects=False, reads=True) as out:
        assert out.stdout is not None  # noqa: S101 - asked for
        try:
            into.stdin.write(_EMPTY)
            for piece in _pieces(out.stdout):
                into.stdin.write(piece)
            into.stdin.write(_MARKED)
            into.stdin.close()
        except BrokenPipeError:
            out.kill()  # psql ended before: it says why
            return
        _ended(out, "pg_restore")


def _started(
    url: URL, *command: str, connects: bool = True, reads: bool = False, writes: bool = False
) -> "subprocess.Popen[bytes]":
    """The password travels in the environment of the program, where no list of processes shows it."""
    place = (f"--dbname={url.set(drivername='postgresql', password=None).render_as_string(hide_password=False)}",)
    try:
        return subprocess.Popen(  # noqa: S603 - our own words
            (*command, *(place if connects else ())),
            stdin=subprocess.PIPE if writes else subprocess.DEVNULL,
            stdout=subprocess.PIPE if reads else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=_environment(url),
        )
    except OSError as error:
        raise ToolFailed(tool=command[0], problem=error.strerror) from error


def _environment(url: URL) -> Mapping[str, str]:
    own = {"PATH": f"{os.defpath}:/usr/bin:/usr/local/bin", "LC_ALL": "C.UTF-8"}
    return {**own, "PGPASSWORD": str(url.password)} if url.password else own


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: stream.read(_PIECE), b"")


def _ended(process: "subprocess.Popen[bytes]", tool: str) -> None:
    assert process.stderr is not None  # noqa: S101 - asked for
    said = process.stderr.read().decode(errors="replace").strip()
    if process.wait() != 0:
        raise ToolFailed(tool=tool, problem=said.splitlines()[0] if said else f"exit {process.returncode}")
