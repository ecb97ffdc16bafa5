"""What every measurement shares: how long something takes, how two things compare within one run, and the table."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from vctestimony.domain.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is measured. Absolute times do not carry over to other machines; the ratios of one run do."""

    questions: int
    rounds: int
    resources: int
    busy_each: int
    bookings: int
    racers: int
    races: int
    paper_pages: int
    papers: int
    journal: int
    writers: int
    appends: int


FULL = Size(
    questions=100,
    rounds=7,
    resources=1000,
    busy_each=40,
    bookings=150,
    racers=64,
    races=30,
    paper_pages=400,
    papers=160,
    journal=1_000_000,
    writers=8,
    appends=100,
)
TINY = Size(
    questions=3,
    rounds=2,
    resources=20,
    busy_each=10,
    bookings=5,
    racers=3,
    races=2,
    paper_pages=1,
    papers=4,
    journal=2_000,
    writers=2,
    appends=3,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `at_most` False means that the target is a least; `target` None that it is for reading."""

    name: str
    engine: str
    measured: float
    target: float | None = None
    at_most: bool = True
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.target is None:
            return ""
        return "met" if (self.measured <= self.target) is self.at_most or self.measured == self.target else "MISSED"

    @property
    def wanted(self) -> str:
        """The target in words."""
        return "" if self.target is None else f"{'at most' if self.at_most else 'at least'} {self.target:g}"


class Unequal(Refusal):
    """Two ways of working out the same thing disagree; no time of either means anything."""

    text = "Question {question}: {one} starts against {other}."


T = TypeVar("T")
Watch = Callable[[], float]
OWN = time.process_time
"""What this process computed, for work that waits for nobody: other programs on the machine do not count."""
WALL = time.perf_counter
"""What went by, for work that waits for a disk or a server."""


def milliseconds(work: Callable[[], object], *, rounds: int, watch: Watch = OWN) -> float:
    """The median of some rounds, after one that warms up."""
    work()
    return statistics.median(once(work, watch) for _ in range(rounds))


def side_by_side(
    one: Callable[[], object], other: Callable[[], object], *, rounds: int, watch: Watch = OWN
) -> tuple[float, float]:
    """The medians of both, taken in turns so that what else the machine does falls on both."""
    one()
    other()
    pairs = [(once(one, watch), once(other, watch)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def each(things: Iterable[T], way: Callable[[T], object]) -> Callable[[], None]:
    """Do it to each of them, one after the other, and keep nothing: what is kept slows down whoever comes next."""

    def every() -> None:
        for thing in things:
            way(thing)

    return every


def once(work: Callable[[], object], watch: Watch = OWN) -> float:
    """How long it took this one time."""
    started = watch()
    work()
    return (watch() - started) * 1000


def table(rows: Sequence[Row]) -> str:
    """The rows in columns, the widest cell deciding."""
    head = ("measurement", "engine", "target", "measured", "", "milliseconds")
    cells = [head, *((r.name, r.engine, r.wanted, f"{r.measured:.2f}", r.verdict, r.note) for r in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def markdown(rows: Sequence[Row]) -> str:
    """The same as a table of a document."""
    head = ("measurement", "engine", "target", "measured", "", "milliseconds, for reading")
    cells = [head, ("---",) * len(head)]
    cells += [(r.name, r.engine, r.wanted, f"{r.measured:.2f}", r.verdict, r.note) for r in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
