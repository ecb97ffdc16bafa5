"""What each process of the races does: open the database for itself, wait for the others, book or hold."""

import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.synchronize import Barrier

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.fakes import NOW, FrozenClock, MemorySender, fake_ports
from tests.services.planned import KOLKATA, PlainTokens
from tests.services.warmed import forkserver
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Refusal
from vctestimony.services import offering
from vctestimony.services.claims import SlotTaken, TimeRefused
from vctestimony.services.scheduling import book
from vctestimony.services.unit import Unit, Units
from vctestimony.store import hearings
from vctestimony.store.db import engine_options, prepare

PATIENCE = 100
FORK = multiprocessing.get_context("fork")
"""Only for processes that have one thread and no connection."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One attempt: which hearing it books, for when, by its clock; or which option it books, or what it holds."""

    reference: str
    wall: datetime
    by: Actor
    option: int = 0
    holds: tuple[datetime, ...] = ()
    at: datetime = NOW


@dataclass(frozen=True, slots=True)
class Finish:
    """What came of it: booked, held, taken, refused or an error's name; how many alternatives; after how long."""

    reference: str
    outcome: str
    alternatives: int
    seconds: float


def race(url: str, *laps: Sequence[Entry], in_step: bool = False, patience: float = PATIENCE) -> list[Finish]:
    """Let every sequence of entries run in a process of its own, one entry after the other, all from one instant.

    `in_step` lets all of them wait for each other before every entry. One more process rehearses and is the parent of
    all: they begin with the statements written down, and meet more closely than if each did that for itself.
    """
    context = forkserver()
    barrier = context.Barrier(len(laps))
    finishes: multiprocessing.Queue[list[Finish]] = context.Queue()
    starter = context.Process(target=_start, args=(url, laps, barrier, finishes, in_step))
    starter.start()
    found = [finish for _ in laps for finish in finishes.get(timeout=patience)]
    starter.join(PATIENCE)
    return found


def report(finishes: Sequence[Finish], *, processes: int, engine: str, deadlocks: int = 0) -> None:
    """Print the figures in a line that can be quoted."""
    times = sorted(finish.seconds * 1000 for finish in finishes)
    outcomes = ", ".join(
        f"{count} {outcome}" for outcome, count in sorted(Counter(f.outcome for f in finishes).items())
    )
    sys.stdout.write(
        f"\n{processes} processes on {engine}: {outcomes}; {deadlocks} deadlocks; "
        f"p50 {times[len(times) // 2]:.0f} ms, p99 {times[len(times) * 99 // 100]:.0f} ms\n"
    )


class _Undone(Exception):
    """The rehearsal is over."""


def rehearse(units: Units, engine: sa.Engine, entry: Entry) -> None:
    """Do it once and undo it, and let go of the database: a process may be forked from this one then."""
    with suppress(_Undone, Refusal), units.writing() as unit:
        _act(unit, entry, _version(units, entry.reference))
        raise _Undone
    engine.dispose()


def _start(
    url: str,
    laps: Sequence[Sequence[Entry]],
    barrier: Barrier,
    finishes: "multiprocessing.Queue[list[Finish]]",
    in_step: bool,
) -> None:
    units, engine = opened(url, at=laps[0][0].at)
    rehearse(units, engine, laps[0][0])
    runners = [FORK.Process(target=_run, args=(units, engine, each, barrier, finishes, in_step)) for each in laps]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()


def _run(
    units: Units,
    engine: sa.Engine,
    entries: Sequence[Entry],
    barrier: Barrier,
    finishes: "multiprocessing.Queue[list[Finish]]",
    in_step: bool,
) -> None:
    units = units.with_ports(replace(units.ports, clock=FrozenClock(entries[0].at)))
    versions = {entry.reference: _version(units, entry.reference) for entry in entries}
    done: list[Finish] = []
    for entry in entries:
        if in_step or not done:
            barrier.wait(PATIENCE)
        started = time.monotonic()
        outcome, alternatives = _try(units, entry, versions[entry.reference])
        done.append(Finish(entry.reference, outcome, alternatives, time.monotonic() - started))
    finishes.put(done)
    engine.dispose()


def opened(url: str, *, at: datetime = NOW) -> tuple[Units, sa.Engine]:
    """The database, in a process of its own, with the tests' outside world and real chance."""
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    ports = replace(fake_ports(clock=FrozenClock(at), sender=MemorySender()), tokens=PlainTokens(), random=os.urandom)
    return Units(scoped_session(sessionmaker(engine)), ports), engine


def _version(units: Units, reference: str) -> int:
    with units.reading() as unit:
        row = hearings.by_reference(unit.session, reference)
        return row.version if row else 0


def _try(units: Units, entry: Entry, version: int) -> tuple[str, int]:
    try:
        with units.writing() as unit:
            _act(unit, entry, version)
    except SlotTaken as taken:
        return "taken", len(taken.alternatives)
    except TimeRefused as refused:
        return "refused", len(refused.alternatives)
    except (Refusal, SQLAlchemyError) as error:
        return f"{type(error).__name__}: {error}", 0
    return "held" if entry.holds else "booked", 0


def _act(unit: Unit, entry: Entry, version: int) -> None:
    if entry.option:
        offering.book(unit, entry.reference, number=entry.option, answers_seen="", version=version, by=entry.by)
    elif entry.holds:
        what = offering.Offer(starts=entry.holds, zone=KOLKATA)
        offering.offer(unit, entry.reference, what, version=version, by=entry.by)
    else:
        book(unit, entry.reference, starts_wall=entry.wall, zone=KOLKATA, version=version, by=entry.by)
