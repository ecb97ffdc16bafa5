"""The page behind the link to one's own checklist, as a phone without any script sees it, and what a phone may send."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from tests.adapters.delivered_packs import PACKS
from tests.fakes import FrozenClock
from tests.services.fielded import kept, link, seat_of
from tests.services.planned import booked, listed
from tests.services.ticking import steps_of, tick, version
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.field_ticks import LARGEST_SENDING
from vctestimony.domain.people import Role
from vctestimony.services import field_links, journal
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import StepState, WebSessionRow
from vctestimony.web.answers import MOST_WRONG
from vctestimony.web.field_checklists import MOST_SENDINGS

Post = Callable[..., TestResponse]


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def path(units: Units, reference: str, mumbai: Actor) -> str:
    return f"/field/{link(units, reference, mumbai)}"


@pytest.fixture
def post(browser: Browser, path: str) -> Post:
    def sent(*ticks: object, headers: dict[str, str] | None = None, **options: object) -> TestResponse:
        body = {"json": {"sent": "2026-09-01T05:00:00.000Z", "ticks": list(ticks)}} | options
        own = {"Sec-Fetch-Site": "same-origin", "Origin": browser.base} | (headers or {})
        return browser.ask(f"{path}/ticks", "POST", headers=own, **body)

    return sent


def one(units: Units, step: str = "C02", *, number: int = 1) -> dict[str, object]:
    at = "2026-09-01T04:59:00.000Z"
    return {"id": str(UUID(int=number)), "step": step, "version": version(units, step), "at": at, "note": ""}


def entries(units: Units, reference: str) -> list[str]:
    with units.reading() as unit:
        return [entry.action for entry in journal.history(unit, reference)]


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
@pytest.mark.threat("T31")
def test_the_page_is_light_neutral_and_names_nobody(browser: Browser, path: str, language: str) -> None:
    page = browser.get(f"{path}?lang={language}")
    assert page.language == language
    assert len(page.response.data) < 60_000
    for secret in ("PW-7", "State v.", "12/2025", "Courtroom", "csrf", "Rokeya"):
        assert secret not in page.response.text
    assert "Set-Cookie" not in page.response.headers
    assert page.soup.select("meta[name=robots][content=noindex], meta[name=referrer][content=no-referrer]")
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert page.response.headers["Content-Security-Policy"].endswith("; worker-src 'self'; connect-src 'self'")


def test_each_step_says_when_why_and_what_hangs_on_it(browser: Browser, path: str) -> None:
    page = browser.get(path)
    text = " ".join(page.soup.select("#step-D03")[0].get_text(" ").split())
    assert "Mon 14 Sep, 11:45 Dhaka / Mon 14 Sep, 11:15 Mumbai" in text
    assert "Waits for: D02" in text
    assert "blocks the seal" in text
    assert {step["id"] for step in page.soup.select(".steps > li")} >= {"step-C02", "step-B01", "step-D03"}
    assert not page.soup.select("#step-C01, #step-D02")


def test_looking_changes_nothing(browser: Browser, path: str, units: Units, reference: str) -> None:
    before = entries(units, reference)
    for _ in range(5):
        assert browser.fresh().ask(path).status_code == 200
        assert browser.fresh().ask(path, "HEAD").status_code == 200
    assert entries(units, reference) == before
    with units.reading() as unit:
        assert unit.session.query(WebSessionRow).count() == 0


def test_without_any_script_a_button_ticks_with_its_note_and_pressing_twice_is_once(
    browser: Browser, path: str, units: Units
) -> None:
    page = browser.get(path)
    target = str(page.soup.select("main form")[0]["action"])
    pressed = {"step": f"C02.{version(units, 'C02')}", "note-C02": "Circular 4"}
    first, second = (browser.send(page, pressed, to=target) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert first.headers["Location"].endswith("#step-C02")
    row = steps_of(units)["C02"]
    assert (row.state, row.note) == (StepState.DONE, "Circular 4")
    assert [line[:2] for line in kept(units)] == [("C02", "taken")]
    back = browser.get(path)
    without = browser.sent(back, {"back": f"C02.{row.version}"}, to=target, status=422)
    assert "Say why" in without.text
    browser.send(back, {"back": f"C02.{row.version}", "note-C02": "ticked by mistake"}, to=target)
    assert steps_of(units)["C02"].state is StepState.OPEN


@pytest.mark.parametrize("what", ["step", "back"])
@pytest.mark.parametrize("value", [f"C02.{2**31}", f"{'C' * 21}.1", "Rokeya.1", "C02.x"])
def test_a_button_that_the_page_never_had_is_answered_as_changed_and_not_kept(
    browser: Browser, path: str, units: Units, reference: str, what: str, value: str
) -> None:
    before = entries(units, reference)
    answer = browser.ask(path, "POST", data={what: value, "once": "0123456789abcdef"})
    assert answer.status_code == 409
    assert "has changed since this page was opened" in answer.text
    assert browser.ask(path, "POST", data={what: "C" * 41, "once": "0123456789abcdef"}).status_code == 422
    assert (kept(units), entries(units, reference)) == ([], before)


def test_what_somebody_else_settled_meanwhile_is_said_beside_the_step_and_on_the_courts_pages(
    browser: Browser, signed_in: SignedIn, path: str, units: Units, reference: str, mumbai: Actor
) -> None:
    page, pressed = browser.get(path), {"step": f"C02.{version(units, 'C02')}"}
    tick(units, reference, "C02", mumbai)
    shown = browser.follow(browser.send(page, pressed, to=str(page.soup.select("main form")[0]["action"])))
    assert f"already settled by {mumbai.name}" in shown.soup.select("#step-C02 .note.bad")[0].get_text()
    clerk = signed_in(Role.COORDINATOR, "mumbai")
    for where in ("checklist/C02", "checklist", "phones"):
        assert f"already settled by {mumbai.name}" in clerk.get(f"/hearings/{reference}/{where}").text
    assert "already settled" not in clerk.get(f"/hearings/{reference}/checklist/C01").text


def test_a_phone_sends_and_is_answered_tick_by_tick_in_its_language(post: Post, units: Units) -> None:
    answer = post(one(units), one(units, "C01", number=2)).get_json()
    assert [(line["id"], line["outcome"]) for line in answer["answers"]] == [
        (str(UUID(int=1)), "taken"),
        (str(UUID(int=2)), "refused"),
    ]
    again = post(one(units)).get_json()
    assert again["answers"][0]["text"] == "Stored by the court."
    assert again["mark"] == post().get_json()["mark"] != ""


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
        ({"headers": {"Origin": "https://elsewhere.example"}}, 403),
        ({"headers": {"Origin": "null"}}, 403),
        ({"json": None, "data": "{}", "content_type": "text/plain"}, 403),
        ({"json": None, "data": "{", "content_type": "application/json"}, 422),
        ({"json": None, "data": "[" * 60_000, "content_type": "application/json"}, 422),
        ({"json": None, "data": b"\xff\xfe", "content_type": "application/json"}, 422),
        ({"json": None, "data": " " * (LARGEST_SENDING + 1), "content_type": "application/json"}, 413),
    ],
)
def test_what_does_not_come_from_the_page_is_refused(post: Post, options: dict[str, object], status: int) -> None:
    assert post(**options).status_code == status


def test_a_withdrawn_link_opens_nothing_and_still_takes_in_what_a_phone_kept(
    browser: Browser, post: Post, path: str, units: Units, reference: str, mumbai: Actor
) -> None:
    with units.writing() as unit:
        field_links.withdraw(unit, reference, seat_of(units, reference), by=mumbai)
    assert "no longer in use" in browser.get(path, status=410).text
    answer = post(one(units)).get_json()
    assert [line["outcome"] for line in answer["answers"]] == ["withdrawn"]
    assert "no longer in use" in answer["closed"]
    page = browser.ask(path, "POST", data={"step": "C02.1", "once": "0123456789abcdef"})
    assert page.status_code == 303
    assert steps_of(units)["C02"].state is StepState.OPEN


@pytest.mark.abuse(70)
@pytest.mark.asvs("2.4.1")
def test_whoever_guesses_at_links_or_sends_too_often_waits(
    browser: Browser, post: Post, path: str, units: Units
) -> None:
    statuses = [browser.ask(f"/field/x{number}").status_code for number in range(MOST_WRONG + 1)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    tick_of_one = one(units)
    pressed = {"step": "C02.99", "once": "0123456789abcdef"}
    assert browser.ask(path, "POST", data=pressed).status_code == 303
    sent = [post(tick_of_one).status_code for _ in range(MOST_SENDINGS)]
    assert (sent[-2], sent[-1]) == (200, 429)
    assert browser.ask(path, "POST", data=pressed).status_code == 429


def test_the_worker_is_a_script_of_ours_and_lies_where_it_looks_after(browser: Browser) -> None:
    with browser.ask("/field/worker.js") as answer:
        assert answer.mimetype == "text/javascript"
        assert "worker-src" in answer.headers["Content-Security-Policy"]


def test_the_coordinator_makes_shows_mails_and_withdraws_a_link(
    signed_in: SignedIn, units: Units, reference: str, clock: FrozenClock
) -> None:
    clerk, here = signed_in(Role.COORDINATOR, "mumbai"), f"/hearings/{reference}/phones/{seat_of(units, reference)}"
    assert f"/hearings/{reference}/phones" in clerk.get(f"/hearings/{reference}/checklist").links()
    made = clerk.follow(clerk.send(clerk.get(here), {"what": "make"}, to=here))
    address = made.soup.select(".hash")[0].get_text()
    assert made.soup.select("svg.square path")
    keys = [str(field["value"]) for field in made.soup.select("input[name=once]")]
    token = str(made.soup.select("input[name=csrf_token]")[0]["value"])

    def press(what: str, key: str) -> TestResponse:
        data = {"what": what, "once": key, "csrf_token": token}
        return clerk.ask(here, "POST", data=data, headers={"Sec-Fetch-Site": "same-origin"})

    for _ in range(2):
        assert press("send", keys[0]).status_code == 303
    assert entries(units, reference).count("field.link_mailed") == 1
    assert clerk.fresh().ask(address.partition("8000")[2]).status_code == 200
    press("withdraw", keys[1])
    assert clerk.fresh().ask(address.partition("8000")[2]).status_code == 410
    assert "withdrawn" in clerk.get(here).text
    clock.advance(seconds=timedelta(minutes=1).seconds)
    assert signed_in(Role.PRESIDING_OFFICER, "mumbai").ask(here).status_code == 403
    assert signed_in(Role.COORDINATOR, "pune").ask(here).status_code == 404
