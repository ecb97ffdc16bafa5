"""The wire of the run sheet as programs see it: what is new, what is taken, what is refused, and what is kept."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import NORMAL_DAY, adjourned, confirmed, logged, started
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.live_log import LARGEST_SENDING
from vctestimony.domain.people import Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.services.unit import Units
from vctestimony.store.models import WebSessionRow

Post = Callable[..., TestResponse]


@pytest.fixture
def hearing(world: World, units: Units, clock: FrozenClock, mumbai: Actor) -> str:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    started(units, world.mumbai.hearing, mumbai)
    clock.advance(minutes=9)
    return world.mumbai.hearing


@pytest.fixture
def clerk(signed_in: SignedIn, hearing: str) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


@pytest.fixture
def sheet(hearing: str) -> str:
    return f"/hearings/{hearing}/day"


@pytest.fixture
def post(clerk: Browser, sheet: str) -> Post:
    token = str(clerk.get(sheet).soup.select("#live")[0]["data-token"])

    def sent(*entries: object, at: str = "2026-09-14T05:39:00.000Z", **options: object) -> TestResponse:
        body = options or {"json": {"sent": at, "entries": list(entries)}}
        headers = {"Sec-Fetch-Site": "same-origin", "X-CSRFToken": token}
        return clerk.ask(f"{sheet}/entries", "POST", headers=headers, **body)

    return sent


def one(kind: str = "note", *, number: int = 1, at: str = "2026-09-14T05:38:00.000Z", **answers: str) -> object:
    given = answers or ({"text": "The lamp was replaced."} if kind == "note" else {})
    return {"id": str(UUID(int=number)), "kind": kind, "at": at, "clock": "", "note": "", "answers": given}


def marks(browser: Browser, sheet: str) -> dict[str, str]:
    """By kind, the marks of the forms that a device keeps."""
    found: dict[str, str] = json.loads(str(browser.get(sheet).soup.select("#live")[0]["data-marks"]))
    return found


def test_a_device_fetches_a_form_again_only_when_it_would_show_something_else(
    clerk: Browser, sheet: str, units: Units, hearing: str, mumbai: Actor
) -> None:
    before = marks(clerk, sheet)
    asked = {address.rpartition("/")[2] for address in clerk.get(sheet).links() if "/day/log/" in address}
    assert asked <= set(before)
    assert marks(clerk, sheet) == before
    logged(units, hearing, Kind.LINK_LOST, mumbai)
    after = marks(clerk, sheet)
    changed = {kind for kind, mark in after.items() if mark != before[kind]}
    assert {Kind.LINK_LOST, Kind.LINK_RESTORED, Kind.ADMITTED_CORRECT} <= changed
    assert Kind.NOTE not in changed


def test_a_page_is_not_sent_what_it_holds_already_and_all_of_it_when_something_came_since(
    clerk: Browser, sheet: str, units: Units, hearing: str, mumbai: Actor
) -> None:
    made_at = clerk.get(sheet).soup.select("#live")[0]["data-mark"]
    first = clerk.ask(f"{sheet}/news?since=&have={made_at}").json
    assert first is not None
    assert first["mark"] == made_at
    assert ("live-remarks" in first["parts"], "standing" in first["parts"]) == (True, False)
    logged(units, hearing, Kind.LINK_LOST, mumbai)
    later = clerk.ask(f"{sheet}/news?since=&have={made_at}").json
    assert later is not None
    assert "standing" in later["parts"]


def test_news_are_what_the_page_shows_and_nothing_when_nothing_is_new(
    clerk: Browser, sheet: str, units: Units, hearing: str, mumbai: Actor
) -> None:
    first = clerk.ask(f"{sheet}/news")
    mark = first.json["mark"]  # type: ignore[index]  # it is JSON
    again = clerk.ask(f"{sheet}/news?since={mark}")
    assert (again.status_code, again.data) == (204, b"")
    logged(units, hearing, Kind.LINK_LOST, mumbai)
    news = clerk.ask(f"{sheet}/news?since={mark}").json
    assert news is not None
    assert news["lines"][-1] == {
        "number": 2,
        "text": "Link lost, 11:09 Mumbai / 11:39 Dhaka, Coordinator mumbai.example",
    }
    page = clerk.get(sheet)
    for part in ("standing", "log"):
        assert str(page.soup.select(f"#{part}")[0]) in str(type(page.soup)(news["parts"], "lxml"))


def test_a_button_that_is_not_for_now_says_what_comes_first_and_opens_the_form(
    clerk: Browser, sheet: str, units: Units, hearing: str, mumbai: Actor
) -> None:
    soup = type(clerk.get(sheet).soup)
    logged(units, hearing, Kind.BREAK_BEGAN, mumbai)
    news = clerk.ask(f"{sheet}/news").json
    assert news is not None
    for shown in (clerk.get(sheet).soup, soup(news["parts"], "lxml")):
        off = {str(one["href"]).rpartition("/")[2]: one.select(".first")[0].text for one in shown.select("#keys a.off")}
        assert off["break_began"] == "First: Break ended"
        assert off["link_restored"] == "First: Link lost"
        assert off["admitted_correct"].startswith("First: ")
        assert not {"break_ended", "link_lost", "note"} & off.keys()
        forms = [str(one["form"]) for one in shown.select("button[form]")]
        assert all(shown.select(f"#{form}") for form in forms), forms


@pytest.mark.parametrize(
    ("role", "at"),
    [(Role.COORDINATOR, "mumbai"), (Role.PRESIDING_OFFICER, "mumbai"), (Role.MISSION_OFFICIAL, "")],
)
def test_news_of_a_long_day_are_had_by_everybody_who_conducts_it(
    signed_in: SignedIn, sheet: str, units: Units, clock: FrozenClock, hearing: str, mumbai: Actor, role: Role, at: str
) -> None:
    reader = signed_in(role, at)
    for kind, answers in (*NORMAL_DAY[:13], (Kind.LINK_LOST, {"cause": "Power cut"})):
        logged(units, hearing, kind, mumbai, **answers)
        clock.advance(minutes=1)
    news = reader.ask(f"{sheet}/news").json
    assert news is not None
    page = reader.get(sheet).soup
    parts = type(page)(news["parts"], "lxml")
    for part in ("now", "standing", "log"):
        assert str(page.select(f"#{part}")[0]) == str(parts.select(f"#{part}")[0])
    assert "Examination in chief" in parts.select("#standing")[0].text
    adjourned(units, hearing, mumbai)
    assert reader.ask(f"{sheet}/news").status_code == 200


def test_an_entry_that_came_late_stands_in_its_place_and_says_so_on_both_clocks(
    clerk: Browser, sheet: str, post: Post, units: Units, hearing: str, mumbai: Actor
) -> None:
    logged(units, hearing, Kind.DEMEANOUR, mumbai, remark="Calm.")
    answer = post(one("link_lost", at="2026-09-14T05:32:50.000Z"), at="2026-09-14T05:39:40.000Z")
    assert answer.json == {"answers": [{"id": str(UUID(int=1)), "outcome": "written", "number": 3, "text": ""}]}
    rows = [row for row in clerk.get(sheet).rows() if row[0].isdecimal()]
    assert [row[0] for row in rows] == ["2", "3", "1"]
    assert "11:02 Mumbai" in rows[1][1]
    assert (
        "said by the device 11:02:50 Mumbai / 11:32:50 Dhaka, put right by −40 s, arrived "
        "Mon 14 Sep, 11:09 Mumbai / Mon 14 Sep, 11:39 Dhaka"
    ) in rows[1][3]


def test_the_same_sent_twice_is_written_once_and_what_is_refused_is_listed(
    clerk: Browser, sheet: str, post: Post
) -> None:
    post(one())
    found = post(one(), one("break_ended", number=2), one("made_up", number=3)).json
    assert found is not None
    assert [each["outcome"] for each in found["answers"]] == ["same", "refused", "refused"]
    assert "does not say that a break began" in found["answers"][1]["text"]
    assert clerk.get(sheet).text.count("The lamp was replaced.") == 1
    listed = clerk.get(f"{sheet}/refused").text
    for words, is_there in (("Break ended", True), ("Entry of the log", True), ("made_up", False)):
        assert (words in listed) == is_there


@pytest.mark.parametrize(
    ("body", "status", "part"),
    [
        ({"data": "{", "content_type": "application/json"}, 422, "cannot be read"),
        ({"data": "[" * 100_000, "content_type": "application/json"}, 422, "cannot be read"),
        ({"json": {"sent": "2026-09-14T05:39:00Z", "entries": [one()] * 5000}}, 422, "5000 entries came at once"),
        ({"data": "x" * (LARGEST_SENDING + 1), "content_type": "application/json"}, 413, "too large"),
        ({"data": {"sent": "x"}}, 422, "cannot be read"),
    ],
)
def test_what_cannot_be_taken_as_a_whole_is_said_in_a_sentence(
    clerk: Browser, sheet: str, post: Post, body: dict[str, object], status: int, part: str
) -> None:
    answer = post(**body)
    assert answer.status_code == status
    assert part in answer.json["sentence"]  # type: ignore[index]  # it is JSON
    assert "lamp" not in clerk.get(sheet).text


def test_times_no_calendar_had_are_refused_and_still_shown(clerk: Browser, sheet: str, post: Post) -> None:
    odd = [one(number=1, at="0002-01-01T00:00:00Z"), one(number=2, at="2099-12-31T23:59:59Z")]
    for at in ("2026-09-14T05:39:00Z", "2099-12-31T00:00:00Z"):
        answer = post(*odd, at=at)
        assert {each["outcome"] for each in answer.json["answers"]} == {"refused"}  # type: ignore[index]  # JSON
    assert len(clerk.get(f"{sheet}/refused").soup.select("#live-remarks li")) == 2


def test_another_site_and_a_stranger_write_nothing(clerk: Browser, sheet: str, signed_in: SignedIn) -> None:
    body = {"sent": "2026-09-14T05:39:00Z", "entries": [one()]}
    assert clerk.ask(f"{sheet}/entries", "POST", json=body).status_code == 400
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert clerk.ask(f"{sheet}/entries", "POST", json=body, headers=foreign).status_code == 403
    pune = signed_in(Role.COORDINATOR, "pune")
    for path in ("news", "kept", "refused"):
        assert pune.ask(f"{sheet}/{path}").status_code == 404
    assert "lamp" not in clerk.get(sheet).text


def test_the_sheet_that_is_kept_holds_the_buttons_and_nothing_that_was_said(
    clerk: Browser, sheet: str, units: Units, hearing: str, mumbai: Actor
) -> None:
    answers = {"document": "Passport", "ending": "7123", "compared_by": "The consul", "copy_given": "yes"}
    logged(units, hearing, Kind.IDENTITY_SEEN, mumbai, **answers)
    page = clerk.get(f"{sheet}/kept")
    assert page.soup.select("form[action$='/log/link_lost'], a[href$='/log/oath']")
    for secret in ("7123", "Passport", "The consul", "Rokeya"):
        assert secret not in page.response.text
    worker = clerk.ask(f"{sheet}/worker.js")
    worker.close()
    assert worker.headers["Service-Worker-Allowed"] == sheet
    assert "connect-src 'self'" in page.response.headers["Content-Security-Policy"]


def test_asking_for_news_keeps_a_session_open_only_while_the_hearing_is_in_session(
    clerk: Browser, sheet: str, units: Units, clock: FrozenClock, hearing: str, world: World
) -> None:
    def seen() -> list[object]:
        with units.reading() as unit:
            return [row.seen_at for row in unit.session.query(WebSessionRow)]

    before = seen()
    clock.advance(minutes=5)
    assert clerk.ask(f"{sheet}/news").status_code == 200
    during = seen()
    assert during != before
    clerk.send(clerk.get(f"{sheet}/end"), {}, to=f"{sheet}/complete")
    at_end = seen()
    clock.at += timedelta(minutes=5)
    assert clerk.ask(f"{sheet}/news").status_code == 200
    assert seen() == at_end


def test_news_are_told_after_a_stage_of_the_examination_began(
    clerk: Browser, sheet: str, units: Units, hearing: str, mumbai: Actor
) -> None:
    for kind, answers in NORMAL_DAY:
        logged(units, hearing, kind, mumbai, **answers)
    news = clerk.ask(f"{sheet}/news").json
    assert news is not None
    assert "Examination in chief:" in news["parts"]


def test_the_first_entry_of_a_log_finds_its_place_on_the_sheet(
    units: Units, world: World, clock: FrozenClock, signed_in: SignedIn
) -> None:
    confirmed(units, world)
    clock.at = MONDAY_11_AT - timedelta(minutes=30)
    page = signed_in(Role.COORDINATOR, "mumbai").get(f"/hearings/{world.mumbai.hearing}/day")
    assert page.soup.select_one("#log") is not None
