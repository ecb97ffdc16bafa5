"""The one place that makes a plan better, round by round, so that it can be stopped after any of them.

With a solver a round takes many hearings out of the plan, one that was left out first among them, and lets the
solver place them anew around the rest. Without one a round takes a handful out and puts them back in another order,
many times. A plan is kept only if it costs no more.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from vctestimony.domain.backlog.bound import Bound
from vctestimony.domain.backlog.problem import Job, Placement, Problem
from vctestimony.domain.backlog.solving import Solver
from vctestimony.domain.backlog.timeline import Timeline

NEIGHBOURS, MOST_STARTS, HANDFUL, TRIES = 200, 12_000, 8, 150
UNPLACED_FIRST = 0.85
EFFORT = 2.0
SMALL, MIDDLING = 60, 250
WHOLE_AT = {SMALL: {0: 2.0, 6: 4.0}, MIDDLING: {0: 4.0, 12: 8.0}}
"""In which rounds, with which effort, the whole is solved at once: a small plan first of all, a larger one when it is
good already. It gives the closest bound."""
BOUND_SHARE = 3
"""Every third round goes to the bound while there is something to raise it with."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the search stands after a round: a plan that can be carried out, its cost, and the bound."""

    plan: dict[str, Placement]
    cost: int
    bound: int
    rounds: int

    @property
    def is_best(self) -> bool:
        """Whether no plan can be better."""
        return self.cost <= self.bound


class Search:
    """One seeded search from a first plan."""

    def __init__(self, problem: Problem, first: dict[str, Placement], *, seed: int, solver: Solver | None) -> None:
        self.problem, self.solver, self.seed = problem, solver, seed
        self._random = random.Random(seed)  # noqa: S311  # chance that can be repeated is the point
        self.timeline = Timeline(problem)
        self.timeline.copy_in(first)
        self.bound = Bound(problem)
        self._by_member: dict[str, list[str]] = {}
        for job in problem.jobs:
            for need in job.needs:
                for member in need.members:
                    self._by_member.setdefault(member, []).append(job.key)

    def run(self, *, rounds: int, enough: Callable[[], bool]) -> Iterator[Progress]:
        """A report after each round, at most so many, until it is enough or nothing can be better."""
        for number in range(rounds):
            before = self._now(number)
            if before.is_best or enough():
                return
            self._round(number)
            yield self._now(number + 1)

    def _now(self, rounds: int) -> Progress:
        return Progress(dict(self.timeline.placed), self.timeline.cost, self.bound.value, rounds)

    def _round(self, number: int) -> None:
        if self.solver is None:
            for _ in range(TRIES):
                self._shuffle()
        elif effort := self._whole_effort(number):
            self._solve_whole(self.solver, effort)
        elif number % BOUND_SHARE == 1 and self.bound.waiting:
            self.bound.raise_once(self.solver, self.timeline.placed, seed=self.seed + number, effort=EFFORT)
        else:
            self._solve_part(self.solver, seed=self.seed + number)

    def _whole_effort(self, number: int) -> float:
        """With which effort this round solves the whole; none when it does not."""
        size = len(self.problem.jobs)
        return next((rounds.get(number, 0.0) for most, rounds in WHOLE_AT.items() if size <= most), 0.0)

    def _solve_whole(self, solver: Solver, effort: float) -> None:
        found = solver.solve(self.problem, self.timeline.placed, seed=self.seed, effort=effort)
        if found is not None:
            self.bound.raise_to(found.bound)
            self._accept(dict(found.plan))

    def _solve_part(self, solver: Solver, *, seed: int) -> None:
        keys = self._neighbourhood(NEIGHBOURS)
        jobs = [self.timeline.jobs[key] for key in keys]
        hint = {job.key: self.timeline.remove(job) for job in jobs if job.key in self.timeline.placed}
        rest = dict(self.timeline.placed)
        part = self._around(jobs)
        self.timeline.copy_in(hint)
        found = solver.solve(part, hint, seed=seed, effort=EFFORT)
        if found is not None:
            self._accept({**rest, **found.plan})

    def _around(self, jobs: list[Job]) -> Problem:
        """What is left to these jobs by all others, as a problem of its own."""
        line = self.timeline
        reduced = []
        for job in jobs:
            left = frozenset(line.minutes(line.free(job)))
            near = (*job.near, *(line.placed[key].start for key in line.siblings(job) if key in line.placed))
            needs = tuple(replace(need, free=line.free_members(job, need)) for need in job.needs)
            starts = tuple(start for start in job.starts if start in left)
            reduced.append(replace(job, starts=starts, needs=needs, near=near))
        keys = frozenset(job.key for job in jobs)
        quotas = tuple(
            replace(quota, members=quota.members & keys, used=quota.used + line.count(quota))
            for quota in self.problem.quotas
            if quota.members & keys
        )
        return replace(self.problem, jobs=tuple(reduced), quotas=quotas)

    def _accept(self, plan: dict[str, Placement]) -> None:
        tried = Timeline(self.problem)
        tried.copy_in(plan)
        if tried.cost <= self.timeline.cost:
            self.timeline = tried

    def _shuffle(self) -> None:
        """Take a handful out and put them back in another order; undo it if that costs more."""
        line = self.timeline
        before = line.cost
        jobs = [line.jobs[key] for key in self._neighbourhood(HANDFUL)]
        taken = {job.key: line.remove(job) for job in jobs if job.key in line.placed}
        rest = jobs[1:]
        self._random.shuffle(rest)
        anew = []
        for job in (jobs[0], *rest):
            found = line.best(job)
            if found is not None:
                line.place(job, found[1])
                anew.append(job)
        if line.cost > before:
            for job in anew:
                line.remove(job)
            line.copy_in(taken)

    def _neighbourhood(self, size: int) -> list[str]:
        """Jobs that share people or rooms with one that was left out, or else with any."""
        everything = [job.key for job in self.problem.jobs if job.starts]
        out = [key for key in everything if key not in self.timeline.placed]
        pool = out if out and self._random.random() < UNPLACED_FIRST else everything
        keys = [self._random.choice(pool)]
        known = set(keys)
        at = 0
        while len(keys) < size and at < len(keys):
            near = {other for member in self._members(keys[at]) for other in self._by_member[member]} - known
            ordered = sorted(near)
            self._random.shuffle(ordered)
            ordered = [key for key in ordered if self.timeline.jobs[key].starts][: size - len(keys)]
            keys += ordered
            known.update(ordered)
            at += 1
        return keys[: self._fitting(keys)]

    def _fitting(self, keys: list[str]) -> int:
        """How many of these make a problem that is solved in a moment."""
        starts = 0
        for number, key in enumerate(keys):
            starts += len(self.timeline.jobs[key].starts)
            if starts > MOST_STARTS:
                return max(1, number)
        return len(keys)

    def _members(self, key: str) -> list[str]:
        return [member for need in self.timeline.jobs[key].needs for member in need.members]
