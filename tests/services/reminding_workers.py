"""Workers that remind in processes of their own: all at one instant, or killed before the n-th statement."""

import os
import signal
from datetime import datetime
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.fakes import FrozenClock, MemorySender, fake_ports
from tests.services.warmed import forkserver
from vctestimony.services.reminding import remind
from vctestimony.services.unit import Units
from vctestimony.store.db import engine_options, prepare

PATIENCE = 60
NEVER = 1 << 30
STATEMENT, COMMIT, COMMITTED = "statement", "commit", "committed"


def all_at_once(url: str, at: datetime, *, workers: int) -> list[int]:
    """Let so many workers remind from one instant; how many people each reminded."""
    context = forkserver()
    barrier, told = context.Barrier(workers), context.SimpleQueue()
    running = [context.Process(target=_remind_together, args=(url, at, barrier, told)) for _ in range(workers)]
    for worker in running:
        worker.start()
    for worker in running:
        worker.join(PATIENCE)
        assert worker.exitcode == 0
    return [told.get() for _ in running]


def killed_before(url: str, at: datetime, point: int) -> list[str]:
    """Remind, and die before event number `point`; the events before it. Whoever is never killed tells them all."""
    context = forkserver()
    told = context.SimpleQueue()
    worker = context.Process(target=_remind, args=(url, at, point, told))
    worker.start()
    worker.join(PATIENCE)
    events = []
    while not told.empty():
        events.append(told.get())
    assert worker.exitcode == (0 if point == NEVER else -signal.SIGKILL), worker.exitcode
    return events


def _opened(url: str, at: datetime) -> tuple[Units, Engine]:
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    ports = fake_ports(clock=FrozenClock(at), sender=MemorySender())
    # Numbers of mails must differ between processes, as they do in service.
    ports.random(1 + os.getpid() % 31)
    for _ in range(os.getpid() % 1000):
        ports.random(1)
    return Units(scoped_session(sessionmaker(engine)), ports), engine


def _remind_together(url: str, at: datetime, barrier: Barrier, told: "SimpleQueue[int]") -> None:
    units, engine = _opened(url, at)
    barrier.wait(PATIENCE)
    told.put(remind(units))
    engine.dispose()


def _remind(url: str, at: datetime, point: int, told: "SimpleQueue[str]") -> None:
    units, engine = _opened(url, at)
    seen = 0

    def reached(event: str) -> None:
        nonlocal seen
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
        told.put(event)

    sa.event.listen(engine, "before_cursor_execute", lambda *_: reached(STATEMENT))
    sa.event.listen(engine, "commit", lambda _: reached(COMMIT))
    remind(units)
    reached(COMMITTED)
    engine.dispose()
