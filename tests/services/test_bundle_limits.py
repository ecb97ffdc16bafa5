"""How many bundles may wait, and from when on another worker takes one up: exactly at the edge."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.fakes import FrozenClock
from tests.services.planned import booked, listed
from tests.services.test_bundles import FickleFakePress, Killed, asked
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.services import bundles
from vctestimony.services.bundle_making import make_one
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import bundles as store
from vctestimony.store.models import HearingRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS, press=FickleFakePress(dies_at=1))


@pytest.fixture
def hearing(units: Units, world: World, mumbai: Actor) -> str:
    """A booked hearing with its checklist."""
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def test_a_bundle_is_due_again_the_moment_its_lease_ends(
    units: Units, hearing: str, mumbai: Actor, clock: FrozenClock
) -> None:
    asked(units, hearing, mumbai)
    with pytest.raises(Killed):
        make_one(units, owner="dead")
    for seconds, is_due in ((59, False), (60, True), (61, True)):
        later = clock.at + timedelta(seconds=seconds)
        with units.writing() as unit:
            assert store.any_due(unit.session, now=later) is is_due
            assert (store.next_due(unit.session, now=later) is not None) is is_due


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_as_many_as_are_allowed_may_wait_and_not_one_more(
    units: Units, hearing: str, mumbai: Actor, world: World
) -> None:
    with units.reading() as unit:
        code = unit.session.get_one(HearingRow, world.mumbai.hearing_id).court.code

    def month(number: int) -> str:
        with units.writing() as unit:
            return bundles.ask_for_month(unit, code, date(2026, number, 1), language="en", by=mumbai)

    first = asked(units, hearing, mumbai)
    for number in range(1, bundles.MOST_OPEN):
        month(number)
    with pytest.raises(bundles.TooManyOpen):
        month(bundles.MOST_OPEN)
    assert asked(units, hearing, mumbai) == first
    with units.writing() as unit:
        bundles.cancel(unit, first, by=mumbai)
    month(bundles.MOST_OPEN)
    with pytest.raises(bundles.TooManyOpen):
        asked(units, hearing, mumbai)
