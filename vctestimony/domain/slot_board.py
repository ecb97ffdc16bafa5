"""The one place that computes common starts: one sorted sweep over whole minutes, in the space of pattern starts.

A resource needed during `[start+a, start+b)` and open in `[s, e)` allows the starts `[s-a, e-b]`; busy in `[x, y)` it
forbids the starts `(x-b, y-a)`. So every room, person and part is an interval of starts, and pre, main and post move
together by construction.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vctestimony.domain.calendars import Closure, WorkingCalendar, open_course
from vctestimony.domain.intervals import Span, common, course, holds, without
from vctestimony.domain.local_days import DAY, LocalDay, clock_grid, closing_min, local_day, opening_min
from vctestimony.domain.slot_request import CauseRule, Demand, Limit, Pattern, Search, SlotResource, check_resources

_FAR = 1 << 62

Wanted = tuple[WorkingCalendar, tuple[Span, ...]]
Dates = tuple[date, date, Span | None]


@dataclass(frozen=True, slots=True)
class GridDay:
    """One date of the search: its minutes, the starts that keep the pattern inside the day window, and its grid.

    `starts` None means every `step` minutes from `start_min`; on a date with a clock change the starts are listed.
    """

    on: date
    start_min: int
    end_min: int
    lowest: int
    beyond: int
    starts: tuple[int, ...] | None
    doubtful: tuple[int, ...]


class SlotBoard:
    """One search laid out: the dates with their grids and, on demand, the starts each resource allows."""

    def __init__(self, search: Search, pattern: Pattern, resources: Mapping[str, SlotResource]) -> None:
        self.search = search
        self.pattern = pattern
        self.resources = resources
        self.demands: tuple[Demand, ...] = pattern.demands()
        check_resources(self.demands, resources)
        self.minutes = pattern.minutes
        self.spill_days = 1 + self.minutes // DAY
        self.earliest = search.earliest_min
        self.days = _grid_days(
            (search.from_on, search.to_on, search.day), search.zone, search.step_minutes, self.minutes
        )
        self.horizon = [(self.days[0].start_min, self.days[-1].end_min)] if self.days else []
        self.shut: dict[tuple[int, date, Span], tuple[tuple[CauseRule, Closure | None], ...]] = {}
        self._alone: dict[tuple[str, tuple[Span, ...]], list[Span]] = {}

    def open_course(self, calendar: WorkingCalendar) -> Sequence[Span]:
        """When the calendar is open around the search, in epoch minutes."""
        return open_course(calendar, self.search.from_on, self.search.to_on, spill_days=self.spill_days)

    def open_starts(self, resource: SlotResource, spans: tuple[Span, ...]) -> Sequence[Span]:
        """The starts at which the resource is open whenever it is needed, busy or not."""
        if resource.calendar is None:
            return self.horizon
        return _open_starts((resource.calendar, spans), self.search.from_on, self.search.to_on, self.spill_days)

    def shut_starts(self, resource: SlotResource, spans: tuple[Span, ...]) -> Sequence[Span]:
        """The starts within the search at which the resource is not open whenever it is needed, busy or not."""
        if resource.calendar is None or not self.days:
            return []
        wanted = (resource.calendar, spans)
        return _shut_starts(wanted, self.search.from_on, self.search.to_on, self.spill_days, self.horizon[0])

    def free_starts_of(self, demand: Demand) -> list[Span]:
        """The starts at which at least one member of the demand is open and free whenever needed."""
        if len(demand.members) == 1:
            return self.member_starts(demand.members[0], demand.spans)
        alone = (self.member_starts(member, demand.spans) for member in demand.members)
        return course(span for spans in alone for span in spans)

    def member_starts(self, member: str, spans: tuple[Span, ...]) -> list[Span]:
        """The starts at which this resource alone is open and free whenever needed."""
        found = self._alone.get((member, spans))
        if found is None:
            found = without(self.open_starts(self.resources[member], spans), self.taken_starts(member, spans))
            self._alone[member, spans] = found
        return found

    def taken_starts(self, member: str, spans: tuple[Span, ...]) -> list[Span]:
        """The starts at which this resource is taken or another hearing too close, open or not; in any order."""
        return _taken(self.resources[member], spans)

    def busy_starts(self, member: str, spans: tuple[Span, ...]) -> list[Span]:
        """The starts at which this resource would be taken, open or not; they may overlap and come in any order."""
        return _forbidden(self.resources[member].busy, spans)

    def close_starts(self, member: str, spans: tuple[Span, ...]) -> list[Span]:
        """The starts at which nothing of it is taken, but another hearing is too close."""
        resource, gap = self.resources[member], self.resources[member].gap_minutes
        wider = [(start - gap, end + gap) for start, end in resource.booked if start < end] if gap else []
        return without(course(_forbidden(wider, spans)), self.busy_starts(member, spans))

    def starts_but_for_the_gap(self, resource: SlotResource, spans: tuple[Span, ...]) -> list[Span]:
        """The starts at which the resource could serve if it needed no time between two hearings."""
        return without(self.open_starts(resource, spans), _forbidden(resource.busy, spans))

    def limit_starts(self, limit: Limit) -> list[Span]:
        """The starts that the limit allows."""
        return [(start, end - self.minutes + 1) for start, end in limit.allowed if end - start >= self.minutes]

    def within_limits(self, starts: list[Span]) -> list[Span]:
        """What the order's limits leave of a course of starts."""
        for limit in self.search.limits:
            starts = common(starts, self.limit_starts(limit))
        return starts

    def free_starts(self) -> list[Span]:
        """The starts at which everything fits, the notice and the day window not yet looked at."""
        return self.within_limits(self.unlimited_starts())

    def unlimited_starts(self) -> list[Span]:
        """The starts at which everybody and everything is free, whatever the order allows."""
        single = [(self.resources[one.members[0]], one.spans) for one in self.demands if not one.is_group]
        wanted = dict.fromkeys((one.calendar, spans) for one, spans in single if one.calendar is not None)
        opened = _common_open(tuple(wanted), self.search.from_on, self.search.to_on, self.spill_days)
        if opened is not None and not opened:
            return []  # never open together: what is taken does not matter
        taken: list[Span] = []
        for resource, spans in single:
            taken += _taken(resource, spans)
        free = without(self.horizon if opened is None else opened, taken)
        for demand in self.demands:
            if demand.is_group:
                free = common(free, self.free_starts_of(demand))
        return free

    def offered(self, free: Sequence[Span], days: Sequence[GridDay] | None = None) -> list[tuple[GridDay, list[int]]]:
        """Date by date the starts of the grid that are free, keep the notice and lie inside the day window."""
        by_day = self._swept(free, self.days if days is None else days)
        if self.has_rivals():
            by_day = [(day, [start for start in starts if self.choose(start) is not None]) for day, starts in by_day]
        return by_day

    def _swept(self, free: Sequence[Span], days: Sequence[GridDay]) -> list[tuple[GridDay, list[int]]]:
        """One walk over dates and course together: most dates have nothing, and are passed by two comparisons."""
        by_day: list[tuple[GridDay, list[int]]] = []
        at, count = 0, len(free)
        for day in days:
            lowest, beyond = day.lowest, day.beyond
            while at < count and free[at][1] <= lowest:
                at += 1
            reaches = at < count and free[at][0] < beyond
            by_day.append((day, self.on_grid(free, day, self.after_notice((lowest, beyond))) if reaches else []))
        return by_day

    def reached(self, starts: Sequence[Span]) -> list[GridDay]:
        """The dates that the course `starts` reaches into; no other can offer any of it."""
        found: dict[int, GridDay] = {}
        lows = [day.lowest for day in self.days] if starts else []
        for begin, end in starts:
            at = max(bisect_right(lows, begin) - 1, 0)
            while at < len(self.days) and self.days[at].lowest < end:
                found[at] = self.days[at]
                at += 1
        return [found[at] for at in sorted(found)]

    def on_grid(self, starts: Sequence[Span], day: GridDay, within: Span) -> list[int]:
        """The starts of the date's grid that lie in the course `starts` and in `within`."""
        lowest, beyond = within
        if day.starts is not None:
            return [start for start in day.starts if lowest <= start < beyond and holds(starts, start)]
        found: list[int] = []
        step, anchor = self.search.step_minutes, day.start_min
        at = max(bisect_right(starts, (lowest, _FAR)) - 1, 0)
        while at < len(starts) and starts[at][0] < beyond:
            begin, end = starts[at]
            if begin < lowest:
                begin = lowest
            first = anchor - (anchor - begin) // step * step
            if first < end:
                found += range(first, end if end < beyond else beyond, step)
            at += 1
        return found

    def after_notice(self, within: Span) -> Span:
        """What the notice leaves of a stretch of starts; possibly nothing."""
        return within if self.earliest is None else (max(within[0], self.earliest), within[1])

    def fits(self, starts: Sequence[Span], day: GridDay, within: Span) -> bool:
        """Whether `on_grid` would find anything; stops at the first."""
        lowest, beyond = within
        if day.starts is not None:
            return bool(self.on_grid(starts, day, within))
        step, anchor = self.search.step_minutes, day.start_min
        at = max(bisect_right(starts, (lowest, _FAR)) - 1, 0)
        while at < len(starts):
            begin, end = starts[at]
            if begin >= beyond:
                return False
            begin = max(begin, lowest)
            first = anchor - (anchor - begin) // step * step
            if first < end and first < beyond:
                return True
            at += 1
        return False

    def choose(self, start: int) -> tuple[tuple[str, str], ...] | None:
        """Who serves where there is a choice: in each group the first listed who is free, nobody twice at one time."""
        groups = [demand for demand in self.demands if demand.is_group]
        taken = [(demand.members[0], demand.spans) for demand in self.demands if not demand.is_group]
        members = self._assign(groups, start, taken)
        return None if members is None else tuple(zip((group.name for group in groups), members, strict=True))

    def _assign(
        self, groups: Sequence[Demand], start: int, taken: list[tuple[str, tuple[Span, ...]]]
    ) -> tuple[str, ...] | None:
        if not groups:
            return ()
        group, others = groups[0], groups[1:]
        for member in group.members:
            doubled = any(member == other and common(spans, group.spans) for other, spans in taken)
            if doubled or not holds(self.member_starts(member, group.spans), start):
                continue
            rest = self._assign(others, start, [*taken, (member, group.spans)])
            if rest is not None:
                return (member, *rest)
        return None

    def has_rivals(self) -> bool:
        """Whether one resource could be wanted by two needs at the same time, so that starts must be tried singly."""
        groups = [demand for demand in self.demands if demand.is_group]
        return any(
            set(group.members) & set(other.members) and common(group.spans, other.spans)
            for group in groups
            for other in self.demands
            if other is not group
        )


