"""The page of the seal: what somebody changed since it was opened is shown, and nothing is sealed unseen."""

from tests.services.sittings import confirmed, ready_to_seal
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units


def test_a_statement_changed_since_the_page_was_opened_is_shown_before_it_is_sealed(
    units: Units, world: World, mumbai: Actor, signed_in: SignedIn
) -> None:
    confirmed(units, world)
    hearing = world.mumbai.hearing
    ready_to_seal(units, hearing, mumbai)
    seal, costs = f"/hearings/{hearing}/seal", f"/hearings/{hearing}/record/costs"
    clerk, judge = signed_in(Role.COORDINATOR, "mumbai"), signed_in(Role.PRESIDING_OFFICER, "mumbai")
    page = clerk.get(seal)
    judge.send(judge.get(costs), {"value": "Rs 500 to the coordinator", "what": "back"}, to=costs)
    page = clerk.sent(page, {"language": "hi"}, to=seal, status=409)
    assert "Rs 500 to the coordinator" in page.text
    assert "Changed by Presiding officer mumbai.example" in page.text
    assert "nothing left to send" not in page.text
    assert page.fields(seal)["language"] == ["hi"]
    assert "Sealed" in clerk.follow(clerk.send(page, {}, to=seal)).heading
