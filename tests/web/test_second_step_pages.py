"""Pages of the second step: nobody gets round them, and what is shown once is shown once."""

import re

import pyotp
import pytest

from tests.builders import PASSWORD
from tests.fakes import FrozenClock
from tests.second_steps import give_app
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World, email_of
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow

STEP, SET_UP = "/sign-in/second-step", "/account/second-step"


@pytest.fixture(autouse=True)
def app_of_the_coordinator(units: Units, world: World) -> None:
    give_app(units, world.account_id(Role.COORDINATOR))


def password_given(browser: Browser, role: Role) -> None:
    typed = {"email": email_of(role), "password": PASSWORD}
    answer = browser.send(browser.get("/sign-in"), typed, to="/sign-in")
    assert answer.headers["Location"].startswith(STEP)


def without_step(units: Units, account_id: int) -> None:
    with units.writing() as unit:
        unit.session.get_one(AccountRow, account_id).second_step_at = None


@pytest.mark.parametrize("path", ["/", "/hearings", "/account", SET_UP, "/account/password", "/account/proof"])
@pytest.mark.abuse(28)
@pytest.mark.asvs("6.3.3")
def test_abuse_row_28_the_second_step_is_not_skipped(browser: Browser, world: World, path: str) -> None:
    password_given(browser, Role.COORDINATOR)
    answer = browser.ask(path)
    assert answer.status_code == 302
    assert browser.ask(answer.headers["Location"]).headers["Location"].startswith(STEP)


@pytest.mark.abuse(28)
@pytest.mark.asvs("6.3.3")
def test_abuse_row_28_who_has_none_yet_gets_no_further_than_setting_it_up(
    browser: Browser, world: World, units: Units, clock: FrozenClock
) -> None:
    without_step(units, world.account_id(Role.COORDINATOR))
    browser.send(browser.get("/sign-in"), {"email": email_of(Role.COORDINATOR), "password": PASSWORD}, to="/sign-in")
    for path in ("/", "/hearings", "/account", f"/witnesses/{world.mumbai.witness}/identity"):
        assert browser.ask(path).headers["Location"] == SET_UP
    offered = browser.follow(browser.send(browser.get(SET_UP), {}, to=f"{SET_UP}/app"))
    typed = "".join(re.findall(r"\b[A-Z2-7]{4}\b", offered.text))
    wrong = browser.sent(offered, {"code": "123"}, to=f"{SET_UP}/app/confirm", status=422)
    assert typed in "".join(wrong.text.split())
    right = {"code": pyotp.TOTP(typed).at(clock.at)}
    codes = browser.sent(wrong, right, to=f"{SET_UP}/app/confirm")
    assert len(set(re.findall(r"\b(?:[0-9A-Z]{6}-){3}[0-9A-Z]{6}\b", codes.text))) == 10
    assert browser.get("/hearings").heading
    assert "10 codes are left" in browser.get(SET_UP).text


def test_a_refused_code_leaves_one_on_the_page(browser: Browser, world: World) -> None:
    password_given(browser, Role.COORDINATOR)
    page = browser.sent(browser.get(STEP), {"code": "000 000"}, to=STEP, status=422)
    assert "not right" in page.text
    assert "demonstration" not in page.text


def test_one_may_begin_again_as_somebody_else(browser: Browser, world: World) -> None:
    password_given(browser, Role.COORDINATOR)
    answer = browser.send(browser.get(STEP), {}, to="/sign-in/again")
    assert browser.follow(answer).heading == "Sign in"


@pytest.mark.abuse(29)
@pytest.mark.asvs("7.5.1")
def test_an_hour_later_the_second_step_is_not_changed_without_proof(
    signed_in: SignedIn, world: World, clock: FrozenClock
) -> None:
    browser = signed_in(Role.COORDINATOR)
    clock.advance(minutes=20)
    for way in ("app", "codes"):
        page = browser.sent(browser.get(SET_UP), {}, to=f"{SET_UP}/{way}", status=403)
        assert page.heading == "Is it still you?"


class TestDemonstration:
    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {"VCT_DEMO": "yes"}

    def test_an_account_that_is_not_the_demonstrations_is_shown_no_code(self, browser: Browser, world: World) -> None:
        password_given(browser, Role.COORDINATOR)
        assert "In this demonstration" not in browser.get(STEP).text
