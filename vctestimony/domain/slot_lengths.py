"""The one place that says when a pattern is longer than any day allows, whoever is free."""

from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.slot_board import SlotBoard
from vctestimony.domain.slot_request import CauseRule, Demand, Pattern, Search, SlotResource


@dataclass(frozen=True, slots=True)
class TooLong:
    """A need, or with `rule` a limit of the order, whose longest open stretch is shorter than what is asked of it."""

    name: str
    needed: int
    longest: int
    rule: CauseRule | None = None


def too_long(search: Search, pattern: Pattern, resources: Mapping[str, SlotResource]) -> tuple[TooLong, ...]:
    """Everything that no day of the search opens for as long as the pattern takes; nothing when every need could be.

    A day on which nothing is open at all says nothing about length, so a need that is never open is left out.
    """
    board = SlotBoard(search, pattern, resources)
    found = [_of_demand(board, demand) for demand in board.demands]
    for limit in search.limits:
        longest = max((end - start for start, end in limit.allowed), default=0)
        found.append(TooLong("", board.minutes, longest, limit.rule))
    return tuple(one for one in found if one is not None and 0 < one.longest < one.needed)


def _of_demand(board: SlotBoard, demand: Demand) -> TooLong | None:
    needed = max(end - start for start, end in demand.spans)
    longest = 0
    for member in demand.members:
        calendar = board.resources[member].calendar
        if calendar is None:
            return None
        longest = max([longest, *(end - start for start, end in board.open_course(calendar))])
    return TooLong(demand.name, needed, longest)
