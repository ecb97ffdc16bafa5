"""Pages of an official's own calendars: what is shown of them, who sees them, and what a refused one leaves behind."""

import io
from dataclasses import replace

import pytest

from tests.adapters.foreign_calendars import entry, one
from tests.fakes import FakeFetcher
from tests.services.calendars import ADDRESS
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.adapters.busy_reading import CalendarReader
from vctestimony.domain.busy import Fetched, HostNotPublic, NeedsSignIn
from vctestimony.domain.people import Role
from vctestimony.services.ports import Ports

AT_11 = ("DTSTART:20260914T053000Z", "DTEND:20260914T063000Z")


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """Calendars are read by the real process; only the network is not there."""
    return replace(ports, reader=CalendarReader())


@pytest.fixture
def coordinator(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


@pytest.fixture
def path(world: World) -> str:
    return f"/officials/{world.mumbai.judge_id}/busy"


def net(browser: Browser) -> FakeFetcher:
    fake = browser.app.extensions["vctestimony"].ports.fetcher
    assert isinstance(fake, FakeFetcher)
    return fake


def subscribed(browser: Browser, path: str, content: bytes | None = None) -> Page:
    """The page after subscribing to a calendar with this content; without one the server wants a sign-in."""
    refused = NeedsSignIn(host="calendar.example")
    net(browser).answers[ADDRESS] = Fetched(content=content) if content else refused
    return browser.follow(browser.send(browser.get(path), {"address": ADDRESS}, to=f"{path}/subscribe"))


def uploaded(browser: Browser, path: str, content: bytes, status: int = 303) -> Page:
    page = browser.get(path)
    data = {**page.fields(f"{path}/upload"), "file": (io.BytesIO(content), "calendar.ics")}
    answer = browser.ask(f"{path}/upload", "POST", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == status, answer.text
    return browser.follow(answer) if status == 303 else browser._page(answer, status)


def test_a_subscribed_calendar_is_read_at_once_and_shown_on_two_clocks(coordinator: Browser, path: str) -> None:
    page = subscribed(coordinator, path, one(*AT_11, "LOCATION:Chamber"))
    assert "calendar.example up to date" in page.text
    assert "Mon 14 Sep 2026, 11:00 · Mumbai (UTC+05:30)" in page.text
    assert "Mon 14 Sep 2026, 11:30 · Dhaka (UTC+06:00)" in page.text
    for secret in ("s3cret", "basic.ics", "Chamber", "onfidential"):
        assert secret not in page.response.text


def test_the_same_form_sent_twice_subscribes_once(coordinator: Browser, path: str) -> None:
    net(coordinator).answers[ADDRESS] = Fetched(content=one(*AT_11))
    form = coordinator.get(path)
    for _ in range(2):
        coordinator.send(form, {"address": ADDRESS}, to=f"{path}/subscribe")
    assert len(net(coordinator).asked) == 1


def test_a_calendar_that_cannot_be_read_says_what_to_do_and_is_tried_again_on_demand(
    coordinator: Browser, path: str
) -> None:
    page = subscribed(coordinator, path)
    assert "could not be read last time: times may be taken" in page.text
    assert "calendar.example asks for a sign-in" in page.text
    net(coordinator).answers[ADDRESS] = Fetched(content=one(*AT_11))
    (again,) = [form["action"] for form in page.soup.select("main form") if str(form["action"]).endswith("/refresh")]
    page = coordinator.follow(coordinator.send(page, {}, to=str(again)))
    assert "asks for a sign-in" not in page.text
    assert "11:00 · Mumbai" in page.text


def test_an_address_that_is_refused_stays_in_its_field(
    coordinator: Browser, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: object, _address: str) -> str:
        raise HostNotPublic(host="127.0.0.1")

    monkeypatch.setattr(FakeFetcher, "host_of", refuse)
    page = coordinator.sent(
        coordinator.get(path), {"address": "https://127.0.0.1/a"}, to=f"{path}/subscribe", status=422
    )
    assert "127.0.0.1 is not on the public internet" in page.text
    assert page.fields(f"{path}/subscribe")["address"] == ["https://127.0.0.1/a"]


def test_a_calendar_is_uploaded_and_removed(coordinator: Browser, path: str) -> None:
    page = uploaded(coordinator, path, one("DTSTART;VALUE=DATE:20260914", "STATUS:TENTATIVE"))
    assert "uploaded file up to date" in page.text
    assert page.rows()[0][2] == "tentative"
    (away,) = [form["action"] for form in page.soup.select("main form") if str(form["action"]).endswith("/remove")]
    page = coordinator.follow(coordinator.send(page, {}, to=str(away)))
    assert "No calendar is connected" in page.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose the calendar file"),
        (b"<html>", "This is a web page"),
        (one(*AT_11, "RRULE:FREQ=SECONDLY"), "An entry repeats every hour, minute or second"),
        (one("DTSTART;TZID=Mars/X:20260914T110000"), "Mars/X"),
        (entry(*AT_11).encode(), "This is not a calendar file"),
    ],
)
def test_a_file_that_is_refused_is_refused_beside_its_field(
    coordinator: Browser, path: str, content: bytes, sentence: str
) -> None:
    page = uploaded(coordinator, path, content, 422)
    error = page.soup.select_one("#e-file")
    assert error is not None
    assert sentence in error.get_text()


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(coordinator: Browser, path: str) -> None:
    answer = coordinator.ask(
        f"{path}/upload",
        "POST",
        input_stream=io.BytesIO(bytes(50 << 20)),
        content_length=50 << 20,
        content_type="multipart/form-data; boundary=part",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 413
    assert "No calendar is connected" in coordinator.get(path).text


def test_the_page_of_the_official_shows_how_the_calendars_stand(coordinator: Browser, path: str) -> None:
    official = path.removesuffix("/busy")
    assert "No calendar is connected" in coordinator.get(official).text
    subscribed(coordinator, path, one(*AT_11))
    page = coordinator.get(official)
    assert "calendar.example up to date last read Tue 1 Sep 2026, 10:30 · Mumbai" in page.text
    assert path in page.links()


def test_an_official_reaches_the_own_calendars_from_the_own_account(
    signed_in: SignedIn, world: World, path: str
) -> None:
    judge = signed_in(Role.PRESIDING_OFFICER, "mumbai")
    assert path in judge.get("/account").links()
    assert "up to date" in subscribed(judge, path, one(*AT_11)).text
    interpreter = signed_in(Role.INTERPRETER)
    own = f"/officials/{world.dhaka.interpreter_id}/busy"
    assert own in interpreter.get("/account").links()
    assert "Dhaka" in subscribed(interpreter, own, one(*AT_11)).text


def test_a_mission_official_sees_to_the_calendars_of_the_own_post(signed_in: SignedIn, world: World) -> None:
    mission = signed_in(Role.MISSION_OFFICIAL)
    own = f"/officials/{world.dhaka.interpreter_id}/busy"
    assert "up to date" in subscribed(mission, own, one(*AT_11)).text


def test_others_see_and_change_nothing(signed_in: SignedIn, coordinator: Browser, path: str) -> None:
    page = subscribed(coordinator, path, one(*AT_11))
    actions = [str(form["action"]) for form in page.soup.select("main form")]
    for role, at in ((Role.COORDINATOR, "pune"), (Role.LEGAL_STAFF, "mumbai"), (Role.INTERPRETER, "")):
        other = signed_in(role, at)
        assert other.ask(path).status_code == 403
        token = other.get("/account").fields("/account/language")["csrf_token"]
        for action in actions:
            answer = other.ask(action, "POST", data={"csrf_token": token}, headers={"Sec-Fetch-Site": "same-origin"})
            assert answer.status_code in {403, 422}, action
    assert "calendar.example up to date" in coordinator.get(path).text
