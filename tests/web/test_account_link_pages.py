"""Pages of links by mail: the same for everybody who asks, one page for every link that does not work."""

import re

import pytest

from tests.web.browsing import Browser
from tests.world import World, email_of
from vctestimony.domain.people import Role

LOST, DEAD = "/sign-in/lost", "/sign-in/link/" + "A" * 43


@pytest.mark.abuse(17)
@pytest.mark.asvs("6.3.8")
def test_whoever_asks_for_a_link_reads_the_same(browser: Browser, world: World) -> None:
    form = browser.get(LOST)
    own, nobody = (
        browser.sent(form, {"email": email}, to=LOST) for email in (email_of(Role.SUPPORT), "nobody@dhaka.example")
    )
    plain = [re.sub(r'value="[^"]*"', "", page.response.text) for page in (own, nobody)]
    assert plain[0] == plain[1]
    assert len(own.response.data) == len(nobody.response.data)


def test_an_invited_person_is_led_to_signing_in(browser: Browser, world: World) -> None:
    browser.sent(browser.get(LOST), {"email": email_of(Role.SUPPORT)}, to=LOST)
    page = browser.get(DEAD, status=404)
    assert page.heading == "This link does not work"
    assert browser.ask(DEAD, "POST", data=page.fields("/language")).status_code == 404
