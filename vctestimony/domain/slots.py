"""The one place that answers "when can all of them?": the search, the check of one start, the nearest, the why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from vctestimony.domain.instants import earlier_min
from vctestimony.domain.intervals import Span
from vctestimony.domain.slot_board import SlotBoard
from vctestimony.domain.slot_causes import barred_by_one, refusals_of, start_causes, wall_causes
from vctestimony.domain.slot_request import (
    CAUSE_LABELS,
    Cause,
    CauseRule,
    Limit,
    Need,
    Pattern,
    PatternPart,
    PatternWithoutMain,
    Search,
    Slot,
    SlotAnswer,
    SlotRefusal,
    SlotResource,
    UnknownResource,
)

__all__ = [
    "CAUSE_LABELS",
    "Cause",
    "CauseRule",
    "Limit",
    "Need",
    "Pattern",
    "PatternPart",
    "PatternWithoutMain",
    "Search",
    "Slot",
    "SlotAnswer",
    "SlotRefusal",
    "SlotResource",
    "StartCheck",
    "UnknownResource",
    "check_start",
    "every_start",
    "find",
    "leave_one_out",
    "nearest",
]

NEAREST = 3


@dataclass(frozen=True, slots=True)
class StartCheck:
    """Whether the pattern can start then: the slot, or every cause why not."""

    slot: Slot | None
    causes: tuple[Cause, ...]


def find(search: Search, pattern: Pattern, resources: Mapping[str, SlotResource]) -> SlotAnswer:
    """The slots of the search, earliest first, with every cause for each date that has none.

    With `preferred_wall`, says whether that start of the main part is possible; if it is not, answers the nearest
    slots (at most `limit`, else three) and why it is refused.
    """
    board = SlotBoard(search, pattern, resources)
    free = board.free_starts()
    by_day = board.offered(free)
    refusals = refusals_of(board, [day for day, starts in by_day if not starts], free)
    offered = chain.from_iterable(starts for _, starts in by_day)
    if search.preferred_wall is None:
        return SlotAnswer(_slots(board, islice(offered, search.limit)), tuple(refusals))
    main = earlier_min(search.preferred_wall, search.zone)
    wanted = main - pattern.main_offset
    causes = wall_causes(board, search.preferred_wall) or start_causes(board, wanted)
    if causes:
        refusals.append(SlotRefusal(on=search.preferred_wall.date(), causes=causes, wall=search.preferred_wall))
        starts = _by_shift(offered, wanted)[: NEAREST if search.limit is None else search.limit]
    else:
        starts = sorted({*offered, wanted})[: search.limit]
    return SlotAnswer(_slots(board, starts), tuple(refusals), match=not causes)


def every_start(search: Search, pattern: Pattern, resources: Mapping[str, SlotResource]) -> tuple[Slot, ...]:
    """The slots of the search, earliest first, and no reasons."""
    board = SlotBoard(search, pattern, resources)
    return _slots(board, chain.from_iterable(starts for _, starts in board.offered(board.free_starts())))


def check_start(
    search: Search, pattern: Pattern, resources: Mapping[str, SlotResource], *, start_min: int
) -> StartCheck:
    """The same search asked for exactly one start of the first part, on or off the grid: what booking re-checks."""
    board = SlotBoard(search, pattern, resources)
    causes = start_causes(board, start_min)
    return StartCheck(slot=None if causes else _slot(board, start_min), causes=causes)


def nearest(
    search: Search, pattern: Pattern, resources: Mapping[str, SlotResource], *, main_min: int, count: int = NEAREST
) -> tuple[Slot, ...]:
    """The slots whose main part starts closest to the wanted instant; the earlier one on a tie."""
    board = SlotBoard(search, pattern, resources)
    offered = chain.from_iterable(starts for _, starts in board.offered(board.free_starts()))
    return _slots(board, _by_shift(offered, main_min - pattern.main_offset)[:count])


def leave_one_out(
    search: Search, pattern: Pattern, resources: Mapping[str, SlotResource]
) -> tuple[tuple[str, int], ...]:
    """For each need, how many more starts there would be if it were free at all hours; most helpful first."""
    board = SlotBoard(search, pattern, resources)
    more = [(demand.name, _count(board, starts)) for demand, starts in barred_by_one(board)]
    return tuple(sorted(more, key=lambda pair: -pair[1]))


def _count(board: SlotBoard, starts: Sequence[Span]) -> int:
    return sum(len(found) for _, found in board.offered(starts, board.reached(starts)))


def _by_shift(starts: Iterable[int], wanted: int) -> list[int]:
    return sorted(starts, key=lambda start: (abs(start - wanted), start))


def _slots(board: SlotBoard, starts: Iterable[int]) -> tuple[Slot, ...]:
    return tuple(_slot(board, start) for start in starts)


def _slot(board: SlotBoard, start: int) -> Slot:
    main = start + board.pattern.main_offset
    return Slot(start_min=start, main_min=main, end_min=start + board.minutes, chosen=board.choose(start) or ())
