"""Signing in by a provider, page by page, against a real one on loopback: nobody new, nobody twice, nobody else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests import openid_provider
from tests.fakes import FrozenClock
from tests.openid_provider import CLIENT, SECRET, FakeProvider
from tests.second_steps import code, give_app
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.adapters.openid import OpenIDProvider
from vctestimony.domain.people import Role
from vctestimony.services import journal
from vctestimony.services.ports import Ports
from vctestimony.services.provider_rounds import BACK
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, OutboxRow

GO, LINK, STEP = "/sign-in/provider", "/account/provider", "/sign-in/second-step"


@pytest.fixture
def provider(clock: FrozenClock) -> Iterator[FakeProvider]:
    with openid_provider.running(clock) as running:
        yield running


@pytest.fixture
def app_ports(app_ports: Ports, provider: FakeProvider) -> Ports:
    """The faked outside world with a provider in it."""
    own = OpenIDProvider(
        issuer=provider.issuer,
        client=(CLIENT, SECRET),
        name="Court login",
        scopes=("openid",),
        passed_by=frozenset({"mfa"}),
    )
    return replace(app_ports, provider=own)


def led(browser: Browser, page: str, to: str) -> str:
    """The address to which the browser is led, and does not follow."""
    onward = browser.sent(browser.get(page), {}, to=to)
    (way,) = onward.links()
    assert onward.response.headers["Refresh"] == f"0; url={way}"
    return way


def came_back(browser: Browser, provider: FakeProvider, *, page: str = "/sign-in?next=/account") -> TestResponse:
    return browser.ask(BACK + provider.let_in(led(browser, page, GO)))


def linked(signed_in: SignedIn, provider: FakeProvider, role: Role = Role.COORDINATOR) -> Browser:
    """A browser in which the account of that role has been linked with whom the provider knows."""
    browser = signed_in(role)
    answer = browser.ask(BACK + provider.let_in(led(browser, "/account", LINK)))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account"), answer.text
    return browser


def is_out(browser: Browser) -> bool:
    return browser.ask("/account").status_code == 302


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.threat("T22")
def test_who_linked_the_account_signs_in_and_our_second_step_is_asked(
    browser: Browser, signed_in: SignedIn, provider: FakeProvider, world: World, units: Units, clock: FrozenClock
) -> None:
    account_id = world.account_id(Role.COORDINATOR)
    before = linked(signed_in, provider)
    assert "linked" in before.get("/account").text
    give_app(units, account_id)
    browser.get("/sign-in")
    planted = browser.cookie()
    answer = came_back(browser, provider)
    assert answer.headers["Location"] == f"{STEP}?next=/account"
    assert is_out(browser)
    assert browser.cookie() != planted
    done = browser.send(browser.follow(answer), {"code": code(clock.at)}, to=STEP)
    assert browser.follow(done).heading == "Your account"
    assert browser.send(browser.get("/account"), {}, to="/sign-out").status_code == 303
    assert is_out(browser)
    with units.reading() as unit:
        told = [entry.action for entry in journal.history(unit, f"account:{account_id}")]
        mails = unit.session.query(OutboxRow).count()
    assert told == ["account.provider_linked", "account.provider_named", "account.signed_in", "account.signed_out"]
    assert mails == 1


def test_a_second_step_that_the_provider_asserts_is_taken_as_passed(
    browser: Browser, signed_in: SignedIn, provider: FakeProvider
) -> None:
    linked(signed_in, provider)
    provider.claims = {"amr": ["pwd", "mfa"]}
    assert came_back(browser, provider).headers["Location"] == "/account"
    assert browser.get("/account").heading == "Your account"


def test_who_has_no_step_here_need_not_set_one_up_where_the_provider_took_one_and_must_otherwise(
    browser: Browser, other: Browser, signed_in: SignedIn, provider: FakeProvider, world: World, units: Units
) -> None:
    linked(signed_in, provider)
    with units.writing() as unit:
        unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR)).second_step_at = None
    came_back(browser, provider)
    assert browser.ask("/account").headers["Location"] == "/account/second-step"
    provider.claims = {"amr": ["mfa"]}
    came_back(other, provider)
    assert other.get("/account").heading == "Your account"


@pytest.mark.threat("T21")
def test_nobody_is_created_and_unknown_and_closed_read_the_same(
    browser: Browser, signed_in: SignedIn, provider: FakeProvider, world: World, units: Units
) -> None:
    linked(signed_in, provider)
    provider.person = "person-8"
    unknown = came_back(browser, provider)
    provider.person = "person-7"
    with units.writing() as unit:
        count = unit.session.query(AccountRow).count()
        unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR)).is_active = False
    closed = came_back(browser, provider)
    assert (unknown.status_code, closed.status_code) == (403, 403)
    assert "opens no account here" in unknown.text
    assert len(unknown.data) == len(closed.data)
    assert is_out(browser)
    with units.reading() as unit:
        assert unit.session.query(AccountRow).count() == count


@pytest.mark.threat("T22")
def test_an_answer_counts_once_in_its_own_browser_and_for_ten_minutes(
    browser: Browser, other: Browser, signed_in: SignedIn, provider: FakeProvider, clock: FrozenClock
) -> None:
    linked(signed_in, provider)
    back = provider.let_in(led(browser, "/sign-in", GO))
    stolen = browser.cookie()
    assert other.ask(BACK + back).status_code == 403, "another browser"
    other.client.set_cookie("vct", stolen, domain="127.0.0.1")
    assert browser.ask(BACK + back).status_code == 303
    assert browser.ask(BACK + back).status_code == 403, "a second time"
    assert other.ask(BACK + back).status_code == 403, "a second time, by the cookie of before"
    for query in (f"{provider.let_in(led(browser.fresh(), '/sign-in', GO))}", "", "?code=x", "?state=x", "?error=x"):
        stranger = browser.fresh()
        led(stranger, "/sign-in", GO)
        assert stranger.ask(BACK + query).status_code == 403, query
        assert is_out(stranger)
    late = other.fresh()
    back = provider.let_in(led(late, "/sign-in", GO))
    clock.advance(minutes=10)
    assert late.ask(BACK + back).status_code == 403
    assert "longer than ten minutes" in late.ask(BACK + back).text


@pytest.mark.parametrize("claims", [{"nonce": "x"}, {"iss": "https://evil.example"}, {"exp": 1}, {"aud": "x"}], ids=str)
def test_what_does_not_hold_signs_nobody_in_and_is_journalled(
    browser: Browser, signed_in: SignedIn, provider: FakeProvider, units: Units, claims: dict[str, object]
) -> None:
    linked(signed_in, provider)
    provider.claims = claims
    answer = came_back(browser, provider)
    assert answer.status_code == 403
    assert "did not work" in answer.text
    assert is_out(browser)
    with units.reading() as unit:
        (entry,) = [one for one in journal.history(unit, "account:unknown") if one.action == "account.provider_failed"]
    assert entry.facts == '{"why":"provider_refused"}'


def test_a_provider_that_is_down_is_said_in_words(
    browser: Browser, signed_in: SignedIn, provider: FakeProvider
) -> None:
    provider.status = 500
    page = browser.sent(browser.get("/sign-in"), {}, to=GO, status=503)
    assert "Court login does not answer as it should" in page.text
    assert provider.issuer not in page.response.text


@pytest.mark.abuse(29)
def test_linking_takes_a_fresh_proof_and_one_person_opens_one_account(
    signed_in: SignedIn, provider: FakeProvider, clock: FrozenClock, world: World, units: Units
) -> None:
    linked(signed_in, provider)
    other = signed_in(Role.ADMINISTRATOR)
    answer = other.ask(BACK + provider.let_in(led(other, "/account", LINK)))
    assert answer.status_code == 403
    assert "linked with another account" in answer.text
    clock.advance(minutes=11)
    assert other.sent(other.get("/account"), {}, to=LINK, status=403).heading == "Is it still you?"
    with units.reading() as unit:
        row = unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR))
        assert provider.person not in (row.provider_subject or "")


def test_parted_the_provider_opens_nothing_any_more(
    browser: Browser, signed_in: SignedIn, provider: FakeProvider
) -> None:
    owner = linked(signed_in, provider)
    owner.send(owner.get("/account"), {}, to=f"{LINK}/part")
    assert came_back(browser, provider).status_code == 403


class TestWithout:
    @pytest.fixture
    def app_ports(self, ports: Ports) -> Ports:
        return ports

    def test_where_none_is_set_there_is_no_way(self, app: Flask, browser: Browser, world: World) -> None:
        page = browser.get("/sign-in")
        assert not page.soup.select(f"form[action='{GO}']")
        token = {"csrf_token": page.fields("/sign-in")["csrf_token"]}
        assert browser.ask(GO, "POST", data=token).status_code == 404
