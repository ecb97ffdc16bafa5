"""An adjourned hearing leads to the search for its next time, with the packs that are delivered."""

from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


def test_adjourning_leads_whoever_plans_to_the_search_from_the_date_that_was_named(
    units: Units, world: World, clock: FrozenClock, signed_in: SignedIn, actor: FindActor
) -> None:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    by = actor(Role.COORDINATOR, "mumbai")
    started(units, world.mumbai.hearing, by)
    clerk, sheet = signed_in(Role.COORDINATOR, "mumbai"), f"/hearings/{world.mumbai.hearing}/day"
    form = clerk.get(f"{sheet}/end")
    assert "First time at which everybody could go on:" in form.text
    why = {"cause": "link", "reason": "Nobody could be heard", "next_on": "16/9/2026"}
    refused = clerk.sent(form, why, to=f"{sheet}/adjourn", status=409)
    assert "Log “Link lost” first" in refused.text
    refused = clerk.sent(refused, {"cause": "person"}, to=f"{sheet}/adjourn", status=422)
    assert refused.soup.select_one("#e-about")
    sent = clerk.send(refused, {"about": "The interpreter, ill since noon"}, to=f"{sheet}/adjourn")
    assert sent.headers["Location"].endswith("/find?from=2026-09-16")
    assert "16 Sep 2026" in clerk.follow(sent).text
    assert "Its continuation is H-" in clerk.get(sheet).text
