"""The pages on which somebody without an account asks for a code, types it, and sees how to join."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes import FrozenClock
from tests.services.mails import real_letters, stored
from tests.services.planned import answered, booked
from tests.services.test_joining_window import ROOM, entered, times
from tests.web.browsing import Browser
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Duty
from vctestimony.services.joining_by_link import MAIL_KIND
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """With mails as they leave."""
    return replace(ports, letters=real_letters())


@pytest.fixture
def link(units: Units, world: World, mumbai: Actor, clock: FrozenClock) -> str:
    """The answer link of the defence; the hearing begins in an hour."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    entered(units, world.mumbai.hearing, mumbai)
    token = units.ports.tokens.issue(f"{world.mumbai.hearing}-{Duty.DEFENCE}", sequence=0, now=clock.at)
    clock.at = times(units, world)[0] - timedelta(hours=1)
    return f"/answer/{token}"


@pytest.mark.threat("T9")
@pytest.mark.threat("T10")
def test_the_code_from_the_mail_shows_the_address_and_nothing_else_does(
    browser: Browser, link: str, units: Units
) -> None:
    assert f"{link}/joining" in browser.get(link).links()
    page = browser.get(f"{link}/joining")
    assert "…@" in page.text
    assert ROOM.address not in page.response.text
    page = browser.follow(browser.send(page, {}, to=f"{link}/joining/code", status=303))
    mail = next(row for row in stored(units) if row.kind == MAIL_KIND)
    code = re.search(rb"^(\d{8})\s*$", mail.body, re.MULTILINE)
    assert code
    assert ROOM.address.encode() not in mail.body
    wrong = browser.sent(page, {"code": "12"}, to=f"{link}/joining", status=422)
    assert ROOM.passcode not in wrong.response.text
    typed = code.group(1).decode()
    shown = browser.sent(page, {"code": f"{typed[:4]} {typed[4:]}"}, to=f"{link}/joining")
    assert ROOM.address in shown.links()
    assert ROOM.passcode in shown.text
    browser.sent(page, {"code": typed}, to=f"{link}/joining", status=422)


def test_what_does_not_come_from_the_page_and_made_up_links_do_nothing(browser: Browser, link: str) -> None:
    assert browser.ask(f"{link}/joining/code", "POST", data={}).status_code == 422
    assert browser.ask("/answer/made-up/joining").status_code == 404


def test_before_the_window_the_page_says_when_and_offers_nothing(
    browser: Browser, link: str, clock: FrozenClock
) -> None:
    clock.at -= timedelta(minutes=1)
    page = browser.get(f"{link}/joining")
    assert "sixty minutes before" in page.text
    assert not page.soup.select("main form")
