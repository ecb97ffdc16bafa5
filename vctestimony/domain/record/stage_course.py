"""The one place that compares the stages of the deposition with those of the log: what was taken down before its turn.

Nothing is refused by it: what was said must be taken down at once, and the log can be put right afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vctestimony.domain.instants import to_min
from vctestimony.domain.record.course import Logged, counting
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.speech import Stage


class Amiss(StrEnum):
    """How the deposition and the log differ."""

    NOT_BEGUN = "not_begun"
    BEFORE = "before"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Taken:
    """A line of the deposition: its stage, and when it was said or, if nobody told that, taken down; None: unknown."""

    number: int
    stage: Stage
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree: the line, and the entry of the log that says otherwise, if there is one."""

    amiss: Amiss
    line: Taken
    entry: Logged | None = None


def going_on(log: Iterable[Logged]) -> Logged | None:
    """The entry by which the present stage began; None before the examination and once it was read over."""
    marks = [entry for entry in counting(log) if entry.kind in (Kind.STAGE_BEGAN, Kind.READ_OVER)]
    return marks[-1] if marks and marks[-1].kind is Kind.STAGE_BEGAN else None


def differences(lines: Iterable[Taken], log: Iterable[Logged]) -> tuple[Difference, ...]:
    """What differs: by stage, its first line that the log does not allow for; then where the last line stands."""
    taken, entries = tuple(lines), tuple(log)
    found = [one for stage in Stage if (one := _first(stage, taken, entries)) is not None]
    now, last = going_on(entries), taken[-1] if taken else None
    if now is not None and last is not None and last.at is not None:
        is_later = to_min(last.at) > to_min(now.happened_at)
        if is_later and last.stage.value != now.facts["stage"] and last.stage not in [one.line.stage for one in found]:
            found.append(Difference(Amiss.OTHER, last, now))
    return tuple(found)


def _first(stage: Stage, taken: tuple[Taken, ...], entries: tuple[Logged, ...]) -> Difference | None:
    """The first line of the stage that was taken down though the log does not say that the stage had begun."""
    lines = [line for line in taken if line.stage is stage]
    began = [
        entry for entry in counting(entries) if entry.kind is Kind.STAGE_BEGAN and entry.facts["stage"] == stage.value
    ]
    if not lines:
        return None
    if not began:
        return Difference(Amiss.NOT_BEGUN, lines[0])
    early = (line for line in lines if line.at is not None and to_min(line.at) < to_min(began[0].happened_at))
    line = next(early, None)
    return Difference(Amiss.BEFORE, line, began[0]) if line is not None else None
