"""The checklist at work, made from the delivered packs: whose clock, who may settle what, what holds a gate."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import NOW
from tests.services.planned import MONDAY_11_AT, MONDAY_14, booked, listed, moved_to
from tests.services.ticking import steps_of, take_back, tick, version, waive
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.people import Role
from vctestimony.services import checklists, journal
from vctestimony.services.checklists import DoneBefore, DoneLater, ReasonNeeded, StepChanged, StepNotYours, StepSettled
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import ChecklistRow, HearingRow, PostRow, StepState

T = MONDAY_11_AT + timedelta(minutes=15)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing of Bombay with a witness in Dhaka by route A, booked, with its checklist."""
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def test_the_checklist_is_made_of_the_packs_that_apply_and_remembers_their_versions(
    units: Units, reference: str
) -> None:
    with units.reading() as unit:
        row = unit.session.scalars(sa.select(ChecklistRow)).one()
        made_from = {pack["id"]: pack["version"] for pack in row.packs}
    assert {"base", "bombay", "overseas", "overseas-route-a", "statutes-bnss"} <= set(made_from)
    assert not {"kerala", "overseas-route-b", "statutes-crpc", "pocso"} & set(made_from)
    assert made_from["bombay"] == next(pack.version for pack in PACKS if pack.id == "bombay")


def test_a_step_of_the_court_is_due_by_the_courts_clock_and_one_of_the_mission_by_the_missions(
    units: Units, world: World, reference: str
) -> None:
    """T is 2 November 2026, 09:00 in London (GMT); 21 days before, London still had summer time."""
    t_at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.dhaka.post_id).zone = "Europe/London"
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        hearing.starts_at = t_at - timedelta(minutes=hearing.pre_minutes)
        checklists.redate(unit, hearing)
    steps = steps_of(units)
    assert steps["C02"].due_at == datetime(2026, 10, 12, 8, 0, tzinfo=UTC)
    assert steps["C01"].due_at == datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
    assert steps["B01"].due_at == t_at - timedelta(minutes=30)
    assert steps["T02"].due_at == t_at - timedelta(minutes=30)


def test_t_is_the_examination_not_the_part_before_it(units: Units, reference: str) -> None:
    steps = steps_of(units)
    assert steps["T04"].due_at == T - timedelta(minutes=30)
    assert steps["D02"].due_at == T


def test_after_a_move_the_dates_follow_and_what_was_done_stays_done(
    units: Units, reference: str, mumbai: Actor
) -> None:
    tick(units, reference, "C01", mumbai, note="Circular 4 of 2026")
    moved_to(units, reference, mumbai, MONDAY_14)
    step = steps_of(units)["C01"]
    assert (step.state, step.note, step.acted_by) == (StepState.DONE, "Circular 4 of 2026", mumbai.name)
    assert step.due_at == T + timedelta(hours=3) - timedelta(days=21)


def test_a_hearing_without_a_time_has_no_due_dates(units: Units, world: World, mumbai: Actor) -> None:
    listed(units, world, mumbai)
    assert {step.due_at for step in steps_of(units).values()} == {None}


def test_who_ticked_waived_and_took_back_is_kept_and_in_the_journal(
    units: Units, reference: str, mumbai: Actor
) -> None:
    tick(units, reference, "C01", mumbai)
    waive(units, reference, "S13", "the software is the court's own", mumbai)
    take_back(units, reference, "C01", "ticked by mistake", mumbai)
    steps = steps_of(units)
    assert [(steps[name].state, steps[name].acted_by, steps[name].acted_at) for name in ("C01", "S13")] == [
        (StepState.OPEN, mumbai.name, NOW),
        (StepState.WAIVED, mumbai.name, NOW),
    ]
    with units.reading() as unit:
        said = [(entry.action, json.loads(entry.facts)) for entry in journal.history(unit, reference)]
    assert [line for line in said if line[0].startswith("step.")] == [
        ("step.ticked", {"step": "C01", "note": ""}),
        ("step.waived", {"step": "S13", "note": "the software is the court's own"}),
        ("step.reopened", {"step": "C01", "note": "ticked by mistake"}),
    ]


@pytest.mark.parametrize("reason", ["", "    ", " none "])
def test_to_waive_or_take_back_one_says_why(units: Units, reference: str, mumbai: Actor, reason: str) -> None:
    tick(units, reference, "C01", mumbai)
    with pytest.raises(ReasonNeeded):
        waive(units, reference, "T03", reason, mumbai)
    with pytest.raises(ReasonNeeded):
        take_back(units, reference, "C01", reason, mumbai)
    steps = steps_of(units)
    assert (steps["T03"].state, steps["C01"].state) == (StepState.OPEN, StepState.DONE)


def test_five_letters_are_a_reason(units: Units, reference: str, mumbai: Actor) -> None:
    tick(units, reference, "C01", mumbai)
    take_back(units, reference, "C01", " error ", mumbai)
    waive(units, reference, "S13", " moved ", mumbai)
    steps = steps_of(units)
    assert (steps["C01"].state, steps["S13"].state) == (StepState.OPEN, StepState.WAIVED)


