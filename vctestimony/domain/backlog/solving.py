"""The one place for what a solver of small plans promises; the search asks it, whatever it is made of."""

from dataclasses import dataclass
from typing import Protocol

from vctestimony.domain.backlog.problem import Plan, Problem


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan, what no plan can beat, and whether the two meet."""

    plan: Plan
    bound: int
    is_best: bool


class Solver(Protocol):
    """Solves a plan of up to a few hundred hearings as a whole. The same question and seed give the same answer."""

    name: str

    def solve(self, problem: Problem, hint: Plan, *, seed: int, effort: float) -> Solved | None:
        """The best it finds with that effort (work done, not time gone by; 1 may be seconds); None when nothing."""
