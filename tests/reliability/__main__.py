"""`make reliability`: do invitations arrive, and is a record sealed whole, whatever dies meanwhile? Prints figures."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.bench import machine
from tests.engines import NoPostgreSQL, PostgreSQL, migrated, shared_server
from tests.reliability import sealing
from tests.reliability.conductor import Plan, run
from tests.reliability.figures import document, put, table

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
    parser.add_argument("--only", choices=["invitations", "sealing"], help="this part alone")
    parser.add_argument("--kills", type=int, default=40, help="within the commits of seals, on each engine")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="vct-reliability-") as folder:
        server = _server(Path(folder)) if "postgresql" in options.engine and not options.url else None
        place = machine.described(_version(server) if server else None)
        clean = options.only == "sealing" or _invitations(options, Path(folder), server, place)
        clean = (options.only == "invitations" or _sealing(options, Path(folder), server, place)) and clean
    return 0 if clean else 1


def _invitations(options: argparse.Namespace, folder: Path, server: PostgreSQL | None, place: str) -> bool:
    outcomes = []
    for number, (plan, url) in enumerate(_plans(options, folder, server)):
        own = folder / f"run{number}"
        own.mkdir()
        outcomes.append(run(plan, url=url, folder=own))
        sys.stdout.write(f"{place}\n{table(outcomes)}\n")
        sys.stdout.flush()
        if options.write is not None:
            put(options.write, document(outcomes, place=place))
    return bool(outcomes) and all(outcome.found.is_clean for outcome in outcomes)


def _sealing(options: argparse.Namespace, folder: Path, server: PostgreSQL | None, place: str) -> bool:
    """On each engine that there is; where there is no PostgreSQL, on SQLite alone."""
    outcomes = []
    for engine in options.engine:
        own = folder / f"sealing-{engine}"
        own.mkdir()
        url = f"sqlite:///{own / 'records.sqlite'}"
        if engine == "sqlite":
            migrated(url)
        elif server is None:
            continue
        else:
            server.renew()
            url = server.url
        outcomes.append(sealing.run(engine, url=url, folder=own, kills=options.kills, seed=options.seed))
    text = sealing.document(outcomes, place=place)
    sys.stdout.write(text)
    if options.write is not None:
        put(options.write, text)
    return all(outcome.is_clean for outcome in outcomes)


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
