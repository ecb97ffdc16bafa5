"""The one place that says why a date brings no slot, why a start is refused, and who stands in the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vctestimony.domain.calendars import Closure, Reason, WorkingCalendar, closure_of, is_known, ordinary_hours
from vctestimony.domain.instants import earlier_min, from_min, later_min, wall_of
from vctestimony.domain.intervals import Span, common, course, covers, holds, overlap, without
from vctestimony.domain.local_days import closing_min, opening_min
from vctestimony.domain.slot_board import GridDay, SlotBoard
from vctestimony.domain.slot_request import Cause, CauseRule, Demand, Limit, SlotRefusal, SlotResource

Found = tuple[CauseRule, Closure | None]


@dataclass(frozen=True, slots=True)
class Lane:
    """One resource that a demand may use: the starts its hours allow, and those it is free at as well."""

    resource: SlotResource
    spans: tuple[Span, ...]
    opened: Sequence[Span]
    free: Sequence[Span]


def refusals_of(board: SlotBoard, days: Sequence[GridDay], free: Sequence[Span]) -> list[SlotRefusal]:
    """Every cause why each of the dates brings no slot; `free` is the board's own `free_starts`."""
    demands = [_lanes(board, demand) for demand in board.demands] if days else []
    unlimited = board.unlimited_starts() if days and board.search.limits else free
    return [_refusal_of(board, day, (free, unlimited), demands) for day in days]


def _lanes(board: SlotBoard, demand: Demand) -> tuple[Lane, ...]:
    return tuple(
        Lane(
            resource=board.resources[member],
            spans=demand.spans,
            opened=board.open_starts(board.resources[member], demand.spans),
            free=board.member_starts(member, demand.spans),
        )
        for member in demand.members
    )


def _refusal_of(
    board: SlotBoard, day: GridDay, starts: tuple[Sequence[Span], Sequence[Span]], demands: Sequence[tuple[Lane, ...]]
) -> SlotRefusal:
    """Hours are judged against the day window, and what is busy against what the notice leaves of the hours.

    `starts` are those that are free within the order's limits, and those that are free without regard to them.
    """
    free, unlimited = starts
    within = (day.lowest, day.beyond)
    causes: list[Cause] = []
    if not board.fits(board.horizon, day, within):
        causes.append(own_cause(board, _why_no_grid(board, day)))
        within = (day.start_min, day.end_min)
    if not board.fits(board.horizon, day, board.after_notice(within)):
        causes.append(own_cause(board, CauseRule.NOTICE))
    judged: dict[int, Span | None] = {}
    for lanes in demands:
        causes += _demand_causes(board, lanes, day, within=within, judged=judged)
    causes += _limit_causes(board, day, unlimited, within=within)
    if board.fits(free, day, within) and not board.fits(free, day, board.after_notice(within)):
        causes.append(own_cause(board, CauseRule.NOTICE))
    if not causes:
        doubtful = any(within[0] <= start < within[1] and holds(free, start) for start in day.doubtful)
        causes.append(own_cause(board, CauseRule.AMBIGUOUS_WALL if doubtful else CauseRule.NO_COMMON_TIME))
    return SlotRefusal(on=day.on, causes=tuple(dict.fromkeys(causes)))


def start_causes(board: SlotBoard, start: int) -> tuple[Cause, ...]:
    """Every cause why the pattern cannot start then; empty when it can. The grid is not asked."""
    search = board.search
    wall = wall_of(from_min(start), search.zone)
    causes: list[Cause] = []
    if earlier_min(wall, search.zone) != later_min(wall, search.zone):
        causes.append(own_cause(board, CauseRule.AMBIGUOUS_WALL))
    if board.earliest is not None and start < board.earliest:
        causes.append(own_cause(board, CauseRule.NOTICE))
    day = next((day for day in board.days if day.on == wall.date()), None)
    if day is None or not day.lowest <= start < day.beyond:
        causes.append(own_cause(board, CauseRule.DAY_WINDOW))
    if day is not None:
        causes += [
            limit_cause(limit, (day.start_min, day.end_min))
            for limit in search.limits
            if not covers(limit.allowed, (start, start + board.minutes))
        ]
        for demand in board.demands:
            causes += _demand_start_causes(board, demand, start)
    if not causes and board.choose(start) is None:
        causes.append(own_cause(board, CauseRule.NO_COMMON_TIME))
    return tuple(dict.fromkeys(causes))


