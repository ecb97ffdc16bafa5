"""The one place that says why a hearing found no time in a plan: what, left out of account, would let it in."""

from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.backlog.problem import Job
from vctestimony.domain.backlog.timeline import APART, Timeline

MOST = 3


class ObstacleRule(StrEnum):
    """What kind of thing stands in the way."""

    NO_START = "no_start"
    TAKEN = "taken"
    APART = "apart"
    QUOTA = "quota"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way: `what` names the need or quota, `members` who is meant, `more` the starts it would open.

    TOGETHER says that no single thing opens any; it is then the one that forbids most.
    """

    rule: ObstacleRule
    what: str = ""
    members: tuple[str, ...] = ()
    more: int = 0


def obstacles(plan: Timeline, job: Job) -> tuple[Obstacle, ...]:
    """Why the job could not be placed beside the others, what helps most first."""
    if not job.starts:
        return (Obstacle(ObstacleRule.NO_START),)
    found = [
        Obstacle(_rule(need.name), need.name, need.members, plan.free(job, but_need=need.name).bit_count())
        for need in plan.needs[job.key]
    ]
    found += [
        Obstacle(ObstacleRule.QUOTA, quota.name, (), plan.free(job, but_quota=quota).bit_count())
        for quota in plan.quotas[job.key]
        if quota.over is None and plan.is_full(quota)
    ]
    helpful = sorted((one for one in found if one.more), key=lambda one: (-one.more, one.what))
    return tuple(helpful[:MOST]) or _jointly(plan, job)


def _jointly(plan: Timeline, job: Job) -> tuple[Obstacle, ...]:
    blocking = [(plan.blocked_by(job, need).bit_count(), need) for need in plan.needs[job.key]]
    worst = sorted((pair for pair in blocking if pair[0]), key=lambda pair: (-pair[0], pair[1].name))
    found = [Obstacle(ObstacleRule.TOGETHER, need.name, need.members) for _, need in worst]
    found += [
        Obstacle(ObstacleRule.TOGETHER, quota.name)
        for quota in plan.quotas[job.key]
        if quota.over is None and plan.is_full(quota)
    ]
    return tuple(found[:MOST])


def _rule(name: str) -> ObstacleRule:
    return ObstacleRule.APART if name == APART else ObstacleRule.TAKEN
