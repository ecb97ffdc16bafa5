"""A step of a transcript's way whose process is killed with SIGKILL before any statement is entered whole or not."""

import pytest

from tests.conftest import Database
from tests.fakes import FrozenClock
from tests.services import cycling
from tests.services.dying import COMMIT, STATEMENT
from tests.services.dying_acts import DEEDS, move
from tests.services.dying_seals import Sealing, mortal_seals
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.services.unit import Units


@pytest.fixture
def hearing(units: Units, world: World, judge: Actor, clock: FrozenClock) -> str:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    started(units, world.mumbai.hearing, judge)
    cycling.fixed(units, world.mumbai.hearing, judge)
    return world.mumbai.hearing


def test_a_step_that_is_killed_before_any_statement_is_entered_whole_or_not_at_all(
    units: Units, hearing: str, judge: Actor, clock: FrozenClock, database: Database
) -> None:
    deed, point = DEEDS["step of the way"], 0
    with mortal_seals(database.url, Sealing(judge, clock.at, move)) as killed_before:
        while not deed.count(units, hearing):
            events = killed_before(hearing, point)
            point += 1
    assert (events[-1], events[-2]) == (COMMIT, STATEMENT)
    assert point > 10
