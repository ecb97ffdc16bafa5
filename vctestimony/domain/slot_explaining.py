"""The one place that says of every start of a date whether it is offered and, if not, every cause, run by run.

What `slot_causes.start_causes` says of one start is said here of all of them in one walk: each cause is turned into
the stretch of starts that it forbids, and the walk over the grid keeps those that are in force.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.domain.intervals import Span, common, course, without
from vctestimony.domain.local_days import local_day
from vctestimony.domain.slot_board import GridDay, SlotBoard
from vctestimony.domain.slot_causes import Found, cause_of, closures_on, dates_of, limit_cause, own_cause
from vctestimony.domain.slot_request import Cause, CauseRule, Demand, Pattern, Search, SlotResource

Against = tuple[Span, Cause]
Shut = dict[tuple[int, tuple[Span, ...]], list[tuple[Span, Found]]]
_FAR = 1 << 62


@dataclass(frozen=True, slots=True)
class Run:
    """Starts that follow each other on the grid and have the same causes against them; without causes: offered."""

    starts: tuple[int, ...]
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class DayExplained:
    """Every start of a date, also those on a repeated hour, in order; a time that the clock skips is no start."""

    day: GridDay
    runs: tuple[Run, ...]


def explain(search: Search, pattern: Pattern, resources: Mapping[str, SlotResource]) -> tuple[DayExplained, ...]:
    """Every start of every date of the search with all that stands against it."""
    board = SlotBoard(search, pattern, resources)
    return tuple(DayExplained(day, runs_of(board, day)) for day in board.days)


def runs_of(board: SlotBoard, day: GridDay) -> tuple[Run, ...]:
    """The starts of one date of the board in runs of equal causes."""
    runs: list[tuple[list[int], tuple[Cause, ...]]] = []
    for start, causes in _walked(_starts(board, day), _against(board, day)):
        if not causes and board.has_rivals() and board.choose(start) is None:
            causes = (own_cause(board, CauseRule.NO_COMMON_TIME),)
        if runs and runs[-1][1] == causes:
            runs[-1][0].append(start)
        else:
            runs.append(([start], causes))
    return tuple(Run(tuple(starts), causes) for starts, causes in runs)


def _starts(board: SlotBoard, day: GridDay) -> Sequence[int]:
    if day.starts is None:
        return range(day.start_min, day.end_min, board.search.step_minutes)
    return sorted((*day.starts, *day.doubtful))


def _walked(starts: Sequence[int], against: Sequence[Against]) -> Iterable[tuple[int, tuple[Cause, ...]]]:
    """Each start with the causes in force, in the order in which they stand in `against`."""
    edges = [(begin, number) for number, ((begin, end), _) in enumerate(against) if begin < end]
    edges += [(end, ~number) for number, ((begin, end), _) in enumerate(against) if begin < end]
    edges.sort()
    active: set[int] = set()
    causes: tuple[Cause, ...] = ()
    at, count = 0, len(edges)
    for start in starts:
        moved = at
        while at < count and edges[at][0] <= start:
            number = edges[at][1]
            if number >= 0:
                active.add(number)
            else:
                active.discard(~number)
            at += 1
        if at > moved:
            causes = tuple(dict.fromkeys(against[number][1] for number in sorted(active)))
        yield start, causes


def _against(board: SlotBoard, day: GridDay) -> list[Against]:
    """Each cause with the starts of the date that it forbids; a start may meet one cause several times."""
    within = (day.start_min, day.end_min)
    found = [((start, start + 1), own_cause(board, CauseRule.AMBIGUOUS_WALL)) for start in day.doubtful]
    if board.earliest is not None:
        found.append(((day.start_min, board.earliest), own_cause(board, CauseRule.NOTICE)))
    window = own_cause(board, CauseRule.DAY_WINDOW)
    found += [((day.start_min, day.lowest), window), ((max(day.beyond, day.start_min), day.end_min), window)]
    for limit in board.search.limits:
        limited = limit_cause(limit, within)
        found += [(span, limited) for span in without([within], board.limit_starts(limit))]
    shut: Shut = {}
    for demand in board.demands:
        against = [one for member in demand.members for one in _of_member(board, member, demand, within, shut)]
        found += _of_all(board, demand, against, within) if demand.is_group else against
    return found


def _of_all(board: SlotBoard, demand: Demand, against: Sequence[Against], within: Span) -> list[Against]:
    """Of what stands against the members of a group, what counts: where none of them can."""
    barred = without([within], board.free_starts_of(demand))
    return [(part, cause) for span, cause in against if span[0] < span[1] for part in common([span], barred)]


def _of_member(board: SlotBoard, member: str, demand: Demand, within: Span, shut: Shut) -> list[Against]:
    resource = board.resources[member]
    found: list[Against] = []
    if resource.calendar is not None:
        key = (id(resource.calendar), demand.spans)
        if key not in shut:
            shut[key] = _shut(board, resource.calendar, demand.spans, within)
        found = [(span, cause_of(resource, closure)) for span, closure in shut[key]]
    lowest, beyond = within
    for rule, taken in (
        (CauseRule.BUSY, board.busy_starts(member, demand.spans)),
        (CauseRule.GAP, board.close_starts(member, demand.spans)),
    ):
        cause = Cause(rule=rule, zone=resource.zone, resource=resource.key)
        found += [(span, cause) for span in taken if span[0] < beyond and span[1] > lowest]
    return found


def _shut(
    board: SlotBoard, calendar: WorkingCalendar, spans: tuple[Span, ...], within: Span
) -> list[tuple[Span, Found]]:
    """The starts at which the calendar is shut in one of the spans: by which closure, or simply by its hours."""
    opened = board.open_course(calendar)
    lowest, beyond = within
    found: list[tuple[Span, Found]] = []
    outside: list[Span] = []
    for begin, end in spans:
        near = _near(opened, (lowest + begin, beyond + end))
        allowed = [(opens - begin, closes - end + 1) for opens, closes in near if closes - opens >= end - begin]
        barred = without([within], allowed)
        outside += barred
        for on in dates_of(calendar, (lowest + begin, beyond - 1 + end)) if barred else ():
            day = local_day(on, calendar.zone)
            touching = [(day.start_min - end + 1, day.end_min - begin)]
            closed = common(barred, touching)
            found += [(span, closure) for closure in closures_on(calendar, on) for span in closed]
    by_hours = without(course(outside), [span for span, _ in found])
    return [*found, *((span, (CauseRule.OUTSIDE_HOURS, None)) for span in by_hours)]


def _near(opened: Sequence[Span], within: Span) -> Sequence[Span]:
    """The stretches that reach into `within`."""
    first = max(bisect_right(opened, (within[0], _FAR)) - 1, 0)
    return opened[first : bisect_right(opened, (within[1], _FAR))]
