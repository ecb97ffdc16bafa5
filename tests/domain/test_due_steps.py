"""Whose a step is, how pressing it is, and who waives it."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest

from vctestimony.domain.access import StepWeight, waives_alone, weight_of
from vctestimony.domain.due_steps import LIVE_STATES, Pressing, is_for, live_phases, pressing, was_late
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Duty, Role

NOW = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
JUDGE, CLERK, RINA, STRANGER = 1, 2, 3, 4


@pytest.mark.parametrize(
    ("later", "how"),
    [
        (timedelta(seconds=-1), Pressing.OVERDUE),
        (timedelta(), Pressing.TODAY),
        (timedelta(hours=24), Pressing.TODAY),
        (timedelta(hours=24, seconds=1), Pressing.WEEK),
        (timedelta(days=7), Pressing.WEEK),
        (timedelta(days=7, seconds=1), None),
    ],
)
def test_how_pressing_a_step_is(later: timedelta, how: Pressing | None) -> None:
    assert pressing(NOW + later, now=NOW) is how


@pytest.mark.parametrize(("later", "is_late"), [(timedelta(seconds=-1), True), (timedelta(), False)])
def test_only_what_was_due_before_the_hearing_was_entered_was_late_from_the_start(
    later: timedelta, is_late: bool
) -> None:
    assert was_late(NOW + later, entered_at=NOW) is is_late


@pytest.mark.parametrize(
    ("official", "role", "duty", "reachable", "is_theirs"),
    [
        (RINA, Role.MISSION_OFFICIAL, Duty.REMOTE_COORDINATOR, {CLERK, RINA}, True),
        (STRANGER, Role.MISSION_OFFICIAL, Duty.REMOTE_COORDINATOR, {CLERK, RINA}, False),
        (CLERK, Role.COORDINATOR, Duty.REMOTE_COORDINATOR, {CLERK, RINA}, False),
        (CLERK, Role.COORDINATOR, Duty.REMOTE_COORDINATOR, {CLERK}, True),
        (CLERK, Role.COORDINATOR, Duty.DEFENCE, {CLERK, RINA}, True),
        (None, Role.PRESIDING_OFFICER, Duty.JUDGE, {CLERK}, True),
        (None, Role.PRESIDING_OFFICER, Duty.DEFENCE, {CLERK}, False),
        (None, Role.LEGAL_STAFF, Duty.LEGAL_STAFF, {CLERK}, True),
        (RINA, Role.INTERPRETER, Duty.INTERPRETER, {CLERK}, False),
        (None, None, Duty.JUDGE, set(), False),
    ],
)
def test_a_step_is_whoevers_is_named_for_it_else_the_offices_and_the_coordinators(
    official: int | None, role: Role | None, duty: Duty, reachable: Collection[int], is_theirs: bool
) -> None:
    seated = {Duty.REMOTE_COORDINATOR: {RINA}, Duty.COURT_COORDINATOR: {CLERK}}
    assert is_for(official, role, [duty], seated=seated, reachable=reachable) is is_theirs


@pytest.mark.parametrize(
    ("state", "phases"),
    [
        (State.REQUESTED, "AOSCTBDXP"),
        (State.CONFIRMED, "AOSCTBDXP"),
        (State.IN_SESSION, "DXP"),
        (State.COMPLETED, "XP"),
        (State.ADJOURNED, "XP"),
        (State.CANCELLED, ""),
        (State.LAPSED, ""),
    ],
)
def test_what_can_still_be_done_depends_on_how_the_hearing_stands(state: State, phases: str) -> None:
    assert live_phases(state) == set(phases)
    assert (state in LIVE_STATES) is bool(phases)


@pytest.mark.parametrize(
    ("is_law", "is_optional", "holds_gate", "weight"),
    [
        (True, False, False, StepWeight.BINDING),
        (True, True, False, StepWeight.PLANNED),
        (True, True, True, StepWeight.BINDING),
        (False, False, True, StepWeight.BINDING),
        (False, False, False, StepWeight.PLANNED),
    ],
)
def test_law_and_gates_weigh_more_than_planning(
    is_law: bool, is_optional: bool, holds_gate: bool, weight: StepWeight
) -> None:
    assert weight_of(is_law=is_law, is_optional=is_optional, holds_gate=holds_gate) is weight


def test_whose_own_word_waives_a_step() -> None:
    alone = {weight: {role for role in Role if waives_alone(role, weight)} for weight in StepWeight}
    assert alone == {
        StepWeight.PLANNED: {Role.COORDINATOR, Role.PRESIDING_OFFICER},
        StepWeight.BINDING: {Role.PRESIDING_OFFICER},
    }
    assert not waives_alone(None, StepWeight.PLANNED)
