"""A refused time says the nearest free ones; looking for them keeps nobody waiting."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.conftest import FindActor
from tests.services.planned import TUESDAY_11, PlainTokens, answered, booked, hearing_of, moved_to
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services.claims import SlotTaken
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Unit, Units


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


@pytest.fixture
def pune(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "pune")


def test_others_can_book_while_the_alternatives_of_a_refusal_are_looked_for(
    units: Units, world: World, mumbai: Actor, pune: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    fine = SlotTaken.finish

    def finish(self: SlotTaken, unit: Unit) -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(moved_to, units, world.mumbai.hearing, mumbai, TUESDAY_11).result(30)
        fine(self, unit)

    monkeypatch.setattr(SlotTaken, "finish", finish)
    with pytest.raises(SlotTaken) as refusal:
        booked(units, world.pune.hearing, pune)
    assert hearing_of(units, world.mumbai.hearing).starts_wall == TUESDAY_11
    assert len(refusal.value.alternatives) == 3
    assert "Nearest free times: 2026-09-14" in refusal.value.sentence() == str(refusal.value)
