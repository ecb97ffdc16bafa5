"""The one place that says what no other day of a search would mend: closed doors, a hearing that is too long."""

from dataclasses import dataclass, replace
from enum import StrEnum

from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.domain.intervals import Span, common
from vctestimony.domain.slot_board import SlotBoard
from vctestimony.domain.slot_request import Demand


class DeadEndRule(StrEnum):
    """What kind of dead end it is."""

    NEVER_OPEN = "never_open"
    TOO_LONG = "too_long"
    NEVER_TOGETHER = "never_together"


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """Whom it concerns, how many minutes in a row are needed and how many there are at most, busy or not."""

    rule: DeadEndRule
    resources: tuple[str, ...]
    needed: int
    longest: int


def dead_ends_of(board: SlotBoard) -> tuple[DeadEnd, ...]:
    """What makes the search hopeless whatever is taken; those who share a calendar together."""
    demands = [demand for demand in board.demands if not demand.is_group and _calendared(board, demand)]
    alone: dict[tuple[WorkingCalendar | None, int], DeadEnd] = {}
    for demand in demands:
        key = demand.members[0]
        if board.open_starts(board.resources[key], demand.spans):
            continue
        needed, longest = _needed(demand), _longest(_opened(board, demand))
        rule = DeadEndRule.TOO_LONG if longest else DeadEndRule.NEVER_OPEN
        shared = (board.resources[key].calendar, needed)
        known = alone.get(shared, DeadEnd(rule, (), needed, longest))
        alone[shared] = replace(known, resources=(*known.resources, key))
    return tuple(alone.values()) or _together(board, demands)


def _together(board: SlotBoard, demands: list[Demand]) -> tuple[DeadEnd, ...]:
    starts, opened = board.horizon, board.horizon
    for demand in demands:
        starts = common(starts, board.open_starts(board.resources[demand.members[0]], demand.spans))
        opened = common(opened, _opened(board, demand))
    if starts or not board.days:
        return ()
    keys = tuple(demand.members[0] for demand in demands)
    return (DeadEnd(DeadEndRule.NEVER_TOGETHER, keys, board.minutes, _longest(opened)),)


def _calendared(board: SlotBoard, demand: Demand) -> bool:
    return board.resources[demand.members[0]].calendar is not None


def _opened(board: SlotBoard, demand: Demand) -> list[Span]:
    calendar = board.resources[demand.members[0]].calendar
    return [] if calendar is None else common(board.horizon, board.open_course(calendar))


def _needed(demand: Demand) -> int:
    return max(end - begin for begin, end in demand.spans)


def _longest(opened: list[Span]) -> int:
    return max((end - begin for begin, end in opened), default=0)
