"""The worker's chores: once a minute, and what they do is in the journal."""

from datetime import timedelta

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11, answered, hearing_of, version_of
from tests.world import World
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Role
from vctestimony.services.chores import Chores
from vctestimony.services.scheduling import HOLD_LASTS, hold
from vctestimony.services.unit import Units


def held(units: Units, world: World, actor: FindActor) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        hold(
            unit,
            world.mumbai.hearing,
            starts_wall=MONDAY_11,
            zone="Asia/Kolkata",
            version=version,
            by=actor(Role.COORDINATOR, "mumbai"),
        )


def test_a_hold_that_ran_out_is_given_back_by_the_worker(
    units: Units, world: World, actor: FindActor, clock: FrozenClock
) -> None:
    held(units, world, actor)
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
    held(units, world, actor)
    chores.done_at = clock.at + HOLD_LASTS
    clock.at += HOLD_LASTS + timedelta(seconds=59)
    chores(units)
    assert hearing_of(units, world.mumbai.hearing).state is State.PROPOSED
    clock.at += timedelta(seconds=1)
    chores(units)
    assert hearing_of(units, world.mumbai.hearing).state is State.REQUESTED
