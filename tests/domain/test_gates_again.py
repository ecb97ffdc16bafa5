"""A gate opened again says by which entry, is late from then on, and shows a step of the checklist done no more."""

from datetime import timedelta

import pytest

from tests.domain.test_record_gates import MINUTE, PLAIN, START, entry
from vctestimony.domain.record import gates
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.gate_names import GateKey
from vctestimony.domain.record.gate_steps import shown
from vctestimony.domain.record.gates import GateState, Standing
from vctestimony.domain.record.kinds import WITHDRAWN, Kind

SWEPT = entry(1, Kind.ROOM_SWEPT, 1)
LOST = entry(2, Kind.LINK_LOST, 5)
DISTURBED = entry(3, Kind.LINK_RESTORED, 9, undisturbed="no")
TAKEN_OUT = entry(4, Kind.CORRECTION, 12, corrects=1, effect=WITHDRAWN)


def room(*log: Logged, since: timedelta = timedelta(0)) -> Standing:
    found = gates.standings(log, facts=PLAIN, since=START + since)
    return next(one for one in found if one.gate.key is GateKey.ROOM)


@pytest.mark.parametrize(
    ("log", "state", "reopened"),
    [
        ((SWEPT,), GateState.SETTLED, None),
        ((LOST, DISTURBED), GateState.OPEN, None),
        ((SWEPT, LOST, DISTURBED), GateState.OPEN, 3),
        ((SWEPT, LOST, DISTURBED, entry(4, Kind.ROOM_SWEPT, 15)), GateState.SETTLED, 3),
        ((SWEPT, TAKEN_OUT), GateState.OPEN, 4),
        ((SWEPT, entry(2, Kind.ROOM_SWEPT, 3), TAKEN_OUT), GateState.SETTLED, None),
        ((SWEPT, TAKEN_OUT, entry(5, Kind.ROOM_SWEPT, 15)), GateState.SETTLED, 4),
    ],
)
def test_the_entry_that_opened_a_gate_again_is_named(
    log: tuple[Logged, ...], state: GateState, reopened: int | None
) -> None:
    found = room(*log)
    assert (found.state, found.reopened.number if found.reopened else None) == (state, reopened)


def test_what_was_taken_out_of_another_day_opens_nothing_again() -> None:
    assert room(SWEPT, TAKEN_OUT, since=2 * MINUTE).reopened is None


@pytest.mark.parametrize(("due", "counted"), [(-15, 9), (9, 9), (20, 20)])
def test_lateness_counts_from_the_later_of_its_time_and_its_opening_again(due: int, counted: int) -> None:
    found = room(SWEPT, LOST, DISTURBED)
    assert gates.due_again(START + due * MINUTE, found) == START + counted * MINUTE
    assert gates.due_again(None, found) is None
    assert gates.due_again(START + due * MINUTE, room(SWEPT)) == START + due * MINUTE


def test_the_log_shows_steps_done_by_all_their_entries_and_no_oath_where_none_was_taken() -> None:
    sworn = (entry(1, Kind.OATH, 1), entry(2, Kind.INTERPRETER_SWORN, 2))
    found = {one.step_id: (one.numbers, one.done_at) for one in shown(sworn)}
    assert found == {"D06": ((1, 2), START + 2 * MINUTE), "D07": ((1,), START + MINUTE)}
    assert shown((entry(1, Kind.OATH, 1, form="none"),)) == ()
    assert shown((entry(1, Kind.COERCION_CHECKED, 1, free="no"),)) == ()
    assert [one.step_id for one in shown((SWEPT, LOST, DISTURBED))] == []
