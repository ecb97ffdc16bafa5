"""Pages of mails: what did not arrive and what to do about it, and what was written about one hearing."""

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.services.mails import stored
from tests.services.planned import answered, booked
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units
from vctestimony.store.models import OutboxRow, OutboxState

INTERPRETER, NEW = "nasrin.alam@dhaka.example", "nasrin@new.example"


@pytest.fixture
def mail(units: Units, world: World, actor: FindActor) -> int:
    """The mail to the interpreter, refused; the others have left, one was opened and one waits."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    with units.writing() as unit:
        sent = sa.update(OutboxRow).values(state=OutboxState.SENT, attempts=1, sent_at=unit.now)
        unit.session.execute(sent.where(OutboxRow.to_address != "rina.das@dhaka.example"))
        row = unit.session.scalars(sa.select(OutboxRow).where(OutboxRow.to_address == INTERPRETER)).one()
        row.state, row.dead_at, row.failure_code = OutboxState.FAILED, unit.now, "550 5.1.1"
        row.last_error = "550 5.1.1 <b>unknown</b>"
        return row.id


def test_the_first_page_and_the_hearing_say_that_a_mail_did_not_arrive(
    signed_in: SignedIn, mail: int, world: World
) -> None:
    mumbai, pune = signed_in(Role.COORDINATOR, "mumbai"), signed_in(Role.COORDINATOR, "pune")
    assert "One mail did not arrive" in mumbai.get("/").text
    assert "did not arrive" not in pune.get("/").text
    page = mumbai.get(f"/hearings/{world.mumbai.hearing}")
    assert "5 sent" in page.text
    assert "1 waiting to leave" in page.text
    assert "1 not delivered" in page.text


def test_the_list_says_whom_why_and_since_when_and_sends_again(signed_in: SignedIn, mail: int, units: Units) -> None:
    mumbai = signed_in(Role.COORDINATOR, "mumbai")
    page = mumbai.get("/mails")
    for words in ("Nasrin Alam", "+91 22 0000 0001", "There is no such mailbox.", INTERPRETER, "<b>unknown</b>"):
        assert words in page.text
    mumbai.send(page, {}, to=f"/mails/{mail}/send")
    row = next(row for row in stored(units) if row.id == mail)
    assert row.state is OutboxState.PENDING
    page = mumbai.get("/mails")
    assert "Mails: 2 waiting to leave" in page.text
    assert "Every mail has arrived" not in page.text
    assert "waiting to leave" not in signed_in(Role.COORDINATOR, "pune").get("/mails").text
    with units.writing() as unit:
        unit.session.execute(sa.update(OutboxRow).values(state=OutboxState.SENT, sent_at=unit.now))
    page = mumbai.get("/mails")
    assert "Every mail has arrived" in page.text
    assert "waiting to leave" not in page.text


def test_somebody_told_by_telephone_is_off_the_list(signed_in: SignedIn, mail: int, world: World) -> None:
    mumbai = signed_in(Role.COORDINATOR, "mumbai")
    mumbai.send(mumbai.get("/mails"), {}, to=f"/mails/{mail}/settle")
    assert "Nasrin Alam" not in mumbai.get("/mails").text
    assert "told otherwise" in mumbai.get(f"/hearings/{world.mumbai.hearing}/mails").text


def test_another_address_is_typed_once_and_errors_keep_it(
    signed_in: SignedIn, mail: int, units: Units, world: World
) -> None:
    mumbai = signed_in(Role.COORDINATOR, "mumbai")
    page = mumbai.get(f"/mails/{mail}/address")
    assert world.mumbai.hearing in page.text
    refused = mumbai.send(page, {"email": "nobody"}, to=f"/mails/{mail}/address", status=422)
    assert 'value="nobody"' in refused.text
    for _ in range(2):
        mumbai.send(page, {"email": NEW}, to=f"/mails/{mail}/address")
    assert [row.kind for row in stored(units) if row.to_address == NEW] == ["invitation"]


def test_every_mail_of_a_hearing_is_listed_and_the_coordinator_may_take_its_bytes(
    signed_in: SignedIn, mail: int, units: Units, world: World
) -> None:
    mumbai, judge = signed_in(Role.COORDINATOR, "mumbai"), signed_in(Role.PRESIDING_OFFICER, "mumbai")
    address = f"/hearings/{world.mumbai.hearing}/mails"
    page = mumbai.get(address)
    for words in ("Waiting to leave", "Sent", "Not delivered", "Take it as a file"):
        assert words in page.text
    assert "Take it as a file" not in judge.get(address).text
    body = next(row.body for row in stored(units) if row.id == mail)
    response = mumbai.send(page, {}, to=f"{address}/{mail}.eml", status=200)
    assert response.data == body


def test_nobody_else_gets_in(signed_in: SignedIn, mail: int, world: World) -> None:
    mission, pune = signed_in(Role.MISSION_OFFICIAL), signed_in(Role.COORDINATOR, "pune")
    mission.get("/mails", status=403)
    mission.get(f"/hearings/{world.mumbai.hearing}/mails", status=403)
    pune.get(f"/hearings/{world.mumbai.hearing}/mails", status=404)
    pune.get(f"/mails/{mail}/address", status=404)
    assert INTERPRETER in signed_in(Role.ADMINISTRATOR).get("/mails").text
