"""`make reliability`: do the invitations arrive, whatever dies meanwhile? Runs it whole and prints the figures."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.bench import machine
from tests.engines import NoPostgreSQL, PostgreSQL, migrated, shared_server
from tests.reliability.conductor import Plan, run
from tests.reliability.figures import document, table

ENGINES = ("sqlite", "postgresql")


def main(arguments: list[str]) -> int:
    """Print the figures; 1 where anything that must be nothing is not."""
    parser = argparse.ArgumentParser(prog="make reliability", description=__doc__)
    parser.add_argument("--operations", type=int, default=1000, help="changes of hearings in each run")
    parser.add_argument("--hearings", type=int, default=60)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 4])
    parser.add_argument("--engine", choices=ENGINES, nargs="*", default=list(ENGINES))
    parser.add_argument("--url", default="", help="an empty, migrated database instead of one of its own")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="a file that gets the figures with the machine's description")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="vct-reliability-") as folder:
        server = _server(Path(folder)) if "postgresql" in options.engine and not options.url else None
        place = machine.described(_version(server) if server else None)
        outcomes = []
        for number, (plan, url) in enumerate(_plans(options, Path(folder), server)):
            own = Path(folder) / f"run{number}"
            own.mkdir()
            outcomes.append(run(plan, url=url, folder=own))
            sys.stdout.write(f"{place}\n{table(outcomes)}\n")
            sys.stdout.flush()
            if options.write is not None:
                options.write.write_text(document(outcomes, place=place), encoding="utf-8")
    return 0 if outcomes and all(outcome.found.is_clean for outcome in outcomes) else 1


def _plans(options: argparse.Namespace, folder: Path, server: PostgreSQL | None) -> Iterator[tuple[Plan, str]]:
    """One configuration after the other, each on an empty database."""
    for engine in options.engine:
        for workers in options.workers:
            plan = Plan(
                engine=engine,
                workers=workers,
                operations=options.operations,
                hearings=options.hearings,
                seed=options.seed,
            )
            if options.url:
                yield plan, options.url
            elif engine == "sqlite":
                url = f"sqlite:///{folder / f'{workers}.sqlite'}"
                migrated(url)
                yield plan, url
            elif server is not None:
                server.renew()
                yield plan, server.url


def _server(folder: Path) -> PostgreSQL | None:
    try:
        return PostgreSQL(shared_server(folder, owner=os.getpid(), migrate=migrated), "reliability")
    except NoPostgreSQL as absent:
        sys.stderr.write(f"PostgreSQL: {absent}\n")
        return None


def _version(server: PostgreSQL) -> str:
    with psycopg.connect(host=str(server.folder), user="postgres", dbname="postgres") as connection:
        number = connection.info.server_version
    return f"PostgreSQL {number // 10000}.{number % 10000}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
