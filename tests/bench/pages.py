"""Measures finding a time as the service does it: how many statements it takes, and what the page adds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.bench.measuring import Row, Size, side_by_side
from tests.engines import migrated
from tests.fakes import FrozenClock, MemorySender, fake_ports
from tests.services.planned import answered
from tests.web.browsing import Browser
from tests.world import World, build
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.domain.access import Actor
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Role
from vctestimony.services import finding, relaxing
from vctestimony.services.accounts import actor_of
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.store.models import AccountRow, OccupancyKind, OccupancyRow, OfficialRow, ParticipantRow

FIRST_AT = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)
FIRST_ON, TWO_WEEKS, TWO_MONTHS = date(2026, 9, 2), date(2026, 9, 15), date(2026, 10, 31)


def rows(folder: Path, size: Size) -> list[Row]:
    """Statements of one search by days and people, and the page against the search that it shows."""
    url = f"sqlite:///{folder / 'pages'}.sqlite"
    migrated(url)
    settings = Settings.from_env(
        {"VCT_INSTANCE": str(folder / "instance"), "VCT_DATABASE_URL": url, "VCT_WORKER_IN_PROCESS": "no"}
    )
    app = create_app(settings, ports=fake_ports(clock=FrozenClock(), sender=MemorySender()))
    units: Units = app.extensions["vctestimony"].units
    with app.app_context():
        world, by = _entered(units)
        browser = _signed_in(Browser(app), by)
        path = f"/hearings/{world.mumbai.hearing}/find?from={FIRST_ON}&to={TWO_WEEKS}"
        shown, found = side_by_side(
            lambda: browser.ask(path), lambda: _found(units, world, by, to_on=TWO_WEEKS), rounds=size.rounds * 3
        )
        page = Row(
            "R8 page of finding a time ÷ finding it",
            "sqlite",
            shown / found,
            4,
            note=f"{shown:.1f} against {found:.1f}",
        )
        helping = _helping(units, world, by, size)
        return [*_statements(units, world, by), page, helping]


def _statements(units: Units, world: World, by: Actor) -> list[Row]:
    found = {}
    with _counted(db.engine) as statements:
        for name, to_on in (("14 days, 7 people", TWO_WEEKS), ("60 days, 7 people", TWO_MONTHS)):
            statements.clear()
            _found(units, world, by, to_on=to_on)
            found[name] = len(statements)
        with units.writing() as unit:
            unit.session.execute(sa.delete(ParticipantRow))
        statements.clear()
        _found(units, world, by, to_on=TWO_WEEKS)
        found["14 days, nobody"] = len(statements)
    return [Row(f"R8 statements of one search, {name}", "sqlite", count, 3) for name, count in found.items()]


def _found(units: Units, world: World, by: Actor, *, to_on: date) -> None:
    with units.reading() as unit:
        finding.find(unit, world.mumbai.hearing, from_on=FIRST_ON, to_on=to_on, step_minutes=30, by=by)


def _helping(units: Units, world: World, by: Actor, size: Size) -> Row:
    """What would help, where judge and interpreter are taken for half of each day: all ideas against one search."""
    with units.writing() as unit:
        for official_id in (world.mumbai.judge_id, world.dhaka.interpreter_id):
            number = unit.session.get_one(OfficialRow, official_id).resource_id
            for day in range(15):
                start = to_min(FIRST_AT) + 1440 * day
                taken = {"kind": OccupancyKind.OTHER, "blocking": True, "start_min": start, "end_min": start + 180}
                unit.session.add(OccupancyRow(resource_id=number, **taken))
    with units.reading() as unit:
        question = finding.ask(unit, world.mumbai.hearing, from_on=FIRST_ON, to_on=TWO_WEEKS, step_minutes=30, by=by)
        helping, found = side_by_side(
            lambda: relaxing.what_would_help(unit, question), lambda: finding.page_of(question), rounds=size.rounds * 3
        )
    note = f"{helping:.1f} against {found:.1f}"
    return Row("what would help ÷ a page's search with its reasons", "sqlite", helping / found, note=note)


def _entered(units: Units) -> tuple[World, Actor]:
    with units.writing() as unit:
        world = build(unit.session)
        answered(unit.session, world)
        return world, actor_of(unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, "mumbai")))


def _signed_in(browser: Browser, by: Actor) -> Browser:
    assert by.account_id is not None
    browser.seat(by.account_id)
    return browser


@contextmanager
def _counted(engine: Engine) -> Iterator[list[str]]:
    """Every statement that reads, as it goes to the driver."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
