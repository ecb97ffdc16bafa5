"""Any one of several rooms, links and people; rooms by part; gaps between hearings: what is taken, and who serves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.builders import add_official, add_resource
from tests.conftest import FindActor
from tests.services.planned import (
    MONDAY_11,
    MONDAY_11_AT,
    MONDAY_14,
    PlainTokens,
    answered,
    booked,
    hearing_of,
    moved_to,
    take,
    version_of,
)
from tests.world import World
from vctestimony.adapters.packs import load_packs
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import Lengths
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.slots import CauseRule
from vctestimony.domain.sop import Pack
from vctestimony.services import alternatives, finding, journal, planning, plans
from vctestimony.services.alternatives import ChosenTwice
from vctestimony.services.claims import SlotTaken
from vctestimony.services.planning import NamedTwice, NotOfferedHere, Rooms, SamePlace, Seat
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import (
    HearingRow,
    OccupancyRow,
    OfficialRow,
    OutboxRow,
    PostRow,
    ResourceKind,
    ResourceRow,
)

START = to_min(MONDAY_11_AT)
WHOLE = (START, START + 90)


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


@pytest.fixture
def mumbai(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def second(units: Units, world: World) -> Mapping[str, int]:
    """A second room at each end, a second link and a second interpreter: their resources by name."""
    with units.writing() as unit:
        mission = unit.session.get_one(PostRow, world.dhaka.post_id)
        interpreter = add_official(unit.session, "Kamal Hossain", post=mission, duty=Duty.INTERPRETER, language="bn")
        return {
            "court": add_resource(unit.session, ResourceKind.ROOM, "Chamber", post_id=world.mumbai.post_id).id,
            "remote": add_resource(unit.session, ResourceKind.ROOM, "Quiet room", post_id=mission.id).id,
            "link": add_resource(unit.session, ResourceKind.LINK, "Link 2", post_id=None).id,
            "interpreter": interpreter.resource_id,
        }


def resource_of(units: Units, official_id: int) -> int:
    with units.reading() as unit:
        return unit.session.get_one(OfficialRow, official_id).resource_id


def seat_of(units: Units, world: World, duty: Duty) -> str:
    [person] = [p for p in hearing_of(units, world.mumbai.hearing).participants if p.duty is duty]
    return f"seat:{person.id}"


def named(units: Units, world: World, by: Actor, others: Mapping[str, Sequence[int]]) -> None:
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        alternatives.name(unit, world.mumbai.hearing, others, version=version, by=by)


def placed(units: Units, world: World, by: Actor, **own: int | None) -> None:
    rooms = Rooms(
        court_room_id=world.mumbai.room_id,
        remote_room_id=world.dhaka.room_id,
        link_id=world.link_id,
        lengths=Lengths(pre=15, main=60, post=15),
        own={need.replace("_at_", ":"): room for need, room in own.items()},
    )
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        planning.change_rooms(unit, world.mumbai.hearing, rooms, version=version, by=by)


def claims(units: Units, resource_id: int) -> list[tuple[int, int]]:
    with units.reading() as unit:
        row = OccupancyRow
        query = sa.select(row.start_min, row.end_min).where(row.resource_id == resource_id, row.hearing_id.is_not(None))
        return sorted((start - START, end - START) for start, end in unit.session.execute(query))


def serving(units: Units, world: World, duty: Duty) -> list[str]:
    row = hearing_of(units, world.mumbai.hearing)
    return [p.official.name for p in row.participants if p.duty is duty and p.removed_at is None]


def mails(units: Units) -> list[tuple[str, str]]:
    with units.reading() as unit:
        query = sa.select(OutboxRow.kind, OutboxRow.to_address).where(OutboxRow.state == "pending")
        return [(kind, address) for kind, address in unit.session.execute(query)]


def test_with_an_other_named_a_busy_interpreter_keeps_nobody_from_the_time(
    units: Units, world: World, mumbai: Actor, second: Mapping[str, int]
) -> None:
    take(units, resource_of(units, world.dhaka.interpreter_id), *WHOLE)
    with pytest.raises(SlotTaken):
        booked(units, world.mumbai.hearing, mumbai)
    named(units, world, mumbai, {seat_of(units, world, Duty.INTERPRETER): [second["interpreter"]]})
    booked(units, world.mumbai.hearing, mumbai)
    assert serving(units, world, Duty.INTERPRETER) == ["Kamal Hossain"]
    assert claims(units, second["interpreter"]) == [(0, 15), (15, 75), (75, 90)]
    assert ("invitation", "kamal.hossain@dhaka.example") in mails(units)
    assert "nasrin.alam@dhaka.example" not in {address for _, address in mails(units)}
    with units.reading() as unit:
        [entry] = [one for one in journal.history(unit, world.mumbai.hearing) if one.action == "hearing.chosen"]
        assert str(second["interpreter"]) in entry.facts


def test_who_is_ranked_first_serves_while_free_and_a_move_chooses_again(
    units: Units, world: World, mumbai: Actor, second: Mapping[str, int]
) -> None:
    named(units, world, mumbai, {seat_of(units, world, Duty.INTERPRETER): [second["interpreter"]]})
    booked(units, world.mumbai.hearing, mumbai)
    assert serving(units, world, Duty.INTERPRETER) == ["Nasrin Alam"]
    first = resource_of(units, world.dhaka.interpreter_id)
    take(units, first, START + 180, START + 270)
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    assert serving(units, world, Duty.INTERPRETER) == ["Kamal Hossain"]
    assert claims(units, first) == []
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_11)
    assert serving(units, world, Duty.INTERPRETER) == ["Nasrin Alam"]


def test_who_was_chosen_stays_when_something_else_changes_at_the_same_time(
    units: Units, world: World, mumbai: Actor, second: Mapping[str, int]
) -> None:
    first = resource_of(units, world.dhaka.interpreter_id)
    take(units, first, *WHOLE)
    named(units, world, mumbai, {seat_of(units, world, Duty.INTERPRETER): [second["interpreter"]]})
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        unit.session.execute(sa.delete(OccupancyRow).where(OccupancyRow.resource_id == first))
    placed(units, world, mumbai, court_room_at_pre=None)
    assert serving(units, world, Duty.INTERPRETER) == ["Kamal Hossain"]


def test_rooms_and_link_are_chosen_too(units: Units, world: World, mumbai: Actor, second: Mapping[str, int]) -> None:
    others = {"court_room": [second["court"]], "remote_room": [second["remote"]], "link": [second["link"]]}
    named(units, world, mumbai, others)
    for taken in (world.mumbai.room_id, world.dhaka.room_id, world.link_id):
        take(units, taken, START + 30, START + 31)
    booked(units, world.mumbai.hearing, mumbai)
    row = hearing_of(units, world.mumbai.hearing)
    assert (row.court_room_id, row.remote_room_id, row.link_id) == tuple(second[n] for n in ("court", "remote", "link"))
    assert claims(units, world.mumbai.room_id) == []


def test_when_all_who_would_do_are_taken_each_is_named_as_a_reason(
    units: Units, world: World, mumbai: Actor, second: Mapping[str, int]
) -> None:
    named(units, world, mumbai, {seat_of(units, world, Duty.INTERPRETER): [second["interpreter"]]})
    for taken in (resource_of(units, world.dhaka.interpreter_id), second["interpreter"]):
        take(units, taken, START - 600, START + 900)
    with units.reading() as unit:
        on = date(2026, 9, 14)
        page = finding.find(unit, world.mumbai.hearing, from_on=on, to_on=on, by=mumbai)
    [why] = page.refused[0].whys
    assert (why.code, set(why.who)) == (CauseRule.BUSY, {"Nasrin Alam", "Kamal Hossain"})
    assert (page.helps[0].label, page.helps[0].place) == ("Interpreter", "Dhaka")


def test_only_what_is_offered_can_do_as_well_and_each_once(
    units: Units, world: World, mumbai: Actor, second: Mapping[str, int]
) -> None:
    interpreter, support = (seat_of(units, world, duty) for duty in (Duty.INTERPRETER, Duty.SUPPORT_PERSON))
    with units.writing() as unit:
        both = unit.session.scalars(sa.select(OfficialRow).where(OfficialRow.name == "Kamal Hossain")).one()
        both.duties = [Duty.INTERPRETER.value, Duty.SUPPORT_PERSON.value]
    for wrong, refusal in (
        ({"court_room": [second["remote"]]}, NotOfferedHere),
        ({interpreter: [resource_of(units, world.mumbai.judge_id)]}, NotOfferedHere),
        ({"seat:0": [second["interpreter"]]}, NotOfferedHere),
        ({"court_room": [second["court"], second["court"]]}, ChosenTwice),
        ({interpreter: [second["interpreter"]], support: [second["interpreter"]]}, NamedTwice),
    ):
        with pytest.raises(refusal):
            named(units, world, mumbai, wrong)


def test_others_are_forgotten_with_the_person_whose_place_they_would_have_taken(
    units: Units, world: World, mumbai: Actor, second: Mapping[str, int]
) -> None:
    named(units, world, mumbai, {seat_of(units, world, Duty.INTERPRETER): [second["interpreter"]]})
    seats = [Seat(p.official_id, p.duty) for p in hearing_of(units, world.mumbai.hearing).participants]
    others = [seat for seat in seats if seat.duty is not Duty.INTERPRETER]
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        planning.name_people(unit, world.mumbai.hearing, others, version=version, by=mumbai)
    assert hearing_of(units, world.mumbai.hearing).needs == []


def test_the_courtroom_is_free_while_the_witness_is_prepared(units: Units, world: World, mumbai: Actor) -> None:
    placed(units, world, mumbai, court_room_at_pre=None)
    take(units, world.mumbai.room_id, START, START + 15)
    booked(units, world.mumbai.hearing, mumbai)
    assert claims(units, world.mumbai.room_id) == [(15, 75), (75, 90)]


def test_a_part_in_another_room_takes_that_room_and_not_the_other(
    units: Units, world: World, mumbai: Actor, second: Mapping[str, int]
) -> None:
    placed(units, world, mumbai, remote_room_at_pre=second["remote"], court_room_at_post=second["court"])
    booked(units, world.mumbai.hearing, mumbai)
    assert claims(units, second["remote"]) == [(0, 15)]
    assert claims(units, world.dhaka.room_id) == [(15, 75), (75, 90)]
    assert claims(units, second["court"]) == [(75, 90)]
    with units.reading() as unit:
        plan = plans.rooms_plan(unit, world.mumbai.hearing, by=mumbai)
    assert [one.chosen for one in plan.own] == ["same", str(second["court"]), str(second["remote"]), "same"]


def test_another_room_for_a_part_is_told_to_those_who_attend_it(
    units: Units, world: World, mumbai: Actor, second: Mapping[str, int]
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        unit.session.execute(sa.update(OutboxRow).values(state="sent"))
        for person in unit.session.get_one(HearingRow, world.mumbai.hearing_id).participants:
            person.attends_pre = person.duty is not Duty.SUPPORT_PERSON
    placed(units, world, mumbai, remote_room_at_pre=second["remote"])
    told = {address for kind, address in mails(units) if kind == "update"}
    assert {"rina.das@dhaka.example", "nasrin.alam@dhaka.example"} <= told
    assert not [address for address in told if address.startswith("meera")]


def test_an_own_room_lies_at_the_place_of_its_end(
    units: Units, world: World, mumbai: Actor, second: Mapping[str, int]
) -> None:
    with pytest.raises(NotOfferedHere):
        placed(units, world, mumbai, court_room_at_pre=second["remote"])
    with units.writing() as unit:
        unit.session.get_one(ResourceRow, second["remote"]).post_id = world.mumbai.post_id
        unit.session.get_one(ResourceRow, world.dhaka.room_id).post_id = world.mumbai.post_id
    with pytest.raises(SamePlace):
        placed(units, world, mumbai, court_room_at_pre=world.dhaka.room_id)


@pytest.mark.parametrize(("gap", "fits"), [(29, True), (30, True), (31, False)])
def test_the_turnaround_of_a_room_is_kept_after_another_hearing_and_checked_under_the_lock(
    units: Units, world: World, mumbai: Actor, actor: FindActor, gap: int, fits: bool
) -> None:
    """The mission's room ends at 12:00 in Mumbai with one hearing; the next begins at 12:30."""
    booked(units, world.mumbai.hearing, mumbai, MONDAY_11 - timedelta(minutes=30))
    with units.writing() as unit:
        unit.session.get_one(ResourceRow, world.dhaka.room_id).gap_minutes = gap
        other = unit.session.get_one(HearingRow, world.pune.hearing_id)
        for person in other.participants:
            person.is_required = False
        other.link_id = add_resource(unit.session, ResourceKind.LINK, "Link 9", post_id=None).id
        other.pre_minutes, other.main_minutes, other.post_minutes = 0, 30, 0
    pune, wanted = actor(Role.COORDINATOR, "pune"), MONDAY_11 + timedelta(minutes=90)
    if fits:
        booked(units, world.pune.hearing, pune, wanted)
        return
    with pytest.raises(SlotTaken) as refusal:
        booked(units, world.pune.hearing, pune, wanted)
    [why] = refusal.value.whys
    assert (why.code, why.place, why.who) == (CauseRule.GAP, "Dhaka", ("Conference room",))
    assert all(one.start_wall != wanted for one in refusal.value.alternatives)


def test_leave_needs_no_gap(units: Units, world: World, mumbai: Actor) -> None:
    judge = resource_of(units, world.mumbai.judge_id)
    with units.writing() as unit:
        unit.session.get_one(ResourceRow, judge).gap_minutes = 120
    take(units, judge, START + 90, START + 200, blocking=False)
    booked(units, world.mumbai.hearing, mumbai)
