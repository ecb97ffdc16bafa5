"""The one place that asks OR-Tools for a plan. Loaded only in a process that plans, and only where it is installed.

A model has a literal for every start of every job and counts, moment by moment, how many of those who would do are
left. Who of them serves is dealt out afterwards, the starts being fixed. Where that does not come out, the model is
told never to place these together, and asked again. Its bound holds all the same: it only forgets who serves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, isfinite

from ortools.sat.python import cp_model

from vctestimony.adapters.cp_moments import Use, at_most_as_many, free_at, of_need, spans_at, uses_of
from vctestimony.domain.backlog.problem import (
    Job,
    Placement,
    Plan,
    Problem,
    Quota,
    by_witness,
    cost,
    left_out,
    placed_at,
)
from vctestimony.domain.backlog.solving import Solved
from vctestimony.domain.intervals import overlap

NAME = "OR-Tools CP-SAT"
_SAFETY = 100.0
"""Work is counted, so that a plan can be repeated; this many times as many seconds end it on a machine that crawls."""
TRIES, DEALING = 5, 0.3
_ROUNDING = 1e-4


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one run of the solver says, and how much work it was."""

    solver: cp_model.CpSolver
    is_found: bool
    bound: int
    work: float


@dataclass(frozen=True, slots=True)
class _Variables:
    """What stands for one job: whether it is placed, and at which start."""

    job: Job
    present: cp_model.IntVar
    at: dict[int, cp_model.IntVar]


class CpSatSolver:
    """Solves one plan as one model, on one thread and by the seed, so that the answer is always the same."""

    name = NAME

    def solve(self, problem: Problem, hint: Plan, *, seed: int, effort: float) -> Solved | None:
        """The best plan that the effort finds, with its bound."""
        model = _Model(problem)
        best, bound = dict(hint), 0
        starts = {key: at.start for key, at in hint.items()}
        for _ in range(TRIES):
            model.hint(starts)
            found = _run(model.model, seed=seed, effort=effort)
            bound = max(bound, found.bound)
            if not found.is_found:
                break
            starts = model.starts(found.solver)
            dealt = _Dealing(problem, starts, seed=seed)
            best = min(best, dealt.plan, key=lambda plan: cost(problem, plan))
            effort -= found.work
            if not dealt.out or effort <= 0:
                break
            model.forbid(dealt.together())
        return Solved(best, bound, is_best=cost(problem, best) <= bound)


class _Model:
    """A problem as literals, and how many of them may hold at any moment."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.jobs = {job.key: self._job(job) for job in problem.jobs if job.starts}
        self._cost: list[cp_model.LinearExprT] = [sum(left_out(problem, job) for job in problem.jobs)]
        for one in self.jobs.values():
            lost = left_out(problem, one.job)
            self._cost += [(placed_at(problem, one.job, start) - lost) * here for start, here in one.at.items()]
        at_most_as_many(self.model, [use for one in self.jobs.values() for use in uses_of(problem, one.job, one.at)])
        for quota in problem.quotas:
            self._limit(quota)
        self._journeys()
        self.model.minimize(cp_model.LinearExpr.sum(self._cost))

    def hint(self, starts: Mapping[str, int]) -> None:
        """Start from a known plan."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for key, one in self.jobs.items():
            self.model.add_hint(one.present, starts.get(key) in one.at)
            for start, here in one.at.items():
                self.model.add_hint(here, starts.get(key) == start)

    def starts(self, solver: cp_model.CpSolver) -> dict[str, int]:
        """When the solver starts which job."""
        return {
            key: next(start for start, here in one.at.items() if solver.boolean_value(here))
            for key, one in self.jobs.items()
            if solver.boolean_value(one.present)
        }

    def forbid(self, starts: Mapping[str, int]) -> None:
        """Never all of these together."""
        self.model.add_bool_or([~self.jobs[key].at[start] for key, start in starts.items()])

    def _job(self, job: Job) -> _Variables:
        at = {start: self.model.new_bool_var("") for start in job.starts}
        present = self.model.new_bool_var("")
        self.model.add_exactly_one([*at.values(), ~present])
        return _Variables(job, present, at)

    def _limit(self, quota: Quota) -> None:
        first, beyond = quota.during
        members = [self.jobs[key] for key in sorted(quota.members) if key in self.jobs]
        counted = [here for one in members for start, here in one.at.items() if first <= start < beyond]
        if len(members) <= quota.left or not counted:
            return
        total = cp_model.LinearExpr.sum(counted)
        if quota.over is None:
            self.model.add(total <= quota.left)
            return
        more = self.model.new_int_var(0, len(members), "")
        self.model.add(more >= total - quota.left)
        self._cost.append(quota.over * more)

    def _journeys(self) -> None:
        """Days between two sittings of one witness beyond the first, if both are placed."""
        for first, second in by_witness(one.job for one in self.jobs.values()):
            one, other = self.jobs[first.key], self.jobs[second.key]
            days = max(self.problem.day_of(start) for start in (*one.at, *other.at))
            away = self.model.new_int_var(0, max(days, 0), "")
            for left, right in ((one, other), (other, one)):
                ahead = self._day(left) - self._day(right) - 1
                self.model.add(away >= ahead).only_enforce_if(one.present, other.present)
            self._cost.append(self.problem.weights.travel * away)

    def _day(self, one: _Variables) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum(list(one.at.values()), [self.problem.day_of(start) for start in one.at])


