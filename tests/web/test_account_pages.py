"""One's own account: sessions, password, language."""

import pytest

from tests.builders import PASSWORD
from tests.web.browsing import Browser
from tests.web.conftest import SIGN_IN, SignedIn
from tests.world import World, email_of
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.people import Role
from vctestimony.services import accounts
from vctestimony.services.unit import Units

FRESH = "seven lanterns over grey harbour"
CHANGE = "/account/password"


@pytest.fixture
def me(signed_in: SignedIn) -> Browser:
    return signed_in(Role.ADMINISTRATOR)


def test_another_session_can_be_ended_from_here(me: Browser, signed_in: SignedIn) -> None:
    elsewhere = signed_in(Role.ADMINISTRATOR)
    page = me.get("/account")
    assert len(page.rows()) == 2
    ends = [str(form["action"]) for form in page.soup.select("form") if str(form["action"]).endswith("/end")]
    this = [row for row, cells in enumerate(page.rows()) if "this one" in cells[0]]
    (other,) = [end for row, end in enumerate(ends) if row not in this]
    me.send(page, {}, to=other)
    assert elsewhere.ask("/account").status_code == 302
    assert len(me.get("/account").rows()) == 1


def test_all_other_sessions_end_at_once(me: Browser, signed_in: SignedIn) -> None:
    others = [signed_in(Role.ADMINISTRATOR) for _ in range(2)]
    me.send(me.get("/account"), {}, to="/account/sessions/end-others")
    assert [other.ask("/account").status_code for other in others] == [302, 302]
    assert me.ask("/account").status_code == 200


def test_every_time_on_the_page_stands_in_both_clocks(me: Browser) -> None:
    (row,) = me.get("/account").rows()
    assert "Tue 1 Sep 2026, 10:30 · Kolkata (UTC+05:30)" in row[1]
    assert "Tue 1 Sep 2026, 11:00 · Dhaka (UTC+06:00)" in row[1]


def test_a_changed_password_ends_a_copied_cookie_and_keeps_this_browser_in(me: Browser, other: Browser) -> None:
    other.client.set_cookie("vct", me.cookie(), domain="127.0.0.1")
    answer = me.send(me.get(CHANGE), {"present": PASSWORD, "wanted": FRESH}, to=CHANGE)
    assert "Your password has been changed." in me.follow(answer).text
    assert other.ask("/account").status_code == 302
    again = other.fresh()
    again.sign_in(email_of(Role.ADMINISTRATOR), FRESH)


def test_what_was_said_once_is_not_said_again(me: Browser) -> None:
    answer = me.send(me.get(CHANGE), {"present": PASSWORD, "wanted": FRESH}, to=CHANGE)
    me.follow(answer)
    assert "Your password has been changed." not in me.get("/account").text


@pytest.mark.parametrize(
    ("present", "wanted", "complaint"),
    [
        ("wrong", FRESH, "Present password: This is not your present password."),
        (PASSWORD, "short", "New password: This password has 5 characters. Use at least 15"),
        (PASSWORD, "testimony court mumbai", "New password: This password is made of words"),
        (PASSWORD, "", "New password: Fill this in."),
        (PASSWORD, "x" * 201, "New password: This has 201 characters; at most 200 fit."),
    ],
)
def test_a_refused_password_is_named_beside_its_field_and_not_shown(
    me: Browser, present: str, wanted: str, complaint: str
) -> None:
    page = me.sent(me.get(CHANGE), {"present": present, "wanted": wanted}, to=CHANGE, status=422)
    assert complaint in page.text
    assert page.title.startswith("Error:")
    assert (page.fields(CHANGE)["present"], page.fields(CHANGE)["wanted"]) == ([""], [""])


def test_a_first_password_leads_only_to_the_page_where_it_is_changed(
    browser: Browser, world: World, units: Units
) -> None:
    with units.writing() as unit:
        password = accounts.renew_password(unit, world.account_id(Role.ADMINISTRATOR), by=SYSTEM)
    browser.sign_in(email_of(Role.ADMINISTRATOR), password)
    for path in ("/admin/accounts", "/account", "/nowhere"):
        assert browser.ask(path).headers["Location"] == CHANGE
    browser.send(browser.get(CHANGE), {"present": password, "wanted": FRESH}, to=CHANGE)
    assert browser.get("/admin/accounts").heading == "Accounts"


@pytest.mark.parametrize("language", ["hi", "bn", "en"])
def test_the_chosen_language_is_spoken_at_once_and_after_signing_in_elsewhere(
    me: Browser, signed_in: SignedIn, language: str
) -> None:
    answer = me.send(me.get("/account"), {"language": language}, to="/account/language")
    assert me.follow(answer).language == language
    assert signed_in(Role.ADMINISTRATOR).get("/account").language == language


def test_a_language_that_is_not_offered_is_refused(me: Browser) -> None:
    page = me.sent(me.get("/account"), {"language": "xx"}, to="/account/language", status=422)
    assert "Choose one of the answers offered." in page.text


@pytest.mark.parametrize("path", ["/account", CHANGE, "/admin", "/admin/accounts", "/admin/mailbox", "/journal"])
def test_nothing_of_it_is_shown_to_somebody_who_is_not_signed_in(browser: Browser, path: str) -> None:
    answer = browser.ask(path)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, SIGN_IN)
