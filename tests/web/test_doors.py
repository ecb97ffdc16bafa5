"""The frame round every page: the doors a role has, which one is open, and the clocks of both ends."""

import pytest

from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role


def doors(page: Page) -> list[str]:
    return [link.get_text(strip=True) for link in page.soup.select("header nav a")]


def current(page: Page) -> list[str]:
    return [link.get_text(strip=True) for link in page.soup.select("header nav a[aria-current]")]


def clocks(page: Page) -> list[str]:
    return [" ".join(clock.get_text(" ").split()) for clock in page.soup.select("header .clocks span")]


@pytest.mark.parametrize(
    ("role", "has", "has_not"),
    [
        (Role.COORDINATOR, {"Today", "Hearings", "Cases", "Procedures", "Journal"}, {"Administration"}),
        (Role.LEGAL_STAFF, {"Today", "Hearings", "Cases", "Procedures"}, {"Journal", "Administration"}),
        (Role.PRESIDING_OFFICER, {"Today", "Hearings", "Journal"}, {"Cases", "Administration"}),
        (Role.INTERPRETER, {"Today", "Hearings", "Procedures"}, {"Cases", "Journal", "Administration"}),
        (Role.ADMINISTRATOR, {"Administration", "Procedures"}, {"Today", "Hearings", "Cases", "Journal"}),
    ],
)
def test_each_role_has_its_doors(signed_in: SignedIn, role: Role, has: set[str], has_not: set[str]) -> None:
    found = set(doors(signed_in(role).get("/procedures")))
    assert has <= found
    assert not has_not & found


@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/hearings", "Hearings"),
        ("/hearings/H-MUMBAI1/checklist", "Hearings"),
        ("/cases", "Cases"),
        ("/cases/C-MUMBAI1", "Cases"),
        ("/cases/C-MUMBAI1/witness", "Cases"),
        ("/witnesses/W-MUMBAI1/looks", "Cases"),
        ("/procedures", "Procedures"),
        ("/journal", "Journal"),
        ("/", "Today"),
    ],
)
def test_the_door_one_came_through_is_marked(signed_in: SignedIn, path: str, door: str) -> None:
    assert current(signed_in(Role.COORDINATOR, "mumbai").get(path)) == [door]


def test_a_page_behind_no_door_marks_none(signed_in: SignedIn) -> None:
    assert current(signed_in(Role.COORDINATOR).get("/glossary")) == []


def test_ones_own_clock_comes_first_and_the_one_across_the_border_second(
    signed_in: SignedIn, browser: Browser, world: World
) -> None:
    assert clocks(signed_in(Role.COORDINATOR, "mumbai").get("/procedures")) == ["Mumbai 10:30", "Dhaka 11:00"]
    assert clocks(signed_in(Role.MISSION_OFFICIAL).get("/procedures")) == ["Dhaka 11:00", "Kolkata 10:30"]
    assert clocks(browser.get("/glossary")) == ["Kolkata 10:30", "Dhaka 11:00"]


def test_who_is_not_signed_in_sees_no_door(browser: Browser) -> None:
    page = browser.get("/glossary")
    assert doors(page) == []
    assert page.soup.select("header form[action='/sign-out']") == []
