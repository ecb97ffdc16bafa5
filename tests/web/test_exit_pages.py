"""Pages that may stand on the screen of a survivor: a way out, a title that tells nothing, nothing kept."""

import pytest

from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from vctestimony.domain.people import Role
from vctestimony.web.frame import WEATHER

TOKEN = "k7Jd93hFmsP0aQwXzR5tYbN2vLcE8uGiOoT1s6DfHjK"


def way_out(page: Page) -> list[str]:
    return [str(link["href"]) for link in page.soup.select(".exit a")]


@pytest.mark.threat("T31")
@pytest.mark.parametrize(
    ("path", "status"),
    [("/verify", 200), ("/verify/V-0000-0000", 404), (f"/answer/{TOKEN}", 404), (f"/options/{TOKEN}", 404)],
)
def test_a_page_behind_a_link_or_paper_has_a_way_out_and_a_neutral_title(
    browser: Browser, path: str, status: int
) -> None:
    page = browser.get(path, status=status)
    assert (way_out(page), page.title) == ([WEATHER], "My list")
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.threat("T31")
@pytest.mark.parametrize("path", ["/", "/hearings", "/account", "/no/such/page"])
def test_who_supports_a_witness_has_the_way_out_on_every_page(signed_in: SignedIn, path: str) -> None:
    page = signed_in(Role.SUPPORT).get(path, status=404 if "such" in path else 200)
    assert (way_out(page), page.title) == ([WEATHER], "My list")


@pytest.mark.threat("T31")
def test_pages_of_offices_say_what_they_are(signed_in: SignedIn) -> None:
    page = signed_in(Role.COORDINATOR, "mumbai").get("/hearings")
    assert (way_out(page), page.title == "My list") == ([], False)
    assert way_out(signed_in(Role.COORDINATOR, "mumbai").get("/verify")) == []


@pytest.mark.threat("T31")
def test_the_icon_of_the_window_tells_nothing(browser: Browser) -> None:
    with browser.ask("/static/icon.svg") as icon:
        assert not [word for word in (b"text", b"title", b"court", b"witness") if word in icon.data]
