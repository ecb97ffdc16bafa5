"""A booking whose process is killed with SIGKILL is whole, with its messages, or not there; the time is free again."""

import random
import sys
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.builders import add_hearing
from tests.conftest import Database
from tests.services.crowd import overlapping_pairs, wanted_by
from tests.services.dying import COMMIT, COMMITTED, NEVER, STATEMENT, killed_in_commit, mortals
from tests.services.planned import KOLKATA, answered, booked
from tests.services.racers import Entry
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import resolve
from vctestimony.services import journal
from vctestimony.services.unit import Units
from vctestimony.store import hearings
from vctestimony.store.models import JournalRow, OccupancyRow, OutboxRow

PEOPLE = 7
AT_ONCE = 45.0
"""Seconds. A lock that was left behind would hold for a minute or for ever; the rest is a busy machine."""


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def entered(units: Units, world: World, by: Actor, count: int) -> list[Entry]:
    """So many hearings of half an hour, each for a time of its own."""
    days = [datetime(2026, 9, 14) + timedelta(days=7 * week + day) for week in range(9) for day in range(4)]
    starts = [day + timedelta(minutes=minutes) for day in days for minutes in (630, 660, 690, 840, 870, 900, 930)]
    with units.writing() as unit:
        for number in range(count):
            row = add_hearing(unit.session, world.mumbai, world.dhaka, world.link_id, reference=f"H-KILL{number}")
            row.pre_minutes, row.main_minutes, row.post_minutes = 5, 20, 5
    return [Entry(f"H-KILL{number}", starts[number], by) for number in range(count)]


def is_whole(units: Units, entry: Entry) -> bool:
    """Whether the booking is there with everything; anything between that and nothing fails the test."""
    with units.reading() as unit:
        row = hearings.by_reference(unit.session, entry.reference)
        assert row is not None
        claims = sa.select(OccupancyRow.resource_id, OccupancyRow.start_min, OccupancyRow.end_min)
        taken = {tuple(one) for one in unit.session.execute(claims.where(OccupancyRow.hearing_id == row.id))}
        mails = unit.session.scalars(sa.select(OutboxRow.id).where(OutboxRow.hearing_id == row.id)).all()
        told = Counter(
            unit.session.scalars(sa.select(JournalRow.action).where(JournalRow.subject == entry.reference)).all()
        )
        sent = sum(bool(person.sent) for person in row.participants)
        there = (row.state, row.starts_at, taken, len(mails), dict(told), sent)
        starts_at = resolve(entry.wall, KOLKATA)
        whole = (
            State.BOOKED,
            starts_at,
            wanted_by(unit, row, starts_at),
            PEOPLE,
            {"hearing.booked": 1, "invitations.written": 1},
            PEOPLE,
        )
        assert there in ((State.REQUESTED, None, set(), 0, {}, 0), whole), entry
        return there == whole


def check_all(units: Units) -> None:
    with units.reading() as unit:
        assert overlapping_pairs(unit) == 0
        assert journal.verify(unit)[1] is None


def book_at_once(units: Units, entry: Entry, by: Actor) -> float:
    started = time.monotonic()
    booked(units, entry.reference, by, entry.wall)
    taken = time.monotonic() - started
    assert taken < AT_ONCE
    assert is_whole(units, entry)
    return taken


@pytest.mark.bad_day("R1")
def test_killed_before_any_statement_or_the_commit_nothing_is_left_and_after_it_everything(
    units: Units, world: World, mumbai: Actor, database: Database, engine_name: str
) -> None:
    first, *entries = entered(units, world, mumbai, 120)
    slowest = 0.0
    with mortals(database.url) as killed_before:
        events = killed_before(first, NEVER)
        assert events[-2:] == [COMMIT, COMMITTED]
        assert set(events[:-2]) == {STATEMENT}
        assert is_whole(units, first)
        for point, entry in zip(range(len(events)), entries, strict=False):
            assert killed_before(entry, point) == events[:point]
            assert is_whole(units, entry) == (events[point] == COMMITTED)
            if events[point] != COMMITTED:
                slowest = max(slowest, book_at_once(units, entry, mumbai))
    check_all(units)
    assert len(events) < len(entries)
    sys.stdout.write(
        f"\n{len(events)} kills on {engine_name}: before each of {len(events) - 2} statements, before and after the "
        f"commit; 0 half bookings; the same time booked again within {slowest * 1000:.0f} ms\n"
    )


@pytest.mark.bad_day("R1")
def test_killed_while_the_commit_is_on_its_way_it_is_there_or_not_never_half(
    units: Units, world: World, mumbai: Actor, database: Database, engine_name: str
) -> None:
    entries = entered(units, world, mumbai, 8)
    dice = random.Random(9)
    killed_in_commit(database.url, [(entry, dice.uniform(0, 0.012)) for entry in entries])
    found = [is_whole(units, entry) for entry in entries]
    for entry, whole in zip(entries, found, strict=True):
        if not whole:
            book_at_once(units, entry, mumbai)
    check_all(units)
    sys.stdout.write(f"\n{len(entries)} kills on {engine_name} within the commit: {sum(found)} whole, 0 half\n")
