"""`make bench`: every performance target of this project that needs nobody else's code, as ratios of one run."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psycopg

from tests.bench import journal, machine, pages, papers, planning, racing, searching, stored
from tests.bench.measuring import FULL, TINY, Row, Size, markdown, table
from tests.engines import NoPostgreSQL, PostgreSQL, migrated, shared_server

TITLE = "Ratios within this run; absolute times are for reading only.\n\n"
DOCUMENT = """# Speed

What `make bench` printed last, on {machine}. Every target is a ratio within one run: both sides were measured in turns
in the same minute on the same machine, so it can be compared from machine to machine. The milliseconds cannot, and
promise nothing.

{table}
"""

PURE: tuple[Callable[[Size], Iterable[Row]], ...] = (searching.rows, planning.rows)
"""What is measured without a database: each gives its rows for a size."""


def measured(size: Size, folder: Path, server: PostgreSQL | None) -> Iterator[Row]:
    """Every row of the table; those of PostgreSQL only where there is one."""
    for part in PURE:
        yield from part(size)
    yield from _on_sqlite(size, folder)
    if server is not None:
        yield from _on_postgresql(size, server)
    yield from pages.rows(folder, size)
    yield from papers.rows(folder, size)


def main(arguments: list[str]) -> int:
    """Print the table. The exit code says only that it could be measured: a busy machine misses targets."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="so little that the figures mean nothing; for a test")
    parser.add_argument("--only", choices=["paper", "journal"], help="this part alone; nothing is written then")
    parser.add_argument("--write", type=Path, help="a file that gets the table with the machine's description as well")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="vct-bench-") as folder:
        size = TINY if options.tiny else FULL
        if options.only == "paper":
            sys.stdout.write(f"{machine.described(None)}\n{TITLE}{table(list(papers.rows(Path(folder), size)))}")
            return 0
        server = _server(Path(folder))
        if options.only:
            found = [*journal.rows(stored.sqlite_file(Path(folder), "journal"), size)]
            found += _journal(server, size) if server is not None else ()
            sys.stdout.write(f"{machine.described(None)}\n{TITLE}{table(found)}")
            return 0
        place = machine.described(_version(server) if server else None)
        rows = list(measured(size, Path(folder), server))
    sys.stdout.write(f"{place}\n{TITLE}{table(rows)}\n{time.monotonic() - started:.0f} seconds\n")
    if options.write is not None:
        options.write.write_text(DOCUMENT.format(machine=place, table=markdown(rows)), encoding="utf-8")
    return 0


def _server(folder: Path) -> PostgreSQL | None:
    try:
        return PostgreSQL(shared_server(folder, owner=os.getpid(), migrate=migrated), "bench")
    except NoPostgreSQL as absent:
        sys.stderr.write(f"PostgreSQL: {absent}\n")
        return None


def _version(server: PostgreSQL) -> str:
    with psycopg.connect(host=str(server.folder), user="postgres", dbname="postgres") as connection:
        number = connection.info.server_version
    return f"PostgreSQL {number // 10000}.{number % 10000}"


def _on_sqlite(size: Size, folder: Path) -> Iterator[Row]:
    with (
        stored.opened(stored.sqlite_file(folder, "guarded"), size) as guarded,
        stored.opened(stored.sqlite_file(folder, "bare"), size) as bare,
    ):
        yield stored.booking(guarded, bare, size)
        yield from stored.rows(guarded, size)
    yield from racing.rows(stored.sqlite_file(folder, "races"), size)
    yield from journal.rows(stored.sqlite_file(folder, "journal"), size)


def _on_postgresql(size: Size, server: PostgreSQL) -> Iterator[Row]:
    server.renew()
    with stored.opened(server.url, size) as place:
        yield stored.booking(place, place, size)
        yield from stored.rows(place, size)
    server.renew()
    yield from racing.rows(server.url, size)
    yield from _journal(server, size)


def _journal(server: PostgreSQL, size: Size) -> Iterator[Row]:
    server.renew()
    yield from journal.rows(server.url, size)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
