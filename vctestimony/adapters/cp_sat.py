"""The one place that speaks to OR-Tools. Loaded only in a process that plans, and only where it is installed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from vctestimony.domain.backlog.problem import (
    Job,
    Need,
    Placement,
    Plan,
    Problem,
    Quota,
    by_witness,
    left_out,
    placed_at,
)
from vctestimony.domain.backlog.solving import Solved
from vctestimony.domain.intervals import Span

NAME = "OR-Tools CP-SAT"
_SAFETY = 100.0
"""Work is counted, so that a plan can be repeated; this many times as many seconds end it on a machine that crawls."""
FINEST, LARGEST = 15, 250_000
Stretch = tuple[int, frozenset[int]]


@dataclass(slots=True)
class _Variables:
    """What stands for one job: whether it is placed, when, in which stretch of the calendar, served by whom."""

    job: Job
    present: cp_model.IntVar
    start: cp_model.IntVar
    stretches: dict[Stretch, cp_model.IntVar] = field(default_factory=dict)
    serving: dict[tuple[str, str], cp_model.IntVar] = field(default_factory=dict)


class CpSatSolver:
    """Solves one plan as one model, on one thread and by the seed, so that the answer is always the same."""

    name = NAME

    def solve(self, problem: Problem, hint: Plan, *, seed: int, effort: float) -> Solved | None:
        """The best plan that the effort finds, with its bound."""
        model = _Model(problem)
        model.hint(hint)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed % 2**31
        solver.parameters.max_deterministic_time = effort
        solver.parameters.max_time_in_seconds = effort * _SAFETY
        status = solver.solve(model.model)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return None
        bound = round(solver.best_objective_bound)
        return Solved(model.plan(solver), bound, is_best=status == cp_model.OPTIMAL)


class _Model:
    """A problem as constraints: optional intervals that may not overlap, and bools for stretches of the calendar."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.jobs = [self._job(job) for job in problem.jobs if job.starts]
        self._cost: list[cp_model.LinearExprT] = [left_out(problem, job) for job in problem.jobs if not job.starts]
        self._uses: dict[str, list[cp_model.IntervalVar]] = {}
        self._covering: dict[tuple[tuple[str, ...], int], list[cp_model.IntVar]] = {}
        self._limits: dict[str, list[tuple[int, Span]]] = {}
        for number, quota in enumerate(problem.quotas):
            for key in quota.members:
                self._limits.setdefault(key, []).append((number, quota.during))
        self._mesh = _mesh(problem)
        for one in self.jobs:
            self._stretches(one)
            self._needs(one)
        for intervals in self._uses.values():
            if len(intervals) > 1:
                self.model.add_no_overlap(intervals)
        self._covered()
        self._quotas()
        self._journeys()
        self.model.minimize(cp_model.LinearExpr.sum(self._cost))

    def hint(self, plan: Plan) -> None:
        """Start from a known plan."""
        for one in self.jobs:
            at = plan.get(one.job.key)
            self.model.add_hint(one.present, at is not None)
            if at is not None and at.start in one.job.starts:
                self.model.add_hint(one.start, at.start - self.problem.origin)
                for pair, serves in one.serving.items():
                    self.model.add_hint(serves, pair in at.chosen)

    def plan(self, solver: cp_model.CpSolver) -> dict[str, Placement]:
        """What the solver found."""
        return {
            one.job.key: Placement(
                solver.value(one.start) + self.problem.origin,
                tuple(pair for pair, serves in one.serving.items() if solver.boolean_value(serves)),
            )
            for one in self.jobs
            if solver.boolean_value(one.present)
        }

    def _job(self, job: Job) -> _Variables:
        return _Variables(job, self.model.new_bool_var(""), self._start_of(job.starts))

    def _start_of(self, starts: Iterable[int]) -> cp_model.IntVar:
        return self.model.new_int_var_from_domain(self._domain(starts), "")

    def _domain(self, starts: Iterable[int]) -> cp_model.Domain:
        return cp_model.Domain.from_values([start - self.problem.origin for start in starts])

    def _stretches(self, one: _Variables) -> None:
        """A bool for each stretch in which all starts cost the same and count towards the same limits."""
        found: dict[Stretch, list[int]] = {}
        for start in one.job.starts:
            found.setdefault((self.problem.day_of(start), self._within(one.job, start)), []).append(start)
        at = {start: self.model.new_bool_var("") for start in one.job.starts}
        self.model.add_exactly_one([*at.values(), ~one.present])
        minutes = [start - self.problem.origin for start in at]
        chosen = cp_model.LinearExpr.weighted_sum(list(at.values()), minutes)
        self.model.add(chosen == one.start).only_enforce_if(one.present)
        for stretch, starts in found.items():
            here = one.stretches[stretch] = self.model.new_bool_var("")
            self.model.add(cp_model.LinearExpr.sum([at[start] for start in starts]) == here)
            self._cost.append(placed_at(self.problem, one.job, starts[0]) * here)
        self._cover(one.job, at)
        self._cost.append(left_out(self.problem, one.job) * (1 - one.present))

    def _cover(self, job: Job, at: Mapping[int, cp_model.IntVar]) -> None:
        """Which starts of all jobs take a thing at one moment: no more than there are of it.

        It says again what the intervals say, but so that the bound comes out close; that proves a plan the best.
        """
        for need in job.needs:
            for begin, end in need.spans:
                for start, here in at.items():
                    first = -(-(start + begin) // self._mesh) * self._mesh
                    for moment in range(first, start + end, self._mesh):
                        self._covering.setdefault((need.members, moment), []).append(here)

    def _covered(self) -> None:
        once = {(len(members), tuple(one.index for one in some)): some for (members, _), some in self._covering.items()}
        for (capacity, _), together in once.items():
            if len(together) > capacity == 1:
                self.model.add_at_most_one(together)
            elif len(together) > capacity:
                self.model.add(cp_model.LinearExpr.sum(together) <= capacity)

    def _within(self, job: Job, start: int) -> frozenset[int]:
        return frozenset(number for number, (first, beyond) in self._limits.get(job.key, ()) if first <= start < beyond)

    def _needs(self, one: _Variables) -> None:
        for need in one.job.needs:
            if need.is_choice:
                self._choice(one, need)
            else:
                self._use(one, need, need.members[0], one.present)
        if self.problem.apart_minutes and one.job.case:
            corridor = Need(
                "", (f"|{one.job.case}|{one.job.place}",), ((0, one.job.minutes + self.problem.apart_minutes),)
            )
            self._use(one, corridor, corridor.members[0], one.present)

    def _choice(self, one: _Variables, need: Need) -> None:
        serving = {member: self.model.new_bool_var("") for member in need.members}
        for member, serves in serving.items():
            one.serving[need.name, member] = serves
            self.model.add_linear_expression_in_domain(one.start, self._domain(need.free_of(member))).only_enforce_if(
                serves
            )
            self._use(one, need, member, serves)
        self.model.add(cp_model.LinearExpr.sum(list(serving.values())) == one.present)

    def _use(self, one: _Variables, need: Need, member: str, when: cp_model.IntVar) -> None:
        self._uses.setdefault(member, []).extend(
            self.model.new_optional_fixed_size_interval_var(one.start + begin, end - begin, when, "")
            for begin, end in need.spans
        )

    def _quotas(self) -> None:
        for number, quota in enumerate(self.problem.quotas):
            counted = [here for one in self.jobs for (_, within), here in one.stretches.items() if number in within]
            if len(counted) > quota.left:
                self._limit(quota, counted)

    def _limit(self, quota: Quota, counted: Sequence[cp_model.IntVar]) -> None:
        total = cp_model.LinearExpr.sum(list(counted))
        if quota.over is None:
            self.model.add(total <= quota.left)
            return
        beyond = self.model.new_int_var(0, len(counted), "")
        self.model.add(beyond >= total - quota.left)
        self._cost.append(quota.over * beyond)

    def _journeys(self) -> None:
        """Days between two sittings of one witness beyond the first, if both are placed."""
        known: Mapping[str, _Variables] = {one.job.key: one for one in self.jobs}
        for first, second in by_witness(one.job for one in self.jobs):
            one, other = known[first.key], known[second.key]
            days = max(day for day, _ in (*one.stretches, *other.stretches))
            away = self.model.new_int_var(0, max(days, 0), "")
            for left, right in ((one, other), (other, one)):
                ahead = _day(left) - _day(right) - 1
                self.model.add(away >= ahead).only_enforce_if(one.present, other.present)
            self._cost.append(self.problem.weights.travel * away)


def _mesh(problem: Problem) -> int:
    """Minutes between the moments looked at: as close as keeps a large model small."""
    taken = sum(
        len(job.starts) * (end - begin) for job in problem.jobs for need in job.needs for begin, end in need.spans
    )
    return FINEST * -(-taken // (FINEST * LARGEST))


def _day(one: _Variables) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.weighted_sum(list(one.stretches.values()), [day for day, _ in one.stretches])
