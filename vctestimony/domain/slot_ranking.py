"""The one place that says which of several possible times is better. Used wherever times are proposed.

Earlier dates first; within a date what lies inside the comfortable part of the day at both ends; then what cuts up the
shared rooms and links least; then the earlier time. The neutral slot problem and the times named in a refusal are
ordered by how near they lie to what was asked for, not by this.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vctestimony.domain.calendars import open_course
from vctestimony.domain.instants import from_min, wall_of
from vctestimony.domain.intervals import Span, without
from vctestimony.domain.local_days import DAY, closing_min, local_day, opening_min
from vctestimony.domain.slot_request import Pattern, Search, Slot, SlotResource
from vctestimony.domain.wording import N_

# A planning choice, no rule names it: late enough to travel, early enough to finish by daylight.
COMFORTABLE = (10 * 60, 16 * 60)
BEST = 3
RANKING = N_(
    "Earliest date first; on one date the times that lie between 10:00 and 16:00 at both ends; then those that leave "
    "the shared rooms and the link in the most useful pieces; then the earlier time."
)
_FAR = 1 << 62


@dataclass(frozen=True, slots=True)
class Ranked:
    """A possible time and what counts against it: minutes outside the comfortable part of the day, summed over both
    ends, and minutes of shared rooms and links that it leaves too short for another hearing of this length."""

    slot: Slot
    strained: int
    wasted: int


def ranked(
    slots: Iterable[Slot],
    search: Search,
    pattern: Pattern,
    resources: Mapping[str, SlotResource],
    *,
    clocks: Collection[str],
    shared: Collection[str],
) -> tuple[Ranked, ...]:
    """The slots, the best first. `clocks` are the zones of the ends, `shared` the keys of what others need as well."""
    free = {key: _free_course(search, pattern, resources[key]) for key in shared if key in resources}
    used = [(demand, _hull(demand.spans)) for demand in pattern.demands()]

    def weighed(slot: Slot) -> Ranked:
        chosen = dict(slot.chosen)
        wasted = 0
        for demand, (begin, end) in used:
            key = chosen.get(demand.name, demand.members[0]) if demand.is_group else demand.members[0]
            if key in free:
                wasted += wasted_minutes(free[key], (slot.start_min + begin, slot.start_min + end))
        return Ranked(slot, sum(strained_minutes((slot.start_min, slot.end_min), zone) for zone in clocks), wasted)

    weighing = [(_date(one.slot, search.zone), one) for one in map(weighed, slots)]
    weighing.sort(key=lambda pair: (pair[0], pair[1].strained, pair[1].wasted, pair[1].slot.start_min))
    return tuple(one for _, one in weighing)


def strained_minutes(span: Span, zone: str) -> int:
    """Minutes of the span that lie outside the comfortable part of the day by the clock of the zone."""
    comfortable = 0
    last_on = wall_of(from_min(span[1] - 1), zone).date()
    on = wall_of(from_min(span[0]), zone).date()
    while on <= last_on:
        opens, closes = opening_min(on, COMFORTABLE[0], zone), closing_min(on, COMFORTABLE[1], zone)
        comfortable += max(0, min(span[1], closes) - max(span[0], opens))
        on += timedelta(days=1)
    return span[1] - span[0] - comfortable


def wasted_minutes(free: Sequence[Span], used: Span) -> int:
    """Minutes left before and after, in the free stretch that the span is cut from, that are shorter than the span.

    >>> wasted_minutes([(600, 780)], (630, 690)), wasted_minutes([(600, 780)], (600, 660))
    (30, 0)
    """
    at = bisect_right(free, (used[0], _FAR)) - 1
    if at < 0 or used[1] > free[at][1]:
        return 0
    length = used[1] - used[0]
    pieces = (used[0] - free[at][0], free[at][1] - used[1])
    return sum(piece for piece in pieces if piece < length)


def _free_course(search: Search, pattern: Pattern, resource: SlotResource) -> list[Span]:
    """When the resource could serve around the search."""
    spill = 1 + pattern.minutes // DAY
    if resource.calendar is not None:
        opened = open_course(resource.calendar, search.from_on, search.to_on, spill_days=spill)
        return without(opened, resource.busy)
    first, last = local_day(search.from_on, search.zone), local_day(search.to_on, search.zone)
    return without([(first.start_min - DAY, last.end_min + spill * DAY)], resource.busy)


def _hull(spans: Sequence[Span]) -> Span:
    return spans[0][0], spans[-1][1]


def _date(slot: Slot, zone: str) -> date:
    return wall_of(slot.start_at, zone).date()
