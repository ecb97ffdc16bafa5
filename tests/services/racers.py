"""What each process of the races does: open the database for itself, wait for the others, book or hold."""

import multiprocessing
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.synchronize import Barrier

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.fakes import NOW, FrozenClock, MemorySender, fake_ports
from tests.services.planned import KOLKATA, PlainTokens
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Refusal
from vctestimony.services import offering
from vctestimony.services.claims import SlotTaken
from vctestimony.services.scheduling import book
from vctestimony.services.unit import Unit, Units
from vctestimony.store import hearings
from vctestimony.store.db import engine_options, prepare

PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One competitor: which hearing it books, for when, by its clock; or which option it books, or what it holds."""

    reference: str
    wall: datetime
    by: Actor
    option: int = 0
    holds: tuple[datetime, ...] = ()
    at: datetime = NOW


@dataclass(frozen=True, slots=True)
class Finish:
    """What came of it: "booked", "held", "taken" or the name of an error; how many alternatives; after how long."""

    reference: str
    outcome: str
    alternatives: int
    seconds: float


def race(url: str, entries: Sequence[Entry]) -> list[Finish]:
    """Let every entry run in a process of its own, all from the same instant."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    barrier = context.Barrier(len(entries))
    finishes: multiprocessing.Queue[Finish] = context.Queue()
    runners = [context.Process(target=_run, args=(url, entry, barrier, finishes)) for entry in entries]
    for runner in runners:
        runner.start()
    found = [finishes.get(timeout=PATIENCE) for _ in runners]
    for runner in runners:
        runner.join(PATIENCE)
    return found


def _run(url: str, entry: Entry, barrier: Barrier, finishes: "multiprocessing.Queue[Finish]") -> None:
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    clock = FrozenClock(entry.at)
    ports = replace(fake_ports(clock=clock, sender=MemorySender()), tokens=PlainTokens(), random=os.urandom)
    units = Units(scoped_session(sessionmaker(engine)), ports)
    with units.reading() as unit:
        row = hearings.by_reference(unit.session, entry.reference)
        version = row.version if row else 0
    barrier.wait(PATIENCE)
    started = time.monotonic()
    outcome, alternatives = _try(units, entry, version)
    finishes.put(Finish(entry.reference, outcome, alternatives, time.monotonic() - started))
    engine.dispose()


def _try(units: Units, entry: Entry, version: int) -> tuple[str, int]:
    try:
        with units.writing() as unit:
            _act(unit, entry, version)
    except SlotTaken as taken:
        return "taken", len(taken.alternatives)
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
