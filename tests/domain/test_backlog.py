"""Plans of many hearings: feasible by an independent judge, never worse than the first, best where all are tried."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.backlogs import world
from vctestimony.adapters.cp_sat import CpSatSolver
from vctestimony.domain.backlog.bound import Bound
from vctestimony.domain.backlog.checking import Rule, faults
from vctestimony.domain.backlog.greedy import first_plan
from vctestimony.domain.backlog.obstacles import ObstacleRule, obstacles
from vctestimony.domain.backlog.problem import Job, Need, Placement, Problem, Quota, Weights, cost
from vctestimony.domain.backlog.search import Search
from vctestimony.domain.backlog.wire import Report, Task

ORIGIN, HOUR, DAY = 1_440_000, 60, 1440
SOLVER = CpSatSolver()


def never() -> bool:
    return False


@st.composite
def needs(draw: st.DrawFn, starts: tuple[int, ...], minutes: int) -> tuple[Need, ...]:
    people = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True))
    begin = draw(st.sampled_from((0, 15)))
    fixed = tuple(Need(who, (who,), ((begin, minutes),)) for who in people)
    if not draw(st.booleans()):
        return fixed
    free = tuple(tuple(start for start in starts if draw(st.booleans())) for _ in range(2))
    return (*fixed, Need("room", ("r1", "r2"), ((0, minutes),), free))


@st.composite
def jobs(draw: st.DrawFn, key: str) -> Job:
    moments = st.integers(0, 3).flatmap(
        lambda day: st.integers(0, 8).map(lambda at: ORIGIN + day * DAY + 600 + at * 15)
    )
    starts = tuple(sorted(draw(st.sets(moments, max_size=4))))
    minutes = draw(st.sampled_from((30, 60, 75)))
    is_hard = draw(st.booleans())
    deadline = draw(st.none() | st.integers(0, 3).map(lambda day: ORIGIN + day * DAY))
    if is_hard and deadline is not None:
        starts = tuple(start for start in starts if start < deadline)
    return Job(
        key=key,
        starts=starts,
        minutes=minutes,
        needs=draw(needs(starts, minutes)),
        priority=draw(st.integers(1, 5)),
        deadline=deadline,
        is_hard=is_hard,
        case=draw(st.sampled_from(("", "one"))),
        place="here",
        witness=draw(st.sampled_from(("", "w"))),
        near=draw(st.sampled_from(((), (ORIGIN + 600,)))),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count = draw(st.integers(1, 4))
    found = tuple(draw(jobs(f"J{number}")) for number in range(count))
    keys = st.sets(st.sampled_from([job.key for job in found]), min_size=1).map(frozenset)
    days = st.integers(0, 3).map(lambda day: (ORIGIN + day * DAY, ORIGIN + (day + 1) * DAY))
    quota = st.builds(Quota, st.just("q"), st.integers(0, 2), keys, days, st.integers(0, 1), st.none() | st.just(30))
    return Problem(
        jobs=found,
        origin=ORIGIN,
        quotas=tuple(draw(st.lists(quota, max_size=2))),
        weights=Weights(waiting=2, late=25, travel=10),
        apart_minutes=draw(st.sampled_from((0, 30))),
    )


def every_plan(problem: Problem) -> Iterator[dict[str, Placement]]:
    """Each job at each of its starts with each choice, or nowhere."""
    ways: list[list[Placement | None]] = []
    for job in problem.jobs:
        choices = [[(need.name, member) for member in need.members] for need in job.needs if need.is_choice]
        ways.append([None, *(Placement(start, chosen) for start in job.starts for chosen in product(*choices))])
    for together in product(*ways):
        yield {job.key: at for job, at in zip(problem.jobs, together, strict=True) if at is not None}


def minute_by_minute(problem: Problem, plan: dict[str, Placement]) -> bool:
    """Whether nobody is wanted twice in any minute, counted one by one."""
    wanted: set[tuple[str, int]] = set()
    for job in problem.jobs:
        for need in job.needs if job.key in plan else ():
            for begin, end in need.spans:
                for minute in range(begin, end):
                    taken = (plan[job.key].serving(need), plan[job.key].start + minute)
                    if taken in wanted:
                        return False
                    wanted.add(taken)
    return True


def best_of_all(problem: Problem) -> int:
    return min(cost(problem, plan) for plan in every_plan(problem) if not faults(problem, plan))


@settings(max_examples=25, deadline=None)
@given(problems())
def test_the_solver_finds_the_best_of_all_plans_and_every_other_way_a_feasible_one(problem: Problem) -> None:
    best = best_of_all(problem)
    first = first_plan(problem)
    assert faults(problem, first.placed) == ()
    assert first.cost == cost(problem, first.placed) >= best
    solved = SOLVER.solve(problem, first.placed, seed=1, effort=5.0)
    assert solved is not None
    assert faults(problem, solved.plan) == ()
    assert (cost(problem, solved.plan), solved.bound, solved.is_best) == (best, best, True)


@settings(max_examples=25, deadline=None)
@given(problems(), st.integers(0, 99))
def test_other_orders_alone_never_make_a_plan_worse_or_better_than_the_best(problem: Problem, seed: int) -> None:
    first = first_plan(problem)
    last = first.cost
    for found in Search(problem, first.placed, seed=seed, solver=None).run(rounds=2, enough=never):
        assert faults(problem, found.plan) == ()
        assert found.cost == cost(problem, found.plan) <= last
        last = found.cost
    assert Bound(problem).value <= best_of_all(problem) <= last


@settings(max_examples=25, deadline=None)
@given(problems())
def test_the_judge_finds_who_is_wanted_twice_as_counting_minutes_does(problem: Problem) -> None:
    for plan in list(every_plan(problem))[:200]:
        twice = any(fault.rule is Rule.TWICE for fault in faults(problem, plan))
        assert twice is not minute_by_minute(problem, plan)


@pytest.mark.parametrize("tight", [False, True])
def test_a_search_is_feasible_all_along_never_worse_than_greedy_and_above_its_bound(tight: bool) -> None:
    problem = world(20 if tight else 30, seed=3, tight=tight)
    first = first_plan(problem)
    last, bound = first.cost, Bound(problem).value
    for found in Search(problem, first.placed, seed=3, solver=SOLVER).run(rounds=4, enough=never):
        assert faults(problem, found.plan) == ()
        assert bound <= found.bound <= found.cost <= last
        last, bound = found.cost, found.bound


@pytest.mark.parametrize("solver", [None, SOLVER])
def test_the_same_question_and_seed_give_the_same_plan(solver: CpSatSolver | None) -> None:
    problem = world(20, seed=5, tight=True)
    first = first_plan(problem).placed
    one, other = (
        list(Search(problem, first, seed=9, solver=solver).run(rounds=3, enough=never))[-1].plan for _ in range(2)
    )
    assert one == other


def job(key: str, *starts: int, **changes: object) -> Job:
    plain: dict[str, object] = {"minutes": HOUR, "needs": (Need("judge", ("judge",), ((0, HOUR),)),), **changes}
    return Job(key, tuple(ORIGIN + start for start in starts), **plain)  # type: ignore[arg-type]


def test_witnesses_of_one_case_at_one_place_keep_the_pause_and_others_need_not() -> None:
    rooms = [(Need(f"room{number}", (f"room{number}",), ((0, HOUR),)),) for number in range(3)]
    kept = [job("A", 600, case="c", place="p", needs=rooms[0]), job("B", 675, 690, case="c", place="p", needs=rooms[1])]
    far = job("C", 675, case="c", place="elsewhere", needs=rooms[2])
    problem = Problem((*kept, far), ORIGIN, apart_minutes=30)
    plan = first_plan(problem).placed
    assert {key: at.start - ORIGIN for key, at in plan.items()} == {"A": 600, "B": 690, "C": 675}
    close = {**plan, "B": Placement(ORIGIN + 675)}
    assert [fault.rule for fault in faults(problem, close)] == [Rule.APART]


def test_sittings_of_one_witness_come_on_neighbouring_days() -> None:
    problem = Problem(
        (job("A", 600, witness="w"), job("B", 3 * DAY, 9 * DAY, witness="w", near=(ORIGIN + 10 * DAY,))),
        ORIGIN,
        weights=Weights(waiting=0, travel=10),
    )
    assert cost(problem, first_plan(problem).placed) == 10 * (2 + 6)


@pytest.mark.parametrize(("travel", "days"), [(0, {0, 5}), (20, {5, 6})])
def test_the_solver_waits_with_a_sitting_to_spare_the_witness_a_journey(travel: int, days: set[int]) -> None:
    sittings = (job("A", 600, 6 * DAY + 600, witness="w"), job("B", 5 * DAY + 600, witness="w"))
    problem = Problem(sittings, ORIGIN, weights=Weights(waiting=1, travel=travel))
    assert _days(problem) == days


@pytest.mark.parametrize(("over", "days"), [(0, [0, 0]), (20, [0, 1])])
def test_the_solver_leaves_a_court_its_share_of_a_day_and_a_day_uncrowded_when_that_is_wanted(
    over: int, days: list[int]
) -> None:
    waiting = (job("A", 600, DAY + 600), job("B", 700, DAY + 700))
    share = Quota("share|Dhaka", 1, frozenset("AB"), (ORIGIN, ORIGIN + DAY), over=over)
    problem = Problem(waiting, ORIGIN, (share,), weights=Weights(waiting=1))
    found = SOLVER.solve(problem, {}, seed=1, effort=1)
    assert found is not None
    assert sorted(problem.day_of(at.start) for at in found.plan.values()) == days
    assert found.bound == cost(problem, found.plan)


def _days(problem: Problem) -> set[int]:
    found = SOLVER.solve(problem, {}, seed=1, effort=1)
    assert found is not None
    assert found.bound == cost(problem, found.plan)
    return {problem.day_of(at.start) for at in found.plan.values()}


def test_what_is_small_is_proved_the_best_at_once_and_the_same_again() -> None:
    problem = world(50, seed=1)
    first = first_plan(problem).placed
    found = [SOLVER.solve(problem, first, seed=1, effort=2) for _ in range(2)]
    assert found[0] == found[1]
    assert found[0] is not None
    assert found[0].is_best
    assert not faults(problem, found[0].plan)


def test_what_was_left_out_is_told_by_what_would_let_it_in() -> None:
    problem = Problem((job("A", 600, priority=5), job("B", 600, 630), job("C")), ORIGIN)
    plan = first_plan(problem)
    (why,) = obstacles(plan, problem.job("B"))
    assert (why.rule, why.what, why.more) == (ObstacleRule.TAKEN, "judge", 2)
    assert obstacles(plan, problem.job("C"))[0].rule is ObstacleRule.NO_START


def test_a_limit_that_is_full_leaves_out_the_least_pressing_and_says_so() -> None:
    limit = Quota("day|Dhaka", 2, frozenset("AB"), (ORIGIN, ORIGIN + DAY), used=1)
    problem = Problem((job("A", 600, priority=1), job("B", 700, priority=5)), ORIGIN, (limit,))
    plan = first_plan(problem)
    assert set(plan.placed) == {"B"}
    assert [(one.rule, one.what) for one in obstacles(plan, problem.job("A"))] == [(ObstacleRule.QUOTA, "day|Dhaka")]


def test_a_task_and_a_report_read_back_as_they_were_written() -> None:
    problem = world(12, seed=2)
    plan = first_plan(problem).placed
    task = Task(problem, plan, seed=4, rounds=5, seconds=6.0)
    assert Task.from_json(task.to_json()) == task
    report = Report(plan, 7, 8, 9, 1.5, "x")
    assert Report.from_json(report.to_json()) == report
