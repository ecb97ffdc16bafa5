"""The gates at work: made ready before the opening, passed by the presiding officer alone, read on two clocks."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT, hearing_of, hearing_of_unit
from tests.services.sittings import NORMAL_DAY, confirmed, logged, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.entered import Missing
from vctestimony.domain.facts import MissingFact
from vctestimony.domain.people import Role
from vctestimony.domain.record import course, gates
from vctestimony.domain.record.gate_names import GateKey
from vctestimony.domain.record.gates import GateState
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import conduct, day_views, journal, logbook
from vctestimony.services.conduct import Adjournment
from vctestimony.services.day_steps import StepsView, StepView
from vctestimony.services.unit import Units
from vctestimony.services.unsealed import NotOpened
from vctestimony.store.models import HearingRow, PostRow

MINUTE = timedelta(minutes=1)
EXAMINED_AT = MONDAY_11_AT + 15 * MINUTE
OATH = {"form": "oath", "administered_by": "the presiding officer", "language": "Bengali"}
TESTED = {"result": "good", "by_whom": "both"}


@pytest.fixture
def hearing(units: Units, world: World, clock: FrozenClock) -> str:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    return world.mumbai.hearing


@pytest.fixture
def clerk(actor: FindActor, hearing: str) -> Actor:
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def judge(actor: FindActor, hearing: str) -> Actor:
    return actor(Role.PRESIDING_OFFICER, "mumbai")


@pytest.fixture
def mission(actor: FindActor, hearing: str) -> Actor:
    return actor(Role.MISSION_OFFICIAL)


def sheet(units: Units, hearing: str, by: Actor) -> StepsView:
    with units.reading() as unit:
        return day_views.page(unit, hearing, language="en", by=by).now


def step(units: Units, hearing: str, by: Actor, key: GateKey) -> StepView:
    return next(one for one in sheet(units, hearing, by).all if one.key is key)


def passed(units: Units, hearing: str, gate: GateKey, by: Actor, reason: str = "Heard on oath elsewhere") -> int:
    with units.writing() as unit:
        return conduct.pass_gate(unit, hearing, gate, reason=reason, by=by)


@pytest.mark.parametrize(("minutes", "late"), [(-31, -1), (-30, 0), (-29, 1)])
def test_readiness_is_due_half_an_hour_before_the_examination_on_both_clocks(
    units: Units, hearing: str, mission: Actor, clock: FrozenClock, minutes: int, late: int
) -> None:
    clock.at = EXAMINED_AT + minutes * MINUTE
    view = sheet(units, hearing, mission)
    assert view.next is not None
    assert (view.next.key, view.next.late) == (GateKey.READINESS, late)
    assert view.next.due is not None
    faces = [(face.reading.wall.time(), face.reading.city) for face in (view.next.due.own, view.next.due.other)]
    assert faces == [(time(11, 15), "Dhaka"), (time(10, 45), "Mumbai")]
    logged(units, hearing, Kind.READY_REMOTE, mission)
    done = step(units, hearing, mission, GateKey.READINESS)
    assert (done.state, done.late) == (GateState.SETTLED, late)


def test_what_makes_ready_is_logged_before_the_opening_and_nothing_else_is(
    units: Units, hearing: str, clerk: Actor, clock: FrozenClock
) -> None:
    clock.at = MONDAY_11_AT - 5 * 60 * MINUTE
    logged(units, hearing, Kind.LINK_TESTED, clerk, **TESTED)
    with pytest.raises(NotOpened):
        logged(units, hearing, Kind.SEEN_AND_HEARD, clerk)
    clock.at = MONDAY_11_AT - 6 * 60 * MINUTE - MINUTE
    with pytest.raises((course.StillToCome, course.TooLongBefore)):
        logged(units, hearing, Kind.READY_REMOTE, clerk)


def test_what_was_made_ready_for_the_time_before_a_move_does_not_count(
    units: Units, world: World, hearing: str, clerk: Actor
) -> None:
    logged(units, hearing, Kind.LINK_TESTED, clerk, **TESTED)
    assert step(units, hearing, clerk, GateKey.TRIAL).state is GateState.SETTLED
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).starts_at = MONDAY_11_AT + timedelta(days=1)
    assert step(units, hearing, clerk, GateKey.TRIAL).state is GateState.OPEN


def test_each_sheet_begins_with_what_is_its_own(
    units: Units, hearing: str, clerk: Actor, judge: Actor, mission: Actor
) -> None:
    started(units, hearing, clerk)
    found = {who: sheet(units, hearing, by) for who, by in (("clerk", clerk), ("judge", judge), ("mission", mission))}
    firsts = {who: view.next.key for who, view in found.items() if view.next}
    assert firsts == {"clerk": GateKey.TRIAL, "judge": GateKey.SEEN_AND_HEARD, "mission": GateKey.READINESS}
    waiting = {who: [duty for duty, _ in view.waiting] for who, view in found.items()}
    assert waiting["clerk"] == ["Remote Point Coordinator"]
    assert waiting["mission"] == ["Court Point Coordinator", "Presiding officer"]
    assert [one.key for one in found["mission"].then] == [
        GateKey.ROOM,
        GateKey.PRESENCE_REMOTE,
        GateKey.IDENTITY,
    ]
    assert [one.can_pass for one in found["judge"].all if one.holds] == [True] * 14
    assert not any(one.can_pass for who in ("clerk", "mission") for one in found[who].all)
    logged(units, hearing, Kind.LINK_LOST, mission)
    (urgent,) = sheet(units, hearing, clerk).urgent
    assert urgent.button is not None
    assert urgent.button.kind is Kind.LINK_RESTORED


def test_only_the_presiding_officer_passes_an_open_gate_and_it_is_written_down(
    units: Units, hearing: str, clerk: Actor, judge: Actor, mission: Actor
) -> None:
    started(units, hearing, clerk)
    with units.writing() as unit:
        for kind, answers in NORMAL_DAY[:-1]:
            if kind is Kind.INTERPRETER_SWORN:
                break
            conduct.log(unit, hearing, kind, answers=answers, by=clerk)
    with pytest.raises(gates.Held) as told:
        logged(units, hearing, Kind.OATH, clerk, **OATH)
    assert told.value.facts["gates"] == "Interpreter sworn first"
    for by in (clerk, mission):
        with pytest.raises(conduct.OnlyThePresidingOfficer):
            passed(units, hearing, GateKey.INTERPRETER, by)
    with pytest.raises(Missing):
        passed(units, hearing, GateKey.INTERPRETER, judge, reason="  ")
    number = passed(units, hearing, GateKey.INTERPRETER, judge)
    with pytest.raises(gates.NotOpen):
        passed(units, hearing, GateKey.INTERPRETER, judge)
    logged(units, hearing, Kind.OATH, clerk, **OATH)
    with units.reading() as unit:
        row = next(entry for entry in logbook.entries(unit, hearing_of_unit(unit, hearing)) if entry.number == number)
        assert (row.by, row.facts) == (judge.name, {"gate": "interpreter", "reason": "Heard on oath elsewhere"})
        assert "gate.passed" in [entry.action for entry in journal.history(unit, hearing)]
    assert step(units, hearing, clerk, GateKey.INTERPRETER).state is GateState.PASSED


def test_a_question_that_nobody_answered_holds_the_oath_and_is_named_on_the_sheet(
    units: Units, world: World, hearing: str, clerk: Actor
) -> None:
    started(units, hearing, clerk)
    with units.writing() as unit:
        witness = unit.session.get_one(HearingRow, world.mumbai.hearing_id).witness
        witness.facts = {name: value for name, value in witness.facts.items() if name != "interpreter"}
    with pytest.raises(MissingFact):
        logged(units, hearing, Kind.OATH, clerk, **OATH)
    logged(units, hearing, Kind.LINK_LOST, clerk)
    assert "An interpreter is needed" in sheet(units, hearing, clerk).unanswered


@pytest.mark.parametrize(
    ("starts", "now", "wall", "outcome"),
    [
        ("2026-10-25T00:30", "2026-10-25T00:50", time(1, 45), "2026-10-25T00:45"),
        ("2026-10-25T00:30", "2026-10-25T02:00", time(1, 45), logbook.TwiceOnThisClock),
        ("2026-10-25T00:50", "2026-10-25T02:00", time(1, 45), "2026-10-25T01:45"),
        ("2027-03-28T00:30", "2027-03-28T02:00", time(1, 30), logbook.NeverOnThisClock),
        ("2027-03-28T00:30", "2027-03-28T02:00", time(2, 30), "2027-03-28T01:30"),
    ],
)
def test_a_clock_change_in_the_session_is_read_right_or_asked(
    units: Units,
    world: World,
    hearing: str,
    clerk: Actor,
    mission: Actor,
    clock: FrozenClock,
    starts: str,
    now: str,
    wall: time,
    outcome: str | type[Exception],
) -> None:
    starts_at = datetime.fromisoformat(f"{starts}+00:00")
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        unit.session.get_one(PostRow, row.remote_id).zone = "Europe/London"
        row.starts_at = starts_at
    clock.at = starts_at
    started(units, hearing, clerk)
    clock.at = datetime.fromisoformat(f"{now}+00:00")
    with units.writing() as unit:
        if not isinstance(outcome, str):
            with pytest.raises(outcome):
                conduct.log(unit, hearing, Kind.LINK_LOST, at_wall=wall, by=mission)
            return
        conduct.log(unit, hearing, Kind.LINK_LOST, at_wall=wall, by=mission)
        last = logbook.entries(unit, hearing_of_unit(unit, hearing))[-1]
        assert f"{last.happened_at:%Y-%m-%dT%H:%M}" == outcome


def test_adjourning_keeps_the_date_that_was_named_which_lies_ahead(units: Units, hearing: str, clerk: Actor) -> None:
    started(units, hearing, clerk)
    version = hearing_of(units, hearing).version
    for day, refused in ((13, True), (14, True), (15, False)):
        with units.writing() as unit:
            on = date(2026, 9, day)
            if refused:
                with pytest.raises(conduct.NotLater):
                    conduct.adjourn(unit, hearing, Adjournment("Late", next_on=on), version=version, by=clerk)
                continue
            conduct.adjourn(unit, hearing, Adjournment("Late", next_on=on), version=version, by=clerk)
            last = logbook.entries(unit, hearing_of_unit(unit, hearing))[-1]
            assert (last.kind, last.facts) == (Kind.ADJOURNED, {"cause": "other", "next_on": "2026-09-15"})
