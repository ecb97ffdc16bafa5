"""Showing once more who one is, before acts that must not be anybody's who finds a browser open (ASVS 7.5.1, 7.5.3)."""

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
from vctestimony.services import journal, second_steps
from vctestimony.services.unit import Units

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
