"""The one place that says how good any plan could be, so that a page can say how far from it a plan is.

The hearings are dealt into groups and all that lies between groups is forgotten: the best of every group by itself
cannot cost more than the best plan of all. Nobody in the way at all is the quickest such bound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from vctestimony.domain.backlog.problem import Job, Placement, Problem, left_out, placed_at
from vctestimony.domain.backlog.solving import Solver

GROUP = 60


def alone(problem: Problem, job: Job) -> int:
    """What the job costs at least, were it the only one."""
    at_best = min((placed_at(problem, job, start) for start in job.starts), default=None)
    return left_out(problem, job) if at_best is None else min(at_best, left_out(problem, job))


def groups(problem: Problem) -> list[list[Job]]:
    """The jobs by what is in most demand among what they need, at most GROUP together."""
    demand: dict[str, int] = {}
    for job in problem.jobs:
        for need in job.needs:
            for member in need.members:
                demand[member] = demand.get(member, 0) + job.minutes
    homes: dict[str, list[Job]] = {}
    for job in problem.jobs:
        needed = [need.members[0] for need in job.needs if not need.is_choice]
        homes.setdefault(max(needed, key=lambda one: (demand[one], one), default=""), []).append(job)
    return [jobs[at : at + GROUP] for _, jobs in sorted(homes.items()) for at in range(0, len(jobs), GROUP)]


@dataclass(slots=True)
class Bound:
    """A bound that rises, group by group."""

    problem: Problem
    waiting: list[list[Job]] = field(init=False)
    value: int = field(init=False)

    def __post_init__(self) -> None:
        self.value = sum(alone(self.problem, job) for job in self.problem.jobs)
        self.waiting = [group for group in groups(self.problem) if len(group) > 1]

    def raise_once(self, solver: Solver, plan: Mapping[str, Placement], *, seed: int, effort: float) -> None:
        """Solve the next group by itself and put its bound in place of the quick one."""
        group = self.waiting.pop(0)
        part = part_of(self.problem, group)
        keys = {job.key for job in group}
        found = solver.solve(part, {key: at for key, at in plan.items() if key in keys}, seed=seed, effort=effort)
        if found is not None:
            self.value += max(0, found.bound - sum(alone(self.problem, job) for job in group))


def part_of(problem: Problem, jobs: Sequence[Job]) -> Problem:
    """The problem of these jobs only. A limit that only costs is left out unless all it speaks of are here."""
    keys = frozenset(job.key for job in jobs)
    quotas = tuple(
        replace(quota, members=quota.members & keys)
        for quota in problem.quotas
        if quota.members & keys and (quota.over is None or quota.members <= keys)
    )
    return replace(problem, jobs=tuple(jobs), quotas=quotas)
