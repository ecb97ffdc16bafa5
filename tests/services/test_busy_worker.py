"""Reading subscribed calendars beside the post, as the worker does: mail never waits for the server of a calendar."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

import pytest

from tests.conftest import FindActor
from tests.fakes import MemorySender
from tests.services.calendars import Desk, span, times
from tests.services.planned import PlainTokens, answered, booked
from tests.world import World
from vctestimony.domain.busy import Fetched, Health, NotReached
from vctestimony.domain.people import Role
from vctestimony.services import busy_refreshing, post_office
from vctestimony.services.chores import Chores
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def desk(units: Units, world: World, actor: FindActor) -> Desk:
    return Desk(units, world.mumbai.judge_id, actor(Role.COORDINATOR, "mumbai"))


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it never came about")


@contextmanager
def reading(units: Units) -> Iterator[None]:
    """What the worker runs beside the post."""
    stop = Event()
    reader = Thread(target=busy_refreshing.run, args=(units,), kwargs={"stop": stop})
    reader.start()
    try:
        yield
    finally:
        stop.set()
        reader.join(30)
    assert not reader.is_alive()


class Silent:
    """A server that takes the call and says nothing until it is let go."""

    def __init__(self, units: Units) -> None:
        self.host_of = units.ports.fetcher.host_of
        self.called, self.let_go = Event(), Event()

    def fetch(self, address: str, *, etag: str, modified: str) -> Fetched:
        self.called.set()
        self.let_go.wait(30)
        raise NotReached(host="calendar.example")


def test_the_worker_reads_what_is_due_until_it_is_stopped(desk: Desk, units: Units) -> None:
    desk.answers(times(span(6)))
    desk.subscribe()
    with reading(units):
        until(lambda: desk.line().health is Health.FRESH)
    assert len(desk.stored()) == 1
    assert len(desk.fetcher.asked) == 1


def test_mail_leaves_and_chores_are_done_while_a_server_says_nothing(
    desk: Desk, units: Units, world: World, actor: FindActor, sender: MemorySender
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    desk.subscribe()
    silent = Silent(units)
    with reading(units.with_ports(replace(units.ports, fetcher=silent))):
        try:
            assert silent.called.wait(30)
            booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"))
            Chores()(units)
            while post_office.deliver_one(units, owner="m"):
                pass
            assert (len(sender.sent), desk.line().health) == (7, Health.NEVER_READ)
        finally:
            silent.let_go.set()
        until(lambda: desk.line().health is Health.FAILED)
