"""Pages of how a conference is joined, and of what a court's mails tell."""

from datetime import timedelta

import pytest

from tests.services.planned import answered
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow

ADDRESS, PASSCODE = "https://meet.example/room-one?pwd=QUJD&x=1", "471147"
SETTINGS = "/posts/mumbai-court/settings"


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def entered(coordinator: Browser, page: str) -> None:
    form = coordinator.get(f"{page}/joining")
    coordinator.send(form, {"address": ADDRESS, "passcode": PASSCODE}, to=f"{page}/joining")


@pytest.mark.threat("T9", "T10")
def test_the_address_stands_in_no_page_before_its_button_and_then_once(
    signed_in: SignedIn, other: Browser, world: World, units: Units
) -> None:
    page = f"/hearings/{world.mumbai.hearing}"
    coordinator, interpreter = signed_in(Role.COORDINATOR, "mumbai"), signed_in(Role.INTERPRETER)
    assert "No joining address is entered yet." in coordinator.get(page).text
    assert "Joining the conference" not in interpreter.get(page).text
    entered(coordinator, page)
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).starts_at = unit.now + timedelta(minutes=59)
    for browser in (coordinator, interpreter):
        before = browser.get(page)
        assert "meet.example" not in before.response.text
        shown = browser.sent(before, {}, to=f"{page}/joining/look")
        assert ADDRESS in shown.text
        assert PASSCODE in shown.text
        assert shown.soup.find("a", href=ADDRESS, rel=["noopener", "noreferrer"]) is not None
    assert "meet.example" not in coordinator.get(f"{page}/joining").response.text
    assert coordinator.get(page).text.count("Joining address looked at") == 2
    assert interpreter.ask(f"{page}/joining").status_code == 403
    assert interpreter.ask(f"{page}/joining/look").status_code == 405


@pytest.mark.threat("T9", "T3")
def test_somebody_of_another_court_finds_nothing(signed_in: SignedIn, world: World) -> None:
    page = f"/hearings/{world.mumbai.hearing}"
    entered(signed_in(Role.COORDINATOR, "mumbai"), page)
    elsewhere = signed_in(Role.COORDINATOR, "pune")
    home = elsewhere.get(f"/hearings/{world.pune.hearing}")
    token = {"csrf_token": str(home.soup.select_one("input[name=csrf_token]")["value"])}  # type: ignore[index]
    answer = elsewhere.ask(f"{page}/joining/look", "POST", data=token, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 404
    assert "meet.example" not in answer.text


def test_a_refused_address_stays_in_the_form_and_an_entered_one_is_taken_back(
    signed_in: SignedIn, world: World
) -> None:
    page = f"/hearings/{world.mumbai.hearing}"
    coordinator = signed_in(Role.COORDINATOR, "mumbai")
    wrong = {"address": "http://meet.example/room-one"}
    refused = coordinator.sent(coordinator.get(f"{page}/joining"), wrong, to=f"{page}/joining", status=422)
    assert "It begins with https://" in refused.text
    assert refused.fields(f"{page}/joining")["address"] == ["http://meet.example/room-one"]
    entered(coordinator, page)
    coordinator.send(coordinator.get(f"{page}/joining"), {}, to=f"{page}/joining/withdraw")
    assert "No joining address is entered yet." in coordinator.get(page).text


def test_a_court_settles_what_its_mails_tell_and_reads_that_nobody_is_written_to(signed_in: SignedIn) -> None:
    coordinator = signed_in(Role.COORDINATOR, "mumbai")
    assert SETTINGS in coordinator.get("/posts/mumbai-court").links()
    form = coordinator.get(SETTINGS)
    assert "A change here writes to nobody." in form.text
    assert not {"tell_joining", "tell_passcode", "show_others"} & form.fields(SETTINGS).keys()
    refused = coordinator.sent(form, {"tell_passcode": "yes"}, to=SETTINGS, status=422)
    assert "together with the joining address" in refused.text
    coordinator.send(form, {"tell_joining": "yes", "show_others": "yes"}, to=SETTINGS)
    kept = coordinator.get(SETTINGS).fields(SETTINGS)
    assert (kept["tell_joining"], kept["show_others"], "tell_passcode" in kept) == (["yes"], ["yes"], False)
    assert signed_in(Role.COORDINATOR, "pune").ask(SETTINGS).status_code == 403
    mission = signed_in(Role.MISSION_OFFICIAL)
    assert "/posts/dhaka-mission/settings" not in mission.get("/posts/dhaka-mission").links()
    assert mission.ask("/posts/dhaka-mission/settings").status_code == 404
