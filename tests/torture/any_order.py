"""R26: five hundred runs of fifty steps in any order, with crashes and restores among them, on each engine."""

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from itertools import count

from tests.engines import PostgreSQL
from tests.services.test_everything_in_any_order import whatever
from tests.torture.stage import Stage, stages


def main(arguments: list[str]) -> None:
    """Print how long it took on each engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--engine", nargs="*", default=[], choices=["sqlite", "postgresql"])
    options = parser.parse_args(arguments)
    figures = []
    for stage in stages(*options.engine):
        began = time.monotonic()
        whatever(_copies(stage) if stage.server is None else _renewed(stage.server), options.runs, options.steps)
        figures.append(f"{stage.name}: {options.runs} runs of {options.steps} steps, {time.monotonic() - began:.0f} s")
    sys.stdout.write("; ".join(figures) + "\n")


def _copies(stage: Stage) -> Callable[[], str]:
    """Another file each time; what restores of the last run kept aside is deleted."""
    numbers = count()
    template = stage.folder / "template"
    shutil.copyfile(str(stage.engine.url.database), template)

    def fresh() -> str:
        for old in stage.folder.glob("run-*"):
            old.unlink()
        path = stage.folder / f"run-{next(numbers)}.sqlite"
        shutil.copyfile(template, path)
        return f"sqlite:///{path}"

    return fresh


def _renewed(server: PostgreSQL) -> Callable[[], str]:
    """The one database, emptied each time."""

    def fresh() -> str:
        server.renew()
        return server.url

    return fresh


if __name__ == "__main__":
    main(sys.argv[1:])
