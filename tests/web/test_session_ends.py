"""What ends a session, and what never was one."""

import pytest

from tests.builders import PASSWORD
from tests.web.browsing import Browser
from tests.web.conftest import SIGN_IN
from tests.web.test_sign_in import ADMINISTRATOR, entered, leads_to_sign_in
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow


@pytest.mark.abuse(22)
@pytest.mark.asvs("7.4.3")
def test_a_changed_password_ends_every_session_of_before(browser: Browser, other: Browser, world: World) -> None:
    entered(browser)
    other.client.set_cookie("vct", browser.cookie(), domain="127.0.0.1")
    typed = {"present": PASSWORD, "wanted": "ochre mittens under tram"}
    browser.send(browser.get("/account/password"), typed, to="/account/password")
    assert leads_to_sign_in(other.ask("/account"))
    assert browser.get("/account").heading


@pytest.mark.abuse(23)
def test_a_changed_letter_or_a_second_cookie_of_the_name_is_no_session(
    browser: Browser, other: Browser, world: World
) -> None:
    entered(browser)
    real = browser.cookie()
    flipped = ("B" if real[0] == "A" else "A") + real[1:]
    for cookies in (f"vct={flipped}", f"vct={flipped}; vct={real}"):
        answer = other.fresh().ask("/account", headers={"Cookie": cookies})
        assert leads_to_sign_in(answer)


@pytest.mark.abuse(32)
def test_a_body_of_another_kind_is_no_form(browser: Browser, world: World) -> None:
    browser.get(SIGN_IN)
    body = f'{{"email": "{ADMINISTRATOR}", "password": "{PASSWORD}"}}'
    assert browser.ask(SIGN_IN, "POST", data=body, content_type="text/plain").status_code == 400


@pytest.mark.abuse(22)
@pytest.mark.threat("T22")
@pytest.mark.asvs("7.4.2")
def test_a_disabled_account_is_out_at_once(browser: Browser, world: World, units: Units) -> None:
    entered(browser)
    with units.writing() as unit:
        unit.session.get_one(AccountRow, world.account_id(Role.ADMINISTRATOR)).is_active = False
    assert leads_to_sign_in(browser.ask("/account"))
