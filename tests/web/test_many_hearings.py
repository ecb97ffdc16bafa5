"""R24 in short: pages and feeds ask the database as often for two hundred hearings as for twenty. No clock is read."""

from collections.abc import Iterator
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
    clerk, judge = signed_in(Role.COORDINATOR, "mumbai"), signed_in(Role.PRESIDING_OFFICER)
    mission = signed_in(Role.MISSION_OFFICIAL)
    found = f"/hearings/{world.mumbai.hearing}/find?from=2026-09-02&to=2026-09-15"
    lists = ("/hearings", "/hearings?q=mumbai+pw", "/hearings?waits=ready")
    paths = ("/", *lists, found, "/journal", "/posts/mumbai-court", f"/feeds/{token}.ics")
    looks = (*((clerk, path) for path in paths), (judge, "/"), (mission, "/"))

    def counts() -> dict[tuple[int, str], int]:
        told = {}
        for number, (browser, path) in enumerate(looks):
            with asked(app) as statements:
                answer = browser.ask(path)
            assert answer.status_code == 200, (path, answer.text)
            told[number, path] = len(statements)
        return told

    def afterwards(first: int, last: int) -> dict[tuple[int, str], int]:
        booked(units, world, sets, first, last)
        counts()  # whoever reads a feed first notes that it changed
        return counts()

    few, many = afterwards(0, FEW), afterwards(FEW, MANY)
    assert {look: many[look] - few[look] for look in few if many[look] > few[look]} == {}
