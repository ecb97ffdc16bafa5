"""Feeds over HTTP as calendar programs ask for them, and the cards on which their addresses are made and stopped."""

import logging
import re

import pytest
from werkzeug.test import TestResponse

from tests.fakes import FrozenClock
from tests.services.fed import event, times
from tests.services.planned import answered, booked
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.adapters.tokens import AnswerTokens
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Duty, Role
from vctestimony.services import journal
from vctestimony.services.unit import Units
from vctestimony.web.feeds import MOST_WRONG, WRONG_WITHIN_MINUTES

ADDRESS = re.compile(r"http://127\.0\.0\.1:8000(/feeds/([A-Za-z0-9_-]{43})\.ics)")
BOTH = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def judge(signed_in: SignedIn) -> Browser:
    return signed_in(Role.PRESIDING_OFFICER, "mumbai")


def made(browser: Browser, page: str, forms: str) -> Page:
    """The page that shows a new address, once."""
    return browser.sent(browser.get(page), {}, to=forms)


def path_on(page: Page) -> str:
    found = ADDRESS.search(page.text)
    assert found is not None
    return found[1]


@pytest.fixture
def feed(judge: Browser, world: World, reference: str) -> str:
    return path_on(made(judge, "/account", f"/officials/{world.mumbai.judge_id}/feeds/hearings"))


def same(one: TestResponse, other: TestResponse) -> bool:
    return (one.status_code, one.data) == (other.status_code, other.data)


@BOTH
@pytest.mark.abuse(74)
@pytest.mark.threat("T17")
def test_a_program_gets_the_calendar_once_and_then_that_nothing_changed(browser: Browser, feed: str) -> None:
    answer = browser.ask(feed)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert {"Set-Cookie", "Content-Encoding", "Content-Disposition", "Vary"} & set(answer.headers.keys()) == set()
    assert event(answer.data)["STATUS"] == "CONFIRMED"
    etag, modified = answer.headers["ETag"], answer.headers["Last-Modified"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', etag)
    for condition in ({"If-None-Match": etag}, {"If-None-Match": f"W/{etag}"}, {"If-Modified-Since": modified}):
        again = browser.ask(feed, headers=condition)
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert browser.ask(feed, headers={"If-None-Match": '"other"'}).data == answer.data
    head = browser.ask(feed, "HEAD")
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", str(len(answer.data)))
    for agent in ("Microsoft Office/16.0 (Outlook)", "Google-Calendar-Importer", "iOS/19 dataaccessd/1.0"):
        asked = {"User-Agent": agent, "Accept": "text/calendar", "Accept-Encoding": "gzip, br"}
        assert browser.ask(feed, headers=asked).data == answer.data


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND", "REPORT", "MKCALENDAR"])
@pytest.mark.abuse(73)
@pytest.mark.threat("T17")
def test_nothing_can_be_written_at_a_feed(browser: Browser, feed: str, method: str) -> None:
    assert browser.ask(feed, method, headers={"Depth": "1"}).status_code == 405


@pytest.mark.threat("T17")
def test_a_wrong_and_a_stopped_address_read_the_same(judge: Browser, browser: Browser, world: World, feed: str) -> None:
    forms = f"/officials/{world.mumbai.judge_id}/feeds/hearings"
    wrong = browser.ask(f"/feeds/{'x' * 43}.ics")
    assert wrong.status_code == 404
    assert b"BEGIN:VCALENDAR" not in wrong.data
    judge.send(judge.get("/account"), {}, to=f"{forms}/stop")
    assert same(browser.ask(feed), wrong)
    for odd in ("a", "ক", "x" * 3000, "%2e%2e"):
        assert same(browser.ask(f"/feeds/{odd}.ics"), wrong)


@BOTH
@pytest.mark.abuse(70)
@pytest.mark.threat("T17")
@pytest.mark.asvs("2.4.1")
def test_who_guesses_is_told_to_wait_and_genuine_addresses_still_open(
    browser: Browser, feed: str, clock: FrozenClock
) -> None:
    for number in range(MOST_WRONG):
        assert browser.ask(f"/feeds/guess-{number}.ics").status_code == 404
    refused = browser.ask("/feeds/one-more.ics")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, str(WRONG_WITHIN_MINUTES * 60))
    assert browser.ask(feed).status_code == 200
    clock.advance(minutes=WRONG_WITHIN_MINUTES)
    assert browser.ask("/feeds/one-more.ics").status_code == 404


