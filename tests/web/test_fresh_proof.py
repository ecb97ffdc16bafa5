"""Showing once more who one is, before acts that must not be anybody's who finds a browser open (ASVS 7.5.1, 7.5.3)."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.builders import PASSWORD
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services import journal, second_steps, signing
from vctestimony.services.unit import Units
from vctestimony.store import hearings

REASON = "Phone stolen; called back"


def looked(browser: Browser, world: World, *, status: int) -> Page:
    """An act that asks for it: the page after the second step of somebody was taken away, or the page that asks."""
    page = browser.get(_way(world).removesuffix("/second-step"))
    answer = browser.send(page, {"reason": REASON}, to=_way(world), status=status)
    return browser.follow(answer) if status == 303 else _page(answer)


def _page(answer: TestResponse) -> Page:
    return Page(answer, BeautifulSoup(answer.data, "lxml"))


@pytest.mark.parametrize(("minutes", "status"), [(9, 303), (10, 403), (11, 403)])
@pytest.mark.abuse(29)
@pytest.mark.asvs("7.5.1", "7.5.3")
def test_an_act_is_let_through_for_ten_minutes_after_signing_in(
    signed_in: SignedIn, world: World, clock: FrozenClock, minutes: int, status: int
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    clock.advance(minutes=minutes)
    looked(browser, world, status=status)


@pytest.mark.asvs("7.2.4")
def test_a_kept_form_goes_on_with_the_proof_and_takes_effect_once(
    signed_in: SignedIn, world: World, clock: FrozenClock, units: Units
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    clock.advance(minutes=11)
    before = browser.cookie()
    asked = looked(browser, world, status=403)
    assert asked.heading == "Is it still you?"
    assert asked.fields(_way(world))["reason"] == [REASON]
    wrong = browser.sent(asked, {"proof_password": "not this one at all"}, to=_way(world), status=403)
    assert "does not show that it is you" in wrong.text
    assert PASSWORD not in wrong.response.text
    browser.send(wrong, {"proof_password": PASSWORD}, to=_way(world))
    with units.reading() as unit:
        told = [entry.action for entry in journal.history(unit, f"account:{world.account_id(Role.COORDINATOR)}")]
    assert told.count("account.second_steps_reset") == 1
    assert browser.cookie() != before, "whoever proves anew gets another token (ASVS 7.2.4)"
    assert browser.ask("/admin/accounts/new").status_code == 200


def test_a_page_opened_before_the_proof_can_still_be_sent(
    signed_in: SignedIn, world: World, clock: FrozenClock
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    clock.advance(minutes=11)
    open_elsewhere = browser.get("/account")
    browser.send(looked(browser, world, status=403), {"proof_password": PASSWORD}, to=_way(world))
    browser.send(open_elsewhere, {"language": "bn"}, to="/account/language")


@pytest.mark.abuse(22)
@pytest.mark.asvs("7.2.4")
def test_the_token_of_before_the_proof_opens_nothing(signed_in: SignedIn, world: World, clock: FrozenClock) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    clock.advance(minutes=11)
    stolen, thief = browser.cookie(), browser.fresh()
    browser.send(looked(browser, world, status=403), {"proof_password": PASSWORD}, to=_way(world))
    thief.client.set_cookie("vct", stolen, domain="127.0.0.1")
    assert thief.ask("/account").status_code == 302


def test_a_page_is_led_back_to(signed_in: SignedIn, world: World, clock: FrozenClock) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    clock.advance(minutes=11)
    answer = browser.ask("/admin/accounts/new")
    assert answer.status_code == 302
    ask = browser.follow(answer)
    back = browser.send(ask, {"proof_password": PASSWORD}, to="/account/proof")
    assert back.headers["Location"] == "/admin/accounts/new"
    assert browser.follow(back).heading


@pytest.mark.abuse(25)
def test_a_recovery_code_is_proof_once(
    signed_in: SignedIn, world: World, clock: FrozenClock, units: Units, actor: FindActor
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    with units.writing() as unit:
        first, *_ = second_steps.new_codes(unit, by=actor(Role.ADMINISTRATOR))
    for status in (303, 422):
        clock.advance(minutes=11)
        page = browser.follow(browser.ask("/admin/accounts/new"))
        browser.send(page, {"proof_code": first.lower()}, to="/account/proof", status=status)


def test_guessing_is_stopped(signed_in: SignedIn, world: World, clock: FrozenClock) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    page = browser.get("/account/proof")
    for _ in range(10):
        browser.sent(page, {"proof_password": "not this one at all"}, to="/account/proof", status=422)
    browser.sent(page, {"proof_password": PASSWORD}, to="/account/proof", status=429)


@pytest.mark.abuse(29)
@pytest.mark.asvs("7.5.1")
def test_abuse_row_29_an_hour_old_sign_in_is_asked(signed_in: SignedIn, world: World, clock: FrozenClock) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    for _ in range(3):
        clock.advance(minutes=20)
        browser.get("/account")
    answer = browser.ask("/admin/accounts/new")
    assert answer.headers["Location"].startswith("/account/proof")


def _way(world: World) -> str:
    return f"/admin/accounts/{world.account_id(Role.COORDINATOR)}/second-step"


@pytest.fixture
def field(units: Units, world: World, actor: FindActor) -> str:
    """The address of the presiding officer's field in a file that is to be signed."""
    by = actor(Role.COORDINATOR, "mumbai")
    with units.writing() as unit:
        row = hearings.by_reference(unit.session, world.mumbai.hearing)
        assert row is not None
        code = signing.offer(unit, row, purpose="transcript", content=b"%PDF-1.7 x\n", language="en", by=by)
    return f"/hearings/{world.mumbai.hearing}/signing/{code}/sig_judge"


