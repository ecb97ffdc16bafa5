"""The whole way of a calendar: from a real server, through the process that reads it, into the database."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.adapters.calendar_servers import HOST, Server, answering, fetcher, hanging, running, sending_to
from tests.adapters.foreign_calendars import one
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.calendars import Desk, span
from tests.world import World
from vctestimony.adapters.busy_reading import CalendarReader
from vctestimony.domain.busy import Health, HostNotPublic, RepeatsTooOften, TooSlow, WebPageInstead
from vctestimony.domain.people import Role
from vctestimony.services.busy_refreshing import EVERY, refresh_due
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import METADATA

ADDRESS = f"http://{HOST}/s3cret.ics"
CALENDAR = one("DTSTART:20260914T060000Z", "DURATION:PT1H", "LOCATION:Chamber of the judge")


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server(pages={"/s3cret.ics": answering(CALENDAR, ETag='"1"')})) as made:
        yield made


@pytest.fixture
def ports(ports: Ports, server: Server) -> Ports:
    return replace(ports, fetcher=fetcher(server), reader=CalendarReader())


@pytest.fixture
def desk(units: Units, world: World, actor: FindActor) -> Desk:
    return Desk(units, world.mumbai.judge_id, actor(Role.COORDINATOR, "mumbai"))


def test_only_minutes_arrive_and_no_word_of_the_calendar_or_its_address(
    desk: Desk, units: Units, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        desk.subscribe(ADDRESS)
        refresh_due(units)
    assert [row[:2] for row in desk.stored()] == [span(6)]
    with units.reading() as unit:
        rows = [str(row) for table in METADATA.sorted_tables for row in unit.session.execute(sa.select(table))]
    for word in ("Confidential", "Chamber", "s3cret"):
        assert word not in "".join(rows)
        assert word not in caplog.text


def test_an_unchanged_calendar_is_not_sent_twice(desk: Desk, units: Units, server: Server, clock: FrozenClock) -> None:
    desk.subscribe(ADDRESS)
    refresh_due(units)
    server.pages["/s3cret.ics"] = answering(b"", status=304)
    clock.at += EVERY * 1.3
    refresh_due(units)
    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, '"1"']
    assert (desk.line().health, desk.row().read_at) == (Health.FRESH, clock.at)


@pytest.mark.parametrize(
    ("page", "refusal"),
    [
        (sending_to("http://127.0.0.2/"), HostNotPublic),
        (hanging, TooSlow),
        (answering(b"<!doctype html><html>", Content_Type="text/plain"), WebPageInstead),
        (
            answering(one("DTSTART:20260914T060000Z", "DURATION:PT1H", "RRULE:FREQ=MINUTELY;UNTIL=30260101T000000Z")),
            RepeatsTooOften,
        ),
    ],
)
def test_whatever_a_server_does_what_was_known_stays_and_the_trouble_is_said(
    desk: Desk, units: Units, server: Server, clock: FrozenClock, page: object, refusal: type
) -> None:
    desk.subscribe(ADDRESS)
    refresh_due(units)
    server.pages["/s3cret.ics"] = page  # type: ignore[assignment]  # a Page, as listed above
    clock.at += EVERY * 1.3
    refresh_due(units)
    assert [row[:2] for row in desk.stored()] == [span(6)]
    assert (desk.line().health, type(desk.line().failure)) == (Health.FAILED, refusal)
