"""The page of people while a hearing lasts: reached from the run sheet, it says what happens and does it."""

import pytest

from tests.builders import add_official
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.joining import Joining
from vctestimony.domain.people import Duty, Role
from vctestimony.services import joining_changes
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow, ParticipantRow


@pytest.fixture
def people(units: Units, world: World, clock: FrozenClock, mumbai: Actor) -> str:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    with units.writing() as unit:
        version = unit.session.get_one(HearingRow, world.mumbai.hearing_id).version
        room = Joining("https://meet.example/room-one")
        joining_changes.enter(unit, world.mumbai.hearing, room, version=version, by=mumbai)
        post = unit.session.get_one(OfficialRow, world.dhaka.interpreter_id).post
        add_official(unit.session, "Taslima Haque", post=post, duty=Duty.INTERPRETER, language="bn")
    started(units, world.mumbai.hearing, mumbai)
    return f"/hearings/{world.mumbai.hearing}/day/people"


def test_from_the_run_sheet_somebody_is_taken_off_and_another_comes(
    people: str, units: Units, world: World, signed_in: SignedIn
) -> None:
    clerk, judge = signed_in(Role.COORDINATOR, "mumbai"), signed_in(Role.PRESIDING_OFFICER, "mumbai")
    assert people in clerk.get(f"/hearings/{world.mumbai.hearing}/day").links()
    assert people in str(clerk.ask(f"/hearings/{world.mumbai.hearing}/people").headers["Location"])
    page, opened_before = judge.get(people), clerk.get(people)
    assert "The address and passcode of the conference are void at once" in page.text
    assert len(page.soup.select("input[name=participant][disabled]")) == 1
    with units.reading() as unit:
        found = unit.session.query(ParticipantRow).filter_by(hearing_id=world.mumbai.hearing_id)
        number = str(next(one.id for one in found if one.duty is Duty.INTERPRETER))
    gone = {"participant": number, "why": "Prompted her"}
    assert judge.sent(page, {**gone, "why": ""}, to=f"{people}/off", status=422).soup.select_one("#e-why")
    after = judge.follow(judge.send(page, gone, to=f"{people}/off"))
    assert "The joining address is void" in after.text
    assert "asks for somebody who is not here now" in after.text
    assert f"/hearings/{world.mumbai.hearing}/joining" in clerk.get(people).links()
    option = next(one for one in after.soup.select("#f-who option") if "Taslima Haque" in one.text)
    come = {"who": str(option["value"]), "reason": "The other one fell ill"}
    overtaken = clerk.sent(opened_before, come, to=people, status=409)
    assert "Changed by Presiding officer mumbai.example" in overtaken.text
    assert "nothing left to send" not in overtaken.text
    assert clerk.sent(overtaken, {"who": "INT.x"}, to=people, status=422).soup.select_one("#e-who")
    done = clerk.follow(clerk.send(overtaken, {}, to=people))
    assert "asks for somebody who is not here now" not in done.text
