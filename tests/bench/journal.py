"""Measures the journal: proving a million entries, with what memory, and many processes that write at the same time."""

import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.bench.measuring import Row, Size
from tests.services.racers import opened
from tests.services.warmed import forkserver
from vctestimony.domain.access import Actor
from vctestimony.domain.journal import GENESIS, canonical, entry_hash
from vctestimony.services import journal
from vctestimony.store.db import engine_options, prepare
from vctestimony.store.models import JournalRow

FIRST_AT = datetime(2026, 1, 1, tzinfo=UTC)
PORTION = 20_000
PATIENCE = 600
Values = tuple[int, datetime, str, str, str, str, str, str]
Told = tuple[int, str, float, float, float]
"""What a process that proved the journal tells: entries, the problem, seconds of its own, seconds in all, megabytes."""
_COLUMNS = ("id", "at", "actor", "action", "subject", "facts", "previous_hash", "hash")
_PROCESSES = forkserver()
"""A process that is forked from here would have the memory of what was measured before."""


class NotWhole(Exception):
    """Times of a chain that does not hold mean nothing."""


def rows(url: str, size: Size) -> Iterator[Row]:
    """The journal of an empty database filled to a tenth and then to the whole, and proved each time."""
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    name, tenth = engine.dialect.name, size.journal // 10
    fill(engine, tenth)
    few = sorted((proved(url, tenth) for _ in range(size.rounds)), key=lambda told: told[2])[size.rounds // 2]
    fill(engine, size.journal)
    many = proved(url, size.journal)
    ratio = (many[2] / size.journal) / (few[2] / tenth)
    note = (
        f"{size.journal / many[3]:.0f} entries a second; {many[3]:.1f} s for {size.journal}, {few[3]:.2f} for {tenth}"
    )
    yield Row("J1 proving the journal, per entry: ten times as many ÷ at once", name, ratio, 1.25, note=note)
    note = f"MB: {many[4]:.0f} at most against {few[4]:.0f}"
    yield Row("J2 proving the journal: MB more for ten times as many", name, max(many[4] - few[4], 0), 15, note=note)
    seconds, count = append_together(url, writers=size.writers, each=size.appends), size.writers * size.appends
    whole = proved(url, size.journal + count)
    yield Row(
        f"J3 {size.writers} processes that write at once: breaks of the chain",
        name,
        float(whole[1] != ""),
        0,
        note=f"{count} entries in {seconds:.1f} s",
    )
    engine.dispose()


def fill(engine: sa.Engine, until: int) -> None:
    """Write the journal on to so many entries, each with its true hash, as quickly as the engine takes them."""
    with Session(engine) as session:
        last = session.execute(
            sa.select(JournalRow.id, JournalRow.hash).order_by(JournalRow.id.desc()).limit(1)
        ).first()
    number, previous = (last.id, last.hash) if last else (0, GENESIS)
    while number < until:
        portion: list[Values] = []
        while number < until and len(portion) < PORTION:
            number += 1
            values = _entry(number, previous)
            previous = values[-1]
            portion.append(values)
        _insert(engine, portion)


def _entry(number: int, previous: str) -> Values:
    at = FIRST_AT + timedelta(seconds=number)
    facts = canonical({"field": "costs", "number": number, "note": "শপথ নেওয়া হয়েছে"})
    actor, action, subject = f"A. Clerk {number % 7}", "record.filled", f"H-{number % 997}"
    own = entry_hash(
        previous_hash=previous, number=number, at=at, actor=actor, action=action, subject=subject, facts=facts
    )
    return number, at, actor, action, subject, facts, previous, own


def _insert(engine: sa.Engine, portion: list[Values]) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            rows = [dict(zip(_COLUMNS, values, strict=True)) for values in portion]
            connection.execute(sa.insert(JournalRow), rows)
            return
        raw = connection.connection.cursor()
        with raw.copy(f"COPY journal ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
            for values in portion:
                copy.write_row((values[0], values[1].replace(tzinfo=None), *values[2:]))


def proved(url: str, count: int) -> Told:
    """What a process of its own tells that proves the journal; NotWhole unless it is so many entries and holds."""
    ours, theirs = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_prove, args=(url, theirs))
    process.start()
    if not ours.poll(PATIENCE):
        raise NotWhole("nothing was heard")
    told: Told = ours.recv()
    process.join(PATIENCE)
    if told[:2] != (count, ""):
        raise NotWhole(f"{told[0]} entries hold of {count}; {told[1]}")
    return told


def _prove(url: str, told: Connection) -> None:
    units, engine = opened(url)
    with units.reading() as unit:
        unit.session.execute(sa.select(JournalRow.id).limit(1))
        own, wall = time.process_time(), time.perf_counter()
        found = journal.examine(unit)
        own, wall = time.process_time() - own, time.perf_counter() - wall
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told.send((found.count, found.broken.problem if found.broken else "", own, wall, most))
    engine.dispose()


def append_together(url: str, *, writers: int, each: int) -> float:
    """Let so many processes write so many entries each, one a transaction, from one instant; seconds of the slowest."""
    barrier, taken = _PROCESSES.Barrier(writers), _PROCESSES.SimpleQueue()
    processes = [
        _PROCESSES.Process(target=_append, args=(url, barrier, taken, number, each)) for number in range(writers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
    if any(process.exitcode for process in processes):
        raise NotWhole("a writer failed")
    seconds: list[float] = [taken.get() for _ in processes]
    return max(seconds)


def _append(url: str, barrier: Barrier, taken: "SimpleQueue[float]", number: int, each: int) -> None:
    units, engine = opened(url)
    barrier.wait(PATIENCE)
    started = time.perf_counter()
    for count in range(each):
        with units.writing() as unit:
            journal.write(unit, "thing.done", subject=f"H-{number}", by=Actor(name=f"Writer {number}"), count=count)
    taken.put(time.perf_counter() - started)
    engine.dispose()