def _taken(resource: SlotResource, spans: tuple[Span, ...]) -> list[Span]:
    taken = _forbidden(resource.busy, spans)
    if resource.gap_minutes and resource.booked:
        gap = resource.gap_minutes
        taken += _forbidden([(x - gap, y + gap) for x, y in resource.booked if x < y], spans)
    return taken


def _forbidden(busy: Sequence[Span], spans: tuple[Span, ...]) -> list[Span]:
    if len(spans) == 1:
        begin, end = spans[0]
        return [(x - end + 1, y - begin) for x, y in busy if x < y]
    return [(x - end + 1, y - begin) for begin, end in spans for x, y in busy if x < y]


@lru_cache(maxsize=4096)
def _open_starts(wanted: Wanted, first_on: date, last_on: date, spill_days: int) -> tuple[Span, ...]:
    calendar, spans = wanted
    opened = open_course(calendar, first_on, last_on, spill_days=spill_days)
    allowed = [[(s - begin, e - end + 1) for s, e in opened if e - s >= end - begin] for begin, end in spans]
    return tuple(_all_of(allowed))


@lru_cache(maxsize=4096)
def _shut_starts(wanted: Wanted, first_on: date, last_on: date, spill_days: int, horizon: Span) -> Sequence[Span]:
    return without([horizon], _open_starts(wanted, first_on, last_on, spill_days))


