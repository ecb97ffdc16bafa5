"""The one place for the words of backlog planning: hearings to place, limits, weights, and what a plan costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from vctestimony.domain.intervals import Span

DAY = 1440


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a job takes during `spans`, counted from its start: any one of `members`.

    With several members `free` says for each of them at which starts it is free; with one the job's own starts do.
    """

    name: str
    members: tuple[str, ...]
    spans: tuple[Span, ...]
    free: tuple[tuple[int, ...], ...] = ()

    @property
    def is_choice(self) -> bool:
        """Whether there is more than one to choose from."""
        return len(self.members) > 1

    def free_of(self, member: str) -> tuple[int, ...]:
        """The starts at which that one of several is free."""
        return self.free[self.members.index(member)]


@dataclass(frozen=True, slots=True)
class Job:
    """A hearing to place. `starts` are those the slot search found, in epoch minutes, earliest first.

    `deadline` is the first minute that is too late; a hard one has been taken out of `starts` already. `near` are the
    starts of the witness's other sittings that stand already. Witnesses of one `case` at one `place` are kept apart.
    """

    key: str
    starts: tuple[int, ...]
    minutes: int
    needs: tuple[Need, ...]
    priority: int = 3
    deadline: int | None = None
    is_hard: bool = False
    case: str = ""
    place: str = ""
    witness: str = ""
    near: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `limit`, less the `used`, of these jobs may start within `during`; each more costs `over`, or may not."""

    name: str
    limit: int
    members: frozenset[str]
    during: Span
    used: int = 0
    over: int | None = None

    @property
    def left(self) -> int:
        """How many more fit."""
        return max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each failing costs: a hearing left out, a day of waiting, a day late (each times the priority), travel."""

    unplaced: int = 5000
    waiting: int = 1
    late: int = 50
    travel: int = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a plan is made from. `origin` is midnight of the first day, from which days are counted."""

    jobs: tuple[Job, ...]
    origin: int
    quotas: tuple[Quota, ...] = ()
    weights: Weights = field(default_factory=Weights)
    apart_minutes: int = 0

    def job(self, key: str) -> Job:
        """The job of that key."""
        return next(job for job in self.jobs if job.key == key)

    def day_of(self, start: int) -> int:
        """How many days after the first."""
        return (start - self.origin) // DAY


@dataclass(frozen=True, slots=True)
class Placement:
    """When a job is to start and, need by need, who was chosen where there was a choice."""

    start: int
    chosen: tuple[tuple[str, str], ...] = ()

    def serving(self, need: Need) -> str:
        """Who serves that need."""
        return dict(self.chosen)[need.name] if need.is_choice else need.members[0]


Plan = Mapping[str, Placement]


def left_out(problem: Problem, job: Job) -> int:
    """What leaving the job without a time costs."""
    return problem.weights.unplaced * job.priority


def placed_at(problem: Problem, job: Job, start: int) -> int:
    """What that start costs by itself: waiting, days after the deadline, distance from sittings that stand."""
    weights, day = problem.weights, problem.day_of(start)
    late = 0 if job.deadline is None or start < job.deadline else 1 + (start - job.deadline) // DAY
    away = sum(apart(day, problem.day_of(other)) for other in job.near)
    return job.priority * (weights.waiting * day + weights.late * late) + weights.travel * away


def apart(day: int, other: int) -> int:
    """Days between two sittings of one witness that cost her another journey: none on the same or the next day.

    >>> apart(3, 3), apart(3, 4), apart(3, 10)
    (0, 0, 6)
    """
    return max(0, abs(day - other) - 1)


def cost(problem: Problem, plan: Plan) -> int:
    """What the plan costs, everything counted; lower is better."""
    total = 0
    for job in problem.jobs:
        found = plan.get(job.key)
        total += left_out(problem, job) if found is None else placed_at(problem, job, found.start)
    for quota in problem.quotas:
        if quota.over is not None:
            total += quota.over * max(0, count_in(quota, plan) - quota.left)
    return total + problem.weights.travel * sum(_journeys(problem, plan))


def count_in(quota: Quota, plan: Plan) -> int:
    """How many of the quota's jobs the plan starts within it."""
    first, beyond = quota.during
    return sum(1 for key in quota.members if key in plan and first <= plan[key].start < beyond)


def by_witness(jobs: Iterable[Job]) -> Sequence[tuple[Job, Job]]:
    """Every pair of jobs of the same witness."""
    groups: dict[str, list[Job]] = {}
    for job in jobs:
        if job.witness:
            groups.setdefault(job.witness, []).append(job)
    return [pair for group in groups.values() for pair in combinations(group, 2)]


def _journeys(problem: Problem, plan: Plan) -> Iterable[int]:
    for one, other in by_witness(problem.jobs):
        if one.key in plan and other.key in plan:
            yield apart(problem.day_of(plan[one.key].start), problem.day_of(plan[other.key].start))
