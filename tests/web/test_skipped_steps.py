"""No step of what has an order can be taken before its turn by sending its form first, and no stranger is added."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.services.planned import answered, version_of
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Role
from vctestimony.services import journal
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OutboxRow, ParticipantRow
from vctestimony.web.forms import fresh_key

TOO_EARLY = {
    "confirming before booking": "confirm",
    "completing before the day": "day/complete",
    "adjourning before the day": "day/adjourn",
    "a log before the opening": "day/log/link_connected",
    "a text before the hearing": "deposition",
    "fixing a text that is not there": "deposition/fixing",
    "sealing before the hearing": "seal",
    "an addendum without a record": "addenda/new/correction",
    "booking an option that was not offered": "options",
}


@pytest.fixture
def judge(signed_in: SignedIn, world: World, units: Units, app: Flask) -> Browser:
    with units.writing() as unit:
        answered(unit.session, world)
    return signed_in(Role.PRESIDING_OFFICER, "mumbai")


def sent(browser: Browser, units: Units, reference: str, path: str, **answers: str | list[str]) -> int:
    """The form of the last step, with a token of a page that the person may have; its status."""
    token = str(browser.get("/hearings").soup.select("input[name=csrf_token]")[0]["value"])
    told = {"csrf_token": token, "version": str(version_of(units, reference)), "once": fresh_key(), **answers}
    address = f"/hearings/{reference}/{path}"
    return browser.ask(address, "POST", data=told, headers={"Sec-Fetch-Site": "same-origin"}).status_code


@pytest.mark.asvs("2.3.1")
@pytest.mark.parametrize("step", TOO_EARLY)
def test_the_last_step_sent_first_is_refused_and_changes_nothing(
    judge: Browser, signed_in: SignedIn, units: Units, world: World, step: str
) -> None:
    usual = {
        "reason": "x",
        "cause": "other",
        "language": "en",
        "stage": "chief",
        "text": "x",
        "value": "x",
        "option": "1",
    }
    with units.reading() as unit:
        before = journal.verify(unit)
    for browser in (judge, signed_in(Role.COORDINATOR, "mumbai")):
        assert sent(browser, units, world.mumbai.hearing, TOO_EARLY[step], **usual) in {403, 404, 409, 422}
    with units.reading() as unit:
        assert unit.session.get_one(HearingRow, world.mumbai.hearing_id).state is State.REQUESTED
        assert journal.verify(unit) == before


@pytest.mark.abuse(4)
@pytest.mark.threat("T24")
@pytest.mark.asvs("15.3.3")
def test_five_hundred_attendees_and_strangers_are_named_by_no_form(
    signed_in: SignedIn, judge: Browser, units: Units, world: World
) -> None:
    """T24: a hearing has the seats of its kind, each for one person of the register; nobody else is written to."""
    clerk, court = signed_in(Role.COORDINATOR, "mumbai"), world.mumbai
    strangers = {f"attendee_{number}": f"stranger{number}@evil.example" for number in range(500)}
    crowd: dict[str, str | list[str]] = {
        **strangers,
        "email": "stranger@evil.example",
        "seat_JUDGE": ["x@evil.example"],
    }
    assert sent(clerk, units, court.hearing, "people", **crowd) == 422
    many: dict[str, str | list[str]] = {
        "seat_JUDGE": [str(court.judge_id), *map(str, range(10_000, 10_500))],
        **strangers,
    }
    assert sent(clerk, units, court.hearing, "people", **many) in {303, 409, 422}
    with units.reading() as unit:
        named = sa.select(sa.func.count()).where(ParticipantRow.hearing_id == court.hearing_id)
        assert unit.session.scalars(named.where(ParticipantRow.removed_at.is_(None))).one() <= 7
        assert not list(
            unit.session.scalars(sa.select(OutboxRow.to_address).where(OutboxRow.to_address.like("%evil%")))
        )
