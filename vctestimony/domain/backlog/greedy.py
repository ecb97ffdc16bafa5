"""The one place that makes a first plan at once: each hearing in turn at its cheapest free start."""

from collections.abc import Sequence

from vctestimony.domain.backlog.problem import Job, Problem
from vctestimony.domain.backlog.timeline import Timeline

_NEVER = 1 << 62


def first_plan(problem: Problem) -> Timeline:
    """The better of two orders: the scarcest first; or by priority, then deadline, then scarcity."""
    plans = [in_turn(problem, order) for order in (_scarcest(problem), _most_pressing(problem))]
    return min(plans, key=lambda plan: plan.cost)


def in_turn(problem: Problem, order: Sequence[Job]) -> Timeline:
    """Every job in this order at the cheapest start that is left for it."""
    plan = Timeline(problem)
    for job in order:
        found = plan.best(job)
        if found is not None:
            plan.place(job, found[1])
    return plan


def _scarcest(problem: Problem) -> list[Job]:
    return sorted(problem.jobs, key=lambda job: (len(job.starts), -job.priority, job.key))


def _most_pressing(problem: Problem) -> list[Job]:
    return sorted(problem.jobs, key=lambda job: (-job.priority, job.deadline or _NEVER, len(job.starts), job.key))
