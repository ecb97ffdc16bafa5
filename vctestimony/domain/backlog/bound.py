"""The one place that says how good any plan could be, so that a page can say how far from it a plan is.

The hearings are dealt into groups and all that lies between groups is forgotten: the best of every group by itself
cannot cost more than the best plan of all. Nobody in the way at all is the quickest such bound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from vctestimony.domain.backlog.problem import Job, Placement, Problem, left_out, placed_at
from vctestimony.domain.backlog.solving import Solver
from vctestimony.domain.intervals import Span, course

GROUP = 60
_ROUNDING = 1e-6


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


def by_room(problem: Problem) -> int:
    """What the plan costs at least because one person or room has only so many hours; the worst of them."""
    users: dict[str, list[tuple[Job, Span]]] = {}
    for job in problem.jobs:
        for need in job.needs if job.starts else ():
            if not need.is_choice:
                longest = max(need.spans, key=lambda span: span[1] - span[0])
                users.setdefault(need.members[0], []).append((job, longest))
    cheapest = {job.key: alone(problem, job) for job in problem.jobs}
    known = sum(cheapest.values())
    return known + max((_crowded_out(problem, jobs, cheapest) for jobs in users.values()), default=0)


def _crowded_out(problem: Problem, jobs: Sequence[tuple[Job, Span]], cheapest: Mapping[str, int]) -> int:
    """What must be paid for those that cannot all have the thing: by minutes, and by how many fit into a stretch.

    Those that gain most for what they take go first, the last one in part; no choice of whole ones does better.
    """
    stretches = course((start + span[0], start + span[1]) for job, span in jobs for start in job.starts)
    shortest = min(end - begin for _, (begin, end) in jobs)
    gains = [(left_out(problem, job) - cheapest[job.key], span[1] - span[0]) for job, span in jobs]
    by_minutes = _lost(gains, sum(end - begin for begin, end in stretches))
    by_count = _lost([(gain, 1) for gain, _ in gains], sum((end - begin) // shortest for begin, end in stretches))
    return max(by_minutes, by_count)


def _lost(gains: Sequence[tuple[int, int]], room: int) -> int:
    """The gain that finds no room, rounded down."""
    kept = 0.0
    for gain, size in sorted(gains, key=lambda pair: -pair[0] / pair[1]):
        part = min(1.0, room / size)
        kept += gain * part
        room -= min(size, room)
    return max(0, int(sum(gain for gain, _ in gains) - kept - _ROUNDING))


@dataclass(slots=True)
class Bound:
    """A bound that rises, group by group."""

    problem: Problem
    waiting: list[list[Job]] = field(init=False)
    _groups: int = field(init=False)
    _whole: int = field(init=False)

    def __post_init__(self) -> None:
        self._groups = sum(alone(self.problem, job) for job in self.problem.jobs)
        self._whole = by_room(self.problem)
        self.waiting = [group for group in groups(self.problem) if len(group) > 1]

    @property
    def value(self) -> int:
        """The best that is known."""
        return max(self._groups, self._whole)

    def raise_to(self, bound: int) -> None:
        """What a solver of the whole says; nothing is left to be asked of groups."""
        self._whole = max(self._whole, bound)
        self.waiting.clear()

    def raise_once(self, solver: Solver, plan: Mapping[str, Placement], *, seed: int, effort: float) -> None:
        """Solve the next group by itself and put its bound in place of the quick one."""
        group = self.waiting.pop(0)
        part = part_of(self.problem, group)
        keys = {job.key for job in group}
        found = solver.solve(part, {key: at for key, at in plan.items() if key in keys}, seed=seed, effort=effort)
        if found is not None:
            self._groups += max(0, found.bound - sum(alone(self.problem, job) for job in group))


def part_of(problem: Problem, jobs: Sequence[Job]) -> Problem:
    """The problem of these jobs only. A limit that only costs is left out unless all it speaks of are here."""
    keys = frozenset(job.key for job in jobs)
    quotas = tuple(
        replace(quota, members=quota.members & keys)
        for quota in problem.quotas
        if quota.members & keys and (quota.over is None or quota.members <= keys)
    )
    return replace(problem, jobs=tuple(jobs), quotas=quotas)