class _Dealing:
    """Deals out who serves where several would do, the starts being fixed; leaves out whom that costs least."""

    def __init__(self, problem: Problem, starts: Mapping[str, int], *, seed: int) -> None:
        self._starts = starts
        self._jobs = {job.key: job for job in problem.jobs if job.key in starts}
        model = cp_model.CpModel()
        kept = {key: model.new_bool_var("") for key in self._jobs}
        serving: dict[tuple[str, str], dict[str, cp_model.IntVar]] = {}
        uses: list[Use] = []
        for key, job in self._jobs.items():
            fixed = [need for need in job.needs if not need.is_choice]
            uses += [use for need in fixed for use in of_need(need, starts[key], kept[key])]
            for need in job.needs:
                if need.is_choice:
                    some = {member: model.new_bool_var("") for member in sorted(free_at(need, starts[key]))}
                    model.add(cp_model.LinearExpr.sum(list(some.values())) == kept[key])
                    serving[key, need.name] = some
                    uses += [
                        Use(frozenset({who}), span, here)
                        for who, here in some.items()
                        for span in spans_at(need, starts[key])
                    ]
        at_most_as_many(model, uses)
        model.minimize(
            cp_model.LinearExpr.sum([left_out(problem, self._jobs[key]) * (1 - here) for key, here in kept.items()])
        )
        found = _run(model, seed=seed, effort=DEALING)
        self.plan: dict[str, Placement] = {}
        for key, job in self._jobs.items() if found.is_found else ():
            if found.solver.boolean_value(kept[key]):
                chosen = [
                    (
                        need.name,
                        next(who for who, here in serving[key, need.name].items() if found.solver.boolean_value(here)),
                    )
                    for need in job.needs
                    if need.is_choice
                ]
                self.plan[key] = Placement(starts[key], tuple(chosen))

    @property
    def out(self) -> list[str]:
        """Whom nobody was left for."""
        return [key for key in self._jobs if key not in self.plan]

    def together(self) -> dict[str, int]:
        """One left out, and all that hang together with it: they share, in turn, somebody at some moment."""
        found, at = [self.out[0]], 0
        rest = [key for key in self._jobs if key != found[0]]
        while at < len(found):
            near = [key for key in rest if self._meet(found[at], key)]
            found += near
            rest = [key for key in rest if key not in near]
            at += 1
        return {key: self._starts[key] for key in found}

    def _meet(self, one: str, other: str) -> bool:
        return any(
            overlap(span, then)
            for need in self._jobs[one].needs
            for others in self._jobs[other].needs
            if set(need.members) & set(others.members)
            for span in spans_at(need, self._starts[one])
            for then in spans_at(others, self._starts[other])
        )


def _run(model: cp_model.CpModel, *, seed: int, effort: float) -> _Answer:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = effort * _SAFETY
    is_found = solver.solve(model) in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    bound = solver.best_objective_bound
    whole = ceil(bound - _ROUNDING) if isfinite(bound) else 0
    return _Answer(solver, is_found, max(0, whole), solver.deterministic_time)