@pytest.mark.abuse(29)
@pytest.mark.asvs("7.5.3")
def test_to_sign_asks_before_the_form_and_a_form_with_a_file_comes_again_with_its_text(
    signed_in: SignedIn, field: str, clock: FrozenClock
) -> None:
    judge = signed_in(Role.PRESIDING_OFFICER, "mumbai")
    opened = judge.get(field)
    clock.advance(minutes=11)
    assert judge.ask(field).headers["Location"].startswith("/account/proof")
    to = f"{field}/file"
    typed = {"fingerprint": "0a1b2c3d", "reason": "The old one ended", "way": "file", "passphrase": "of the key"}
    data = {**opened.fields(to), **typed, "key": (BytesIO(b"PKCS12"), "judge.p12")}
    asked = _page(judge.ask(to, "POST", data=data, headers={"Sec-Fetch-Site": "same-origin"}))
    assert (asked.response.status_code, asked.heading) == (403, "Is it still you?")
    wrong = judge.sent(asked, {"proof_password": "not this one at all"}, to=to, status=403)
    for page in (asked, wrong):
        assert "choose the file once more" in page.text
        assert "of the key" not in page.response.text, "what opens a key goes into no page"
        assert page.fields(to)["reason"] == ["The old one ended"]
    again = judge.sent(wrong, {"proof_password": PASSWORD}, to=to, status=422)
    assert "Choose the file" in again.text
    assert again.fields(to)["fingerprint"] == ["0a1b2c3d"]
    assert judge.ask(field).status_code == 200
    assert "Nobody has signed this file yet." in judge.get(field.removesuffix("/sig_judge")).text


@pytest.mark.abuse(29)
@pytest.mark.asvs("7.5.3")
def test_an_addendum_asks_before_its_form_and_before_it_is_sealed(
    signed_in: SignedIn, world: World, clock: FrozenClock
) -> None:
    coordinator, place = (
        signed_in(Role.COORDINATOR, "mumbai"),
        f"/hearings/{world.mumbai.hearing}/addenda/new/correction",
    )
    clock.advance(minutes=11)
    assert coordinator.ask(place).headers["Location"].startswith("/account/proof")
    data = {"csrf_token": coordinator.get("/account").fields("/account/language")["csrf_token"], "text": "What I typed"}
    asked = _page(coordinator.ask(place, "POST", data=data, headers={"Sec-Fetch-Site": "same-origin"}))
    assert (asked.response.status_code, asked.heading) == (403, "Is it still you?")
    assert asked.fields(place)["text"] == ["What I typed"]
    assert "choose the file" not in asked.text
