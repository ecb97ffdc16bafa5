"""Two people at two browsers write one running log: over a lost network, a killed server and an ended session."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Playwright, Route, expect

from tests.browser.conftest import NOW, launched
from tests.browser.desk import Desk
from tests.browser.running_log import (
    COURT,
    MISSION,
    NEVER,
    SOON,
    Stored,
    english,
    fill,
    in_session,
    press,
    ready,
    shown,
    stored,
)
from tests.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MINUTE = timedelta(minutes=1)
AHEAD = 7 * MINUTE
REPEATED = {"cause": "Power cut", "undisturbed": "yes", "repeated": "yes"}


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A fresh one: what a browser keeps of other tests must not come between a sheet and its worker."""
    yield from launched(playwright)


@pytest.fixture
def court(chromium: Browser, own_server: Server) -> Iterator[Desk]:
    yield from _seated(chromium, own_server, COURT, width=1200)


@pytest.fixture
def mission(chromium: Browser, own_server: Server) -> Iterator[Desk]:
    yield from _seated(chromium, own_server, MISSION, width=360)


def _seated(chromium: Browser, server: Server, email: str, *, width: int) -> Iterator[Desk]:
    one = Desk(chromium, server.url, width=width)
    english(one)
    one.sign_in(email)
    yield one
    one.close()


def set_clock(desk: Desk, minutes: float, *, ahead: timedelta = timedelta()) -> None:
    """What the device shows: so long after the hour at which the server began."""
    desk.context.clock.set_fixed_time((NOW + timedelta(minutes=minutes) + ahead).replace(tzinfo=None).isoformat() + "Z")


def cut_off(mission: Desk, server: Server, sheet: str) -> None:
    """Lose the network, write one entry, and find it again when the page is opened anew.

    The server stops too: a page that opens anew can slip a request out before the browser has cut it off.
    """
    mission.context.set_offline(True)
    expect(mission.page.locator("#live-state")).to_contain_text("Not connected since", timeout=SOON)
    server.stop()
    set_clock(mission, 5, ahead=AHEAD)
    press(mission, "link_lost")
    answer = mission.page.reload()
    assert answer is not None
    assert answer.from_service_worker
    expect(mission.page.locator("#live-count")).to_have_text("Waiting on this device: 1")
    assert "PW-" in mission.text()


def began_again(server: Server, minutes: int, desk: Desk) -> None:
    """The server stops and begins again so much later, and the desk has its clock."""
    server.start(NOW + minutes * MINUTE)
    set_clock(desk, minutes)
    expect(desk.page.locator("#live-state")).to_have_text("Connected.", timeout=SOON)


def all_sent(desk: Desk) -> None:
    """Nothing waits on the device any more."""
    expect(desk.page.locator("#live-count")).to_have_text("", timeout=SOON)


def test_what_was_written_offline_by_a_wrong_clock_stands_in_its_place_once_and_both_logs_are_equal(
    court: Desk, mission: Desk, own_server: Server
) -> None:
    sheet = in_session(mission)
    before = len(stored(own_server, sheet))
    for desk, ahead in ((mission, AHEAD), (court, timedelta())):
        set_clock(desk, 1, ahead=ahead)
        ready(desk, sheet)
    with mission.expecting(NEVER), court.expecting(NEVER):
        cut_off(mission, own_server, sheet)
        began_again(own_server, 10, court)
        press(court, "seen_and_heard")
        all_sent(court)
        set_clock(mission, 15, ahead=AHEAD)
        fill(mission, "link_restored", **REPEATED)
        began_again(own_server, 20, court)
        fill(court, "demeanour", remark="Calm.")
        all_sent(court)
        set_clock(mission, 23, ahead=AHEAD)
        fill(mission, "note", text="The lamp was replaced.")
        expect(mission.page.locator("#live-waiting li")).to_have_count(3)
        began_again(own_server, 25, court)
        set_clock(mission, 25, ahead=AHEAD)
        mission.context.set_offline(False)
        for desk in (mission, court):
            expect(desk.page.locator("#log")).to_contain_text("The lamp was replaced.", timeout=2 * SOON)
    check_merged(stored(own_server, sheet)[before:])
    there, here = ([re.sub(r"\s*Correct \d+$", "", row) for row in shown(desk)] for desk in (mission, court))
    # The phone shows fewer entries at first, and what it does not show has no spaces between its cells.
    assert [re.sub(r"\s", "", row) for row in there] == [re.sub(r"\s", "", row) for row in here]
    assert "put right by −" in here[0]


