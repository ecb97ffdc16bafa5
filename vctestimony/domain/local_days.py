"""The one place that lays a date of some zone onto epoch minutes, clock changes included."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from vctestimony.domain.instants import check_year, earlier_min, from_min, later_min, wall_of

DAY = 1440


@dataclass(frozen=True, slots=True)
class LocalDay:
    """One date of a zone in epoch minutes. `plain` when no clock change touches it, so that arithmetic will do."""

    on: date
    zone: str
    start_min: int
    end_min: int
    plain: bool


def clock(on: date, minute: int) -> datetime:
    """The wall time `minute` minutes into the date; 1440 is the next midnight.

    >>> clock(date(2026, 9, 14), 1440).isoformat()
    '2026-09-15T00:00:00'
    """
    return datetime.combine(on, datetime.min.time()) + timedelta(minutes=minute)


@lru_cache(maxsize=32768)
def local_day(on: date, zone: str) -> LocalDay:
    """The date from its first instant to the first of the next; a repeated midnight counts from its first time."""
    check_year(on)
    midnight = clock(on, 0)
    start_min, end_min = earlier_min(midnight, zone), earlier_min(clock(on, DAY), zone)
    plain = end_min - start_min == DAY and wall_of(from_min(start_min), zone) == midnight
    return LocalDay(on=on, zone=zone, start_min=start_min, end_min=end_min, plain=plain)


def opening_min(on: date, minute: int, zone: str) -> int:
    """The instant when doors open by the clock: at the second of a repeated time, after the gap of a skipped one."""
    day = local_day(on, zone)
    return day.start_min + minute if day.plain else later_min(clock(on, minute), zone)


def closing_min(on: date, minute: int, zone: str) -> int:
    """The instant when doors close by the clock: at the first of a repeated time, after the gap of a skipped one."""
    day = local_day(on, zone)
    return day.start_min + minute if day.plain else earlier_min(clock(on, minute), zone)


@lru_cache(maxsize=4096)
def clock_grid(on: date, zone: str, step: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The instants of every `step`-th clock minute of the date: those that happen once, and those that happen twice."""
    once: list[int] = []
    twice: list[int] = []
    for minute in range(0, DAY, step):
        wall = clock(on, minute)
        first, second = earlier_min(wall, zone), later_min(wall, zone)
        if first != second:
            twice += [first, second]
        elif wall_of(from_min(first), zone) == wall:
            once.append(first)
    return tuple(once), tuple(sorted(twice))
