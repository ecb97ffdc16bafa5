"""A decision says on which grievance it is: the page offers the open ones, by the number of their entry."""

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units


def test_a_decision_asks_which_grievance_and_offers_the_open_ones_by_number(
    units: Units, world: World, clock: FrozenClock, signed_in: SignedIn, actor: FindActor
) -> None:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    started(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    clerk, sheet = signed_in(Role.COORDINATOR, "mumbai"), f"/hearings/{world.mumbai.hearing}/day"
    address = f"{sheet}/log/grievance"
    for who in ("First", "Second"):
        clerk.send(clerk.get(address), {"raised_by": who, "matter": "No sound"}, to=address)
    address = f"{sheet}/log/grievance_decided"
    form = clerk.get(address)
    assert [one.text for one in form.soup.select(f'form[action="{address}"] li strong')] == ["2", "3"]
    decided = {"of": "4", "decision": "unfounded", "reason": "Heard by all"}
    page = clerk.sent(form, decided, to=address, status=409)
    assert page.soup.select_one("#e-of") is not None
    clerk.send(form, {**decided, "of": "3"}, to=address)
    field = clerk.get(address).soup.select_one("#f-of")
    assert field is not None
    assert field["value"] == "2"
