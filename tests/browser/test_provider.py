"""Signing in by a provider at another site, in a real browser: there, back, and in; the cookie comes along."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import openid_provider
from tests.browser.conftest import NOW, SitDown
from tests.browser.desk import Desk
from tests.browser.serving import Server, copied
from tests.fakes import FrozenClock
from tests.openid_provider import CLIENT, SECRET, FakeProvider
from vctestimony.demo.people import SHARED_WORDS

EMAIL = "coordinator@mumbai.court.example"


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    """At 127.0.0.1, while people reach the service by localhost: to a browser these are two sites."""
    with openid_provider.running(FrozenClock(NOW)) as running:
        running.claims = {"amr": ["pwd", "mfa"]}
        yield running


@pytest.fixture
def server(demonstration: Path, provider: FakeProvider, tmp_path: Path) -> Iterator[Server]:
    server = copied(demonstration, tmp_path / "instance")
    server.settings = {
        "VCT_PUBLIC_URL": f"http://localhost:{server.port}",
        "VCT_OIDC_ISSUER": provider.issuer,
        "VCT_OIDC_CLIENT_ID": CLIENT,
        "VCT_OIDC_CLIENT_SECRET": SECRET,
        "VCT_OIDC_NAME": "Court login",
        "VCT_OIDC_SECOND_STEP": "mfa",
    }
    server.start(NOW)
    yield server
    server.stop()


def through(desk: Desk, button: str, *, ends: str) -> None:
    """To the provider, through its door, and back."""
    desk.page.get_by_role("button", name=button, exact=True).click()
    desk.page.get_by_role("button", name="It is me").click()
    desk.page.wait_for_url(ends, wait_until="load")


@pytest.mark.asvs("3.3.2", "10.2.1")
@pytest.mark.threat("T22")
def test_from_the_page_where_one_signs_in_to_today_and_back_again(
    server: Server, provider: FakeProvider, desk: SitDown
) -> None:
    at, me = f"http://localhost:{server.port}", desk()
    me.go(f"{at}/sign-in")
    me.fill(email=EMAIL, password=SHARED_WORDS)
    me.press("Sign in")
    me.take_second_step()
    me.go(f"{at}/account")
    through(me, "Link the two", ends=f"{at}/account")
    assert "linked" in me.text()
    me.sign_out()
    me.go(f"{at}/sign-in")
    before = {cookie["name"]: cookie for cookie in me.context.cookies(at)}
    assert (before["vct"]["sameSite"], before["vct"]["httpOnly"]) == ("Lax", True)
    through(me, "Sign in by Court login", ends=f"{at}/")
    assert me.page.locator("h1").inner_text().startswith("Today, ")
    (after,) = me.context.cookies(at)
    assert after["value"] != before["vct"]["value"]
    assert me.context.cookies(provider.issuer) == []
    me.go(f"{at}/account")
