"""Measures planning many testimonies: against first-come and greedy, against the bound, its time and its memory."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.backlogs import world
from tests.bench.measuring import TINY, Row, Size
from vctestimony.adapters.plan_runner import PlanRun, PlanRunner
from vctestimony.domain.backlog.checking import faults
from vctestimony.domain.backlog.greedy import first_plan, in_turn
from vctestimony.domain.backlog.problem import Problem
from vctestimony.domain.backlog.wire import Report, Task

SEED = 1
_LISTEN = 0.2
_MANY = 100_000
ENGINE = "planner"


@dataclass(frozen=True, slots=True)
class Question:
    """How many testimonies wait, in which world, and how long may be searched."""

    count: int
    tight: bool
    seconds: float

    @property
    def name(self) -> str:
        """In words."""
        return f"R11 {self.count} {'tight' if self.tight else 'normal'}"


@dataclass(frozen=True, slots=True)
class Found:
    """What became of it: first-come and greedy with their cost, and every report with the memory it took."""

    problem: Problem
    first_come: tuple[int, int]
    greedy: tuple[int, int]
    greedy_seconds: float
    reports: tuple[Report, ...]
    megabytes: float

    @property
    def last(self) -> Report:
        """The plan in the end."""
        return self.reports[-1]


FULL = (
    Question(50, tight=False, seconds=20),
    Question(50, tight=True, seconds=20),
    Question(200, tight=False, seconds=20),
    Question(200, tight=True, seconds=60),
    Question(1000, tight=False, seconds=60),
    Question(1000, tight=True, seconds=60),
)
FEW = (Question(12, tight=True, seconds=2),)


def rows(size: Size) -> Iterator[Row]:
    """The targets of planning, and for reading what each way placed and cost."""
    for question in FEW if size is TINY else FULL:
        found = planned(question)
        yield from _rows(question, found)


def planned(question: Question) -> Found:
    """Plan it in a process, as the service does."""
    problem = world(question.count, seed=SEED, tight=question.tight)
    came = in_turn(problem, problem.jobs)
    started = time.monotonic()
    greedy = first_plan(problem)
    taken = time.monotonic() - started
    reports, megabytes = _reports(Task(problem, greedy.placed, SEED, _MANY, question.seconds))
    if found := faults(problem, reports[-1].plan):
        raise AssertionError(found)
    return Found(problem, (len(came.placed), came.cost), (len(greedy.placed), greedy.cost), taken, reports, megabytes)


def _reports(task: Task) -> tuple[tuple[Report, ...], float]:
    """Every report heard, and the process's largest memory less what it takes to do nothing."""
    nothing = Task(Problem((), 0), {}, SEED, 0, 0)
    resting = _watched(PlanRunner().start(nothing))[1]
    reports, most = _watched(PlanRunner().start(task))
    return reports, (most - resting) / 1024


def _watched(run: PlanRun) -> tuple[tuple[Report, ...], int]:
    reports: list[Report] = []
    most = 0
    try:
        is_over = False
        while not is_over:
            most = max(most, _memory(run))
            is_over = run.wait(_LISTEN)
            if run.latest is not None and (not reports or run.latest != reports[-1]):
                reports.append(run.latest)
    finally:
        run.kill()
    return tuple(reports), most


def _memory(run: PlanRun) -> int:
    """Kilobytes the process holds at most until now; 0 once it is gone."""
    try:
        status = Path(f"/proc/{run.process.pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def _rows(question: Question, found: Found) -> Iterator[Row]:
    last, name = found.last, question.name
    placed, came = len(last.plan), found.first_come[0]
    target = {(1000, True): 1.10, (1000, False): 1.06}.get((question.count, question.tight))
    note = (
        f"placed {placed} of {question.count}, first-come {came}, greedy {found.greedy[0]}; cost {last.cost}, "
        f"first-come {found.first_come[1]}, greedy {found.greedy[1]}; {last.seconds:.0f} s, {last.rounds} rounds"
    )
    yield Row(f"{name}: placed ÷ first-come", ENGINE, placed / max(came, 1), target, at_most=False, note=note)
    yield Row(f"{name}: cost ÷ bound", ENGINE, last.cost / max(last.bound, 1), note=f"bound {last.bound}")
    yield Row(f"{name}: net memory, MiB", ENGINE, found.megabytes, 250)
    if (question.count, question.tight) == (200, True):
        early = next((one for one in reversed(found.reports) if one.seconds <= 10), found.reports[0])
        yield Row(f"{name}: cost at 10 s ÷ at the end", ENGINE, early.cost / last.cost, 1.01)
    if (question.count, question.tight) == (50, False):
        proved = next((one.seconds for one in found.reports if one.cost <= one.bound), question.seconds)
        is_proved = "proved" if last.cost <= last.bound else "not proved"
        yield Row(f"{name}: seconds to the proof", ENGINE, proved, 5, note=is_proved)
