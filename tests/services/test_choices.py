"""Any one of several rooms, links and people: what is taken, who serves, who is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.services.chosen import START, claims, mails, named, placed, resource_of, seat_of, second_of_each, serving
from tests.services.planned import (
    MONDAY_11,
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
from vctestimony.domain.people import Duty
from vctestimony.domain.slots import CauseRule
from vctestimony.domain.sop import Pack
from vctestimony.services import finding, journal, planning
from vctestimony.services.alternatives import ChosenTwice
from vctestimony.services.claims import SlotTaken
from vctestimony.services.planning import NamedTwice, NotOfferedHere, Seat
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import (
    OccupancyRow,
    OfficialRow,
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
