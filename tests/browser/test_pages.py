"""Every page, as each role reaches it by links: it loads, is light, fits a small telephone and can be used by all."""

import itertools

import pytest

from tests.browser.conftest import SitDown
from tests.browser.desk import Desk
from tests.browser.walking import barriers, walk

pytestmark = pytest.mark.browser
# The first looks at several pages of each kind; what the others see besides, they see on one.
PEOPLE = {
    "coordinator@mumbai.court.example": 8,
    "coordinator@kolkata.court.example": 1,
    "consular@dhaka.mission.example": 1,
    "administrator@service.example": 1,
}
LANGUAGES = ("en", "hi", "bn")
MAIN_PAGES = ("/", "/hearings", "/cases", "/cases/new", "/procedures", "/account", "/glossary", "/verify")
OF_A_HEARING = ("", "/find", "/people", "/rooms", "/cancel", "/checklist", "/day", "/record", "/deposition")


@pytest.mark.parametrize("email", PEOPLE)
def test_every_page_loads_is_light_and_needs_no_sideways_scrolling(desk: SitDown, email: str) -> None:
    visitor = desk()
    visitor.sign_in(email)
    wrong = walk(visitor, most=PEOPLE[email])
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


def test_the_main_pages_have_no_barriers(desk: SitDown) -> None:
    """Each in one language, and what is seen most in all."""
    visitor = desk(bypass_csp=True)
    visitor.sign_in("coordinator@mumbai.court.example")
    hearing = a_booked_hearing(visitor)
    paths = [*MAIN_PAGES, *(hearing + part for part in OF_A_HEARING)]
    in_turn = list(zip(itertools.cycle(LANGUAGES), paths, strict=False))
    in_all = itertools.product(LANGUAGES, ("/", hearing))
    wrong = []
    for language, path in dict.fromkeys([*in_turn, *in_all]):
        visitor.context.add_cookies([{"name": "language", "value": language, "domain": "127.0.0.1", "path": "/"}])
        visitor.go(path)
        assert visitor.page.locator("html").get_attribute("lang") == language
        wrong += [f"{path} in {language}: {barrier}" for barrier in barriers(visitor)]
    assert not wrong, "\n".join(wrong)
