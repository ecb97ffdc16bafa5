"""The one place that knows what is still free while a plan is made: a bit a moment, in whole Python integers.

Bit `n` stands for the minute `base + n * unit`. A thing taken during some bits forbids a job every start from which
the job would need it then: the bits smeared downwards by the length of the need.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import gcd

from vctestimony.domain.backlog.problem import (
    Job,
    Need,
    Placement,
    Problem,
    Quota,
    apart,
    by_witness,
    left_out,
    placed_at,
)
from vctestimony.domain.intervals import Span, overlap

APART = "apart"


class Timeline:
    """A plan in the making: its placements, its cost, and for each job the starts that are left."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.base, self.unit = _grid(problem)
        self.jobs = {job.key: job for job in problem.jobs}
        self.placed: dict[str, Placement] = {}
        self.cost = sum(left_out(problem, job) for job in problem.jobs)
        self.needs = {job.key: (*job.needs, *_kept_apart(problem, job)) for job in problem.jobs}
        self.quotas = {job.key: [quota for quota in problem.quotas if job.key in quota.members] for job in problem.jobs}
        self._count = dict.fromkeys(range(len(problem.quotas)), 0)
        self._number = {id(quota): number for number, quota in enumerate(problem.quotas)}
        self._siblings: dict[str, list[str]] = {}
        for one, other in by_witness(problem.jobs):
            self._siblings.setdefault(one.key, []).append(other.key)
            self._siblings.setdefault(other.key, []).append(one.key)
        self._taken: dict[str, int] = {}
        self._blocked: dict[str, dict[tuple[Span, ...], int]] = {}
        self._starts = {job.key: self.bits(job.starts) for job in problem.jobs}
        self._member: dict[tuple[str, str, str], int] = {}
        self._ranked: dict[str, list[tuple[int, int, int]]] = {}

    def bits(self, starts: Iterable[int]) -> int:
        """The starts as one integer."""
        found = 0
        for start in starts:
            found |= 1 << ((start - self.base) // self.unit)
        return found

    def minutes(self, bits: int) -> Iterator[int]:
        """The starts again."""
        while bits:
            low = bits & -bits
            yield self.base + (low.bit_length() - 1) * self.unit
            bits ^= low

    def free(self, job: Job, *, but_need: str | None = None, but_quota: Quota | None = None) -> int:
        """The starts that are left for the job, all placed so far; one need or quota may be left out of account."""
        left = self._starts[job.key]
        for need in self.needs[job.key]:
            if need.name != but_need and left:
                left &= self._free_of(job, need)
        for quota in self.quotas[job.key]:
            if quota.over is None and quota is not but_quota and self._used(quota) >= quota.left:
                left &= ~self._window(quota)
        return left

    def blocked_by(self, job: Job, need: Need) -> int:
        """The job's starts that this need alone forbids."""
        return self._starts[job.key] & ~self._free_of(job, need)

    def starts_of(self, job: Job) -> int:
        """The starts the search found."""
        return self._starts[job.key]

    def siblings(self, job: Job) -> Sequence[str]:
        """The other jobs of the same witness."""
        return self._siblings.get(job.key, ())

    def free_members(self, job: Job, need: Need) -> tuple[tuple[int, ...], ...]:
        """For a need with a choice, the starts that are left to each of its members."""
        if not need.is_choice:
            return ()
        return tuple(tuple(self.minutes(self._free_member(job, need, member))) for member in need.members)

    def count(self, quota: Quota) -> int:
        """How many that are placed fall within it."""
        return self._used(quota)

    def is_full(self, quota: Quota) -> bool:
        """Whether nothing more may start within it."""
        return self._used(quota) >= quota.left

    def best(self, job: Job) -> tuple[int, Placement] | None:
        """The cheapest start that is left, and what placing the job there adds to the cost (less than nothing)."""
        left = self.free(job)
        best: tuple[int, int] | None = None
        for alone, start, bit in self._by_cost(job) if left else ():
            if best is not None and alone >= best[0]:
                break
            if left & bit:
                added = alone + self._company(job, start)
                if (best is None or added < best[0]) and self._choice(job, start) is not None:
                    best = (added, start)
        if best is None:
            return None
        return best[0] - left_out(self.problem, job), Placement(best[1], self._choice(job, best[1]) or ())

    def place(self, job: Job, placement: Placement) -> None:
        """Take everything for it."""
        self.cost += self.added(job, placement.start)
        self.placed[job.key] = placement
        self._turn(job, placement, 1)

    def remove(self, job: Job) -> Placement:
        """Give everything back."""
        placement = self.placed.pop(job.key)
        self._turn(job, placement, -1)
        self.cost -= self.added(job, placement.start)
        return placement

    def added(self, job: Job, start: int) -> int:
        """What placing the job there, beside all that is placed, adds to the cost."""
        return placed_at(self.problem, job, start) + self._company(job, start) - left_out(self.problem, job)

    def copy_in(self, plan: dict[str, Placement]) -> None:
        """Place every job as in the plan."""
        for key, placement in plan.items():
            self.place(self.jobs[key], placement)

    def _company(self, job: Job, start: int) -> int:
        """What depends on the others: soft quotas that are full, and other sittings of the witness."""
        total = 0
        for quota in self.quotas[job.key]:
            if quota.over is not None and quota.during[0] <= start < quota.during[1]:
                total += quota.over if self._used(quota) >= quota.left else 0
        day = self.problem.day_of(start)
        for other in self._siblings.get(job.key, ()):
            if other in self.placed:
                total += self.problem.weights.travel * apart(day, self.problem.day_of(self.placed[other].start))
        return total

    def _choice(self, job: Job, start: int) -> tuple[tuple[str, str], ...] | None:
        choices = [need for need in job.needs if need.is_choice]
        fixed = [(need.members[0], need.spans) for need in job.needs if not need.is_choice]
        bit = self.bits((start,))
        return self._chosen(job, choices, bit, fixed)

    def _chosen(
        self, job: Job, needs: Sequence[Need], bit: int, taken: list[tuple[str, tuple[Span, ...]]]
    ) -> tuple[tuple[str, str], ...] | None:
        if not needs:
            return ()
        need, others = needs[0], needs[1:]
        for member in need.members:
            doubled = any(member == other and _touch(spans, need.spans) for other, spans in taken)
            if doubled or not self._free_member(job, need, member) & bit:
                continue
            rest = self._chosen(job, others, bit, [*taken, (member, need.spans)])
            if rest is not None:
                return ((need.name, member), *rest)
        return None

    def _free_of(self, job: Job, need: Need) -> int:
        if not need.is_choice:
            return ~self._blocking(need.members[0], need.spans)
        found = 0
        for member in need.members:
            found |= self._free_member(job, need, member)
        return found

    def _free_member(self, job: Job, need: Need, member: str) -> int:
        key = (job.key, need.name, member)
        if key not in self._member:
            self._member[key] = self.bits(need.free_of(member))
        return self._member[key] & ~self._blocking(member, need.spans)

    def _blocking(self, resource: str, spans: tuple[Span, ...]) -> int:
        taken = self._taken.get(resource, 0)
        if not taken:
            return 0
        known = self._blocked.setdefault(resource, {})
        if spans not in known:
            found = 0
            for begin, end in spans:
                found |= _smeared(taken, (end - begin) // self.unit) >> (begin // self.unit)
            known[spans] = found
        return known[spans]

    def _turn(self, job: Job, placement: Placement, step: int) -> None:
        at = (placement.start - self.base) // self.unit
        for need in self.needs[job.key]:
            resource = placement.serving(need)
            for begin, end in need.spans:
                length = (end - begin) // self.unit
                bits = ((1 << length) - 1) << (at + begin // self.unit)
                self._taken[resource] = self._taken.get(resource, 0) ^ bits
            self._blocked.pop(resource, None)
        for quota in self.quotas[job.key]:
            if quota.during[0] <= placement.start < quota.during[1]:
                self._count[self._number[id(quota)]] += step

    def _used(self, quota: Quota) -> int:
        return self._count[self._number[id(quota)]]

    def _window(self, quota: Quota) -> int:
        first = max(0, -(-(quota.during[0] - self.base) // self.unit))
        beyond = max(0, -(-(quota.during[1] - self.base) // self.unit))
        return (1 << beyond) - (1 << min(first, beyond))

    def _by_cost(self, job: Job) -> list[tuple[int, int, int]]:
        ranked = self._ranked.get(job.key)
        if ranked is None:
            ranked = sorted((placed_at(self.problem, job, start), start, self.bits((start,))) for start in job.starts)
            self._ranked[job.key] = ranked
        return ranked


def _kept_apart(problem: Problem, job: Job) -> tuple[Need, ...]:
    """Witnesses of one case at one place share, as it were, the corridor: for the hearing and the pause after it."""
    if not problem.apart_minutes or not job.case:
        return ()
    corridor = f"{APART}|{job.case}|{job.place}"
    return (Need(APART, (corridor,), ((0, job.minutes + problem.apart_minutes),)),)


def _grid(problem: Problem) -> tuple[int, int]:
    starts = [start for job in problem.jobs for start in job.starts]
    base = min(starts, default=problem.origin)
    spans = chain.from_iterable(need.spans for job in problem.jobs for need in job.needs)
    lengths = [job.minutes + problem.apart_minutes for job in problem.jobs]
    unit = gcd(*(start - base for start in starts), *chain.from_iterable(spans), *lengths)
    return base, unit or 1


def _smeared(bits: int, length: int) -> int:
    """Every bit, and as many below it as make `length`."""
    done = 1
    while done < length:
        step = min(done, length - done)
        bits |= bits >> step
        done += step
    return bits


def _touch(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(overlap(one, other) for one in spans for other in others)
