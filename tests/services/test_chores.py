"""The worker's chores: once a minute, and what they do is in the journal."""

from datetime import timedelta

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import answered, hearing_of, held
from tests.world import World
from vctestimony.domain.hearing import State
from vctestimony.domain.options import USUAL_HOURS
from vctestimony.domain.people import Role
from vctestimony.services.chores import Chores
from vctestimony.services.unit import Units

HOLD_LASTS = timedelta(hours=USUAL_HOURS)


def held_in_mumbai(units: Units, world: World, actor: FindActor) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    held(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))


def test_a_hold_that_ran_out_is_given_back_by_the_worker(
    units: Units, world: World, actor: FindActor, clock: FrozenClock
) -> None:
    held_in_mumbai(units, world, actor)
    chores = Chores()
    clock.at += HOLD_LASTS - timedelta(minutes=1)
    chores(units)
    assert hearing_of(units, world.mumbai.hearing).state is State.PROPOSED
    clock.advance(minutes=1)
    chores(units)
    assert hearing_of(units, world.mumbai.hearing).state is State.REQUESTED


def test_chores_are_done_at_most_once_a_minute(
    units: Units, world: World, actor: FindActor, clock: FrozenClock
) -> None:
    chores = Chores()
    chores(units)
    held_in_mumbai(units, world, actor)
    chores.done_at = clock.at + HOLD_LASTS
    clock.at += HOLD_LASTS + timedelta(seconds=59)
    chores(units)
    assert hearing_of(units, world.mumbai.hearing).state is State.PROPOSED
    clock.at += timedelta(seconds=1)
    chores(units)
    assert hearing_of(units, world.mumbai.hearing).state is State.REQUESTED
