"""What a new user looks for on the day: what was written, what goes on, what deposition and log disagree on."""

from datetime import timedelta

import pytest

from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import NORMAL_DAY, confirmed
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.web.test_day import logged, opened
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.services.unit import Units


@pytest.fixture
def clerk(signed_in: SignedIn, world: World, units: Units, clock: FrozenClock) -> Browser:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    return signed_in(Role.COORDINATOR, "mumbai")


def test_a_hearing_that_can_be_opened_leads_to_its_run_sheet_from_the_first_page(
    clerk: Browser, signed_in: SignedIn, world: World, clock: FrozenClock
) -> None:
    sheet = f"/hearings/{world.mumbai.hearing}/day"

    def offered(browser: Browser) -> bool:
        return browser.get("/").soup.select_one(f"main section a[href='{sheet}']") is not None

    clock.at = MONDAY_11_AT - timedelta(minutes=61)
    assert not offered(clerk), "the court cannot open it yet without a reason"
    clock.advance(minutes=1)
    assert "To be opened" in clerk.get("/").text
    assert offered(clerk)
    assert offered(signed_in(Role.MISSION_OFFICIAL)), "the other end makes ready by the same sheet"
    assert not offered(signed_in(Role.COORDINATOR, "pune")), "it is another court's"
    assert "Run sheet" in clerk.get(sheet.removesuffix("/day")).text
    clock.advance(hours=30)
    assert offered(signed_in(Role.COORDINATOR, "mumbai")), "nobody opened it, moved it or called it off"


def test_an_entry_is_confirmed_and_the_hearing_in_session_stands_first(clerk: Browser, world: World) -> None:
    sheet = f"/hearings/{world.mumbai.hearing}/day"
    opened(clerk, sheet)
    page = logged(clerk, sheet, Kind.LINK_LOST, cause="power cut")
    confirmed_by = page.soup.select_one("#written")
    assert confirmed_by is not None
    assert "Written: Link lost" in confirmed_by.text
    assert "11:00" in confirmed_by.text
    assert "11:30" in confirmed_by.text
    assert clerk.get(f"{sheet}?written=999").soup.select_one("#written") is None
    first = clerk.get("/").soup.select_one("main section")
    assert first is not None
    assert first.select_one(f"a[href='{sheet}']") is not None
    assert "Entry of the log: Link lost" in clerk.get("/journal").text
    assert "Entry of the log: Link lost" in clerk.get(f"/hearings/{world.mumbai.hearing}").text


def test_what_the_remote_point_declares_the_court_writes_only_as_reported(clerk: Browser, world: World) -> None:
    sheet = f"/hearings/{world.mumbai.hearing}/day"
    assert opened(clerk, sheet).soup.select_one("form[action$='/log/remote_closing']") is None
    for kind, answers in NORMAL_DAY[:13]:
        logged(clerk, sheet, kind, **answers)
    form = f"{sheet}/log/{Kind.REMOTE_CLOSING}"
    assert clerk.sent(clerk.get(form), {}, to=form, status=422).soup.select_one("#e-reported_by") is not None
    assert "Rina Das" in logged(clerk, sheet, Kind.REMOTE_CLOSING, reported_by="Rina Das, by telephone").text


def test_the_deposition_says_what_the_log_does_not_and_leads_to_the_entry(clerk: Browser, world: World) -> None:
    sheet, deposition = (f"/hearings/{world.mumbai.hearing}/{one}" for one in ("day", "deposition"))
    opened(clerk, sheet)
    clerk.send(clerk.get(deposition), {"stage": "cross", "text": "Q. Where?\nA. In Khulna."}, to=deposition)
    page = clerk.get(deposition)
    assert "the log does not say that this stage began" in page.text
    link = f"{sheet}/log/stage_began?stage=cross"
    assert link in page.links()
    assert clerk.get(link).fields(f"{sheet}/log/stage_began")["stage"] == ["cross"]
    for kind, answers in NORMAL_DAY[:12]:
        logged(clerk, sheet, kind, **answers)
    logged(clerk, sheet, Kind.STAGE_BEGAN, stage="cross")
    assert "the log does not say" not in clerk.get(deposition).text
