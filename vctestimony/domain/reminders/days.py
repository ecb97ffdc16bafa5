"""The one place that counts a person's own working days and says when a person may be reminded.

A wall time that happens twice is taken at its second, one that never happens at the end of the gap: a reminder is
moved on, never sent an hour early. In a year whose closures nobody entered the week's own hours count: a reminder must
not fail because next year's holidays are not known yet.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from vctestimony.domain.calendars import (
    DatedException,
    Kind,
    Reason,
    WorkingCalendar,
    is_known,
    ordinary_hours,
    windows,
)
from vctestimony.domain.instants import from_min, later_min, wall_of
from vctestimony.domain.intervals import Span
from vctestimony.domain.local_days import clock, local_day
from vctestimony.domain.reminders.thresholds import QUIET_HOUR, USUAL_HOUR

LONGEST_WITHOUT_WORK = 120
_DAY = timedelta(days=1)


def without(calendar: WorkingCalendar, away: Collection[Span]) -> WorkingCalendar:
    """The calendar less the days on which somebody is away for all of the working hours; spans in epoch minutes."""
    days = sorted({day for span in away for day in _days_within(calendar, span)})
    closed = tuple(DatedException(day, day, Kind.CLOSED, reason=Reason.LEAVE) for day in days)
    return replace(calendar, exceptions=(*calendar.exceptions, *closed)) if closed else calendar


def _days_within(calendar: WorkingCalendar, span: Span) -> Iterator[date]:
    first, last = (wall_of(from_min(minute), calendar.zone).date() for minute in span)
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        hours = windows(calendar, day) if is_known(calendar, day) else ()
        if hours and span[0] <= hours[0][0] and hours[-1][1] <= span[1]:
            yield day


@dataclass(frozen=True, slots=True)
class OwnDays:
    """By which calendar a person works, and at which hour of the morning they want to be reminded."""

    calendar: WorkingCalendar
    hour: int = USUAL_HOUR

    def on(self, at: datetime) -> date:
        """The date on the person's own clock."""
        return wall_of(at, self.calendar.zone).date()

    def works(self, on: date) -> bool:
        """Whether the person works on the date."""
        if is_known(self.calendar, on):
            return bool(windows(self.calendar, on))
        return bool(ordinary_hours(self.calendar, on))

    def after(self, on: date, count: int) -> date:
        """The `count`-th own working day after the date; plain days where none comes for months."""
        return self._counted(on, count, _DAY)

    def before(self, on: date, count: int) -> date:
        """The `count`-th own working day before the date."""
        return self._counted(on, count, -_DAY)

    def until(self, on: date) -> date:
        """The date if the person works on it, else their last working day before it."""
        return on if self.works(on) else self.before(on, 1)

    def since(self, on: date) -> date:
        """The date if the person works on it, else their next working day."""
        return on if self.works(on) else self.after(on, 1)

    def morning(self, on: date) -> datetime:
        """The hour of reminders on the date."""
        return self._at(on, self.hour)

    def evening(self, on: date) -> datetime:
        """The end of the person's work on the date, and never later than the quiet hour."""
        quiet = self._at(on, QUIET_HOUR)
        spans = windows(self.calendar, on) if is_known(self.calendar, on) else ()
        return min(quiet, from_min(spans[-1][1])) if spans else quiet

    def midnight(self, on: date) -> datetime:
        """The first instant of the date."""
        return from_min(local_day(on, self.calendar.zone).start_min)

    def may_disturb(self, at: datetime) -> bool:
        """Whether the person may be reminded now: on an own working day, from their hour until the quiet one."""
        on = self.on(at)
        return self.works(on) and self.morning(on) <= at < self._at(on, QUIET_HOUR)

    def next_moment(self, at: datetime) -> datetime:
        """The first instant, from this one on, at which the person may be reminded."""
        if self.may_disturb(at):
            return at
        on = self.on(at)
        early = self.works(on) and at < self.morning(on)
        return self.morning(on if early else self.after(on, 1))

    def _at(self, on: date, hour: int) -> datetime:
        return from_min(later_min(clock(on, hour * 60), self.calendar.zone))

    def _counted(self, on: date, count: int, step: timedelta) -> date:
        day, found = on, 0
        for _ in range(LONGEST_WITHOUT_WORK):
            day += step
            found += self.works(day)
            if found == count:
                return day
        return on + count * step
