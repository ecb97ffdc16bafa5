"""The one place that lays out seven days of a calendar, Sunday to Saturday: open, closed and why, and what is taken."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from vctestimony.domain.calendar_years import SUNDAY, Entry, entries_of
from vctestimony.domain.calendars import Closure, Kind, WorkingCalendar, closure_of, is_known, ordinary_hours, windows
from vctestimony.domain.intervals import Span
from vctestimony.domain.local_days import local_day
from vctestimony.domain.wording import N_

DAYS = 7


class TakenKind(StrEnum):
    """By what something is taken; never more than this is said."""

    BOOKING = "booking"
    HOLD = "hold"
    LEAVE = "leave"
    BUSY = "busy"
    TENTATIVE = "tentative"


TAKEN_LABELS: dict[TakenKind, str] = {
    TakenKind.BOOKING: N_("hearing"),
    TakenKind.HOLD: N_("held for a hearing"),
    TakenKind.LEAVE: N_("on leave"),
    TakenKind.BUSY: N_("busy"),
    TakenKind.TENTATIVE: N_("busy, not sure yet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A room, link or person taken in [start_min, end_min); the hearing's reference only for those who may see it."""

    start_min: int
    end_min: int
    kind: TakenKind
    who: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One date. A date whose year was not entered is not `known` and says neither open nor closed.

    `opens` and `taken` are cut to the date; `special` are the openings and seasons that give the date its hours.
    """

    on: date
    start_min: int
    end_min: int
    known: bool
    opens: tuple[Span, ...]
    closures: tuple[Closure, ...]
    special: tuple[Entry, ...]
    taken: tuple[Taken, ...]

    def is_whole(self, piece: Taken) -> bool:
        """Whether the piece takes the date from its first to its last minute."""
        return piece.start_min <= self.start_min and piece.end_min >= self.end_min


def first_of_week(on: date) -> date:
    """The Sunday on or before the date.

    >>> first_of_week(date(2026, 9, 14)).isoformat(), first_of_week(date(2026, 9, 13)).isoformat()
    ('2026-09-13', '2026-09-13')
    """
    return on - timedelta(days=(on.weekday() - SUNDAY) % DAYS)


def first_of_working_week(calendar: WorkingCalendar, on: date) -> date:
    """The Sunday on or before the date where the calendar ordinarily works on it, as in Bangladesh; else the Monday."""
    sunday_on = first_of_week(on)
    if calendar.rules is not None and ordinary_hours(calendar, sunday_on):
        return sunday_on
    return on - timedelta(days=on.weekday())


def span_of_week(on: date, zone: str) -> Span:
    """The week of the date by the clock of the zone, in epoch minutes."""
    first_on = first_of_week(on)
    last_on = first_on + timedelta(days=DAYS - 1)
    return local_day(first_on, zone).start_min, local_day(last_on, zone).end_min


def seven_days(calendar: WorkingCalendar, on: date, taken: Iterable[Taken]) -> tuple[WeekDay, ...]:
    """The week of the date; what is taken may come in any order and reach beyond the week."""
    first_on, pieces = first_of_week(on), joined(taken)
    return tuple(_day(calendar, first_on + timedelta(days=number), pieces) for number in range(DAYS))


def joined(taken: Iterable[Taken]) -> tuple[Taken, ...]:
    """By who and time, with what touches and says the same made one: the parts of a hearing are one piece."""
    found: list[Taken] = []
    for piece in sorted(taken, key=lambda one: (one.who, one.kind, one.reference, one.start_min, one.end_min)):
        last = found[-1] if found else None
        if last is not None and _says_the_same(last, piece) and piece.start_min <= last.end_min:
            found[-1] = replace(last, end_min=max(last.end_min, piece.end_min))
        else:
            found.append(piece)
    return tuple(sorted(found, key=lambda one: (one.who, one.start_min, one.end_min, one.kind, one.reference)))


def _says_the_same(one: Taken, other: Taken) -> bool:
    return (one.who, one.kind, one.reference) == (other.who, other.kind, other.reference)


def _day(calendar: WorkingCalendar, on: date, pieces: Iterable[Taken]) -> WeekDay:
    day = local_day(on, calendar.zone)
    start, end = day.start_min, day.end_min
    known = is_known(calendar, on)
    opens = windows(calendar, on) if known else ()
    special = entries_of(calendar, on, on) if opens else ()
    here = (one for one in pieces if one.start_min < end and one.end_min > start)
    return WeekDay(
        on=on,
        start_min=start,
        end_min=end,
        known=known,
        opens=opens,
        closures=closure_of(calendar, on) if known else (),
        special=tuple(entry for entry in special if entry.kind is not Kind.CLOSED),
        taken=tuple(replace(one, start_min=max(one.start_min, start), end_min=min(one.end_min, end)) for one in here),
    )
