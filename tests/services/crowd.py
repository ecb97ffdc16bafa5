"""Hundreds of hearings that want a few rooms and people in two weeks, and what must hold after the rush."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
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
SETS = 8
Wanted = tuple[int, int, int]
Lengths = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Needs:
    """What one hearing takes: a room at each end, a link, a witness, and three people."""

    court_room: int
    remote_room: int
    link: int
    witness: int
    judge: int
    coordinator: int
    interpreter: int


def crowd(units: Units, world: World, by: Actor, *, count: int, seed: int) -> list[Entry]:
    """So many hearings, each with chance rooms, people, lengths and start; the same ones for the same seed."""
    dice = random.Random(seed)
    entries = []
    with units.writing() as unit:
        sets = [own_set(unit, world, number) for number in range(SETS)]
        witnesses = [one.witness for one in sets] + [add_witness(unit, world, number) for number in range(SETS, 40)]
        for number in range(count):
            needs = Needs(
                court_room=dice.choice(sets).court_room,
                remote_room=dice.choice(sets).remote_room,
                link=dice.choice(sets).link,
                witness=dice.choice(witnesses),
                judge=dice.choice(sets).judge,
                coordinator=dice.choice(sets).coordinator,
                interpreter=dice.choice(sets).interpreter,
            )
            lengths = (dice.choice((0, 15, 30)), dice.choice((30, 45, 60, 90)), dice.choice((0, 15)))
            reference = enter(unit, world, f"H-CROWD{number}", needs, lengths)
            day = datetime.combine(MONDAY + timedelta(days=dice.choice(COMMON_DAYS)), datetime.min.time())
            wall = day + timedelta(minutes=dice.choice((*range(630, 705, 15), *range(840, 930, 15))))
            entries.append(Entry(reference, wall, by))
    return entries


def own_set(unit: Unit, world: World, number: int) -> Needs:
    """Rooms, a link, people and a witness that nobody else has."""
    session = unit.session
    court, mission = session.get_one(PostRow, world.mumbai.post_id), session.get_one(PostRow, world.dhaka.post_id)

    def room(kind: ResourceKind, post_id: int | None) -> int:
        return add_resource(session, kind, f"{kind} {number}", post_id=post_id).id

    def person(duty: Duty, post: PostRow) -> int:
        return add_official(session, f"{duty} {number}", post=post, duty=duty).id

    return Needs(
        court_room=room(ResourceKind.ROOM, court.id),
        remote_room=room(ResourceKind.ROOM, mission.id),
        link=room(ResourceKind.LINK, None),
        witness=add_witness(unit, world, number),
        judge=person(Duty.JUDGE, court),
        coordinator=person(Duty.REMOTE_COORDINATOR, mission),
        interpreter=person(Duty.INTERPRETER, mission),
    )


def add_witness(unit: Unit, world: World, number: int) -> int:
    """Another witness of the case in Mumbai."""
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


def enter(unit: Unit, world: World, reference: str, needs: Needs, lengths: Lengths) -> str:
    """A hearing of the court in Mumbai without a time."""
    row = HearingRow(
        reference=reference,
        case_id=world.mumbai.case_id,
        order_id=world.mumbai.order_id,
        witness_id=needs.witness,
        court_id=world.mumbai.post_id,
        remote_id=world.dhaka.post_id,
        court_room_id=needs.court_room,
        remote_room_id=needs.remote_room,
        link_id=needs.link,
        state=State.REQUESTED,
        pre_minutes=lengths[0],
        main_minutes=lengths[1],
        post_minutes=lengths[2],
        zone=KOLKATA,
        uid=f"{reference.casefold()}@court.example",
        created_at=unit.now,
    )
    for duty, official_id in (
        (Duty.JUDGE, needs.judge),
        (Duty.REMOTE_COORDINATOR, needs.coordinator),
        (Duty.INTERPRETER, needs.interpreter),
    ):
        row.participants.append(_seat(reference, duty, official_id))
    unit.session.add(row)
    return reference


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
        taken: dict[int, list[tuple[int, int]]] = {}
        for resource_id, start, end in (claim for mine in claims.values() for claim in mine):
            taken.setdefault(resource_id, []).append((start, end))
        for entry in entries:
            row, is_booked = rows[entry.reference], outcome[entry.reference] == "booked"
            wanted = wanted_by(unit, row, resolve(entry.wall, KOLKATA))
            assert claims.get(row.id, set()) == (wanted if is_booked else set()), entry
            assert (mails[row.id], entered[row.reference]) == ((3, 1) if is_booked else (0, 0)), entry
            assert (row.state, row.starts_at is not None) == (
                (State.BOOKED, True) if is_booked else (State.REQUESTED, False)
            )
            if outcome[entry.reference] == "taken":
                assert any(a < d and c < b for n, a, b in wanted for c, d in taken.get(n, ())), entry
        assert journal.verify(unit)[1] is None
