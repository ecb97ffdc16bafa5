"""The one place that turns the court's order into limits of the search: daylight, court hours, the longest day."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from vctestimony.domain.calendars import open_course
from vctestimony.domain.daylight import NoSunriseOrSunset, PlaceNotLocated
from vctestimony.domain.instants import from_min, to_min, to_min_up, wall_of
from vctestimony.domain.intervals import Span, course, without
from vctestimony.domain.local_days import local_day
from vctestimony.domain.sittings import Breaks, LongerThanOrdered
from vctestimony.domain.slots import CauseRule, Limit
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import working_hours
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, OrderRow, PostRow

_DAY = timedelta(days=1)
_SPILL = timedelta(days=2)


def limits_of(
    unit: Unit, hearing: HearingRow, *, first_on: date, last_on: date, main_minutes: int
) -> tuple[Limit, ...]:
    """What the order allows an examination of that length between these dates of the Court Point, whoever is free.

    Refuses a place whose daylight cannot be known.
    """
    order, found = hearing.order, []
    if order.daylight_only:
        found.append(Limit(CauseRule.DAYLIGHT, hearing.remote.zone, _daylight(unit, hearing, first_on, last_on)))
    if order.court_hours_only:
        calendar = working_hours(unit, [hearing.court]).of_post(hearing.court_id)
        allowed = open_course(calendar, first_on, last_on) if calendar.rules is not None else _always(first_on, last_on)
        found.append(Limit(CauseRule.COURT_HOURS, hearing.court.zone, tuple(allowed)))
    if order.longest_minutes is not None:
        full = _full_days(unit, hearing, most=order.longest_minutes - main_minutes)
        if full:
            allowed = tuple(without(_always(first_on, last_on), full))
            found.append(Limit(CauseRule.DAY_FULL, hearing.remote.zone, allowed))
    return tuple(found)


def breaks_of(order: OrderRow) -> Breaks:
    """The breaks that the order asks for."""
    return Breaks(order.break_after_minutes or 0, order.break_minutes or 0)


def check_length(hearing: HearingRow, main_minutes: int) -> None:
    """Refuse an examination longer than the order allows on one day."""
    longest = hearing.order.longest_minutes
    if longest is not None and main_minutes > longest:
        raise LongerThanOrdered(field="main_minutes", longest=longest, minutes=main_minutes)


def _daylight(unit: Unit, hearing: HearingRow, first_on: date, last_on: date) -> tuple[Span, ...]:
    """From sunrise to sunset of every date of the Remote Point that the search can reach."""
    post, zone = hearing.remote, hearing.court.zone
    reached_on = wall_of(from_min(local_day(first_on, zone).start_min), post.zone).date()
    until_on = wall_of(from_min(local_day(last_on, zone).end_min - 1), post.zone).date()
    dates = (date.fromordinal(number) for number in range(reached_on.toordinal(), until_on.toordinal() + 1))
    return tuple(course(_daytime(unit, post, on) for on in dates))


def _daytime(unit: Unit, post: PostRow, on: date) -> Span:
    if post.latitude is None or post.longitude is None:
        raise PlaceNotLocated(place=post.name)
    found = unit.ports.daylight.daytime(on, latitude=post.latitude, longitude=post.longitude, zone=post.zone)
    if found is None:
        raise NoSunriseOrSunset(place=post.name, on=on)
    return to_min_up(found[0]), to_min(found[1])


def _always(first_on: date, last_on: date) -> list[Span]:
    return [(local_day(first_on - _DAY, "UTC").start_min, local_day(last_on + _SPILL, "UTC").end_min)]


def _full_days(unit: Unit, hearing: HearingRow, *, most: int) -> list[Span]:
    """The days of the Remote Point on which the witness already sits for more than `most` minutes elsewhere."""
    zone = hearing.remote.zone
    sat: Counter[date] = Counter()
    for starts_at, minutes in _others(unit, hearing):
        sat[wall_of(starts_at, zone).date()] += minutes
    days = (local_day(on, zone) for on, minutes in sat.items() if minutes > most)
    return [(day.start_min, day.end_min) for day in days]


def _others(unit: Unit, hearing: HearingRow) -> Iterable[tuple[datetime, int]]:
    rows = hearings.sittings_of(unit.session, hearing.witness_id, except_id=hearing.id, now=unit.now)
    return ((row[0] + timedelta(minutes=row[1]), row[2]) for row in rows)
