"""The page behind the link in an invitation: small, without sign-in, in the official's language, safe to look at."""

from collections.abc import Callable

import pytest

from tests.fakes import NOW, FrozenClock
from tests.services.planned import MONDAY_11_AT, MONDAY_14, answered, booked, moved_to
from tests.web.browsing import Browser
from tests.world import World
from vctestimony.adapters.tokens import AnswerTokens
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Duty
from vctestimony.services import journal, scheduling
from vctestimony.services.unit import Units
from vctestimony.store.models import AttemptRow, HearingRow, OfficialRow, ParticipantRow, WebSessionRow
from vctestimony.web.answers import MOST_WRONG, WRONG_WITHIN_MINUTES

LIGHT = 20_000
Link = Callable[..., str]
BOTH = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def link(units: Units, reference: str) -> Link:
    def make(duty: Duty = Duty.DEFENCE, sequence: int = 0) -> str:
        return f"/answer/{units.ports.tokens.issue(f'{reference}-{duty}', sequence=sequence, now=NOW)}"

    return make


def standing(units: Units, reference: str, duty: Duty = Duty.DEFENCE) -> tuple[str, str]:
    with units.reading() as unit:
        row = unit.session.query(ParticipantRow).filter_by(public_id=f"{reference}-{duty}").one()
        return row.answer, row.answer_comment


def rows(units: Units, *kinds: type[WebSessionRow | AttemptRow]) -> int:
    with units.reading() as unit:
        return sum(unit.session.query(kind).count() for kind in kinds)


def entries(units: Units, reference: str) -> list[str]:
    with units.reading() as unit:
        return [entry.action for entry in journal.history(unit, reference)]


def test_the_page_shows_both_clocks_and_the_part_one_has(browser: Browser, link: Link, reference: str) -> None:
    page = browser.get(link())
    assert page.heading == f"Hearing {reference}"
    for expected in ("Mon 14 Sep 2026, 11:00", "Mon 14 Sep 2026, 11:30", "Mumbai", "Dhaka", "Defence counsel"):
        assert expected in page.text
    for secret in ("PW-7", "Courtroom", "State v.", "12/2025", "BNS"):
        assert secret not in page.response.text


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_the_page_is_light_in_every_language(browser: Browser, link: Link, language: str) -> None:
    browser.client.set_cookie("language", language, domain="127.0.0.1")
    assert len(browser.get(link()).response.data) < LIGHT


@pytest.mark.abuse(65)
@pytest.mark.threat("T15")
def test_looking_fifty_times_changes_nothing(browser: Browser, link: Link, units: Units, reference: str) -> None:
    before = entries(units, reference)
    for _ in range(25):
        assert browser.fresh().ask(link()).status_code == 200
        assert browser.fresh().ask(f"{link()}?choice=DECLINED&answer=decline", "HEAD").status_code == 200
    assert standing(units, reference) == ("NEEDS-ACTION", "")
    assert entries(units, reference) == before
    assert rows(units, WebSessionRow, AttemptRow) == 0


@BOTH
@pytest.mark.parametrize(
    ("choice", "comment", "label"),
    [("ACCEPTED", "", "Accepted"), ("TENTATIVE", "after 12 only", "Only if needed"), ("DECLINED", "ill", "Declined")],
)
def test_an_answer_is_thanked_for_and_shown_when_one_comes_back(
    browser: Browser, link: Link, units: Units, reference: str, choice: str, comment: str, label: str
) -> None:
    thanks = browser.sent(browser.get(link()), {"choice": choice, "comment": comment})
    assert label in thanks.text
    assert comment in thanks.text
    assert standing(units, reference) == (choice, comment)
    assert f"Your answer so far: {label}" in browser.get(link()).text


def test_no_sign_in_no_session_and_no_cookie_is_needed_to_answer(
    browser: Browser, link: Link, units: Units, reference: str
) -> None:
    fields = {name: values[0] for name, values in browser.get(link()).fields().items() if name in {"seen", "seal"}}
    answer = browser.fresh().ask(link(), "POST", data={**fields, "choice": "ACCEPTED"})
    assert answer.status_code == 200
    assert standing(units, reference) == ("ACCEPTED", "")
    assert rows(units, WebSessionRow) == 0


