"""Bookings in processes of their own that are killed: before the n-th statement, or while the commit is on its way."""

import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from multiprocessing.queues import SimpleQueue

import sqlalchemy as sa

from tests.services import warmed
from tests.services.planned import KOLKATA
from tests.services.racers import Entry, opened
from vctestimony.services.scheduling import book
from vctestimony.store import hearings

PATIENCE = 60
NEVER = 1 << 30
STATEMENT, COMMIT, COMMITTED = "statement", "commit", "committed"


def killed_before(url: str, entry: Entry, point: int) -> list[str]:
    """Book, and die before event number `point`; the events before it. Whoever is never killed tells them all."""
    context, told = _context()
    process = context.Process(target=_book, args=(url, entry, point, told))
    process.start()
    process.join(PATIENCE)
    events = []
    while not told.empty():
        events.append(told.get())
    assert process.exitcode == (0 if point == NEVER else -signal.SIGKILL), process.exitcode
    return events


def killed_in_commit(url: str, entries: Sequence[tuple[Entry, float]]) -> None:
    """Book each, and kill the process so many seconds after it began to commit."""
    for entry, seconds in entries:
        context, told = _context()
        process = context.Process(target=_book, args=(url, entry, NEVER, told))
        process.start()
        while told.get() != COMMIT:
            pass
        time.sleep(seconds)
        process.kill()
        process.join(PATIENCE)


def _context() -> tuple[multiprocessing.context.ForkServerContext, "SimpleQueue[str]"]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, warmed.__name__])
    return context, context.SimpleQueue()


def _book(url: str, entry: Entry, point: int, told: "SimpleQueue[str]") -> None:
    units, engine = opened(url)
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
