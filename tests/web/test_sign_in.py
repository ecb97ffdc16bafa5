"""Signing in and out: what a browser is given, what a copied cookie is worth, what a stranger learns."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.builders import PASSWORD
from tests.fakes import FrozenClock
from tests.web.browsing import Browser, Page
from tests.web.conftest import SIGN_IN
from tests.world import World, email_of
from vctestimony.domain.people import Role
from vctestimony.services import limits, signing_in
from vctestimony.services.limits import TooManyTries
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, AttemptRow, WebSessionRow
from vctestimony.web.paths import local_path

ADMINISTRATOR = email_of(Role.ADMINISTRATOR)
WRONG = "not the password at all"


def tried(browser: Browser, email: str = ADMINISTRATOR, password: str = WRONG, *, status: int = 422) -> Page:
    """The page after a sign-in that fails."""
    page = browser.get(SIGN_IN)
    return browser.sent(page, {"email": email, "password": password}, to=SIGN_IN, status=status)


def entered(browser: Browser, password: str = PASSWORD, **values: str) -> TestResponse:
    """The answer to a sign-in that works."""
    return browser.sign_in(ADMINISTRATOR, password, **values)


def flags(answer: TestResponse) -> set[str]:
    """What a Set-Cookie says besides name and value."""
    (header,) = [h for h in answer.headers.getlist("Set-Cookie") if "vct=" in h]
    return set(header.split("; ")[1:])


def leads_to_sign_in(answer: TestResponse) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_signing_in_leads_on_and_the_page_knows_the_person(browser: Browser, world: World) -> None:
    answer = entered(browser, next="/account")
    assert answer.headers["Location"] == "/account"
    assert "Administrator" in browser.get("/account").heading + browser.get("/account").text


def test_looking_at_the_sign_in_page_writes_nothing(browser: Browser, units: Units) -> None:
    browser.get(SIGN_IN)
    with units.reading() as unit:
        assert unit.session.query(WebSessionRow).count() == 0


@pytest.mark.abuse(35)
@pytest.mark.asvs("3.3.4")
def test_the_cookie_is_for_this_host_and_out_of_reach_of_scripts(browser: Browser, world: World) -> None:
    assert flags(entered(browser)) == {"HttpOnly", "Path=/", "SameSite=Lax"}


def test_the_database_does_not_hold_what_the_cookie_holds(browser: Browser, world: World, units: Units) -> None:
    entered(browser)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", browser.cookie())
    with units.reading() as unit:
        (row,) = unit.session.query(WebSessionRow).all()
        kept = f"{row.token_hash} {row.content}"
    assert browser.cookie() not in kept


@pytest.mark.threat("T22")
@pytest.mark.asvs("7.2.4")
def test_signing_in_gives_a_cookie_the_browser_never_had(browser: Browser, world: World) -> None:
    browser.get(SIGN_IN)
    planted = browser.cookie()
    entered(browser)
    assert planted
    assert browser.cookie() != planted


def test_a_cookie_from_before_signing_in_stays_worth_nothing(browser: Browser, other: Browser, world: World) -> None:
    browser.get(SIGN_IN)
    other.client.set_cookie("vct", browser.cookie(), domain="127.0.0.1")
    entered(browser)
    assert leads_to_sign_in(other.ask("/account"))


@pytest.mark.abuse(22)
@pytest.mark.threat("T22")
@pytest.mark.asvs("7.4.1")
def test_a_copied_cookie_is_dead_after_signing_out(browser: Browser, other: Browser, world: World) -> None:
    entered(browser)
    other.client.set_cookie("vct", browser.cookie(), domain="127.0.0.1")
    assert other.ask("/account").status_code == 200
    answer = browser.send(browser.get("/account"), {}, to="/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert browser.cookie() == ""
    assert leads_to_sign_in(other.ask("/account"))
    assert leads_to_sign_in(browser.ask("/account"))


@pytest.mark.parametrize(("minutes", "alive"), [(29, True), (30, False), (31, False)])
@pytest.mark.asvs("7.3.1")
def test_a_session_that_is_not_used_ends_after_half_an_hour(
    browser: Browser, world: World, clock: FrozenClock, minutes: int, alive: bool
) -> None:
    entered(browser)
    clock.advance(minutes=minutes)
    assert (browser.ask("/account").status_code == 200) is alive


@pytest.mark.parametrize(("minutes", "alive"), [(479, True), (480, False)])
@pytest.mark.asvs("7.3.2")
def test_a_session_in_use_ends_after_eight_hours(
    browser: Browser, world: World, clock: FrozenClock, minutes: int, alive: bool
) -> None:
    entered(browser)
    for _ in range(minutes // 20):
        clock.advance(minutes=20)
        browser.ask("/account")
    clock.advance(minutes=minutes % 20)
    assert (browser.ask("/account").status_code == 200) is alive


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, "A" * 10_000, "é" * 43, "../" * 10])
@pytest.mark.abuse(23)
@pytest.mark.threat("T22")
def test_a_cookie_that_is_not_ours_is_no_session_and_no_fault(browser: Browser, world: World, cookie: str) -> None:
    answer = browser.ask("/account", headers={"Cookie": f"vct={cookie}".encode().decode("latin-1")})
    assert leads_to_sign_in(answer)


@pytest.mark.abuse(17)
@pytest.mark.threat("T21")
@pytest.mark.asvs("6.3.8")
def test_unknown_wrong_and_disabled_cannot_be_told_apart(browser: Browser, world: World, units: Units) -> None:
    with units.writing() as unit:
        unit.session.get_one(AccountRow, world.account_id(Role.SUPPORT)).is_active = False
    pages = [
        tried(browser, "nobody@mumbai.example"),
        tried(browser, ADMINISTRATOR),
        tried(browser, email_of(Role.SUPPORT), PASSWORD),
    ]
    shown = {re.sub(r'value="[^"]*"', "", page.response.text) for page in pages}
    assert len(shown) == 1
    assert "The e-mail address or the password is not right." in pages[0].text


def test_a_refused_sign_in_keeps_the_address_and_not_the_password(browser: Browser, world: World) -> None:
    page = tried(browser)
    assert page.fields(SIGN_IN)["email"] == [ADMINISTRATOR]
    assert page.fields(SIGN_IN)["password"] == [""]
    assert WRONG not in page.response.text
    assert page.title.startswith("Error:")


@pytest.mark.abuse(26)
@pytest.mark.threat("T21")
@pytest.mark.asvs("2.4.1", "6.3.1")
def test_the_eleventh_try_must_wait(browser: Browser, world: World, clock: FrozenClock) -> None:
    for _ in range(10):
        tried(browser)
    clock.advance(minutes=1)
    page = tried(browser, password=PASSWORD, status=429)
    assert page.response.headers["Retry-After"] == "840"
    assert "Wait 14 minutes" in page.text
    clock.advance(minutes=14)
    entered(browser)


def test_failed_tries_are_counted_although_the_sign_in_fails(browser: Browser, world: World, units: Units) -> None:
    tried(browser)
    with units.reading() as unit:
        buckets = {row.bucket for row in unit.session.query(AttemptRow)}
    assert len(buckets) == 2
    assert not any(ADMINISTRATOR in bucket for bucket in buckets)


@pytest.mark.abuse(26)
@pytest.mark.threat("T21")
@pytest.mark.asvs("6.3.1")
def test_a_stranger_cannot_lock_the_owner_out_of_a_known_place(browser: Browser, world: World, units: Units) -> None:
    entered(browser)
    for number in range(10):
        with pytest.raises(signing_in.SignInRefused):
            signing_in.sign_in(units, email=ADMINISTRATOR, password=WRONG, address=f"198.51.100.{number}")
    with pytest.raises(TooManyTries):
        signing_in.sign_in(units, email=ADMINISTRATOR, password=PASSWORD, address="198.51.100.99")
    entered(browser.fresh())


@pytest.mark.abuse(106)
@pytest.mark.threat("T21")
@pytest.mark.asvs("15.3.4")
def test_a_forwarded_address_from_anybody_does_not_dodge_the_limit(
    browser: Browser, world: World, units: Units
) -> None:
    with units.writing() as unit:
        for _ in range(signing_in.TRIES_FROM_A_PLACE):
            limits.note(unit, "sign-in-from:127.0.0.1")
    page = browser.get(SIGN_IN)
    answer = browser.ask(
        SIGN_IN,
        "POST",
        data=page.fields(SIGN_IN) | {"email": ["another@mumbai.example"], "password": [WRONG]},
        headers={"X-Forwarded-For": "203.0.113.7", "Forwarded": "for=203.0.113.7"},
    )
    assert answer.status_code == 429


@pytest.mark.parametrize("path", [SIGN_IN, "/sign-out", "/account/password", "/language"])
@pytest.mark.abuse(31)
@pytest.mark.asvs("3.5.1")
@pytest.mark.abuse(32)
def test_a_form_without_its_token_is_refused(browser: Browser, world: World, path: str) -> None:
    entered(browser)
    answer = browser.ask(path, "POST", data={"email": ADMINISTRATOR, "password": PASSWORD, "language": "hi"})
    assert answer.status_code == 400
    assert browser.ask("/account").status_code == 200


@pytest.mark.abuse(31)
@pytest.mark.asvs("3.5.1")
def test_the_token_of_another_browser_is_refused(browser: Browser, other: Browser, world: World) -> None:
    stranger = other.get(SIGN_IN).fields(SIGN_IN)
    browser.get(SIGN_IN)
    answer = browser.ask(SIGN_IN, "POST", data=stranger | {"email": [ADMINISTRATOR], "password": [PASSWORD]})
    assert answer.status_code == 400


@pytest.mark.abuse(31)
@pytest.mark.asvs("3.5.1", "3.5.3")
def test_a_form_sent_from_another_site_is_refused(browser: Browser, world: World) -> None:
    fields = browser.get(SIGN_IN).fields(SIGN_IN)
    answer = browser.ask(SIGN_IN, "POST", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
@pytest.mark.abuse(37)
def test_only_a_posted_form_signs_out(browser: Browser, world: World, method: str) -> None:
    entered(browser)
    assert browser.ask("/sign-out", method).status_code == 405
    assert browser.ask("/account").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/account", "/account"),
        ("/hearings?state=booked&x=1", "/hearings?state=booked&x=1"),
        ("", "/"),
        ("account", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/%0d%0aSet-Cookie:x=1", "/"),
        ("/\u2028", "/"),
    ],
)
@pytest.mark.asvs("3.7.2")
def test_signing_in_never_leads_off_this_host(wanted: str, goes_to: str) -> None:
    assert local_path(wanted) == goes_to


def test_a_page_that_needs_signing_in_is_where_one_arrives(browser: Browser, world: World) -> None:
    answer = browser.ask("/account?from=bookmark")
    page = browser.follow(answer)
    arrived = browser.send(page, {"email": email_of(Role.SUPPORT), "password": PASSWORD}, to=SIGN_IN)
    assert arrived.headers["Location"] == "/account?from=bookmark"


def test_who_is_signed_in_is_not_asked_again(browser: Browser, world: World) -> None:
    entered(browser)
    assert browser.ask(SIGN_IN + "?next=/account").headers["Location"] == "/account"


class TestUnderHttps:
    @pytest.fixture
    def environment(self) -> dict[str, str]:
        return {"VCT_PUBLIC_URL": "https://127.0.0.1"}

    @pytest.mark.abuse(35)
    @pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4")
    @pytest.mark.asvs("3.3.1", "3.3.3")
    def test_the_cookie_is_bound_to_the_host_and_to_https(self, browser: Browser, world: World) -> None:
        browser.base = "https://127.0.0.1"
        answer = entered(browser)
        assert flags(answer) == {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"}
        assert [h.partition("=")[0] for h in answer.headers.getlist("Set-Cookie")] == ["__Host-vct"]
        assert browser.get("/account").heading == "Your account"
