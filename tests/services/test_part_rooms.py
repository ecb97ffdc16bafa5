"""Rooms by part, and the gap between two hearings: what is taken, what is refused, who is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.builders import add_resource
from tests.conftest import FindActor
from tests.services.chosen import START, claims, mails, placed, resource_of, second_of_each
from tests.services.planned import (
    MONDAY_11,
    PlainTokens,
    answered,
    booked,
    take,
)
from tests.world import World
from vctestimony.adapters.packs import load_packs
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.slots import CauseRule
from vctestimony.domain.sop import Pack
from vctestimony.services import plans
from vctestimony.services.claims import SlotTaken
from vctestimony.services.planning import NotOfferedHere, SamePlace
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import (
    HearingRow,
    OutboxRow,
    ResourceKind,
    ResourceRow,
)

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
def second(units: Units, world: World) -> Mapping[str, int]:
    return second_of_each(units, world)


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