def wall_causes(board: SlotBoard, wall: datetime) -> tuple[Cause, ...]:
    """The cause against a wall time that is shown twice or never; empty for every other."""
    first, second = earlier_min(wall, board.search.zone), later_min(wall, board.search.zone)
    if first != second:
        return (own_cause(board, CauseRule.AMBIGUOUS_WALL),)
    if wall_of(from_min(first), board.search.zone) != wall:
        return (own_cause(board, CauseRule.NONEXISTENT_WALL),)
    return ()


def own_cause(board: SlotBoard, rule: CauseRule) -> Cause:
    """A cause that is nobody's in particular."""
    return Cause(rule=rule, zone=board.search.zone)


def _why_no_grid(board: SlotBoard, day: GridDay) -> CauseRule:
    if any(day.lowest <= start < day.beyond for start in day.doubtful):
        return CauseRule.AMBIGUOUS_WALL
    if not board.fits(board.horizon, day, (day.start_min, day.end_min)):
        return CauseRule.NONEXISTENT_WALL
    return CauseRule.DAY_WINDOW


def _demand_causes(
    board: SlotBoard, lanes: tuple[Lane, ...], day: GridDay, *, within: Span, judged: dict[int, Span | None]
) -> list[Cause]:
    """Why no member can serve on that date; nothing when one can. `judged` remembers what the same hours came to."""
    causes: list[Cause] = []
    for lane in lanes:
        resource = lane.resource
        if id(lane.opened) not in judged:
            judged[id(lane.opened)] = _hours_left(board, lane.opened, day, within)
        window = judged[id(lane.opened)]
        if window is None and resource.calendar is not None:
            causes += [cause_of(resource, found) for found in _shut(board, resource.calendar, day, within)]
        elif board.fits(lane.free, day, window or within):
            return []
        else:
            apart = bool(resource.gap_minutes and resource.booked) and board.fits(
                board.starts_but_for_the_gap(resource, lane.spans), day, window or within
            )
            rule = CauseRule.GAP if apart else CauseRule.BUSY
            causes.append(Cause(rule=rule, zone=resource.zone, resource=resource.key))
    return causes


def _limit_causes(board: SlotBoard, day: GridDay, unlimited: Sequence[Span], *, within: Span) -> list[Cause]:
    """The limits of the order that allow no start of the date, or none of those at which everybody is free."""
    later = board.after_notice(within)
    has_free = board.fits(unlimited, day, later)
    return [
        limit_cause(limit, (day.start_min, day.end_min))
        for limit in board.search.limits
        for starts in [board.limit_starts(limit)]
        if not board.fits(starts, day, within) or (has_free and not board.fits(common(unlimited, starts), day, later))
    ]


def limit_cause(limit: Limit, span: Span) -> Cause:
    """The cause that a limit of the order gives, with what it leaves of the span."""
    return Cause(rule=limit.rule, zone=limit.zone, allowed=limit.around(span))


def _hours_left(board: SlotBoard, opened: Sequence[Span], day: GridDay, within: Span) -> Span | None:
    """None when the hours allow no start; else the starts after the notice, or all if the notice leaves none."""
    if not board.fits(opened, day, within):
        return None
    later = board.after_notice(within)
    return later if board.fits(opened, day, later) else within


