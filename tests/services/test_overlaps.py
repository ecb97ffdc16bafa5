"""Sitting by order over other duties: people only, with a reason, where they meet and nowhere else; never plainly."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.builders import add_resource
from tests.conftest import FindActor
from tests.services.planned import (
    FRIDAY_11,
    KOLKATA,
    MONDAY_11,
    MONDAY_11_AT,
    MONDAY_14,
    PlainTokens,
    answered,
    booked,
    hearing_of,
    hearing_of_unit,
    moved_to,
    take,
    version_of,
)
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import NotAllowed
from vctestimony.domain.hearing import Part, State
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Role
from vctestimony.services import claims, journal, overlaps
from vctestimony.services.claims import SlotTaken
from vctestimony.services.ordered_overlaps import Ordered, ordered
from vctestimony.services.overlaps import ClashesChanged, NobodyTaken, NotByOrder, Order, OrderReason
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import occupancy
from vctestimony.store.models import HearingRow, OccupancyRow, OfficialRow, ResourceKind
from vctestimony.store.occupancy import Claim, Overlap

START = to_min(MONDAY_11_AT)
REASON = "The witness leaves Dhaka tomorrow; the other matter is only for mention."
PARTS = 3


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def resource(units: Units, official_id: int) -> int:
    with units.reading() as unit:
        return unit.session.get_one(OfficialRow, official_id).resource_id


def mark(units: Units, reference: str, at: datetime = MONDAY_11_AT) -> str:
    with units.reading() as unit:
        return overlaps.ways_of(unit, hearing_of_unit(unit, reference), starts_at=at).mark


def order(
    units: Units, reference: str, by: Actor, *, wall: datetime = MONDAY_11, reason: str = REASON, seen: str = ""
) -> None:
    version = version_of(units, reference)
    what = Order(starts_wall=wall, zone=KOLKATA, reason=reason, clashes_seen=seen)
    with units.writing() as unit:
        overlaps.book(unit, reference, what, version=version, by=by)


def claimed(units: Units, hearing_id: int, resource_id: int) -> list[tuple[int, int, bool]]:
    with units.reading() as unit:
        row = OccupancyRow
        query = sa.select(row.start_min, row.end_min, row.blocking).where(
            row.hearing_id == hearing_id, row.resource_id == resource_id
        )
        return [
            (start - START, end - START, blocking)
            for start, end, blocking in unit.session.execute(query.order_by(row.start_min))
        ]


def test_only_where_they_meet_the_claim_does_not_block(units: Units, world: World, judge: Actor) -> None:
    person = resource(units, world.mumbai.prosecutor_id)
    take(units, person, START + 30, START + 45)
    order(units, world.mumbai.hearing, judge, seen=mark(units, world.mumbai.hearing))
    assert hearing_of(units, world.mumbai.hearing).state is State.BOOKED
    assert claimed(units, world.mumbai.hearing_id, person) == [
        (0, 15, True),
        (15, 30, True),
        (30, 45, False),
        (45, 75, True),
        (75, 90, True),
    ]
    with units.reading() as unit:
        loose = sa.select(OccupancyRow.resource_id).where(~OccupancyRow.blocking)
        assert set(unit.session.scalars(loose)) == {person}


def test_leave_is_overlapped_and_the_claim_blocks_all_the_same(units: Units, world: World, judge: Actor) -> None:
    person = resource(units, world.mumbai.judge_id)
    take(units, person, START - 600, START + 600, blocking=False)
    order(units, world.mumbai.hearing, judge, seen=mark(units, world.mumbai.hearing))
    assert claimed(units, world.mumbai.hearing_id, person) == [(0, 15, True), (15, 75, True), (75, 90, True)]


def test_the_order_is_kept_with_its_reason_and_everybody_it_takes(
    units: Units, world: World, mumbai: Actor, judge: Actor
) -> None:
    person = resource(units, world.mumbai.defence_id)
    take(units, person, START, START + 45)
    with pytest.raises(SlotTaken):
        booked(units, world.mumbai.hearing, mumbai)
    order(units, world.mumbai.hearing, judge, seen=mark(units, world.mumbai.hearing))
    with units.reading() as unit:
        [entry] = [
            one for one in journal.history(unit, world.mumbai.hearing) if one.action == "hearing.overlap_ordered"
        ]
        [shown] = ordered(unit, hearing_of_unit(unit, world.mumbai.hearing))
    assert (entry.actor, REASON in entry.facts) == (judge.name, True)
    assert "DEF: other 2026-09-14 05:30" in entry.facts
    assert "Farhan" not in entry.facts
    assert shown == Ordered((("Defence counsel", "Farhan Mumbaikar"),), judge.name, REASON)


def test_an_unprivileged_account_cannot_order(units: Units, world: World, mumbai: Actor, actor: FindActor) -> None:
    take(units, resource(units, world.mumbai.defence_id), START, START + 45)
    seen = mark(units, world.mumbai.hearing)
    for by in (mumbai, actor(Role.LEGAL_STAFF, "mumbai"), actor(Role.MISSION_OFFICIAL)):
        with pytest.raises(NotAllowed):
            order(units, world.mumbai.hearing, by, seen=seen)
    with pytest.raises(Exception, match="nothing here"):
        order(units, world.mumbai.hearing, actor(Role.PRESIDING_OFFICER, "pune"), seen=seen)
    assert hearing_of(units, world.mumbai.hearing).state is State.REQUESTED


@pytest.mark.parametrize("what", ["room", "link", "witness", "friday", "notice"])
def test_nothing_but_people_is_ever_overlapped(units: Units, world: World, judge: Actor, what: str) -> None:
    with units.reading() as unit:
        witness = unit.session.get_one(HearingRow, world.mumbai.hearing_id).witness.resource_id
    taken = {"room": world.dhaka.room_id, "link": world.link_id, "witness": witness}
    if what in taken:
        take(units, taken[what], START, START + 15)
    walls = {"friday": FRIDAY_11, "notice": datetime(2026, 9, 1, 14, 0)}
    take(units, resource(units, world.mumbai.judge_id), START, START + 15)
    with pytest.raises(NotByOrder):
        order(units, world.mumbai.hearing, judge, wall=walls.get(what, MONDAY_11), seen="")
    assert hearing_of(units, world.mumbai.hearing).state is State.REQUESTED


def test_an_order_needs_a_real_reason_a_clash_and_the_clashes_that_were_read(
    units: Units, world: World, judge: Actor
) -> None:
    with pytest.raises(NobodyTaken):
        order(units, world.mumbai.hearing, judge)
    person = resource(units, world.mumbai.judge_id)
    take(units, person, START, START + 15)
    seen = mark(units, world.mumbai.hearing)
    with pytest.raises(OrderReason, match="30"):
        order(units, world.mumbai.hearing, judge, reason="urgent " + " " * 40, seen=seen)
    take(units, resource(units, world.mumbai.defence_id), START, START + 15)
    with pytest.raises(ClashesChanged):
        order(units, world.mumbai.hearing, judge, seen=seen)


def test_another_hearing_loses_nothing_and_still_cannot_be_overlapped_plainly(
    units: Units, world: World, mumbai: Actor, judge: Actor
) -> None:
    """The judge sits in two hearings by order; the database goes on refusing every plain overlap."""
    second = twin(units, world)
    booked(units, world.mumbai.hearing, mumbai)
    with units.reading() as unit:
        row = hearing_of_unit(unit, second)
        found = overlaps.clashes(row, overlaps.ways_of(unit, row, starts_at=MONDAY_11_AT))
    assert {one.hearing for one in found} == {world.mumbai.hearing}
    assert {one.what for one in found} == {"in another hearing"}
    order(units, second, judge, seen=mark(units, second))
    for official in (world.mumbai.judge_id, world.mumbai.defence_id):
        person = resource(units, official)
        assert {blocking for *_, blocking in claimed(units, world.mumbai.hearing_id, person)} == {True}
        with pytest.raises(Overlap), units.writing() as unit:
            occupancy.claim(
                unit.session, [Claim(person, START, START + 5, Part.MAIN)], hearing_id=world.pune.hearing_id
            )
    with pytest.raises(SlotTaken):
        moved_to(units, second, mumbai, MONDAY_11 + timedelta(minutes=30))


def test_both_hearings_keep_their_people_when_others_of_them_change(
    units: Units, world: World, mumbai: Actor, judge: Actor
) -> None:
    second = twin(units, world)
    booked(units, world.mumbai.hearing, mumbai)
    order(units, second, judge, seen=mark(units, second))
    for reference in (second, world.mumbai.hearing):
        with units.writing() as unit:
            claims.retake(unit, hearing_of_unit(unit, reference))
    person = resource(units, world.mumbai.judge_id)
    assert {blocking for *_, blocking in claimed(units, world.mumbai.hearing_id, person)} == {True}


def test_an_order_ends_with_the_time_it_was_for(units: Units, world: World, mumbai: Actor, judge: Actor) -> None:
    person = resource(units, world.mumbai.judge_id)
    take(units, person, START, START + 45)
    order(units, world.mumbai.hearing, judge, seen=mark(units, world.mumbai.hearing))
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    with units.reading() as unit:
        assert ordered(unit, hearing_of_unit(unit, world.mumbai.hearing)) == ()
        assert unit.session.scalar(sa.select(sa.func.count()).where(~OccupancyRow.blocking)) == 0
    with pytest.raises(SlotTaken):
        moved_to(units, world.mumbai.hearing, mumbai, MONDAY_11)


def test_a_booked_hearing_is_moved_by_order(units: Units, world: World, mumbai: Actor, judge: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai, MONDAY_14)
    take(units, resource(units, world.mumbai.judge_id), START, START + 45)
    order(units, world.mumbai.hearing, judge, seen=mark(units, world.mumbai.hearing))
    row = hearing_of(units, world.mumbai.hearing)
    assert (row.state, row.starts_at, row.reason) == (State.BOOKED, MONDAY_11_AT, REASON)


def twin(units: Units, world: World) -> str:
    """A second hearing of the court with the same people, in rooms and with a witness of its own."""
    with units.writing() as unit:
        first = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        other = unit.session.get_one(HearingRow, world.pune.hearing_id)
        spare_room = add_resource(unit.session, ResourceKind.ROOM, "Second room", post_id=world.dhaka.post_id).id
        spare_link = add_resource(unit.session, ResourceKind.LINK, "Link 2", post_id=None).id
        other.court_id, other.case_id, other.order_id = first.court_id, first.case_id, first.order_id
        other.remote_room_id, other.link_id = spare_room, spare_link
        theirs = {p.duty: p.official_id for p in first.participants if p.end == "court"}
        for person in [p for p in other.participants if p.end == "court"]:
            person.official_id = theirs[person.duty]
        for person in [p for p in other.participants if p.end == "remote"]:
            person.is_required = False
    return world.pune.hearing
