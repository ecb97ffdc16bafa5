"""The causes of every start at once are those that asking for each start by itself brings, over random problems."""

from datetime import date, datetime
from typing import Any

from hypothesis import given, settings

from tests.domain.random_problems import problems
from vctestimony.domain.calendars import Rule, WorkingCalendar
from vctestimony.domain.instants import from_min, resolve, to_min, wall_of
from vctestimony.domain.slot_board import SlotBoard
from vctestimony.domain.slot_explaining import explain
from vctestimony.domain.slot_problem import question_of
from vctestimony.domain.slots import CauseRule, Pattern, PatternPart, Search, SlotResource, check_start, find

MONDAY = date(2026, 9, 14)


@settings(max_examples=300, deadline=None)
@given(problems())
def test_every_start_has_exactly_the_causes_that_asking_for_it_alone_brings(problem: dict[str, Any]) -> None:
    search, pattern, resources = question_of(problem)
    for explained in explain(search, pattern, resources):
        for run in explained.runs:
            for start in run.starts:
                alone = check_start(search, pattern, resources, start_min=start)
                assert set(run.causes) == set(alone.causes), from_min(start)
                assert len(set(run.causes)) == len(run.causes)


@settings(max_examples=200, deadline=None)
@given(problems())
def test_the_starts_without_causes_are_the_slots_and_no_start_of_the_grid_is_left_out(problem: dict[str, Any]) -> None:
    search, pattern, resources = question_of(problem)
    explained = explain(search, pattern, resources)
    offered = [start for day in explained for run in day.runs if not run.causes for start in run.starts]
    assert offered == [slot.start_min for slot in find(search, pattern, resources).slots]
    board = SlotBoard(search, pattern, resources)
    for day in explained:
        every = [start for run in day.runs for start in run.starts]
        grid = board.on_grid(board.horizon, day.day, (day.day.start_min, day.day.end_min))
        assert every == sorted({*grid, *day.day.doubtful})
        assert all(one.causes != other.causes for one, other in zip(day.runs, day.runs[1:], strict=False))


def test_a_day_reads_as_runs_of_equal_causes() -> None:
    court = WorkingCalendar("court", "1", "Asia/Kolkata", (Rule(0, 630, 810), Rule(0, 840, 990)))
    dhaka = WorkingCalendar("dhaka", "1", "Asia/Dhaka", (Rule(0, 600, 1020),))
    eleven = to_min(resolve(datetime(2026, 9, 14, 11, 0), "Asia/Kolkata"))
    resources = {
        "judge": SlotResource("judge", court),
        "interpreter": SlotResource("interpreter", dhaka, [(eleven, eleven + 60)]),
    }
    pattern = Pattern((PatternPart("main", 60, ("judge", "interpreter")),))
    [day] = explain(Search(MONDAY, MONDAY, "Asia/Kolkata", 30), pattern, resources)
    said = [
        (
            f"{wall_of(from_min(run.starts[0]), 'Asia/Kolkata'):%H:%M}",
            f"{wall_of(from_min(run.starts[-1]), 'Asia/Kolkata'):%H:%M}",
            [(cause.resource, cause.rule) for cause in run.causes],
        )
        for run in day.runs
    ]
    shut = [("judge", CauseRule.OUTSIDE_HOURS), ("interpreter", CauseRule.OUTSIDE_HOURS)]
    busy = [("interpreter", CauseRule.BUSY)]
    assert said == [
        ("00:00", "09:00", shut),
        ("09:30", "10:00", shut[:1]),
        ("10:30", "11:30", busy),
        ("12:00", "12:30", []),
        ("13:00", "13:30", shut[:1]),
        ("14:00", "15:30", []),
        ("16:00", "22:30", shut),
        ("23:00", "23:00", [shut[0], ("interpreter", CauseRule.WEEKLY_HOLIDAY)]),  # ends on Tuesday in Dhaka
        ("23:30", "23:30", [(who, CauseRule.WEEKLY_HOLIDAY) for who in ("judge", "interpreter")]),
    ]