@lru_cache(maxsize=1024)
def _common_open(wanted: tuple[Wanted, ...], first_on: date, last_on: date, spill_days: int) -> Sequence[Span] | None:
    """The starts at which all these calendars are open; None when none is asked."""
    opened = [_open_starts(each, first_on, last_on, spill_days) for each in wanted]
    return _all_of(opened) if opened else None


def _all_of(courses: Sequence[Sequence[Span]]) -> Sequence[Span]:
    shared = courses[0]
    for each in courses[1:]:
        shared = common(shared, each)
    return shared


@lru_cache(maxsize=512)
def _grid_days(dates: Dates, zone: str, step: int, minutes: int) -> tuple[GridDay, ...]:
    """The dates of a search; none when the last lies before the first."""
    from_on, to_on, day = dates
    numbers = range(from_on.toordinal(), to_on.toordinal() + 1)
    return tuple(_grid_day(local_day(date.fromordinal(number), zone), step, day, minutes) for number in numbers)


def _grid_day(local: LocalDay, step: int, day: Span | None, minutes: int) -> GridDay:
    lowest, beyond = local.start_min, local.end_min
    if day is not None:
        lowest = opening_min(local.on, day[0], local.zone)
        beyond = closing_min(local.on, day[1], local.zone) - minutes + 1
    once, twice = (None, ()) if local.plain else clock_grid(local.on, local.zone, step)
    return GridDay(local.on, local.start_min, local.end_min, lowest, beyond, once, twice)
