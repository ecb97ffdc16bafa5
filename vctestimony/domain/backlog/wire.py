"""The one place that writes problems and plans as JSON and reads them back, for a process that does the planning."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from vctestimony.domain.backlog.problem import Job, Need, Placement, Plan, Problem, Quota, Weights
from vctestimony.domain.intervals import Span

_PLAIN = ("key", "minutes", "priority", "deadline", "is_hard", "case", "place", "witness")
RawPlan = dict[str, list[Any]]


def problem_to_json(problem: Problem) -> str:
    """The problem as one line."""
    return json.dumps(asdict(problem), default=sorted, separators=(",", ":"))


def problem_from_json(text: str) -> Problem:
    """The problem again."""
    raw = json.loads(text)
    return Problem(
        jobs=tuple(_job(one) for one in raw["jobs"]),
        origin=raw["origin"],
        quotas=tuple(_quota(one) for one in raw["quotas"]),
        weights=Weights(**raw["weights"]),
        apart_minutes=raw["apart_minutes"],
    )


def plan_to_raw(plan: Plan) -> RawPlan:
    """Placements as plain lists."""
    return {key: [at.start, [list(pair) for pair in at.chosen]] for key, at in plan.items()}


def plan_from_raw(raw: RawPlan) -> dict[str, Placement]:
    """The placements again."""
    return {key: Placement(start, tuple((need, who) for need, who in chosen)) for key, (start, chosen) in raw.items()}


@dataclass(frozen=True, slots=True)
class Task:
    """What a planning process is told: from where, by which seed, for how many rounds and at most how many seconds."""

    problem: Problem
    first: Plan
    seed: int
    rounds: int
    seconds: float

    def to_json(self) -> str:
        """The task as one line."""
        told = {"first": plan_to_raw(self.first), "seed": self.seed, "rounds": self.rounds, "seconds": self.seconds}
        return json.dumps({"problem": problem_to_json(self.problem), **told})

    @classmethod
    def from_json(cls, text: str) -> "Task":
        """The task again."""
        raw = json.loads(text)
        plain = {name: raw[name] for name in ("seed", "rounds", "seconds")}
        return cls(problem_from_json(raw["problem"]), plan_from_raw(raw["first"]), **plain)


@dataclass(frozen=True, slots=True)
class Report:
    """What a planning process says after a round; `solver` is empty where none is installed."""

    plan: Plan
    cost: int
    bound: int
    rounds: int
    seconds: float
    solver: str
    is_over: bool = False

    def to_json(self) -> str:
        """The report as one line."""
        return json.dumps({**asdict(self), "plan": plan_to_raw(self.plan)})

    @classmethod
    def from_json(cls, text: str) -> "Report":
        """The report again."""
        raw = json.loads(text)
        return cls(**{**raw, "plan": plan_from_raw(raw["plan"])})


def _job(raw: Mapping[str, Any]) -> Job:
    return Job(
        starts=tuple(raw["starts"]),
        near=tuple(raw["near"]),
        needs=tuple(_need(one) for one in raw["needs"]),
        **{name: raw[name] for name in _PLAIN},
    )


def _need(raw: Mapping[str, Any]) -> Need:
    spans, free = tuple(_span(one) for one in raw["spans"]), tuple(tuple(one) for one in raw["free"])
    return Need(raw["name"], tuple(raw["members"]), spans, free)


def _quota(raw: Mapping[str, Any]) -> Quota:
    return Quota(**{**raw, "members": frozenset(raw["members"]), "during": _span(raw["during"])})


def _span(raw: Sequence[int]) -> Span:
    return raw[0], raw[1]
