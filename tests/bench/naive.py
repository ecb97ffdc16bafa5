"""The search as one would first write it: every candidate, every participant, the calendar asked each time.

It shares no interval arithmetic with the service, so it is an oracle as well as an anchor. It reads the clock of each
participant at both ends of every part; working hours that a clock change falls into are beyond it, and not asked.
"""

from datetime import date, datetime

from tests.bench.questions import Question
from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.domain.instants import from_min, resolve, to_min, wall_of


def starts_of(question: Question) -> list[int]:
    """Every start, in minutes, at which all of them can."""
    search = question.search
    found: list[int] = []
    for number in range(search.from_on.toordinal(), search.to_on.toordinal() + 1):
        midnight = to_min(resolve(datetime.combine(date.fromordinal(number), datetime.min.time()), search.zone))
        candidates = range(midnight, midnight + 1440, search.step_minutes)
        found += [at for at in candidates if at >= (search.earliest_min or 0) and _all_can(question, at)]
    return found


def _all_can(question: Question, start: int) -> bool:
    at = start
    for part in question.pattern.parts:
        for need in part.needs:
            resource = question.resources[str(need)]
            if resource.calendar is not None and not _works(resource.calendar, at, at + part.minutes):
                return False
            if any(at < end and begin < at + part.minutes for begin, end in resource.busy):
                return False
        at += part.minutes
    return True


def _works(calendar: WorkingCalendar, start: int, end: int) -> bool:
    opens, closes = wall_of(from_min(start), calendar.zone), wall_of(from_min(end), calendar.zone)
    on = opens.date()
    if closes.date() != on or any(exception.first_on <= on <= exception.last_on for exception in calendar.exceptions):
        return False
    first, last = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
    return any(
        rule.weekday == on.weekday() and rule.open_min <= first and last <= rule.close_min
        for rule in calendar.rules or ()
    )
