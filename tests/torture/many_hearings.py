"""R24 and the long form of R19: pages and feeds over 5,000 hearings of 200 officials; 10,000 backed up and restored."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa
from flask import Flask

from tests.services.crowd import Needs, enter, own_set
from tests.services.fed import made
from tests.torture.stage import Stage, stages
from tests.web.browsing import Browser
from tests.world import World
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.hearing import Part, State
from vctestimony.domain.instants import TZ_VERSION, resolve, to_min
from vctestimony.domain.people import Role
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.store.models import HearingRow, OccupancyKind, OccupancyRow, OfficialRow, ResourceRow

FEW, MANY, MOST = 50, 5000, 10_000
SETS, ROUNDS = 67, 20
"""Three officials to a set: 200 and one."""
MOST_MS = {"feed": 300, "list": 300, "search": 500}
FIRST = datetime(2026, 9, 2, 11, 0)
KOLKATA = "Asia/Kolkata"


def main(arguments: list[str]) -> int:
    """Print the figures; 1 where one is above what it may be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--restore", action="store_true", help="back up and restore instead")
    options = parser.parse_args(arguments)
    said, held = [], True
    for stage in stages():
        line, well = _restored(stage) if options.restore else _read(stage)
        said.append(f"{stage.name}: {line}")
        held = held and well
    sys.stdout.write("; ".join(said) + "\n")
    return 0 if held else 1


def _read(stage: Stage) -> tuple[str, bool]:
    world, _ = stage.filled()
    sets = sets_of(stage.units, world, SETS)
    token = made(stage.units, Holder(room_id=sets[0].court_room), SYSTEM)
    app = _app(stage)
    browser = Browser(app)
    browser.seat(world.account_id(Role.COORDINATOR, "mumbai"))
    paths = {
        "feed": f"/feeds/{token}.ics",
        "list": "/hearings",
        "search": f"/hearings/{world.mumbai.hearing}/find?from=2026-09-02&to=2026-09-15",
    }
    booked(stage.units, world, sets, 0, FEW)
    few = {name: _p95(partial(browser.ask, path)) for name, path in paths.items()}
    booked(stage.units, world, sets, FEW, MANY)
    many = {name: _p95(partial(browser.ask, path)) for name, path in paths.items()}
    _let_go(app)
    told = (f"{name} {many[name]:.0f} ms ({many[name] / few[name]:.1f} times that of {FEW})" for name in paths)
    return f"p95 of {', '.join(told)}", all(many[name] < most for name, most in MOST_MS.items())


def _restored(stage: Stage) -> tuple[str, bool]:
    world, _ = stage.filled()
    booked(stage.units, world, sets_of(stage.units, world, SETS), 0, MOST)
    app = _app(stage)
    run = app.test_cli_runner().invoke
    target = stage.folder / f"{stage.name}.vctb"
    taken = []
    for words in (("backup", str(target)), ("restore", str(target))):
        stage.units._session_of().close()
        stage.engine.dispose()
        _let_go(app)
        began = time.monotonic()
        done = run(args=list(words))
        taken.append(time.monotonic() - began)
        assert done.exit_code == 0, done.output
    with stage.units.reading() as unit:
        assert (unit.session.scalar(sa.select(sa.func.count()).select_from(HearingRow)) or 0) >= MOST
    _let_go(app)
    return f"{MOST} hearings backed up in {taken[0]:.1f} s, restored in {taken[1]:.1f} s", taken[1] <= 5


def _app(stage: Stage) -> Flask:
    own = {"VCT_INSTANCE": str(stage.folder / f"instance-{stage.name}"), "VCT_DATABASE_URL": stage.url}
    return create_app(Settings.from_env(own | {"VCT_WORKER_IN_PROCESS": "no"}), ports=stage.units.ports)


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def sets_of(units: Units, world: World, count: int) -> list[Needs]:
    """So many sets of rooms and people."""
    with units.writing() as unit:
        return [own_set(unit, world, number) for number in range(count)]


def booked(units: Units, world: World, sets: Sequence[Needs], first: int, last: int) -> None:
    """Hearings of those numbers: each set sits once a day."""
    with units.writing() as unit:
        for number in range(first, last):
            enter(unit, world, f"H-CROWD{number}", sets[number % len(sets)], (15, 60, 15))
        unit.session.flush()
        rows = unit.session.scalars(sa.select(HearingRow).where(HearingRow.reference.startswith("H-CROWD")))
        by_number = {int(row.reference.removeprefix("H-CROWD")): row for row in rows}
        resource_of = {row.id: row.resource_id for row in unit.session.scalars(sa.select(OfficialRow))}
        for number in range(first, last):
            row, needs = by_number[number], sets[number % len(sets)]
            row.starts_wall = FIRST + timedelta(days=number // len(sets))
            row.starts_at, row.tz_version = resolve(row.starts_wall, KOLKATA), TZ_VERSION
            row.state = State.BOOKED
            start = to_min(row.starts_at)
            for resource in (needs.court_room, needs.remote_room, needs.link, resource_of[needs.judge]):
                assert unit.session.get(ResourceRow, resource)
                taken = {"kind": OccupancyKind.BOOKING, "blocking": True, "part": Part.MAIN, "hearing_id": row.id}
                unit.session.add(OccupancyRow(resource_id=resource, start_min=start, end_min=start + 90, **taken))


def _p95(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.monotonic()
        act()
        taken.append(time.monotonic() - began)
    return sorted(taken)[int(ROUNDS * 0.95) - 1] * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
