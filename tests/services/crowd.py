"""Six hundred and forty hearings that want a few rooms and people in two weeks, and what must hold after the rush."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tests.builders import add_official, add_resource
from tests.services.planned import KOLKATA
from tests.services.racers import Entry, Finish
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import End, State
from vctestimony.domain.instants import resolve, to_min
from vctestimony.domain.people import Duty
from vctestimony.services import journal
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import (
    HearingRow,
    JournalRow,
    OccupancyRow,
    OfficialRow,
    OutboxRow,
    ParticipantRow,
    PostRow,
    ResourceKind,
    WitnessRow,
)

MONDAY = date(2026, 9, 14)
COMMON_DAYS = (0, 1, 2, 3, 7, 8, 9, 10)
Wanted = tuple[int, int, int]


def crowd(units: Units, world: World, by: Actor, *, count: int, seed: int) -> list[Entry]:
    """So many hearings, each with chance rooms, people, lengths and start; the same ones for the same seed."""
    dice = random.Random(seed)
    with units.writing() as unit:
        people, rooms, remote_rooms, links = _cast(unit, world)
        court = world.mumbai
        entries = []
        for number in range(count):
            row = HearingRow(
                reference=f"H-CROWD{number}",
                case_id=court.case_id,
                order_id=court.order_id,
                witness_id=_witness(unit, world, number),
                court_id=court.post_id,
                remote_id=world.dhaka.post_id,
                court_room_id=dice.choice(rooms),
                remote_room_id=dice.choice(remote_rooms),
                link_id=dice.choice(links),
                state=State.REQUESTED,
                pre_minutes=dice.choice((0, 15, 30)),
                main_minutes=dice.choice((30, 45, 60, 90)),
                post_minutes=dice.choice((0, 15)),
                zone=KOLKATA,
                uid=f"h-crowd{number}@court.example",
                created_at=unit.now,
            )
            for duty, group in people.items():
                row.participants.append(_seat(row.reference, duty, dice.choice(group)))
            unit.session.add(row)
            start = datetime.combine(MONDAY + timedelta(days=dice.choice(COMMON_DAYS)), datetime.min.time())
            wall = start + timedelta(minutes=dice.choice((*range(630, 705, 15), *range(840, 930, 15))))
            entries.append(Entry(row.reference, wall, by))
    return entries


def _cast(unit: Unit, world: World) -> tuple[dict[Duty, list[int]], list[int], list[int], list[int]]:
    court, mission = (
        unit.session.get_one(PostRow, world.mumbai.post_id),
        unit.session.get_one(PostRow, world.dhaka.post_id),
    )
    posts = {Duty.JUDGE: court, Duty.REMOTE_COORDINATOR: mission, Duty.INTERPRETER: mission}
    people = {
        duty: [add_official(unit.session, f"{duty} {n}", post=post, duty=duty).id for n in range(8)]
        for duty, post in posts.items()
    }
    kinds = ((ResourceKind.ROOM, court.id), (ResourceKind.ROOM, mission.id), (ResourceKind.LINK, None))
    rooms, remote_rooms, links = (
        [add_resource(unit.session, kind, f"{kind} {n}", post_id=post_id).id for n in range(8)]
        for kind, post_id in kinds
    )
    return people, rooms, remote_rooms, links


def _witness(unit: Unit, world: World, number: int) -> int:
    """Forty witnesses, each wanted many times."""
    if number >= 40:
        reference = f"W-CROWD{number % 40}"
        return unit.session.scalars(sa.select(WitnessRow.id).where(WitnessRow.reference == reference)).one()
    known = unit.session.get_one(WitnessRow, world.mumbai.witness_id)
    reference = f"W-CROWD{number}"
    row = WitnessRow(
        reference=reference,
        case_id=known.case_id,
        resource=add_resource(unit.session, ResourceKind.WITNESS, reference, post_id=None),
        pseudonym=f"PW-{number + 100}",
        languages="bn",
        nationality="BD",
        identity_document=known.identity_document,
        facts=known.facts,
        created_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


def _seat(reference: str, duty: Duty, official_id: int) -> ParticipantRow:
    return ParticipantRow(
        public_id=f"{reference}-{duty}",
        official_id=official_id,
        duty=duty,
        end=End.COURT if duty is Duty.JUDGE else End.REMOTE,
        is_required=True,
        attends_pre=duty is not Duty.JUDGE,
        attends_main=True,
        attends_post=True,
    )


def overlapping_pairs(unit: Unit) -> int:
    """How many pairs of claims share a minute of one resource."""
    one, other = aliased(OccupancyRow), aliased(OccupancyRow)
    clash = sa.and_(one.id < other.id, one.start_min < other.end_min, other.start_min < one.end_min)
    pairs = sa.select(sa.func.count()).select_from(one).join(other, one.resource_id == other.resource_id)
    return unit.session.scalar(pairs.where(clash)) or 0


def wanted_by(unit: Unit, row: HearingRow, starts_at: datetime) -> set[Wanted]:
    """Every claim that a hearing at that start must have, worked out without the service."""
    people = unit.session.execute(
        sa.select(ParticipantRow, OfficialRow.resource_id)
        .join(OfficialRow, OfficialRow.id == ParticipantRow.official_id)
        .where(ParticipantRow.hearing_id == row.id)
    ).all()
    witness = unit.session.get_one(WitnessRow, row.witness_id).resource_id
    found: set[Wanted] = set()
    at = to_min(starts_at)
    for minutes, attends in ((row.pre_minutes, "pre"), (row.main_minutes, "main"), (row.post_minutes, "post")):
        there = [number for person, number in people if getattr(person, f"attends_{attends}")]
        every = (row.court_room_id, row.remote_room_id, row.link_id, witness, *there)
        found |= {(number, at, at + minutes) for number in every if minutes}
        at += minutes
    return found


def check_whole(units: Units, entries: Iterable[Entry], finishes: Iterable[Finish]) -> None:
    """Nothing overlaps; who booked has every claim, mail and journal entry, who was refused none; no false refusal."""
    outcome = {finish.reference: finish.outcome for finish in finishes}
    with units.reading() as unit:
        assert overlapping_pairs(unit) == 0
        rows = {row.reference: row for row in unit.session.scalars(sa.select(HearingRow))}
        claims: dict[int | None, set[Wanted]] = {}
        for claim in unit.session.scalars(sa.select(OccupancyRow)):
            claims.setdefault(claim.hearing_id, set()).add((claim.resource_id, claim.start_min, claim.end_min))
        mails = Counter(unit.session.scalars(sa.select(OutboxRow.hearing_id)))
        booked = sa.select(JournalRow.subject).where(JournalRow.action == "hearing.booked")
        entered = Counter(unit.session.scalars(booked))
        every = [claim for mine in claims.values() for claim in mine]
        for entry in entries:
            row, is_booked = rows[entry.reference], outcome[entry.reference] == "booked"
            wanted = wanted_by(unit, row, resolve(entry.wall, KOLKATA))
            assert claims.get(row.id, set()) == (wanted if is_booked else set()), entry
            assert (mails[row.id], entered[row.reference]) == ((3, 1) if is_booked else (0, 0)), entry
            assert (row.state, row.starts_at is not None) == (
                (State.BOOKED, True) if is_booked else (State.REQUESTED, False)
            )
            if outcome[entry.reference] == "taken":
                assert any(n == m and a < d and c < b for n, a, b in wanted for m, c, d in every), entry
        assert journal.verify(unit)[1] is None
