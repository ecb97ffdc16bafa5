"""Pages of retention: the schedule and its counts, a hold placed and lifted, the certificate, the own data, numbers."""

import io
import zipfile

import pytest

from tests.conftest import FindActor
from tests.services.registered import witness_entry
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.domain.retention import Held
from vctestimony.services import witnesses
from vctestimony.services.unit import Units


@pytest.fixture
def witness(units: Units, world: World, actor: FindActor) -> str:
    with units.writing() as unit:
        by = actor(Role.COORDINATOR, "mumbai")
        witnesses.revise(unit, world.mumbai.witness, witness_entry("PW-7"), version=1, by=by)
    return world.mumbai.witness


def test_schedule_and_numbers_are_shown_to_whom_they_concern(signed_in: SignedIn) -> None:
    judge, administrator = signed_in(Role.PRESIDING_OFFICER, "mumbai"), signed_in(Role.ADMINISTRATOR)
    for browser in (judge, administrator):
        page = browser.get("/retention")
        assert len(page.rows()) == len(Held)
        assert "7 days after: the mail left, or was given up" in page.text
    assert "too few to tell" in judge.get("/numbers").text
    answer = judge.ask("/numbers.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="court-numbers.csv"'
    assert administrator.ask("/numbers").status_code == 403
    assert signed_in(Role.MISSION_OFFICIAL).ask("/retention").status_code == 403


@pytest.mark.threat("T27")
def test_a_hold_stops_the_destruction_and_the_court_gets_the_certificate_afterwards(
    signed_in: SignedIn, world: World, witness: str
) -> None:
    judge, administrator = signed_in(Role.PRESIDING_OFFICER, "mumbai"), signed_in(Role.ADMINISTRATOR)
    looks, hold = f"/witnesses/{witness}/looks", f"/cases/{world.mumbai.case}/hold"
    judge.send(judge.get(looks), {"order": "Exh. 90", "why": "she has asked for it"}, to=f"{looks}/order")
    judge.send(judge.get(hold), {"order": "Exh. 91", "reason": "an appeal is pending"})
    refused = administrator.sent(administrator.get("/admin/keys"), {"sure": "yes"}, status=409)
    assert "Exh. 91" in refused.text
    page = judge.get(hold)
    lift = next(str(form["action"]) for form in page.soup.select("form") if str(form["action"]).endswith("/lift"))
    judge.sent(page, {"lift_order": "", "lift_reason": "decided"}, to=lift, status=422)
    judge.send(page, {"lift_order": "Exh. 95", "lift_reason": "decided"}, to=lift)
    assert "Exh. 95" in judge.get(hold).text
    assert judge.ask(f"/witnesses/{witness}/destruction").status_code == 404
    administrator.send(administrator.get("/admin/keys"), {"sure": "yes"})
    coordinator = signed_in(Role.COORDINATOR, "mumbai")
    assert "What stays, and why" in coordinator.get(f"/witnesses/{witness}/destruction").text
    printed = coordinator.ask(f"/witnesses/{witness}/destruction.pdf")
    assert (printed.status_code, printed.mimetype) == (200, "application/pdf")


def test_everybody_takes_out_what_is_held_about_themselves_and_an_administrator_for_who_asks(
    signed_in: SignedIn, world: World
) -> None:
    support = signed_in(Role.SUPPORT)
    answer = support.send(support.get("/account/data"), {}, status=200)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="held-data.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "hearings.csv" in archive.namelist()
    administrator = signed_in(Role.ADMINISTRATOR)
    for path in (f"/officials/{world.dhaka.support_id}/data", f"/admin/accounts/{world.account_id(Role.SUPPORT)}/data"):
        page = administrator.get(path)
        assert "is still in office" in page.text
        administrator.sent(page, {"reason": ""}, to=path, status=422)
        assert administrator.send(page, {"reason": "letter of 1 September"}, to=path, status=200).data
    assert support.ask(path).status_code == 403


def test_the_presiding_officer_needs_leave_to_take_out_a_witness(signed_in: SignedIn, witness: str) -> None:
    judge, path = signed_in(Role.PRESIDING_OFFICER, "mumbai"), f"/witnesses/{witness}/data"
    refused = judge.sent(judge.get(path), {"order": "Exh. 90", "reason": "she has asked for it"}, status=403)
    assert "You have no leave" in refused.text
    assert signed_in(Role.COORDINATOR, "mumbai").ask(path).status_code == 403