@pytest.mark.threat("T17", "T20")
@pytest.mark.asvs("14.2.1")
def test_the_address_is_in_no_log_line_no_journal_and_no_later_page(
    judge: Browser, browser: Browser, world: World, units: Units, feed: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = feed.removeprefix("/feeds/").removesuffix(".ics")
    with caplog.at_level(logging.DEBUG):
        browser.ask(feed)
        browser.ask(feed, "POST")
        browser.ask(f"/feeds/{token[:-1]}.ics")
    assert token[:-1] not in caplog.text
    with units.reading() as unit:
        entries = list(journal.history(unit, f"official:{world.mumbai.judge_id}"))
    assert [entry.action for entry in entries] == ["feed.made"]
    assert token not in repr(entries)
    assert token not in judge.get("/account").response.text


def test_the_card_says_when_the_address_was_made_and_last_read(
    judge: Browser, browser: Browser, feed: str, clock: FrozenClock
) -> None:
    assert "Last read by a calendar program never yet" in judge.get("/account").text
    clock.advance(minutes=25)
    browser.ask(feed)
    text = judge.get("/account").text
    assert "Address made Tue 1 Sep 2026, 10:30 · Mumbai" in text
    assert "Last read by a calendar program Tue 1 Sep 2026, 10:55 · Mumbai (UTC+05:30)" in text


def test_the_page_of_the_address_shows_both_forms_and_where_they_go_once(
    judge: Browser, world: World, reference: str
) -> None:
    forms = f"/officials/{world.mumbai.judge_id}/feeds/hearings"
    form = judge.get("/account")
    page = judge.sent(form, {}, to=forms)
    token = path_on(page)
    assert f"webcal://127.0.0.1:8000{token}" in page.links()
    for program in ("Outlook", "Google", "Apple", "Thunderbird"):
        assert program in page.text
    again = judge.send(form, {}, to=forms)
    assert again.headers["Location"].endswith("/account#feeds")
    assert judge.ask(token).status_code == 200
    renewed = path_on(made(judge, "/account", forms))
    assert [judge.ask(one).status_code for one in (token, renewed)] == [404, 200]


def test_held_times_can_be_left_out(judge: Browser, world: World, feed: str) -> None:
    held = f"/officials/{world.mumbai.judge_id}/feeds/held"
    assert judge.get("/account").fields(held)["held"] == ["yes"]
    page = judge.get("/account")
    fields = {name: values for name, values in page.fields(held).items() if name != "held"}
    answer = judge.ask(held, "POST", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    assert "held" not in judge.get("/account").fields(held)


def test_who_keeps_a_post_finds_the_feeds_of_its_rooms_and_of_whom_cannot_sign_in(
    signed_in: SignedIn, browser: Browser, world: World, reference: str
) -> None:
    keeper = signed_in(Role.COORDINATOR, "mumbai")
    room = f"/rooms/{world.mumbai.room_id}"
    content = browser.ask(path_on(made(keeper, room, f"{room}/feeds/hearings"))).data
    assert b"Courtroom 1" in content
    busy = browser.ask(path_on(made(keeper, room, f"{room}/feeds/busy"))).data
    assert b"Courtroom" not in busy
    prosecutor = f"/officials/{world.mumbai.prosecutor_id}"
    assert browser.ask(path_on(made(keeper, prosecutor, f"{prosecutor}/feeds/hearings"))).status_code == 200
    judge = f"/officials/{world.mumbai.judge_id}"
    page = keeper.get(judge)
    assert "New addresses are made by the person" in page.text
    assert not [form for form in page.soup.select("form") if "/feeds/" in str(form["action"])]
    assert keeper.ask(f"{judge}/feeds/other", "POST", data={}).status_code in {400, 404, 422}


def test_other_roles_make_and_stop_nothing(signed_in: SignedIn, world: World, reference: str) -> None:
    pune = signed_in(Role.COORDINATOR, "pune")
    keeper = signed_in(Role.COORDINATOR, "mumbai")
    forms = f"/rooms/{world.mumbai.room_id}/feeds/hearings"
    fields = keeper.get(f"/rooms/{world.mumbai.room_id}").fields(forms)
    token = pune.get("/account").fields("/sign-out")["csrf_token"]
    for path in (forms, f"{forms}/stop", f"/officials/{world.mumbai.judge_id}/feeds/busy"):
        answer = pune.ask(path, "POST", data={**fields, "csrf_token": token}, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 403


def test_everybody_named_gets_their_own_version_and_the_court_the_whole(
    signed_in: SignedIn, judge: Browser, reference: str
) -> None:
    path = f"/hearings/{reference}/event.ics"
    assert path in judge.get(f"/hearings/{reference}").links()
    answer = judge.ask(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="hearing-{reference}.ics"'
    own, whole = event(answer.data), event(signed_in(Role.LEGAL_STAFF, "mumbai").ask(path).data)
    assert own["UID"] == whole["UID"]
    assert "Your part: Presiding officer" in str(own["DESCRIPTION"])
    assert "Your part" not in str(whole["DESCRIPTION"])
    assert [f"{times(one)[0]:%H:%M}" for one in (own, whole)] == ["05:30", "05:30"]
    assert not {"ORGANIZER", "ATTENDEE"} & {*own, *whole}
    assert b"METHOD" not in answer.data
    for role, at in ((Role.COORDINATOR, "pune"), (Role.ADMINISTRATOR, "")):
        assert signed_in(role, at).ask(path).status_code in {403, 404}


def test_a_hearing_without_a_time_has_no_file(signed_in: SignedIn, units: Units, world: World) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    keeper = signed_in(Role.COORDINATOR, "mumbai")
    path = f"/hearings/{world.mumbai.hearing}"
    assert f"{path}/event.ics" not in keeper.get(path).links()
    assert "no fixed time yet" in keeper.get(f"{path}/event.ics", status=404).text


def test_the_holder_of_an_answer_link_gets_the_event_and_answers_nothing_by_it(
    browser: Browser, units: Units, reference: str, clock: FrozenClock
) -> None:
    tokens = AnswerTokens(("the key that signs answer links in tests",))
    link = f"/answer/{tokens.issue(f'{reference}-{Duty.INTERPRETER}', sequence=0, now=clock.at)}"
    assert f"{link}/event.ics" in browser.get(link).links()
    answer = browser.ask(f"{link}/event.ics")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="hearing-{reference}.ics"'
    assert "আপনার" in str(event(answer.data)["DESCRIPTION"])
    assert "Your answer so far" not in browser.get(link).text
    assert browser.ask(f"{link}x/event.ics").status_code == 404
    clock.advance(days=30)
    assert browser.ask(f"{link}/event.ics").status_code == 410
