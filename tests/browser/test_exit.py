""" "Exit this page" in a real browser: the page is gone, and the Back button does not bring it back."""

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import SitDown
from vctestimony.web.frame import WEATHER

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.threat("T31")]
SUNNY = "<!doctype html><html lang='en'><title>Weather</title><h1>Sunny</h1></html>"


def sunny(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body=SUNNY)


def test_after_the_exit_neither_the_page_nor_the_one_before_it_comes_back(desk: SitDown) -> None:
    one = desk()
    one.page.context.route(f"{WEATHER}**", sunny)
    one.go("/verify")
    one.expected = {404}
    one.page.fill("input[name=code]", "V-0000-0000")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**/verify/V-*")
    assert one.page.title() == "My list"

    one.page.click(".exit a")
    one.page.wait_for_url(WEATHER)
    with one.page.expect_event("framenavigated", lambda frame: frame.url.endswith("/verify")):
        one.page.evaluate("window.setTimeout(function () { history.back(); }, 0)")
    one.page.wait_for_url(WEATHER)
    assert one.page.locator("h1").text_content() == "Sunny"


def test_who_opens_the_page_anew_in_the_same_window_sees_it(desk: SitDown) -> None:
    one = desk()
    one.page.context.route(f"{WEATHER}**", sunny)
    one.go("/verify")
    one.page.click(".exit a")
    one.page.wait_for_url(WEATHER)
    one.go("/verify")
    assert one.page.locator("input[name=code]").is_visible()
