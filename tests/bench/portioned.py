"""The same search written with the interval library `portion`: an anchor that is no straw man, and a second oracle."""

from datetime import date, datetime

import portion

from tests.bench.questions import DAY, Question
from vctestimony.domain.calendars import open_course
from vctestimony.domain.instants import resolve, to_min
from vctestimony.domain.slots import SlotResource

_FAR = 1 << 40


def starts_of(question: Question) -> list[int]:
    """Every start: open time minus what is taken, moved to where the pattern begins, all of it intersected."""
    search = question.search
    midnights = [
        to_min(resolve(datetime.combine(date.fromordinal(number), datetime.min.time()), search.zone))
        for number in range(search.from_on.toordinal(), search.to_on.toordinal() + 1)
    ]
    possible = portion.closedopen(max(midnights[0], search.earliest_min or 0), midnights[-1] + DAY)
    offset = 0
    calendars = {one.calendar: _opened(question, one) for one in question.resources.values()}
    free = {key: calendars[one.calendar] - _taken(one) for key, one in question.resources.items()}
    for part in question.pattern.parts:
        for need in part.needs:
            room = portion.Interval(
                *(
                    portion.closedopen(one.lower - offset, one.upper - offset - part.minutes + 1)
                    for one in free[str(need)]
                    if one.upper - one.lower >= part.minutes
                )
            )
            possible &= room
        offset += part.minutes
    return [at for one in possible for at in _grid(one.lower, one.upper, midnights, search.step_minutes)]


def _opened(question: Question, resource: SlotResource) -> portion.Interval:
    if resource.calendar is None:
        return portion.closedopen(0, _FAR)
    search = question.search
    spans = open_course(resource.calendar, search.from_on, search.to_on, spill_days=1)
    return portion.Interval(*(portion.closedopen(start, end) for start, end in spans))


def _taken(resource: SlotResource) -> portion.Interval:
    return portion.Interval(*(portion.closedopen(start, end) for start, end in resource.busy))


def _grid(lower: int, upper: int, midnights: list[int], step: int) -> list[int]:
    """The questions' zone has no clock changes, so one grid runs through all dates."""
    first = midnights[0] + -(-(lower - midnights[0]) // step) * step
    return list(range(first, upper, step))