def test_what_another_site_sends_is_refused(browser: Browser, link: Link, units: Units, reference: str) -> None:
    data = {"seen": MONDAY_11_AT.isoformat(), "choice": "DECLINED", "comment": "x"}
    answer = browser.ask(link(), "POST", data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert standing(units, reference) == ("NEEDS-ACTION", "")


def test_who_declines_without_a_word_is_asked_for_one_and_the_choice_is_kept(browser: Browser, link: Link) -> None:
    page = browser.sent(browser.get(link()), {"choice": "DECLINED"}, status=422)
    assert "why you cannot come" in page.text
    assert page.fields()["choice"] == ["DECLINED"]


@pytest.mark.parametrize("choice", ["", "NEEDS-ACTION", "DELEGATED", "accepted", "<b>"])
def test_only_the_three_answers_are_taken(
    browser: Browser, link: Link, units: Units, reference: str, choice: str
) -> None:
    browser.sent(browser.get(link()), {"choice": choice}, status=422)
    assert standing(units, reference) == ("NEEDS-ACTION", "")


@pytest.mark.abuse(64)
@pytest.mark.threat("T15")
def test_after_a_move_the_old_page_records_nothing_and_shows_the_new_time(
    browser: Browser, link: Link, units: Units, reference: str, mumbai: Actor
) -> None:
    old = browser.get(link())
    moved_to(units, reference, mumbai, MONDAY_14)
    page = browser.sent(old, {"choice": "ACCEPTED"}, status=422)
    assert "moved while this page was open" in page.text
    assert "14:00" in page.text
    assert "moved after this link was sent" in page.text
    assert standing(units, reference) == ("NEEDS-ACTION", "")
    browser.sent(browser.get(link()), {"choice": "ACCEPTED"})
    assert standing(units, reference) == ("ACCEPTED", "")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "শুক্রবার পারব না ⚖️"])
@pytest.mark.abuse(44)
@pytest.mark.asvs("1.2.1")
def test_a_comment_is_shown_as_text(browser: Browser, link: Link, text: str) -> None:
    thanks = browser.sent(browser.get(link()), {"choice": "TENTATIVE", "comment": text})
    assert text in thanks.text
    assert thanks.soup.select("main script, main img") == []
    assert browser.get(link()).soup.select("main script, main img") == []


def test_a_comment_that_is_too_long_is_said_to_be(browser: Browser, link: Link) -> None:
    page = browser.sent(browser.get(link()), {"choice": "TENTATIVE", "comment": "x" * 2001}, status=422)
    assert "2000" in page.text


def test_the_page_speaks_the_officials_language_until_another_is_chosen(browser: Browser, link: Link) -> None:
    interpreter = link(Duty.INTERPRETER)
    page = browser.get(interpreter)
    assert page.soup.html is not None
    assert page.soup.html["lang"] == "bn"
    thanks = browser.sent(page, {"choice": "ACCEPTED"})
    assert thanks.soup.html is not None
    assert thanks.soup.html["lang"] == "bn"
    browser.send(page, {"language": "en"}, to="/language")
    english = browser.get(interpreter)
    assert english.soup.html is not None
    assert english.soup.html["lang"] == "en"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("token", ["x", "WyJhIiwwLDFd.forged", "%2e%2e%2f", "A" * 600, "ক"])
def test_a_link_that_is_not_ours_opens_nothing_and_tells_nothing(
    browser: Browser, reference: str, token: str, method: str
) -> None:
    answer = browser.ask(f"/answer/{token}", method)
    assert answer.status_code == 404
    assert reference not in answer.text


def closed_page(browser: Browser, link: str, reference: str, sentence: str) -> None:
    page = browser.get(link, status=410)
    assert (page.heading, sentence in page.text) == (f"Hearing {reference}", True)
    for secret in ("There is nothing here", "Check the address", "Mumbaikar", "PW-7", "State v."):
        assert secret not in page.text


@pytest.mark.abuse(64)
@pytest.mark.threat("T15")
def test_the_link_of_a_hearing_that_is_over_says_so_and_is_no_guess(
    browser: Browser, link: Link, units: Units, clock: FrozenClock, reference: str
) -> None:
    clock.at = MONDAY_11_AT.replace(hour=7)
    closed_page(browser, link(), reference, f"Hearing {reference} is over.")
    assert rows(units, AttemptRow) == 0


