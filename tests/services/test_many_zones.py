"""R12 and R13: the rules of one of four zones change; only hearings to come of that zone are found, moved and told."""

from pathlib import Path

import pytest

from tests.clock_rules import HALF_AN_HOUR_ON, edition
from tests.conftest import Database
from tests.services.many_zones import entered, settled_by
from tests.services.planned import answered
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.services.unit import Units


@pytest.mark.bad_day("R12", "R13")
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_of_hearings_in_four_zones_only_those_to_come_in_the_one_that_changed_move_and_once(
    units: Units, world: World, mumbai: Actor, database: Database, tmp_path: Path
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    hearings = entered(units, world, mumbai, count=4)
    settled_by(edition(tmp_path, HALF_AN_HOUR_ON, version="2027on"), units, database.url, hearings)
