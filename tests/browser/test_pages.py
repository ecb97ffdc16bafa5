"""Every page, as each role reaches it by links: it loads, is light, fits a small telephone and can be used by all."""

import pytest

from tests.browser.conftest import SitDown
from tests.browser.desk import Desk
from tests.browser.walking import barriers, walk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
PEOPLE = (
    "coordinator@mumbai.court.example",
    "coordinator@kolkata.court.example",
    "consular@dhaka.mission.example",
    "administrator@service.example",
)
MAIN_PAGES = ("/", "/hearings", "/cases", "/cases/new", "/procedures", "/account", "/glossary", "/verify")
OF_A_HEARING = ("", "/find", "/people", "/rooms", "/cancel", "/checklist", "/day", "/record", "/deposition")


@pytest.mark.parametrize("email", PEOPLE)
def test_every_page_loads_is_light_and_needs_no_sideways_scrolling(desk: SitDown, email: str) -> None:
    visitor = desk()
    visitor.sign_in(email)
    wrong = walk(visitor)
    assert not wrong, "\n".join(wrong)


def test_the_pages_that_are_open_to_all_keep_the_same_rules(desk: SitDown) -> None:
    visitor = desk()
    wrong = [problem for path in ("/sign-in", "/glossary", "/verify") for problem in walk(visitor, path)]
    assert not wrong, "\n".join(wrong)


def a_booked_hearing(visitor: Desk) -> str:
    visitor.go("/hearings?state=booked")
    found = visitor.page.locator("main tbody a[href^='/hearings/H-']").first.get_attribute("href")
    assert found
    return found


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_the_main_pages_have_no_barriers(desk: SitDown, language: str) -> None:
    visitor = desk(bypass_csp=True)
    visitor.sign_in("coordinator@mumbai.court.example")
    hearing = a_booked_hearing(visitor)
    visitor.context.add_cookies([{"name": "language", "value": language, "url": visitor.page.url}])
    wrong = []
    for path in (*MAIN_PAGES, *(hearing + part for part in OF_A_HEARING)):
        visitor.go(path)
        assert visitor.page.locator("html").get_attribute("lang") == language
        wrong += [f"{path}: {barrier}" for barrier in barriers(visitor)]
    assert not wrong, "\n".join(wrong)
