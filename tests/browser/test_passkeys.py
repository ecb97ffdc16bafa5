"""A first administrator's way in, with a passkey of Chromium's own virtual authenticator (WebAuthn, CDP)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.browser.conftest import NOW, SitDown
from tests.browser.desk import Desk
from tests.browser.serving import Server, free_port
from vctestimony.web.headers import POLICY

EMAIL, WORDS = "keeper@service.example", "ochre mittens under tram"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A fresh installation, reached by a name: browsers make no passkey for a number."""
    port = free_port()
    server = Server(tmp_path / "instance", port=port, settings={"VCT_PUBLIC_URL": f"http://localhost:{port}"})
    server.command("init", at=NOW)
    yield server
    server.stop()


def with_authenticator(desk: Desk) -> Callable[[], object]:
    """A stick with a reader of fingers, and the right finger on it."""
    devtools = desk.context.new_cdp_session(desk.page)
    devtools.send("WebAuthn.enable")
    knows = {"hasUserVerification": True, "isUserVerified": True}
    made = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, **knows}
    number = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": made})["authenticatorId"]
    return lambda: devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": number})


def shows_once_more(keeper: Desk, page: str) -> None:
    """The last proof is too old for the page; the passkey is another."""
    keeper.page.goto(page)
    assert "/account/proof" in keeper.page.url
    keeper.picture()
    keeper.page.get_by_role("button", name="Use a passkey").click()
    keeper.page.wait_for_url(page)


@pytest.mark.asvs("7.5.1", "7.5.3")
def test_a_passkey_is_added_signs_in_and_shows_once_more_who_sits_there(server: Server, desk: SitDown) -> None:
    said = server.command("user", "add", EMAIL, "K. Keeper", "--role", "administrator", at=NOW)
    first = said.stdout.strip().rpartition(" ")[2]
    server.start(NOW)
    keeper = desk()
    take_key_away = with_authenticator(keeper)
    at = f"http://localhost:{server.port}"
    keeper.go(f"{at}/sign-in")
    keeper.fill(email=EMAIL, password=first)
    keeper.press("Sign in")
    keeper.fill(present=first, wanted=WORDS)
    keeper.press("Change the password")
    assert keeper.page.url.endswith("/account/second-step")
    assert "script-src 'self'" in POLICY
    keeper.press("Add a passkey")
    keeper.fill(name="key on my ring")
    keeper.press("Make the passkey")
    assert keeper.page.locator("main li code").count() == 10
    keeper.sign_out()
    keeper.go(f"{at}/sign-in?next=/admin")
    keeper.fill(email=EMAIL, password=WORDS)
    keeper.press("Sign in")
    assert "/sign-in/second-step" in keeper.page.url
    keeper.press("Use a passkey")
    assert keeper.page.url == f"{at}/admin"
    server.start(NOW + timedelta(minutes=11))
    shows_once_more(keeper, f"{at}/admin/accounts/new")
    take_key_away()
    with_authenticator(keeper)  # another stick, which the account does not know
    keeper.sign_out()
    keeper.go(f"{at}/sign-in")
    keeper.fill(email=EMAIL, password=WORDS)
    keeper.press("Sign in")
    keeper.page.get_by_role("button", name="Use a passkey").click()
    keeper.page.locator("#passkey-told").wait_for(state="visible")
    assert "/sign-in/second-step" in keeper.page.url
