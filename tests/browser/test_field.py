"""A checklist on a phone that loses the network: it opens, keeps ticks, and sends each with its own time later."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser import telling
from tests.browser.conftest import SitDown, launched
from tests.browser.desk import Desk
from tests.browser.serving import Server
from vctestimony.web import field_checklists

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
HANDED_OUT = "main table tr:has-text('Remote Point Coordinator')"
NOON, LATER = datetime(2026, 9, 1, 12, 0), timedelta(seconds=20)
"""By the phone's clock, hours ahead of the server's, and in the time of Greenwich."""
NEVER = 599
"""A status that no page has: the phone may complain of a network that is gone."""


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A fresh one: what a browser keeps of other tests must not come between a page and its worker."""
    yield from launched(playwright)


@pytest.fixture
def clerk(desk: SitDown) -> Desk:
    one: Desk = desk()
    one.sign_in(telling.COORDINATOR)
    return one


def handed_out(clerk: Desk) -> tuple[str, str]:
    """A hearing to come that has open steps of the Remote Point Coordinator, and the link to them."""
    clerk.go("/hearings")
    found = [one.get_attribute("href") or "" for one in clerk.page.locator("main a[href^='/hearings/H-']").all()]
    for hearing in sorted({path for path in found if path.count("/") == 2}):
        clerk.go(f"{hearing}/checklist?duty=RPC")
        if clerk.page.locator(".tasks button:has-text('Tick')").count() < 4:
            continue
        clerk.go(f"{hearing}/phones")
        if clerk.page.locator(f"{HANDED_OUT} a").count():
            clerk.page.locator(f"{HANDED_OUT} a").click()
            clerk.press("Make a link")
            return hearing, clerk.page.locator(".hash").text_content() or ""
    raise AssertionError("no hearing with steps at the far end")


def stored(server: Server) -> list[tuple[str, str, datetime | None, datetime, datetime | None]]:
    """What came: step, outcome, what the phone said, that put right, and when the step says that it was done."""
    with closing(sqlite3.connect(server.folder / "vctestimony.sqlite")) as database:
        rows = database.execute(
            "SELECT t.step_id, t.outcome, t.said_at, t.done_at, s.done_at FROM field_tick t"
            " JOIN checklist c ON c.hearing_id = t.hearing_id"
            " JOIN checklist_step s ON s.checklist_id = c.id AND s.step_id = t.step_id ORDER BY t.id"
        ).fetchall()
    return [(row[0], row[1], *(datetime.fromisoformat(one) for one in row[2:])) for row in rows]


def tick_three(phone: Desk) -> list[str]:
    """Tick the first three open steps, twenty seconds apart by the clock of the phone; their ids."""
    buttons = phone.page.locator(".steps > li:not(:has-text('Waits for')) button[name=step]")
    steps = [str(buttons.nth(place).get_attribute("value")).partition(".")[0] for place in range(3)]
    for place, step in enumerate(steps):
        phone.context.clock.set_fixed_time(f"{NOON + place * LATER}Z")
        phone.page.get_by_role("button", name=f"Tick {step}", exact=True).click()
        phone.page.locator(f"#step-{step} .kept").wait_for()
    return steps


WORKER = (Path(field_checklists.__file__).parent / "static" / "field-worker.js").read_text()
FETCHED = """async ([worker, fault, status]) => {
  const full = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  const cache = { put: full, delete: full, match: async () => undefined };
  const caches = { open: fault === "refused" ? full : async () => cache };
  const self = { addEventListener() {}, location: location };
  const answer = { ok: status === 200, status: status, clone: () => answer };
  const made = new Function("self", "caches", "fetch", worker + "; return newest;");
  const found = await made(self, caches, async () => answer)({});
  return found.status;
}"""


@pytest.mark.parametrize("fault", ["full", "refused"])
@pytest.mark.parametrize("status", [200, 410])
def test_an_answer_is_shown_also_where_nothing_can_be_kept(chromium: Browser, fault: str, status: int) -> None:
    with closing(chromium.new_page()) as page:
        assert page.evaluate(FETCHED, [WORKER, fault, status]) == status


def test_ticks_made_with_no_network_arrive_later_each_with_its_own_time(
    clerk: Desk, desk: SitDown, server: Server
) -> None:
    hearing, address = handed_out(clerk)
    phone = desk(width=360)
    phone.context.clock.set_fixed_time(f"{NOON}Z")
    phone.go(f"{address}?lang=en")  # the official of whichever hearing was found may read another
    phone.page.get_by_text("This list opens without a network now.").wait_for()
    phone.context.set_offline(True)
    with phone.expecting(NEVER):
        answer = phone.page.reload()
        assert answer is not None
        assert answer.from_service_worker
        phone.page.get_by_text("No network. This is the list as it was kept").wait_for()
        steps = tick_three(phone)
        phone.page.reload()
        phone.page.get_by_text("Kept on this phone and not sent yet: 3").wait_for()
        phone.page.get_by_role("button", name="Send now").click()
        phone.page.get_by_text("Not sent: the court could not be reached.").wait_for()
        assert stored(server) == []
        clerk.go(f"{hearing}/checklist/{steps[2]}")
        clerk.press("Tick")
        with phone.page.expect_navigation(wait_until="load"):  # it sends by itself
            phone.context.set_offline(False)
    phone.page.get_by_text("already settled by").wait_for()
    assert "not sent yet" not in phone.text()
    phone.picture()
    came = stored(server)
    assert [row[:2] for row in came] == [(steps[0], "taken"), (steps[1], "taken"), (steps[2], "settled")]
    assert [row[2] for row in came] == [NOON, NOON + LATER, NOON + 2 * LATER]
    assert came[1][3] - came[0][3] == LATER
    assert [row[4] for row in came[:2]] == [row[3] for row in came[:2]]
    clerk.go(f"{hearing}/checklist/{steps[2]}")
    assert "Not taken" in clerk.text()
    assert "minutes ahead" in clerk.text()