@BOTH
@pytest.mark.abuse(64)
@pytest.mark.threat("T15")
def test_the_link_of_a_hearing_that_was_called_off_says_so(
    browser: Browser, link: Link, units: Units, reference: str, mumbai: Actor
) -> None:
    open_page = browser.get(link())
    with units.writing() as unit:
        version = unit.session.query(HearingRow).filter_by(reference=reference).one().version
        scheduling.cancel(unit, reference, reason="The witness is ill", version=version, by=mumbai)
    closed_page(browser, link(), reference, f"Hearing {reference} was called off.")
    late = browser.sent(open_page, {"choice": "ACCEPTED"}, status=410)
    assert "was called off" in late.text
    assert "The witness is ill" not in late.text
    html = browser.get(link(Duty.INTERPRETER), status=410).soup.html
    assert html is not None
    assert html["lang"] == "bn"
    assert standing(units, reference) == ("NEEDS-ACTION", "")


@BOTH
@pytest.mark.abuse(70)
@pytest.mark.threat("T15")
@pytest.mark.asvs("2.4.1")
def test_who_guesses_at_links_is_told_to_wait_and_genuine_links_still_open(
    browser: Browser, link: Link, clock: FrozenClock
) -> None:
    for number in range(MOST_WRONG):
        assert browser.ask(f"/answer/guess-{number}").status_code == 404
    refused = browser.ask("/answer/one-more")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == str(WRONG_WITHIN_MINUTES * 60)
    assert browser.ask(link()).status_code == 200
    clock.advance(minutes=WRONG_WITHIN_MINUTES)
    assert browser.ask("/answer/one-more").status_code == 404


@pytest.mark.abuse(71)
@pytest.mark.asvs("14.2.1")
def test_the_page_leads_nowhere_that_would_tell_the_link_on(browser: Browser, link: Link) -> None:
    page = browser.get(link())
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert page.response.headers["X-Robots-Tag"].startswith("noindex")
    out = [tag for tag in page.soup.select("[src], [href]") if "//" in str(tag.get("src") or tag.get("href"))]
    assert [(tag.name, tag["rel"], tag.text) for tag in out] == [("a", ["noreferrer"], "Exit this page")]


@pytest.mark.abuse(41)
def test_a_name_of_any_script_cannot_turn_the_page_around(
    browser: Browser, link: Link, units: Units, world: World
) -> None:
    with units.writing() as unit:
        unit.session.get_one(OfficialRow, world.mumbai.defence_id).name = "فرحان \u202e<b>"
    assert browser.get(link()).soup.select("main b") == []


@pytest.mark.abuse(68)
@pytest.mark.threat("T15")
def test_two_people_of_one_hearing_answer_apart(browser: Browser, link: Link, units: Units, reference: str) -> None:
    page = browser.get(link(Duty.DEFENCE))
    browser.sent(page, {"choice": "ACCEPTED", "participant": f"{reference}-{Duty.JUDGE}"})
    assert standing(units, reference, Duty.JUDGE) == ("NEEDS-ACTION", "")
    assert standing(units, reference, Duty.DEFENCE) == ("ACCEPTED", "")


@pytest.mark.threat("T16")
def test_the_journal_says_who_answered_by_which_way(browser: Browser, link: Link, units: Units, reference: str) -> None:
    browser.sent(browser.get(link()), {"choice": "ACCEPTED"})
    with units.reading() as unit:
        (entry,) = [entry for entry in journal.history(unit, reference) if entry.action == "answer.given"]
    assert entry.actor == "Farhan Mumbaikar, by link"


@pytest.mark.threat("T15")
@pytest.mark.asvs("9.1.1")
def test_a_link_made_with_another_key_is_forged(browser: Browser, reference: str) -> None:
    tokens = AnswerTokens(("another key, of thirty-two characters or more",))
    token = tokens.issue(f"{reference}-{Duty.DEFENCE}", sequence=0, now=NOW)
    assert browser.ask(f"/answer/{token}").status_code == 404
