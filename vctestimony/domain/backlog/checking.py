"""The one place that judges a plan without knowing how it was made: nobody twice, every limit kept.

It shares nothing with the making of plans but the words: it compares intervals, one with the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from vctestimony.domain.backlog.problem import Job, Placement, Plan, Problem, count_in
from vctestimony.domain.intervals import Span, overlap


class Rule(StrEnum):
    """What a plan can break."""

    NOT_OFFERED = "not_offered"
    NOT_FREE = "not_free"
    TWICE = "twice"
    APART = "apart"
    QUOTA = "quota"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule broken, by which jobs, and over what."""

    rule: Rule
    jobs: tuple[str, ...]
    what: str = ""


def faults(problem: Problem, plan: Plan) -> tuple[Fault, ...]:
    """Everything that is wrong with the plan; nothing when it can be carried out."""
    placed = [(job, plan[job.key]) for job in problem.jobs if job.key in plan]
    found = [fault for job, placement in placed for fault in _alone(job, placement)]
    for (one, at), (other, then) in combinations(placed, 2):
        found += _together(one, at, other, then)
        if one.case and (one.case, one.place) == (other.case, other.place):
            found += _too_close(problem, one, at, other, then)
    found += [
        Fault(Rule.QUOTA, tuple(sorted(quota.members & plan.keys())), quota.name)
        for quota in problem.quotas
        if quota.over is None and count_in(quota, plan) > quota.left
    ]
    return tuple(found)


def _alone(job: Job, placement: Placement) -> Iterator[Fault]:
    if placement.start not in job.starts:
        yield Fault(Rule.NOT_OFFERED, (job.key,))
    if job.is_hard and job.deadline is not None and placement.start >= job.deadline:
        yield Fault(Rule.DEADLINE, (job.key,))
    for need in job.needs:
        who = dict(placement.chosen).get(need.name, "") if need.is_choice else need.members[0]
        if need.is_choice and (who not in need.members or placement.start not in need.free_of(who)):
            yield Fault(Rule.NOT_FREE, (job.key,), need.name)
    for (who, span), (other, then) in combinations(_takings(job, placement), 2):
        if who == other and overlap(span, then):
            yield Fault(Rule.TWICE, (job.key,), who)


def _together(one: Job, at: Placement, other: Job, then: Placement) -> Iterator[Fault]:
    shared = {
        who
        for who, span in _takings(one, at)
        for whom, during in _takings(other, then)
        if who == whom and overlap(span, during)
    }
    for who in sorted(shared):
        yield Fault(Rule.TWICE, (one.key, other.key), who)


def _too_close(problem: Problem, one: Job, at: Placement, other: Job, then: Placement) -> Iterator[Fault]:
    gap = problem.apart_minutes
    first = (at.start, at.start + one.minutes + gap)
    second = (then.start, then.start + other.minutes + gap)
    if gap and overlap(first, second):
        yield Fault(Rule.APART, (one.key, other.key), one.place)


def _takings(job: Job, placement: Placement) -> list[tuple[str, Span]]:
    chosen, start = dict(placement.chosen), placement.start
    return [
        (chosen.get(need.name, "") if need.is_choice else need.members[0], (start + begin, start + end))
        for need in job.needs
        for begin, end in need.spans
    ]
