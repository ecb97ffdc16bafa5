"""Bookings in processes of their own that are killed: before the n-th statement, or while the commit is on its way."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.queues import SimpleQueue

import sqlalchemy as sa

from tests.services.planned import KOLKATA
from tests.services.racers import FORK, Entry, opened, rehearse
from tests.services.warmed import forkserver
from vctestimony.services.scheduling import book
from vctestimony.services.unit import Units
from vctestimony.store import hearings

PATIENCE = 60
NEVER = 1 << 30
STATEMENT, COMMIT, COMMITTED = "statement", "commit", "committed"
KilledBefore = Callable[[Entry, int], list[str]]


@contextmanager
def mortals(url: str) -> Iterator[KilledBefore]:
    """Gives a function that books in a process which dies before event number `point`, and tells the events before it.
    Whoever is never killed tells them all. All are forked from one process that has rehearsed."""
    context = forkserver()
    ours, theirs = context.Pipe()
    parent = context.Process(target=_bear, args=(url, theirs))
    parent.start()

    def killed_before(entry: Entry, point: int) -> list[str]:
        ours.send((entry, point))
        assert ours.poll(PATIENCE), "no process came to an end"
        exitcode, events = ours.recv()
        assert exitcode == (0 if point == NEVER else -signal.SIGKILL), exitcode
        return list(events)

    yield killed_before
    ours.send(None)
    parent.join(PATIENCE)


def _bear(url: str, asked: Connection) -> None:
    units, engine = opened(url)
    rehearsed = False
    while wanted := asked.recv():
        entry, point = wanted
        if not rehearsed:
            rehearse(units, engine, entry)
            rehearsed = True
        told: SimpleQueue[str] = FORK.SimpleQueue()
        process = FORK.Process(target=_book_by, args=(units, engine, entry, point, told))
        process.start()
        process.join(PATIENCE)
        events = []
        while not told.empty():
            events.append(told.get())
        asked.send((process.exitcode, events))


def killed_in_commit(url: str, entries: Sequence[tuple[Entry, float]]) -> None:
    """Book each, and kill the process so many seconds after it began to commit."""
    for entry, seconds in entries:
        context = forkserver()
        told = context.SimpleQueue()
        process = context.Process(target=_book, args=(url, entry, NEVER, told))
        process.start()
        while told.get() != COMMIT:
            pass
        time.sleep(seconds)
        process.kill()
        process.join(PATIENCE)


def _book(url: str, entry: Entry, point: int, told: "SimpleQueue[str]") -> None:
    _book_by(*opened(url), entry, point, told)


def _book_by(units: Units, engine: sa.Engine, entry: Entry, point: int, told: "SimpleQueue[str]") -> None:
    with units.reading() as unit:
        row = hearings.by_reference(unit.session, entry.reference)
        version = row.version if row else 0
    seen = 0

    def reached(event: str) -> None:
        nonlocal seen
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
        told.put(event)

    sa.event.listen(engine, "before_cursor_execute", lambda *_: reached(STATEMENT))
    sa.event.listen(engine, "commit", lambda _: reached(COMMIT))
    with units.writing() as unit:
        book(unit, entry.reference, starts_wall=entry.wall, zone=KOLKATA, version=version, by=entry.by)
    reached(COMMITTED)
    engine.dispose()