def _shut(board: SlotBoard, calendar: WorkingCalendar, day: GridDay, within: Span) -> tuple[Found, ...]:
    """Why the calendar has no hours for it: the closures of its date at the middle of the day, or simply its hours."""
    key = (id(calendar), day.on, within)
    known = board.shut.get(key)
    if known is None:
        middle = wall_of(from_min((day.start_min + day.end_min) // 2), calendar.zone).date()
        span = (within[0], within[1] + board.minutes - 1)
        found = closures_on(calendar, middle)
        if not found:
            found = [
                closure
                for on in dates_of(calendar, span)
                if on != middle and _would_work(calendar, on, span)
                for closure in closures_on(calendar, on)
            ]
        known = board.shut[key] = tuple(found) or ((CauseRule.OUTSIDE_HOURS, None),)
    return known


def cause_of(resource: SlotResource, found: Found) -> Cause:
    """The cause that the resource's calendar gives."""
    return Cause(rule=found[0], zone=resource.zone, resource=resource.key, closure=found[1])


def closures_on(calendar: WorkingCalendar, on: date) -> list[Found]:
    """Why the calendar is shut all that date, as rules of a cause; nothing when it is not, or its year is unknown."""
    if not is_known(calendar, on):
        return []
    return [
        (CauseRule.WEEKLY_HOLIDAY, None) if closure.reason is Reason.WEEKLY_HOLIDAY else (CauseRule.CLOSED, closure)
        for closure in closure_of(calendar, on)
    ]


def dates_of(calendar: WorkingCalendar, span: Span) -> list[date]:
    """The calendar's dates that the span touches."""
    first = wall_of(from_min(span[0]), calendar.zone).date().toordinal()
    last = wall_of(from_min(span[1] - 1), calendar.zone).date().toordinal()
    return [date.fromordinal(number) for number in range(first, last + 1)]


def _would_work(calendar: WorkingCalendar, on: date, span: Span) -> bool:
    usual = [
        (opening_min(on, begin, calendar.zone), closing_min(on, end, calendar.zone))
        for begin, end in ordinary_hours(calendar, on)
    ]
    return any(overlap(stretch, span) for stretch in usual)


def _demand_start_causes(board: SlotBoard, demand: Demand, start: int) -> list[Cause]:
    causes: list[Cause] = []
    wanted = [(start + begin, start + end) for begin, end in demand.spans]
    for member in demand.members:
        resource = board.resources[member]
        against = [*_shut_then(board, resource, wanted)]
        rule = _taken_then(resource, wanted)
        if rule is not None:
            against.append(Cause(rule=rule, zone=resource.zone, resource=resource.key))
        if not against:
            return []
        causes += against
    return causes


def _taken_then(resource: SlotResource, wanted: Sequence[Span]) -> CauseRule | None:
    if any(overlap(span, taken) for span in wanted for taken in resource.busy):
        return CauseRule.BUSY
    gap = resource.gap_minutes
    wider = [(start - gap, end + gap) for start, end in wanted] if gap else []
    return CauseRule.GAP if any(overlap(span, taken) for span in wider for taken in resource.booked) else None


def _shut_then(board: SlotBoard, resource: SlotResource, wanted: Sequence[Span]) -> list[Cause]:
    calendar = resource.calendar
    if calendar is None:
        return []
    opened = board.open_course(calendar)
    outside = [span for span in wanted if not covers(opened, span)]
    if not outside:
        return []
    found = [closure for span in outside for on in dates_of(calendar, span) for closure in closures_on(calendar, on)]
    return [cause_of(resource, closure) for closure in found or [(CauseRule.OUTSIDE_HOURS, None)]]


def barred_by_one(board: SlotBoard) -> tuple[tuple[Demand, list[Span]], ...]:
    """For every demand the starts that it alone forbids: one walk over all edges, counting who forbids."""
    edges: list[tuple[int, int, int]] = []
    for count, numbers, barred in _barring(board):
        for start, end in barred:
            edges += [(start, count, numbers), (end, -count, -numbers)]
    edges.sort()
    alone: list[list[Span]] = [[] for _ in board.demands]
    barring = number = since = 0
    for at, count, numbers in edges:
        if barring == 1 and since < at:
            alone[number - 1].append((since, at))
        barring += count
        number += numbers  # with one left, the sum of those that forbid is its number
        since = at
    return tuple(
        (demand, board.within_limits(course(spans))) for demand, spans in zip(board.demands, alone, strict=True)
    )


def _barring(board: SlotBoard) -> Iterator[tuple[int, int, Sequence[Span]]]:
    """How many demands forbid, the sum of their numbers from 1 on, and which starts.

    Whose calendar is the same are shut together, and need not be laid out one by one: while they are, at least two
    forbid, so what is taken of one of them then does not matter. Only who is alone with his calendar is asked for
    exactly the starts at which he can.
    """
    sharing: dict[tuple[WorkingCalendar | None, tuple[Span, ...]], list[int]] = {}
    for number, demand in enumerate(board.demands, start=1):
        if demand.is_group:
            yield 1, number, without(board.horizon, board.free_starts_of(demand))
        else:
            key = (board.resources[demand.members[0]].calendar, demand.spans)
            sharing.setdefault(key, []).append(number)
    for (_, spans), numbers in sharing.items():
        members = [board.demands[number - 1].members[0] for number in numbers]
        shut = board.shut_starts(board.resources[members[0]], spans)
        if len(numbers) == 1:
            yield 1, numbers[0], course([*shut, *board.taken_starts(members[0], spans)])
            continue
        yield len(numbers), sum(numbers), shut
        for number, member in zip(numbers, members, strict=True):
            yield 1, number, course(board.taken_starts(member, spans))
