"""Seals in processes of their own that are killed: before the n-th statement, while drawing, around the commit."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from multiprocessing.queues import SimpleQueue

import sqlalchemy as sa

from tests.fakes import FakePress
from tests.services.dying import COMMIT, COMMITTED, NEVER, PATIENCE, STATEMENT
from tests.services.racers import FORK, opened
from tests.services.warmed import forkserver
from vctestimony.domain.access import Actor
from vctestimony.domain.paper import Sheet
from vctestimony.services import records, seals
from vctestimony.services.unit import Units
from vctestimony.services.unsealed import AlreadySealed

DRAWN = "drawn"
GLANCE = 0.0005
"""Seconds between two looks at a process that may have begun to commit."""
KilledBefore = Callable[[str, int], list[str]]
KilledInCommit = Callable[[str, float], None]
Asked = Callable[[str, int, float | None], tuple[int, list[str]]]
Reached = Callable[[str], None]


def seal_record(units: Units, reference: str, by: Actor) -> None:
    """Seal the record of a hearing."""
    seals.seal(units, reference, language="en", by=by)


@dataclass(frozen=True, slots=True)
class Sealing:
    """Who seals, what time it is then, and what is done: whatever prints first and then keeps all of it at once."""

    by: Actor
    at: datetime
    act: Callable[[Units, str, Actor], None] = seal_record


class WatchedPress(FakePress):
    """Tells when it draws."""

    reached: Reached = staticmethod(lambda _: None)

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: object = None) -> bytes:
        """Tell, and draw something of some pages."""
        self.reached(DRAWN)
        return b"%PDF-1.7 " + repr(sheet).encode() * 3


@contextmanager
def mortal_seals(url: str, sealing: Sealing) -> Iterator[KilledBefore]:
    """Gives a function that seals that hearing in a process which dies before event number `point`, and tells the
    events before it. Whoever is never killed tells them all. All are forked from one process that has rehearsed."""
    with _asking(url, sealing) as asked:

        def killed_before(reference: str, point: int) -> list[str]:
            exitcode, events = asked(reference, point, None)
            assert exitcode == (0 if point == NEVER else -signal.SIGKILL), exitcode
            return events

        yield killed_before


@contextmanager
def killed_in_commits(url: str, sealing: Sealing) -> Iterator[KilledInCommit]:
    """Gives a function that seals that hearing in a process which is killed so many seconds after it began to commit.
    Forked from one that has rehearsed, as these are by the hundred; one that never commits is told of, not awaited."""
    with _asking(url, sealing) as asked:

        def killed_in_commit(reference: str, seconds: float) -> None:
            exitcode, events = asked(reference, NEVER, seconds)
            assert exitcode in (0, -signal.SIGKILL), exitcode
            assert COMMIT in events, events

        yield killed_in_commit


@contextmanager
def _asking(url: str, sealing: Sealing) -> Iterator[Asked]:
    """What has it done in a fork of one process that has rehearsed: its exit code, and what it went through."""
    context = forkserver()
    ours, theirs = context.Pipe()
    parent = context.Process(target=_bear, args=(url, sealing, theirs))
    parent.start()

    def asked(reference: str, point: int, seconds: float | None) -> tuple[int, list[str]]:
        ours.send((reference, point, seconds))
        assert ours.poll(PATIENCE), "no process came to an end"
        exitcode, events = ours.recv()
        return exitcode, list(events)

    yield asked
    ours.send(None)
    parent.join(PATIENCE)


def sealed_together(url: str, sealing: Sealing, reference: str, count: int) -> None:
    """Let so many processes seal the same record at once; who is refused goes home."""
    context = forkserver()
    told: SimpleQueue[str] = context.SimpleQueue()
    processes = [context.Process(target=_seal_anew, args=(url, sealing, reference, told)) for _ in range(count)]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        while not told.empty():
            told.get()
        time.sleep(0.01)


def _bear(url: str, sealing: Sealing, asked: Connection) -> None:
    units, engine = opened(url, at=sealing.at)
    rehearsed = False
    while wanted := asked.recv():
        reference, point, seconds = wanted
        if not rehearsed:
            with units.reading() as unit:
                records.page(unit, reference, language="en", by=sealing.by)
            engine.dispose()
            rehearsed = True
        told: SimpleQueue[str] = FORK.SimpleQueue()
        process = FORK.Process(target=_seal, args=(units, engine, sealing, reference, point, told))
        process.start()
        events = _watched(process, told, seconds)
        asked.send((process.exitcode, events))


def _watched(process: ForkProcess, told: "SimpleQueue[str]", seconds: float | None) -> list[str]:
    """What it goes through until it ends; killed so many seconds after its commit began, where they are given."""
    events: list[str] = []
    while process.is_alive() or not told.empty():
        while not told.empty():
            events.append(told.get())
            if events[-1] == COMMIT and seconds is not None:
                time.sleep(seconds)
                process.kill()
        process.join(GLANCE)
    return events


def _seal_anew(url: str, sealing: Sealing, reference: str, told: "SimpleQueue[str]") -> None:
    units, engine = opened(url, at=sealing.at)
    _seal(units, engine, sealing, reference, NEVER, told)


def _seal(
    units: Units, engine: sa.Engine, sealing: Sealing, reference: str, point: int, told: "SimpleQueue[str]"
) -> None:
    seen = 0

    def reached(event: str) -> None:
        nonlocal seen
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
        told.put(event)

    press = WatchedPress()
    press.reached = reached
    sa.event.listen(engine, "before_cursor_execute", lambda *_: reached(STATEMENT))
    sa.event.listen(engine, "commit", lambda _: reached(COMMIT))
    with_press = units.with_ports(replace(units.ports, press=press))
    with suppress(AlreadySealed):
        sealing.act(with_press, reference, sealing.by)
        reached(COMMITTED)
    engine.dispose()
