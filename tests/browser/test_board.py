"""The two-clock board in a real browser: by keyboard alone, without JavaScript, on a telephone, on paper, for axe."""

import subprocess
from pathlib import Path

import pytest

from tests.browser import telling
from tests.browser.conftest import SitDown
from tests.browser.desk import Desk
from tests.browser.walking import barriers, problems

pytestmark = pytest.mark.browser
MOST_TABS = 60
A4_LANDSCAPE = "841.92 x 594.96"


def search(visitor: Desk) -> str:
    """Signed in, at the times of a booked hearing; gives the hearing's address."""
    visitor.sign_in(telling.COORDINATOR)
    visitor.go("/hearings?state=booked")
    found = visitor.page.locator("main tbody a[href^='/hearings/H-']").first.get_attribute("href")
    assert found
    visitor.go(f"{found}/find?from=2026-09-07&to=2026-09-20")
    return found


def tab_to(visitor: Desk, selector: str) -> str:
    """Press Tab until the focus is on such an element; gives its address."""
    for _ in range(MOST_TABS):
        visitor.page.keyboard.press("Tab")
        focused = visitor.page.locator(f"{selector}:focus")
        if focused.count():
            return focused.get_attribute("href") or ""
    raise AssertionError(f"{selector} was not reached in {MOST_TABS} steps")


def enter(visitor: Desk) -> None:
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("width", "starts", "javascript"), [(1200, "svg.b a[aria-label]", True), (360, ".chips a", False)]
)
def test_a_start_is_proposed_with_tab_and_enter(desk: SitDown, width: int, starts: str, javascript: bool) -> None:
    clerk = desk(width=width, javascript=javascript)
    search(clerk)
    href = tab_to(clerk, starts)
    assert "/book?start=2026-09-" in href
    enter(clerk)
    assert clerk.page.url.endswith(href)
    assert "Court Point" in clerk.text()


def test_the_name_of_a_day_leads_by_keyboard_to_every_start_of_it(desk: SitDown) -> None:
    clerk = desk(javascript=False)
    hearing = search(clerk)
    assert tab_to(clerk, "svg.b a.b-more") == f"{hearing}/find/2026-09-07"
    enter(clerk)
    text = clerk.text()
    assert "Every start of the day" in text
    assert "outside working hours" in text
    rows = clerk.page.locator(".runs tbody tr")
    assert rows.count() > 3
    tab_to(clerk, ".runs a")
    enter(clerk)
    assert "/find" not in clerk.page.url


@pytest.mark.parametrize(("width", "shown", "hidden"), [(1200, ".board", ".strips"), (360, ".strips", ".board")])
def test_each_width_has_its_own_picture_and_only_that(desk: SitDown, width: int, shown: str, hidden: str) -> None:
    clerk = desk(width=width, javascript=False)
    search(clerk)
    assert clerk.page.locator(shown).is_visible()
    assert not clerk.page.locator(hidden).is_visible()


WEEKS, A_DAY, ANOTHER = "/find?from=2026-09-07&to=2026-11-07&step=15", "/find/2026-09-07", "/find/2026-09-11"


@pytest.mark.parametrize(
    ("language", "paths"), [("en", (WEEKS, A_DAY)), ("hi", (WEEKS,)), ("bn", (ANOTHER,))], ids=["en", "hi", "bn"]
)
def test_a_week_and_a_day_have_no_barriers_are_light_and_fit_a_telephone(
    desk: SitDown, language: str, paths: tuple[str, ...]
) -> None:
    visitor = desk(bypass_csp=True)
    hearing = search(visitor)
    visitor.context.add_cookies([{"name": "language", "value": language, "url": visitor.page.url}])
    for path in paths:
        visitor.go(hearing + path)
        wrong = [*problems(visitor), *barriers(visitor)]
        visitor.page.set_viewport_size({"width": 360, "height": 800})
        wrong += barriers(visitor)
        visitor.page.set_viewport_size({"width": 1200, "height": 900})
        assert not wrong, "\n".join(wrong)


def test_on_paper_the_board_lies_across_the_page_whatever_the_window(desk: SitDown, tmp_path: Path) -> None:
    clerk = desk(width=360)
    search(clerk)
    paper = tmp_path / "board.pdf"
    clerk.page.pdf(path=str(paper), prefer_css_page_size=True)
    about = subprocess.run(["pdfinfo", str(paper)], capture_output=True, text=True, check=True).stdout
    assert A4_LANDSCAPE in about
    first = subprocess.run(["pdftotext", "-l", "1", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    assert first.count("Mumbai") >= 2
    assert "Trial court" in first
