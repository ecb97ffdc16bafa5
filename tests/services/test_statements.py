"""What the facts of a case ask of the statements of its record, and who can supply what is missing."""

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, filled, started, whole_day
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services import records
from vctestimony.services.unit import Units
from vctestimony.store import hearings


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World, clock: FrozenClock) -> Actor:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


@pytest.mark.parametrize(
    ("fact", "of", "key", "word"),
    [
        ("child_under_12", "witness", "oath", "Child under twelve"),
        ("custody_accused", "case", "accused", "in custody"),
        ("in_camera", "order", "protection", "In camera"),
    ],
)
def test_a_fact_of_the_case_asks_more_of_a_statement(
    units: Units, hearing: str, mumbai: Actor, fact: str, of: str, key: str, word: str
) -> None:
    whole_day(units, hearing, mumbai)
    with units.writing() as unit:
        row = hearings.by_reference(unit.session, hearing)
        assert row is not None
        part = getattr(row, of)
        part.facts = part.facts | {fact: True} | ({"child": True} if of == "witness" else {})
    with units.reading() as unit:
        lacking = {s.key: s.also for s in records.page(unit, hearing, language="en", by=mumbai).missing}
    assert any(word in text for text in lacking[key])
    filled(units, hearing, key, "As the court found in its order of today.", mumbai)
    with units.reading() as unit:
        assert key not in {s.key for s in records.page(unit, hearing, language="en", by=mumbai).missing}


def test_what_is_missing_is_named_with_the_person_who_can_supply_it(units: Units, hearing: str, mumbai: Actor) -> None:
    started(units, hearing, mumbai)
    with units.reading() as unit:
        lacking = {s.key: s for s in records.page(unit, hearing, language="en", by=mumbai).missing}
    assert lacking["quality"].supplied_by == "Presiding officer (Meera Mumbaikar)"
    assert lacking["quality"].logged_as == "quality_satisfied"