def test_of_two_who_settle_a_step_the_second_is_told_who_was_first(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    seen = version(units, "C02")
    tick(units, reference, "C02", actor(Role.MISSION_OFFICIAL), seen=seen)
    with pytest.raises(StepSettled) as refused:
        waive(units, reference, "C02", "not needed here", mumbai, seen=seen)
    assert actor(Role.MISSION_OFFICIAL).name in str(refused.value)
    assert steps_of(units)["C02"].state is StepState.DONE


def test_a_page_older_than_the_step_changes_nothing(units: Units, reference: str, mumbai: Actor) -> None:
    first = version(units, "C01")
    tick(units, reference, "C01", mumbai)
    take_back(units, reference, "C01", "ticked by mistake", mumbai)
    with pytest.raises(StepChanged):
        tick(units, reference, "C01", mumbai, seen=first)
    with pytest.raises(StepChanged):
        take_back(units, reference, "C01", "once more", mumbai)
    tick(units, reference, "C01", mumbai)
    with pytest.raises(StepChanged):
        take_back(units, reference, "C01", "from an old page", mumbai, seen=first)


def test_a_page_from_before_a_move_is_told_that_the_step_changed(units: Units, reference: str, mumbai: Actor) -> None:
    seen = version(units, "B01")
    moved_to(units, reference, mumbai, MONDAY_14)
    with pytest.raises(StepChanged):
        tick(units, reference, "B01", mumbai, seen=seen)


@pytest.mark.parametrize(
    ("role", "step", "is_theirs"),
    [
        (Role.MISSION_OFFICIAL, "C02", True),
        (Role.MISSION_OFFICIAL, "D03", True),
        (Role.MISSION_OFFICIAL, "O01", False),
        (Role.MISSION_OFFICIAL, "C01", False),
        (Role.LEGAL_STAFF, "C25", True),
        (Role.LEGAL_STAFF, "B04", True),
        (Role.LEGAL_STAFF, "O01", False),
        (Role.PRESIDING_OFFICER, "O01", True),
        (Role.PRESIDING_OFFICER, "C02", True),
    ],
)
def test_each_role_settles_the_steps_of_its_own_office(
    units: Units, world: World, reference: str, mumbai: Actor, actor: FindActor, role: Role, step: str, is_theirs: bool
) -> None:
    with units.writing() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        hearing.case.facts = {**hearing.case.facts, "personal_data_from_bangladesh": True}
        checklists.compose_for(unit, hearing, by=mumbai)
    if is_theirs:
        tick(units, reference, step, actor(role), note="done first, as the court directed")
        return
    with pytest.raises(StepNotYours):
        tick(units, reference, step, actor(role))


def test_who_may_not_waive_may_not_open_a_waived_step_again(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    official = actor(Role.MISSION_OFFICIAL)
    with pytest.raises(NotAllowed):
        waive(units, reference, "B23", "no book is needed", official)
    waive(units, reference, "B23", "no book is needed", mumbai, ordered_by="The judge, 3 August 2026")
    with pytest.raises(NotAllowed):
        take_back(units, reference, "B23", "I think it is", official)
    take_back(units, reference, "B23", "I think it is", mumbai)


def test_interpreters_and_strangers_settle_nothing(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    with pytest.raises(NotAllowed):
        tick(units, reference, "D06", actor(Role.INTERPRETER))
    with pytest.raises(Absent):
        tick(units, reference, "D06", actor(Role.COORDINATOR, "pune"))
    with pytest.raises(Absent):
        tick(units, reference, "Z99", mumbai, seen=1)


def test_a_tick_says_when_it_was_done_beside_when_it_was_entered(units: Units, reference: str, mumbai: Actor) -> None:
    an_hour_ago = NOW - timedelta(hours=1)
    with units.writing() as unit:
        unit.session.execute(sa.update(HearingRow).values(created_at=an_hour_ago))
    seen = version(units, "C01")
    with units.writing() as unit:
        checklists.tick(unit, reference, "C01", version=seen, note="", by=mumbai, done_at=an_hour_ago)
    tick(units, reference, "C02", mumbai)
    steps = steps_of(units)
    assert [(steps[name].done_at, steps[name].acted_at) for name in ("C01", "C02")] == [(an_hour_ago, NOW), (NOW, NOW)]
    take_back(units, reference, "C01", "ticked by mistake", mumbai)
    assert steps_of(units)["C01"].done_at is None


@pytest.mark.parametrize(("later", "refusal"), [(timedelta(seconds=61), DoneLater), (timedelta(days=-400), DoneBefore)])
def test_a_time_to_come_or_from_before_the_hearing_was_made_is_refused(
    units: Units, reference: str, mumbai: Actor, later: timedelta, refusal: type[Exception]
) -> None:
    seen = version(units, "C01")
    with pytest.raises(refusal), units.writing() as unit:
        checklists.tick(unit, reference, "C01", version=seen, note="", by=mumbai, done_at=NOW + later)
    assert steps_of(units)["C01"].state is StepState.OPEN


@pytest.mark.parametrize(("before", "is_refused"), [(timedelta(seconds=60), False), (timedelta(seconds=61), True)])
def test_the_clock_of_another_device_may_be_a_minute_behind_when_the_hearing_is_entered(
    units: Units, reference: str, mumbai: Actor, before: timedelta, is_refused: bool
) -> None:
    with units.writing() as unit:
        unit.session.execute(sa.update(HearingRow).values(created_at=NOW))
    seen = version(units, "C01")
    with pytest.raises(DoneBefore) if is_refused else nullcontext(), units.writing() as unit:
        checklists.tick(unit, reference, "C01", version=seen, note="", by=mumbai, done_at=NOW - before)
    assert steps_of(units)["C01"].state is (StepState.OPEN if is_refused else StepState.DONE)


def test_the_clock_of_another_device_may_be_a_minute_ahead(units: Units, reference: str, mumbai: Actor) -> None:
    ahead, seen = NOW + timedelta(seconds=60), version(units, "C01")
    with units.writing() as unit:
        checklists.tick(unit, reference, "C01", version=seen, note="", by=mumbai, done_at=ahead)
    assert steps_of(units)["C01"].done_at == ahead
