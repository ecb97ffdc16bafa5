"""Setting up a hearing, its rooms and its people; what changes under a booked hearing."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.services.planned import MONDAY_11_AT, PlainTokens, answered, booked, hearing_of, take, version_of
from tests.world import World
from vctestimony.adapters.packs import load_packs
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, Stale
from vctestimony.domain.hearing import End, Lengths, LengthsRefused, State
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.sop import Pack
from vctestimony.services import gates, hearing_views, planning, plans, scheduling
from vctestimony.services.claims import SlotTaken
from vctestimony.services.planning import NamedTwice, NotAdjourned, NotOfferedHere, PlanClosed, Rooms, SamePlace, Seat
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OccupancyRow, OfficialRow, OutboxRow

START = to_min(MONDAY_11_AT)


@cache
def packs() -> tuple[Pack, ...]:
    """The real rule packs."""
    return load_packs(Path(__file__).parents[2] / "sop")


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), packs=packs)


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def rooms(world: World, **changes: int) -> Rooms:
    plain = Rooms(
        court_room_id=world.mumbai.room_id,
        remote_room_id=world.dhaka.room_id,
        link_id=world.link_id,
        lengths=Lengths(pre=15, main=60, post=15),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the changed ones are numbers of rooms


def seats(world: World) -> list[Seat]:
    court, mission = world.mumbai, world.dhaka
    return [
        Seat(court.judge_id, Duty.JUDGE),
        Seat(court.coordinator_id, Duty.COURT_COORDINATOR),
        Seat(court.prosecutor_id, Duty.PROSECUTION),
        Seat(court.defence_id, Duty.DEFENCE),
        Seat(mission.coordinator_id, Duty.REMOTE_COORDINATOR),
        Seat(mission.interpreter_id, Duty.INTERPRETER),
        Seat(mission.support_id, Duty.SUPPORT_PERSON),
    ]


def created(units: Units, world: World, by: Actor, *people: Seat) -> str:
    with units.writing() as unit:
        return planning.create(
            unit,
            case_ref=world.mumbai.case,
            order_id=world.mumbai.order_id,
            witness_ref=world.mumbai.witness,
            rooms=rooms(world),
            seats=people,
            by=by,
        )


def named(units: Units, reference: str, by: Actor, people: list[Seat]) -> None:
    version = version_of(units, reference)
    with units.writing() as unit:
        planning.name_people(unit, reference, people, version=version, by=by)


def resource_of(units: Units, official_id: int) -> int:
    with units.reading() as unit:
        return unit.session.get_one(OfficialRow, official_id).resource_id


def test_a_new_hearing_is_requested_with_an_identity_of_chance(units: Units, world: World, mumbai: Actor) -> None:
    row = hearing_of(units, created(units, world, mumbai, *seats(world)))
    assert (row.state, row.starts_at, row.zone, row.remote_id) == (
        State.REQUESTED,
        None,
        "Asia/Kolkata",
        world.dhaka.post_id,
    )
    random, _, host = row.uid.partition("@")
    assert (len(random), host) == (26, "court.example")
    assert len({person.public_id for person in row.participants}) == 7


def test_people_attend_the_parts_of_their_duty_at_the_end_where_they_are(
    units: Units, world: World, mumbai: Actor
) -> None:
    row = hearing_of(units, created(units, world, mumbai, *seats(world)))
    found = {p.duty: (p.end, p.attends_pre, p.attends_main, p.attends_post) for p in row.participants}
    assert found[Duty.JUDGE] == (End.COURT, False, True, True)
    assert found[Duty.REMOTE_COORDINATOR] == (End.REMOTE, True, True, True)
    assert found[Duty.INTERPRETER][0] is End.REMOTE
    assert found[Duty.DEFENCE][0] is End.COURT


def test_the_judge_is_not_claimed_for_the_part_before(units: Units, world: World, mumbai: Actor) -> None:
    reference = created(units, world, mumbai, *seats(world))
    judge = resource_of(units, world.mumbai.judge_id)
    take(units, judge, START, START + 15)
    booked(units, reference, mumbai)
    with units.reading() as unit:
        query = sa.select(OccupancyRow.start_min).where(
            OccupancyRow.resource_id == judge, OccupancyRow.hearing_id.is_not(None)
        )
        assert sorted(unit.session.scalars(query)) == [START + 15, START + 75]


def test_what_does_not_belong_to_the_case_or_the_court_is_refused(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    reference, version = world.mumbai.hearing, version_of(units, world.mumbai.hearing)
    for wrong, refusal in (
        (rooms(world, court_room_id=world.pune.room_id), NotOfferedHere),
        (rooms(world, remote_room_id=world.mumbai.room_id), SamePlace),
        (rooms(world, link_id=world.dhaka.room_id), NotOfferedHere),
        (rooms(world, remote_room_id=99999), NotOfferedHere),
    ):
        with pytest.raises(refusal), units.writing() as unit:
            planning.change_rooms(unit, reference, wrong, version=version, by=mumbai)
    with pytest.raises(Absent):
        created(units, world, actor(Role.COORDINATOR, "pune"))


def test_one_person_has_one_seat(units: Units, world: World, mumbai: Actor) -> None:
    twice = [*seats(world), Seat(world.mumbai.judge_id, Duty.INVESTIGATOR)]
    with pytest.raises(NamedTwice, match="Meera Mumbaikar"):
        named(units, world.mumbai.hearing, mumbai, twice)


@pytest.mark.parametrize(("main", "fits"), [(0, False), (1, True), (570, True), (571, False)])
def test_an_examination_lasts_from_one_minute_to_a_working_day_in_all(main: int, fits: bool) -> None:
    if fits:
        assert Lengths(pre=15, main=main, post=15).total == main + 30
    else:
        with pytest.raises(LengthsRefused):
            Lengths(pre=15, main=main, post=15)


def test_an_old_form_of_people_changes_nothing(units: Units, world: World, mumbai: Actor) -> None:
    before = version_of(units, world.mumbai.hearing)
    named(units, world.mumbai.hearing, mumbai, seats(world)[:3])
    with pytest.raises(Stale), units.writing() as unit:
        planning.name_people(unit, world.mumbai.hearing, seats(world), version=before, by=mumbai)
    assert len([p for p in hearing_of(units, world.mumbai.hearing).participants if p.removed_at is None]) == 3


def test_who_leaves_a_booked_hearing_is_free_and_told_and_the_others_are_not_asked_again(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        unit.session.execute(sa.update(OutboxRow).values(state="sent"))
    named(units, world.mumbai.hearing, mumbai, seats(world)[:-1])
    with units.reading() as unit:
        query = sa.select(OutboxRow.kind, OutboxRow.to_address).where(OutboxRow.kind == "cancellation")
        assert [tuple(row) for row in unit.session.execute(query)] == [("cancellation", "salma.khatun@dhaka.example")]
        support = unit.session.get_one(OfficialRow, world.dhaka.support_id).resource_id
        taken = sa.select(sa.func.count()).where(OccupancyRow.resource_id == support)
        assert unit.session.scalar(taken) == 0


def test_who_joins_a_booked_hearing_must_be_free_then(units: Units, world: World, mumbai: Actor) -> None:
    named(units, world.mumbai.hearing, mumbai, seats(world)[:-1])
    booked(units, world.mumbai.hearing, mumbai)
    take(units, resource_of(units, world.dhaka.support_id), START, START + 90)
    with pytest.raises(SlotTaken, match=r"Not free or not at work then: Salma Khatun\."):
        named(units, world.mumbai.hearing, mumbai, seats(world))
    kept_apart = [*seats(world)[:-1], replace(seats(world)[-1], side="accused")]
    with pytest.raises(SlotTaken, match=r"Not free or not at work then: somebody needed\."):
        named(units, world.mumbai.hearing, mumbai, kept_apart)
    assert len([p for p in hearing_of(units, world.mumbai.hearing).participants if p.removed_at is None]) == 6


def test_a_confirmed_hearing_does_not_lose_somebody_it_needs(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        scheduling.confirm(unit, world.mumbai.hearing, version=version, by=mumbai)
    with pytest.raises(planning.StillNeeded, match="Support person"):
        named(units, world.mumbai.hearing, mumbai, seats(world)[:-1])


def test_longer_parts_of_a_booked_hearing_are_claimed_or_refused(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    longer = replace(rooms(world), lengths=Lengths(pre=15, main=90, post=15))
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        planning.change_rooms(unit, world.mumbai.hearing, longer, version=version, by=mumbai)
    with units.reading() as unit:
        assert unit.session.scalar(sa.select(sa.func.max(OccupancyRow.end_min))) == START + 120


def test_a_held_time_is_released_before_rooms_change(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = State.PROPOSED
    version = version_of(units, world.mumbai.hearing)
    with pytest.raises(PlanClosed), units.writing() as unit:
        planning.change_rooms(unit, world.mumbai.hearing, rooms(world), version=version, by=mumbai)


def test_only_a_part_heard_hearing_is_continued_with_the_same_people(units: Units, world: World, mumbai: Actor) -> None:
    with pytest.raises(NotAdjourned), units.writing() as unit:
        planning.continue_part_heard(unit, world.mumbai.hearing, by=mumbai)
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = State.ADJOURNED
    with units.writing() as unit:
        reference = planning.continue_part_heard(unit, world.mumbai.hearing, by=mumbai)
    row = hearing_of(units, reference)
    assert (row.continues_id, row.state, len(row.participants)) == (world.mumbai.hearing_id, State.REQUESTED, 7)


def test_a_part_heard_hearing_is_continued_once_unless_its_continuation_is_over(
    units: Units, world: World, mumbai: Actor
) -> None:
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = State.ADJOURNED
    with units.reading() as unit:
        assert hearing_views.open_page(unit, world.mumbai.hearing, by=mumbai).can_continue
    found = []
    for ended in (False, True):
        with units.writing() as unit:
            found.append(planning.continue_part_heard(unit, world.mumbai.hearing, by=mumbai))
        with units.writing() as unit:
            assert planning.continue_part_heard(unit, world.mumbai.hearing, by=mumbai) == found[-1]
            assert not hearing_views.open_page(unit, world.mumbai.hearing, by=mumbai).can_continue
            if not ended:
                unit.session.get_one(HearingRow, hearing_of(units, found[-1]).id).state = State.CANCELLED
    assert found[0] != found[1]


def test_the_form_of_people_shows_why_each_seat_is_needed_and_who_is_missing(
    units: Units, world: World, mumbai: Actor
) -> None:
    named(units, world.mumbai.hearing, mumbai, seats(world)[:4])
    with units.reading() as unit:
        plan = plans.people_plan(unit, world.mumbai.hearing, by=mumbai)
    first = plan.seats[0]
    assert (first.key, first.need is not None, first.chosen) == ("JUDGE", True, str(world.mumbai.judge_id))
    assert [need.label for need in plan.missing] == ["Remote Point Coordinator", "Interpreter", "Support person"]
    assert plan.missing[0].authority == "Model Rules r. 5.3.1, as adopted"
    assert isinstance(plan.missing[0], gates.Need)


def test_the_form_of_people_begins_with_the_only_one_at_the_two_ends(units: Units, world: World, mumbai: Actor) -> None:
    hearing = created(units, world, mumbai)
    with units.writing() as unit:
        mission = unit.session.get_one(OfficialRow, world.dhaka.coordinator_id)
        judge = unit.session.get_one(OfficialRow, world.mumbai.judge_id)
        for official, post_id in ((mission, world.pune.post_id), (judge, world.mumbai.post_id)):
            official.post_id = post_id
    with units.reading() as unit:
        chosen = {seat.key: seat.chosen for seat in plans.people_plan(unit, hearing, by=mumbai).seats}
    assert chosen["JUDGE"] == str(world.mumbai.judge_id)
    assert chosen["RPC"] == "", "who works elsewhere is never chosen by itself"
    assert chosen["DEF-2"] == "", "nor anybody for a seat that may stay empty"
    named(units, hearing, mumbai, seats(world)[1:2])
    with units.reading() as unit:
        plan = plans.people_plan(unit, hearing, by=mumbai)
    assert plan.seats[0].chosen == "", "nor once people were named: the seat was left empty"
