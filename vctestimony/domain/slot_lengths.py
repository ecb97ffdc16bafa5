"""The one place that says when a pattern is longer than any day allows, whoever is free."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vctestimony.domain.hearing import Part
from vctestimony.domain.slot_board import SlotBoard
from vctestimony.domain.slot_request import CauseRule, Demand, Pattern, Search, SlotResource

_STEP = 5


@dataclass(frozen=True, slots=True)
class TooLong:
    """A need, or with `rule` a limit of the order, whose longest open stretch is shorter than what is asked of it.

    With the rule NO_COMMON_TIME it is the examination that is longer than everybody's hours have together.
    """

    name: str
    needed: int
    longest: int
    rule: CauseRule | None = None


def with_main(pattern: Pattern, minutes: int) -> Pattern:
    """The same pattern with another length of its main part."""
    return Pattern(tuple(replace(part, minutes=minutes) if part.part == Part.MAIN else part for part in pattern.parts))


def longest_main(
    search: Search, pattern: Pattern, resources: Mapping[str, SlotResource], *, most: int | None = None
) -> int:
    """The longest main part, at most `most` or the pattern's own, for which the search has a start; 0 for none.

    Tried in whole five minutes, as nobody plans a shorter difference.
    """
    longest = most or next(part.minutes for part in pattern.parts if part.part == Part.MAIN)
    for minutes in range(longest - longest % _STEP, 0, -_STEP):
        board = SlotBoard(search, with_main(pattern, minutes), resources)
        if any(starts for _, starts in board.offered(board.free_starts())):
            return minutes
    return 0


def too_long(search: Search, pattern: Pattern, resources: Mapping[str, SlotResource]) -> tuple[TooLong, ...]:
    """Everything that no day of the search opens for as long as the pattern takes; nothing when every need could be.

    A day on which nothing is open at all says nothing about length, so a need that is never open is left out. When
    each could be alone but their hours have no stretch together that is long enough, that is what is said.
    """
    board = SlotBoard(search, pattern, resources)
    found = [_of_demand(board, demand) for demand in board.demands]
    for limit in search.limits:
        longest = max((end - start for start, end in limit.allowed), default=0)
        found.append(TooLong("", board.minutes, longest, limit.rule))
    short = tuple(one for one in found if one is not None and 0 < one.longest < one.needed)
    return short or _together(search, pattern, resources)


def _together(search: Search, pattern: Pattern, resources: Mapping[str, SlotResource]) -> tuple[TooLong, ...]:
    at_work = {key: replace(one, busy=(), booked=()) for key, one in resources.items()}
    asked = replace(search, now=None)
    needed = next(part.minutes for part in pattern.parts if part.part == Part.MAIN)
    board = SlotBoard(asked, pattern, at_work)
    if any(starts for _, starts in board.offered(board.free_starts())):
        return ()
    longest = longest_main(asked, pattern, at_work)
    return (TooLong("", needed, longest, CauseRule.NO_COMMON_TIME),) if longest else ()


def _of_demand(board: SlotBoard, demand: Demand) -> TooLong | None:
    needed = max(end - start for start, end in demand.spans)
    longest = 0
    for member in demand.members:
        calendar = board.resources[member].calendar
        if calendar is None:
            return None
        longest = max([longest, *(end - start for start, end in board.open_course(calendar))])
    return TooLong(demand.name, needed, longest)
