"""`make reliability`: do invitations arrive, are seals and signatures whole, whatever dies? Prints figures."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.bench import machine
from tests.engines import NoPostgreSQL, PostgreSQL, migrated, shared_server
from tests.reliability import sealing, signing
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
    parser.add_argument("--all-at-once", action="store_true", help="kill everything together instead of one by one")
    parser.add_argument("--url", default="", help="an empty, migrated database instead of one of its own")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="a file that gets the figures with the machine's description")
    parser.add_argument("--only", choices=["invitations", "sealing", "signing"], help="this part alone")
    parser.add_argument(
        "--kills", type=int, default=40, help="within the commits of seals and signatures, on each engine"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="vct-reliability-") as folder:
        server = _server(Path(folder)) if "postgresql" in options.engine and not options.url else None
        place = machine.described(_version(server) if server else None)
        parts = {"invitations": _invitations, "sealing": _sealing, "signing": _signing}
        wanted = [part for name, part in parts.items() if options.only in (None, name)]
        clean = [part(options, Path(folder), server, place) for part in wanted]
    return 0 if all(clean) else 1


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


def _signing(options: argparse.Namespace, folder: Path, server: PostgreSQL | None, place: str) -> bool:
    """As the part before it."""
    outcomes = [
        one
        for engine, url, _ in _empty(options, folder, server, "signing")
        for one in signing.run(engine, url=url, kills=options.kills, seed=options.seed)
    ]
    text = signing.document(outcomes, place=place)
    sys.stdout.write(text)
    if options.write is not None:
        put(options.write, text)
    return all(outcome.is_clean for outcome in outcomes)


def _empty(
    options: argparse.Namespace, folder: Path, server: PostgreSQL | None, part: str
) -> Iterator[tuple[str, str, Path]]:
    """Each engine that there is, with an empty database and a folder; without PostgreSQL, SQLite alone."""
    for engine in options.engine:
        own = folder / f"{part}-{engine}"
        own.mkdir()
        if engine == "sqlite":
            url = f"sqlite:///{own / 'records.sqlite'}"
            migrated(url)
            yield engine, url, own
        elif server is not None:
            server.renew()
            yield engine, server.url, own


def _sealing(options: argparse.Namespace, folder: Path, server: PostgreSQL | None, place: str) -> bool:
    """On each engine that there is; where there is no PostgreSQL, on SQLite alone."""
    outcomes = [
        sealing.run(engine, url=url, folder=own, kills=options.kills, seed=options.seed)
        for engine, url, own in _empty(options, folder, server, "sealing")
    ]
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
                all_at_once=options.all_at_once,
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
