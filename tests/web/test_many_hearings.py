"""R24 in short: pages and feeds ask the database as often for two hundred hearings as for twenty. No clock is read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.services.fed import made
from tests.services.planned import answered
from tests.torture.many_hearings import booked, sets_of
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.people import Role
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.unit import Units
from vctestimony.store.db import db

FEW, MANY, SETS = 20, 200, 10


@contextmanager
def asked(app: Flask) -> Iterator[list[str]]:
    """Every statement that the application sends meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.bad_day("R24")
@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_two_hundred_hearings_are_asked_for_as_often_as_twenty(
    app: Flask, units: Units, world: World, signed_in: SignedIn
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    sets = sets_of(units, world, SETS)
    token = made(units, Holder(room_id=sets[0].court_room), SYSTEM)
    browser = signed_in(Role.COORDINATOR, "mumbai")
    found = f"/hearings/{world.mumbai.hearing}/find?from=2026-09-02&to=2026-09-15"
    paths = ("/", "/hearings", found, "/journal", "/posts/mumbai-court", f"/feeds/{token}.ics")

    def counts(act: Callable[[str], object]) -> dict[str, int]:
        told = {}
        for path in paths:
            with asked(app) as statements:
                act(path)
            told[path] = len(statements)
        return told

    def opened(path: str) -> None:
        answer = browser.ask(path)
        assert answer.status_code == 200, (path, answer.text)

    def afterwards(first: int, last: int) -> dict[str, int]:
        booked(units, world, sets, first, last)
        counts(opened)  # whoever reads a feed first notes that it changed
        return counts(opened)

    few, many = afterwards(0, FEW), afterwards(FEW, MANY)
    assert {path: many[path] - few[path] for path in paths if many[path] > few[path]} == {}
