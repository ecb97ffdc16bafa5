"""Pages of who may see an identity: a request, leave, a look that the court sees, and a key destroyed by order."""

import pytest

from tests.builders import PASSWORD
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.registered import REAL_NAME, witness_entry
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services import witnesses
from vctestimony.services.unit import Units

REASON = "to compare the passport before the oath"


@pytest.fixture
def witness(units: Units, world: World, actor: FindActor) -> str:
    with units.writing() as unit:
        entry = witness_entry("PW-7")
        witnesses.revise(unit, world.mumbai.witness, entry, version=1, by=actor(Role.COORDINATOR, "mumbai"))
    return world.mumbai.witness


@pytest.mark.threat("T2")
@pytest.mark.abuse(5)
def test_an_official_without_leave_finds_a_form_is_let_in_and_the_court_sees_the_look(
    signed_in: SignedIn, witness: str
) -> None:
    official, judge = signed_in(Role.MISSION_OFFICIAL), signed_in(Role.PRESIDING_OFFICER, "mumbai")
    door, looks = f"/witnesses/{witness}/identity", f"/witnesses/{witness}/looks"
    official.send(official.get(door, status=403), {"reason": REASON})
    asked = official.get(door, status=403)
    assert "You have asked for leave." in asked.text
    judge.get(door, status=403)
    today = judge.get("/")
    assert today.soup.select(f'section.act a[href="{looks}"]')
    page = judge.get(looks)
    assert "Nobody has looked." in page.text, "whoever only comes to the door has not tried to look"
    for crumb in page.soup.select(".crumbs a"):
        judge.get(str(crumb["href"]))
    assert REASON in page.text
    answer = next(str(form["action"]) for form in page.soup.select("form") if str(form["action"]).endswith("/answer"))
    judge.send(page, {"length": "day"}, to=answer)
    assert REAL_NAME in official.sent(official.get(door), {"reason": REASON}).text
    seen = judge.get(looks)
    assert seen.rows()[0][2] == REASON
    assert REAL_NAME not in seen.response.text
    assert not judge.get("/").soup.select(f'section.act a[href="{looks}"]')
    withdraw = next(str(form["action"]) for form in seen.soup.select("form") if "withdraw" in str(form["action"]))
    judge.send(seen, {}, to=withdraw)
    assert "Ask for leave" in official.get(door, status=403).text


@pytest.mark.threat("T27")
def test_the_presiding_officer_orders_and_an_administrator_destroys_and_certifies(
    signed_in: SignedIn, witness: str
) -> None:
    judge, administrator = signed_in(Role.PRESIDING_OFFICER, "mumbai"), signed_in(Role.ADMINISTRATOR)
    looks = f"/witnesses/{witness}/looks"
    order = {"order": "Exh. 90", "why": "she has asked for it"}
    judge.send(judge.get(looks), order, to=f"{looks}/order")
    (count,) = administrator.get("/admin").soup.select('h2:-soup-contains("Keys to destroy") .tag')
    assert count.text == "1"
    page = administrator.get("/admin/keys")
    assert "PW-7" in page.text
    administrator.send(page, {}, status=422)
    certificate = administrator.follow(administrator.send(page, {"sure": "yes"}))
    for told in (page, certificate):
        assert all(words in told.text for words in ("PW-7", witness, "Sessions Case 12/2025", "Mumbai")), told.text
    assert REAL_NAME not in certificate.response.text
    after = judge.get(looks)
    assert "Destroyed." in after.text
    assert "Give leave" not in after.text
    assert administrator.ask(looks).status_code == 403
    assert judge.ask("/admin/keys").status_code == 403


@pytest.mark.threat("T2")
def test_an_identity_is_written_over_only_by_who_shows_who_it_is_and_the_court_sees_it(
    signed_in: SignedIn, witness: str, clock: FrozenClock
) -> None:
    coordinator, judge = signed_in(Role.COORDINATOR, "mumbai"), signed_in(Role.PRESIDING_OFFICER, "mumbai")
    form = f"/witnesses/{witness}/edit"
    clock.advance(minutes=11)
    coordinator.send(coordinator.get(form), {"languages": "Bengali"})
    asked = coordinator.sent(coordinator.get(form), {"vault_name": "Somebody Else"}, status=403)
    assert asked.heading == "Is it still you?"
    coordinator.send(asked, {"proof_password": PASSWORD}, to=form)
    (row,) = judge.get(f"/witnesses/{witness}/looks").rows()
    assert "another identity was written over the sealed one" in row[2]
    assert "Somebody Else" not in judge.get(f"/witnesses/{witness}/looks").response.text
