"""Planning in a process of its own: it reports, it is repeatable, it can be killed, and it may fail without harm."""

from tests.bench.backlogs import world
from vctestimony.adapters.plan_child import reports
from vctestimony.adapters.plan_runner import PlanRunner
from vctestimony.domain.backlog.checking import faults
from vctestimony.domain.backlog.greedy import first_plan
from vctestimony.domain.backlog.wire import Report, Task

PROBLEM = world(24, seed=6, tight=True)


def task(*, rounds: int, count: int = 24) -> Task:
    problem = PROBLEM if count == 24 else world(count, seed=6, tight=True)
    return Task(problem, first_plan(problem).placed, seed=3, rounds=rounds, seconds=60)


def planned(wanted: Task) -> Report:
    run = PlanRunner().start(wanted)
    try:
        assert run.wait(90)
        assert run.latest is not None
        return run.latest
    finally:
        run.kill()


def test_a_process_betters_the_plan_says_with_what_and_that_it_is_over() -> None:
    wanted = task(rounds=2)
    report = planned(wanted)
    assert report.is_over
    assert report.solver == "OR-Tools CP-SAT"
    assert faults(PROBLEM, report.plan) == ()
    assert report.bound <= report.cost <= first_plan(PROBLEM).cost


def test_a_process_can_be_killed_whatever_it_is_doing() -> None:
    run = PlanRunner().start(task(rounds=500, count=400))
    assert not run.wait(1.5)
    run.kill()
    assert run.wait(0)


def test_a_process_that_may_use_no_memory_ends_without_a_word_and_leaves_the_first_plan() -> None:
    run = PlanRunner(memory_mb=8).start(task(rounds=2))
    assert run.wait(30)
    assert run.latest is None
    run.kill()


def test_without_a_solver_other_orders_are_tried_and_the_report_names_none() -> None:
    *_, last = reports(task(rounds=2), None)
    assert (last.solver, last.is_over) == ("", True)
    assert faults(PROBLEM, last.plan) == ()
