"""The page behind the link in a mail about options: small, without sign-in, safe to look at, honest about its end."""

from dataclasses import replace

import pytest

from tests.fakes import NOW, FrozenClock
from tests.services.planned import MONDAY_11, MONDAY_14, TUESDAY_11, PlainTokens, answered, booked, held, options_of
from tests.web.browsing import Browser
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Duty
from vctestimony.services import journal
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import AttemptRow, WebSessionRow
from vctestimony.web.answers import MOST_WRONG

LIGHT = 20_000


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    with units.writing() as unit:
        answered(unit.session, world)
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, TUESDAY_11, asks=True)
    return world.mumbai.hearing


def link(units: Units, reference: str, duty: Duty = Duty.DEFENCE, offer: int = 1) -> str:
    return f"/options/{units.ports.option_tokens.issue(f'{reference}-{duty}', sequence=offer, now=NOW)}"


def given(units: Units, reference: str) -> list[tuple[str, str]]:
    found = [answer for option in options_of(units, reference) for answer in option.answers if answer.answer]
    return [(str(one.answer), one.remark) for one in found]


CHOICES = {"choice-1": "can", "choice-2": "if_needed", "choice-3": "cannot", "remark-3": "in another court"}


def test_the_page_shows_every_time_on_both_clocks_and_no_secret(browser: Browser, units: Units, reference: str) -> None:
    page = browser.get(link(units, reference))
    for expected in (
        "Option 3",
        "Tue 15 Sep 2026, 11:00",
        "Tue 15 Sep 2026, 11:30",
        "Defence counsel",
        "Nothing is fixed yet",
    ):
        assert expected in page.text
    for secret in ("PW-7", "Courtroom", "State v.", "12/2025", "BNS", "Link 1"):
        assert secret not in page.response.text
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_three_options_are_light_in_every_language(
    browser: Browser, units: Units, reference: str, language: str
) -> None:
    browser.client.set_cookie("language", language, domain="127.0.0.1")
    assert len(browser.get(link(units, reference)).response.data) < LIGHT


@pytest.mark.abuse(65)
@pytest.mark.threat("T15")
def test_looking_changes_nothing(browser: Browser, units: Units, reference: str) -> None:
    for method in ("GET", "HEAD"):
        for _ in range(10):
            assert browser.fresh().ask(f"{link(units, reference)}?choice-1=can", method).status_code == 200
    assert given(units, reference) == []
    with units.reading() as unit:
        assert [entry.action for entry in journal.history(unit, reference)] == ["hearing.held", "options.asked"]
        assert unit.session.query(WebSessionRow).count() + unit.session.query(AttemptRow).count() == 0


def test_answers_are_thanked_for_shown_again_and_changed(browser: Browser, units: Units, reference: str) -> None:
    thanks = browser.sent(browser.get(link(units, reference)), CHOICES)
    assert "Thank you" in thanks.text
    assert given(units, reference) == [("can", ""), ("if_needed", ""), ("cannot", "in another court")]
    again = browser.get(link(units, reference))
    assert "You answered on" in again.text
    assert again.fields()["choice-3"] == ["cannot"]
    browser.sent(again, {"choice-3": "can", "remark-3": ""})
    assert given(units, reference)[2] == ("can", "")


def test_no_session_and_no_cookie_is_needed(browser: Browser, units: Units, reference: str) -> None:
    answer = browser.fresh().ask(link(units, reference), "POST", data=CHOICES)
    assert answer.status_code == 200
    assert len(given(units, reference)) == 3


def test_a_time_without_an_answer_is_asked_for_and_the_rest_is_kept(
    browser: Browser, units: Units, reference: str
) -> None:
    page = browser.sent(browser.get(link(units, reference)), {"choice-1": "can", "choice-3": "maybe"}, status=422)
    assert page.title.startswith("Error:")
    assert page.fields()["choice-1"] == ["can"]
    assert given(units, reference) == []


@pytest.mark.parametrize(("minutes", "is_open"), [(-1, True), (0, False), (1, False)])
def test_when_they_ran_out_the_page_says_when_and_takes_nothing(
    browser: Browser, units: Units, reference: str, clock: FrozenClock, minutes: int, is_open: bool
) -> None:
    page = browser.get(link(units, reference))
    clock.advance(hours=48, minutes=minutes)
    if is_open:
        browser.sent(page, CHOICES)
    else:
        refused = browser.sent(page, CHOICES, status=409)
        assert "no longer held. Nothing was recorded" in refused.text
        assert "Ran out at Thu 3 Sep 2026, 10:30" in refused.text
        assert not refused.soup.select("main form")
    assert len(given(units, reference)) == (3 if is_open else 0)


def test_when_it_is_decided_or_replaced_the_page_says_so(
    browser: Browser, units: Units, reference: str, mumbai: Actor
) -> None:
    held(units, reference, mumbai, TUESDAY_11, asks=True)
    assert "offered other times since" in browser.get(link(units, reference)).text
    booked(units, reference, mumbai, TUESDAY_11)
    assert "The court has chosen" in browser.get(link(units, reference, offer=2)).text


def test_what_another_site_sends_is_refused(browser: Browser, units: Units, reference: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert browser.ask(link(units, reference), "POST", data=CHOICES, headers=headers).status_code == 403
    assert given(units, reference) == []


@pytest.mark.parametrize("token", ["x", "WyJhIiwwLDFd.forged", "A" * 600, "ক"])
def test_a_link_that_is_not_ours_opens_nothing(browser: Browser, units: Units, reference: str, token: str) -> None:
    for method in ("GET", "POST"):
        answer = browser.ask(f"/options/{token}", method)
        assert (answer.status_code, reference in answer.text) == (404, False)


@pytest.mark.abuse(70)
@pytest.mark.asvs("2.4.1")
def test_who_guesses_is_told_to_wait_and_genuine_links_still_open(
    browser: Browser, units: Units, reference: str
) -> None:
    for number in range(MOST_WRONG):
        assert browser.ask(f"/options/guess-{number}").status_code == 404
    assert browser.ask("/options/one-more").status_code == 429
    assert browser.ask(link(units, reference)).status_code == 200


def test_the_page_speaks_the_officials_language(browser: Browser, units: Units, reference: str) -> None:
    assert browser.get(link(units, reference, Duty.INTERPRETER)).language == "bn"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "শুক্রবার পারব না"])
def test_a_remark_is_shown_as_text(browser: Browser, units: Units, reference: str, text: str) -> None:
    thanks = browser.sent(browser.get(link(units, reference)), CHOICES | {"remark-3": text})
    assert text in thanks.text
    assert thanks.soup.select("main script, main img") == []
