"""A seal whose process is killed with SIGKILL is whole or not there; and then the record can be sealed."""

import sys

import pytest

from tests.conftest import Database
from tests.fakes import FrozenClock
from tests.services.dying import COMMIT, COMMITTED, NEVER, STATEMENT
from tests.services.dying_seals import DRAWN, Sealing, mortal_seals, sealed_together
from tests.services.sealed_or_not import check_chain, is_sealed
from tests.services.sittings import confirmed, ready_to_seal
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.services.unit import Units


@pytest.fixture
def hearing(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing that is over, of which everything is given."""
    confirmed(units, world)
    ready_to_seal(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def test_killed_at_any_step_of_sealing_nothing_is_sealed_and_after_the_commit_everything(
    units: Units, hearing: str, mumbai: Actor, clock: FrozenClock, database: Database, engine_name: str
) -> None:
    sealing, point, kills = Sealing(mumbai, clock.at), 0, 0
    with mortal_seals(database.url, sealing) as killed_before:
        events = killed_before(hearing, point)
        while not is_sealed(units, hearing):
            # Nobody writes anything before the print: there, one kill in many is enough for every run.
            point += 1 if DRAWN in events else 15
            events = killed_before(hearing, point)
            kills += 1
    assert (events[-1], events.count(DRAWN), events[-2]) == (COMMIT, 1, STATEMENT)
    check_chain(units)
    sys.stdout.write(f"\n{kills} kills on {engine_name} in {point} steps of a seal: 0 half seals\n")
    assert COMMITTED not in events
    assert point < NEVER


def test_processes_that_seal_at_once_make_one_seal(
    units: Units, hearing: str, mumbai: Actor, clock: FrozenClock, database: Database
) -> None:
    sealed_together(database.url, Sealing(mumbai, clock.at), hearing, 3)
    assert is_sealed(units, hearing)
    check_chain(units)
