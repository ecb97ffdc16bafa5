"""Thirty-two people with browsers who press "Book" at the same instant: the real service, over HTTP, on SQLite."""

import http.client
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from tests.browser.serving import Server
from tests.builders import add_hearing
from tests.fakes import NOW
from tests.services.crowd import overlapping_pairs
from tests.services.planned import answered
from tests.web.browsing import seated
from tests.world import World
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Role
from vctestimony.services import journal
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OutboxRow, PostRow

CLIENTS, SIGNED_IN = 32, 4
WEDNESDAY_11 = datetime(2026, 9, 16, 11, 0)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def server(tmp_path: Path, database_url: str, units: Units, world: World) -> Iterator[Server]:
    """The service, with so many hearings that want one room and one judge."""
    if shutil.which("faketime") is None:
        pytest.skip("no faketime: apt-get install faketime")
    with units.writing() as unit:
        answered(unit.session, world)
        for number in range(CLIENTS):
            row = add_hearing(unit.session, world.mumbai, world.dhaka, world.link_id, reference=f"H-RUSH{number}")
            row.pre_minutes, row.main_minutes, row.post_minutes = 15, 60, 15
        unit.session.get_one(PostRow, world.mumbai.post_id).calendar_id = "in-mumbai-sessions"
        unit.session.get_one(PostRow, world.dhaka.post_id).calendar_id = "mission-dhaka"
    running = Server(tmp_path / "instance", settings={"VCT_DATABASE_URL": database_url})
    running.start(NOW)
    yield running
    running.stop()


@dataclass(slots=True)
class Client:
    """A browser that knows cookies and forms."""

    port: int
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers = {"Cookie": cookies, "Origin": f"http://127.0.0.1:{self.port}"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body=urlencode(form) if form is not None else None, headers=headers)
        answer = connection.getresponse()
        for value in answer.msg.get_all("Set-Cookie") or ():
            self.cookies.load(value)
        page = answer.read().decode()
        connection.close()
        return answer.status, page


def hidden_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent there."""
    form = BeautifulSoup(page, "html.parser").find("form", action=action)
    assert form is not None, page
    return {str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden]")}


@pytest.mark.bad_day("R15")
def test_thirty_two_browsers_book_one_time_once_and_no_page_is_an_error(
    server: Server, units: Units, world: World
) -> None:
    together = Barrier(CLIENTS)
    desks = [Client(server.port) for _ in range(SIGNED_IN)]
    for desk in desks:
        desk.cookies["vct"] = seated(units, world.account_id(Role.COORDINATOR, "mumbai"))

    def books(number: int) -> tuple[int, str, float]:
        client, path = desks[number % SIGNED_IN], f"/hearings/H-RUSH{number}/book"
        status, page = client.ask("GET", f"{path}?start={WEDNESDAY_11:%Y-%m-%dT%H:%M}")
        assert status == 200, page
        form = hidden_of(page, path) | {"what": "book"}
        together.wait(100)
        started = time.monotonic()
        status, page = client.ask("POST", path, form)
        return status, page, time.monotonic() - started

    with ThreadPoolExecutor(CLIENTS) as people:
        answers = list(people.map(books, range(CLIENTS)))
    times = sorted(seconds * 1000 for _, _, seconds in answers)
    statuses = Counter(status for status, _, _ in answers)
    sys.stdout.write(
        f"\n{CLIENTS} browsers: {dict(statuses)}; p50 {times[CLIENTS // 2]:.0f} ms, slowest {times[-1]:.0f} ms\n"
    )
    assert statuses == {303: 1, 409: CLIENTS - 1}
    told = [
        page.partition("This time is no longer free. Nearest free times: ")[2] for s, page, _ in answers if s == 409
    ]
    assert all(" Sep 2026, " in times[:40] for times in told), told[0][:80]
    with units.reading() as unit:
        booked = unit.session.scalars(sa.select(HearingRow).where(HearingRow.starts_at.is_not(None))).all()
        assert [row.state for row in booked] == [State.BOOKED]
        assert unit.session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == 7
        assert overlapping_pairs(unit) == 0
        assert journal.verify(unit)[1] is None
