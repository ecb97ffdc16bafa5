"""Plans and the worker as a whole: killed in the middle, and sending mail while a plan is being made."""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.process import BaseProcess
from threading import Event

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.conftest import Database, FindActor
from tests.fakes import FrozenClock, MemorySender, fake_ports
from tests.services.backlogs import add_waiting
from tests.services.planned import PlainTokens, answered, booked
from tests.services.test_backlog import ScriptedPlanner, ScriptedRun, asked, page_of, state_of
from tests.services.warmed import forkserver
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services import plan_office, post_office
from vctestimony.services.plan_office import make_one
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.db import engine_options, prepare
from vctestimony.store.models import PlanState


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), planner=ScriptedPlanner(ScriptedRun(ends=True)))


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
        add_waiting(unit.session, world, world.mumbai, 2)
    return world


def _plan(url: str) -> None:
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    outside = fake_ports(clock=FrozenClock(), sender=MemorySender())
    never_over = replace(outside, planner=ScriptedPlanner(ScriptedRun()))
    make_one(Units(scoped_session(sessionmaker(engine)), never_over), owner="killed")


def _started(url: str) -> BaseProcess:
    process = forkserver().Process(target=_plan, args=(url,), daemon=True)
    process.start()
    return process


def _until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it never came about")


def test_a_worker_killed_while_it_plans_leaves_a_plan_to_show_and_another_ends_it(
    units: Units, database: Database, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    reference = asked(units, mumbai)
    worker = _started(database.url)
    _until(lambda: len(page_of(units, reference, mumbai).placed) == 3)
    assert worker.pid is not None
    worker.kill()
    worker.join(10)
    assert worker.exitcode == -signal.SIGKILL
    assert state_of(units, reference)[0] is PlanState.RUNNING
    assert not make_one(units, owner="too early")
    clock.advance(seconds=31)
    assert make_one(units, owner="other")
    assert state_of(units, reference)[0] is PlanState.DONE


def test_mail_leaves_while_a_plan_is_being_made(
    units: Units, world: World, mumbai: Actor, actor: FindActor, ports: Ports, sender: MemorySender
) -> None:
    reference, stop = asked(units, mumbai), Event()
    endless = units.with_ports(replace(ports, planner=ScriptedPlanner(ScriptedRun())))
    planner = threading.Thread(target=plan_office.run, args=(endless,), kwargs={"owner": "p", "stop": stop})
    planner.start()
    try:
        _until(lambda: len(page_of(units, reference, mumbai).placed) == 3)
        booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"))
        while post_office.deliver_one(units, owner="m"):
            pass
        assert len(sender.sent) == 7
        assert state_of(units, reference)[0] is PlanState.RUNNING
    finally:
        stop.set()
        planner.join(10)
    assert not planner.is_alive()
