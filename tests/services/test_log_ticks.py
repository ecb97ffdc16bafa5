"""Entries of the log tick the checklist: once, only what they show, and opened again where an entry does not count."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import NORMAL_DAY, confirmed, logged, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.live_log import Sending, SentEntry
from vctestimony.domain.people import Role
from vctestimony.domain.record.gate_names import GateKey
from vctestimony.domain.record.gate_steps import STEPS
from vctestimony.domain.record.kinds import WITHDRAWN, Kind
from vctestimony.services import checklists, conduct, journal, live_log
from vctestimony.services.unit import Units
from vctestimony.store import checklists as store
from vctestimony.store.models import ChecklistRow, StepRow, StepState

MINUTE = timedelta(minutes=1)
DAY = dict(NORMAL_DAY)


@pytest.fixture
def hearing(units: Units, world: World, clock: FrozenClock) -> str:
    """Confirmed for now, with every step that the log can tick and one that it cannot."""
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    with units.writing() as unit:
        rows = [
            StepRow(place=place, step_id=one, phase="during", roles=["JUDGE"], blocks="seal")
            for place, one in enumerate((*STEPS, "D10"), start=1)
        ]
        for row in rows:
            row.content = {"text": {"en": row.step_id}, "is_law": True, "basis": "law", "force": "required"}
        unit.session.add(ChecklistRow(hearing_id=world.mumbai.hearing_id, composed_at=unit.now, steps=rows))
    return world.mumbai.hearing


@pytest.fixture
def clerk(actor: FindActor, hearing: str) -> Actor:
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def mission(actor: FindActor, hearing: str) -> Actor:
    return actor(Role.MISSION_OFFICIAL)


def step(units: Units, world: World, step_id: str) -> StepRow:
    with units.reading() as unit:
        row = store.step(unit.session, hearing_id=world.mumbai.hearing_id, step_id=step_id)
        assert row is not None
        unit.session.expunge_all()
        return row


def done(units: Units, world: World) -> set[str]:
    with units.reading() as unit:
        rows = store.steps_by_id(unit.session, hearing_id=world.mumbai.hearing_id, ids=(*STEPS, "D10"))
        return {name for name, row in rows.items() if row.state is StepState.DONE}


def write(units: Units, hearing: str, kind: Kind, by: Actor) -> int:
    return logged(units, hearing, kind, by, **DAY[kind])


def withdrawn(units: Units, hearing: str, number: int, by: Actor) -> int:
    with units.writing() as unit:
        return conduct.correct(unit, hearing, number, text="It was another day", effect=WITHDRAWN, by=by)


def moves(units: Units, hearing: str) -> list[tuple[str, str, list[int]]]:
    with units.reading() as unit:
        found = [(one.action, json.loads(one.facts)) for one in journal.history(unit, hearing)]
    return [(what, facts["step"], facts.get("entries", [])) for what, facts in found if what.startswith("step.")]


def test_an_entry_ticks_its_step_with_its_time_and_before_the_opening_too(
    units: Units, world: World, hearing: str, mission: Actor, clock: FrozenClock
) -> None:
    number = write(units, hearing, Kind.READY_REMOTE, mission)
    clock.at += MINUTE
    write(units, hearing, Kind.READY_REMOTE, mission)
    row = step(units, world, "B01")
    assert (row.state, row.done_at, row.acted_by) == (StepState.DONE, MONDAY_11_AT, mission.name)
    assert row.note == f"Shown by the running log: entry {number}."
    assert moves(units, hearing) == [("step.ticked", "B01", [number])]


def test_a_step_of_two_gates_waits_for_both_whoever_logs_the_second(
    units: Units, world: World, hearing: str, clerk: Actor, mission: Actor, clock: FrozenClock
) -> None:
    started(units, hearing, clerk)
    first = write(units, hearing, Kind.PRESENCE_COURT, clerk)
    assert "B08" not in done(units, world)
    clock.at += MINUTE
    second = write(units, hearing, Kind.PRESENCE_REMOTE, mission)
    row = step(units, world, "B08")
    assert (row.state, row.done_at) == (StepState.DONE, MONDAY_11_AT + MINUTE)
    assert row.note == f"Shown by the running log: entry {first}, {second}."
    for kind, answers in NORMAL_DAY:
        if kind is Kind.OATH:
            assert not {"D06", "D07"} & done(units, world)
        if kind is Kind.STAGE_BEGAN:
            break
        logged(units, hearing, kind, clerk, **answers)
    assert done(units, world) == set(STEPS) - {"X11", "X18"}


def test_a_gate_that_was_passed_ticks_nothing(
    units: Units, world: World, hearing: str, clerk: Actor, actor: FindActor
) -> None:
    started(units, hearing, clerk)
    judge = actor(Role.PRESIDING_OFFICER, "mumbai")
    with units.writing() as unit:
        conduct.pass_gate(unit, hearing, GateKey.READINESS, reason="The road is flooded", by=judge)
    assert done(units, world) == set()


def test_what_somebody_settled_or_opened_again_by_hand_stays_theirs(
    units: Units, world: World, hearing: str, clerk: Actor, mission: Actor
) -> None:
    with units.writing() as unit:
        checklists.tick(unit, hearing, "B01", version=1, note="By telephone at nine", by=clerk)
    number = write(units, hearing, Kind.READY_REMOTE, mission)
    withdrawn(units, hearing, number, mission)
    row = step(units, world, "B01")
    assert (row.state, row.note) == (StepState.DONE, "By telephone at nine")
    write(units, hearing, Kind.ROOM_SWEPT, mission)
    with units.writing() as unit:
        version = step(units, world, "B05").version
        checklists.take_back(unit, hearing, "B05", version=version, reason="Somebody is behind the door", by=clerk)
    write(units, hearing, Kind.ROOM_SWEPT, mission)
    assert done(units, world) == {"B01"}


def test_a_correction_that_takes_the_entry_out_opens_the_step_again_with_the_reason(
    units: Units, world: World, hearing: str, clerk: Actor, mission: Actor, clock: FrozenClock
) -> None:
    first = write(units, hearing, Kind.ROOM_SWEPT, mission)
    clock.at += MINUTE
    second = write(units, hearing, Kind.ROOM_SWEPT, mission)
    correction = withdrawn(units, hearing, first, mission)
    row = step(units, world, "B05")
    assert (row.state, row.done_at) == (StepState.DONE, MONDAY_11_AT + MINUTE)
    last = withdrawn(units, hearing, second, mission)
    row = step(units, world, "B05")
    assert (row.state, row.done_at) == (StepState.OPEN, None)
    assert row.note == f"Entry {second} of the running log does not count any more: entry {last} corrects it."
    anew = write(units, hearing, Kind.ROOM_SWEPT, mission)
    assert moves(units, hearing) == [
        ("step.ticked", "B05", [first]),
        ("step.reopened", "B05", [correction]),
        ("step.ticked", "B05", [second]),
        ("step.reopened", "B05", [last]),
        ("step.ticked", "B05", [anew]),
    ]


def test_what_a_device_sends_twice_ticks_once(
    units: Units, world: World, hearing: str, mission: Actor, clock: FrozenClock
) -> None:
    sent = SentEntry(key="k" * 20, kind=Kind.READY_REMOTE.value, said_at=clock.at)
    for _ in range(2):
        with units.writing() as unit:
            live_log.take(unit, hearing, Sending(clock.at, (sent,)), by=replace(mission, language="bn"))
    assert [what for what, _, _ in moves(units, hearing)] == ["step.ticked"]
