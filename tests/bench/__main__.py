"""`make bench`: every performance target of this project that needs nobody else's code, as ratios of one run."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import pages, searching, stored
from tests.bench.measuring import FULL, TINY, Row, Size, table
from tests.engines import NoPostgreSQL, PostgreSQL, migrated, shared_server

TITLE = "Ratios within this run; absolute times are for reading only.\n\n"


def measured(size: Size, folder: Path) -> Iterator[Row]:
    """Every row of the table; those of PostgreSQL only where there is one."""
    yield from searching.rows(size)
    yield from _on_sqlite(size, folder)
    yield from _on_postgresql(size, folder)
    yield from pages.rows(folder, size)


def main(arguments: list[str]) -> int:
    """Print the table. The exit code says only that it could be measured: a busy machine misses targets."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="so little that the figures mean nothing; for a test")
    size = TINY if parser.parse_args(arguments).tiny else FULL
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="vct-bench-") as folder:
        text = table(list(measured(size, Path(folder))))
    sys.stdout.write(f"{TITLE}{text}\n{time.monotonic() - started:.0f} seconds\n")
    return 0


def _on_sqlite(size: Size, folder: Path) -> Iterator[Row]:
    with (
        stored.opened(stored.sqlite_file(folder, "guarded"), size) as guarded,
        stored.opened(stored.sqlite_file(folder, "bare"), size) as bare,
    ):
        yield stored.booking(guarded, bare, size)
        yield from stored.rows(guarded, size)


def _on_postgresql(size: Size, folder: Path) -> Iterator[Row]:
    try:
        server = PostgreSQL(shared_server(folder, owner=os.getpid(), migrate=migrated), "bench")
    except NoPostgreSQL as absent:
        sys.stderr.write(f"PostgreSQL: {absent}\n")
        return
    server.renew()
    with stored.opened(server.url, size) as place:
        yield stored.booking(place, place, size)
        yield from stored.rows(place, size)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
