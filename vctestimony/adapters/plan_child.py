"""What runs in a planning process: one task in, a report a line out, and an end. It may be killed at any moment.

It loads nothing of this package but the planning itself. Where OR-Tools is not installed it plans without.
"""

import importlib
import resource
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec

from vctestimony.domain.backlog.search import Search
from vctestimony.domain.backlog.solving import Solver
from vctestimony.domain.backlog.wire import Report, Task

_SOLVER = "vctestimony.adapters.cp_sat"


def main(memory_mb: str) -> None:
    """Read the task, report after every round that changed something, say at the end that it is over."""
    most = int(memory_mb) << 20
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    task = Task.from_json(sys.stdin.readline())
    for report in reports(task, solver_here()):
        sys.stdout.write(report.to_json() + "\n")
        sys.stdout.flush()


def solver_here() -> Solver | None:
    """OR-Tools, where it is installed; loaded only now, as it is large."""
    if find_spec("ortools") is None:
        return None
    solver: Solver = importlib.import_module(_SOLVER).CpSatSolver()
    return solver


def reports(task: Task, solver: Solver | None) -> Iterator[Report]:
    """One for each round, and a last one."""
    started = time.monotonic()

    def spent() -> float:
        return round(time.monotonic() - started, 2)

    search = Search(task.problem, dict(task.first), seed=task.seed, solver=solver)
    name = "" if solver is None else solver.name
    report = Report(task.first, search.timeline.cost, search.bound.value, 0, spent(), name)
    for found in search.run(rounds=task.rounds, enough=lambda: spent() >= task.seconds):
        report = Report(found.plan, found.cost, found.bound, found.rounds, spent(), name)
        yield report
    yield Report(report.plan, report.cost, report.bound, report.rounds, spent(), name, is_over=True)