def check_merged(entries: list[Stored]) -> None:
    """Five in their order, each once; those of the wrong clock put right by what it was off."""
    assert [row[0] for row in entries] == ["link_lost", "seen_and_heard", "link_restored", "demeanour", "note"]
    assert len({row[1] for row in entries}) == 5
    for (_, _, at, said, skew), minutes in zip(entries[::2], (5, 15, 23), strict=True):
        assert said == (NOW + minutes * MINUTE + AHEAD).replace(tzinfo=None)
        assert skew in range(-425, -180)
        assert abs(at - said - timedelta(seconds=skew)) < timedelta(seconds=1)


def test_a_server_killed_between_sending_and_answering_writes_once(court: Desk, own_server: Server) -> None:
    sheet = in_session(court)
    set_clock(court, 1)
    ready(court, sheet)
    before = len(stored(own_server, sheet))

    def killed(route: Route) -> None:
        route.fetch()
        own_server.stop()
        route.abort()

    court.page.route("**/day/entries", killed, times=1)
    with court.expecting(NEVER):
        press(court, "seen_and_heard")
        expect(court.page.locator("#live-state")).to_contain_text("Not connected since", timeout=SOON)
        expect(court.page.locator("#live-count")).to_have_text("Waiting on this device: 1")
        assert len(stored(own_server, sheet)) == before + 1
        own_server.start(NOW + MINUTE)
        expect(court.page.locator("#live-count")).to_have_text("", timeout=60_000)
    assert len(stored(own_server, sheet)) == before + 1


def test_what_others_write_is_announced_and_takes_neither_the_focus_nor_what_is_typed(
    court: Desk, mission: Desk, own_server: Server
) -> None:
    sheet = in_session(mission)
    for desk in (court, mission):
        set_clock(desk, 1)
        ready(desk, sheet)
    court.page.locator("a[data-key][href$='/log/objection']").click()
    typed = court.page.locator("dialog[open] [name='ground']")
    typed.fill("Leading quest")
    press(mission, "link_lost")
    expect(court.page.locator("#live-news")).to_contain_text("Link lost", timeout=SOON)
    expect(court.page.locator("#log tbody tr").first).to_contain_text("Link lost")
    expect(court.page.locator("#now")).to_contain_text("Link lost")
    expect(typed).to_be_focused()
    expect(typed).to_have_value("Leading quest")
    court.page.keyboard.press("Escape")
    court.page.locator("a[data-key][href$='/log/objection']").click()
    expect(court.page.locator("dialog[open] [name='ground']")).to_have_value("Leading quest")
    court.page.keyboard.press("Escape")
    fill(mission, "break_ended")
    expect(mission.page.locator("#live-refused")).to_contain_text("does not say that a break began", timeout=SOON)
    expect(court.page.locator("#live-remarks")).to_contain_text("Break ended", timeout=SOON)
    mission.picture()
    court.picture()


def test_an_ended_session_is_said_and_keeps_what_waits_for_the_same_account(court: Desk, own_server: Server) -> None:
    sheet = in_session(court)
    set_clock(court, 1)
    ready(court, sheet)
    before = len(stored(own_server, sheet))
    court.context.clear_cookies()
    english(court)
    with court.expecting(400):
        press(court, "seen_and_heard")
        expect(court.page.locator("#live-state")).to_contain_text("You are signed out", timeout=SOON)
    expect(court.page.locator("#live-count")).to_have_text("Waiting on this device: 1")
    expect(court.page.locator("#live-sign-in")).to_be_visible()
    court.sign_in(COURT)
    court.go(sheet)
    expect(court.page.locator("#live-count")).to_have_text("", timeout=SOON)
    assert len(stored(own_server, sheet)) == before + 1
    court.press("Sign out")
    assert court.page.evaluate("Object.keys(localStorage)") == []
    assert court.page.evaluate("caches.keys()") == []
