"""The one place that says when a post, person or room works: weekly hours, seasons, closures, openings, known years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from vctestimony.domain.errors import Invalid
from vctestimony.domain.instants import FIRST_YEAR, LAST_YEAR
from vctestimony.domain.intervals import Span, course
from vctestimony.domain.local_days import closing_min, local_day, opening_min
from vctestimony.domain.wording import N_


class Kind(StrEnum):
    """What a dated exception does to the week's hours."""

    CLOSED = "closed"
    OPEN = "open"
    SEASON = "season"


class Status(StrEnum):
    """How sure the date is: moon-sighted and not yet notified dates move."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    ESTIMATED = "estimated"


class Reason(StrEnum):
    """Why a day brings no hours, as calendars and refusals name it."""

    WEEKLY_HOLIDAY = "weekly_holiday"
    PUBLIC_HOLIDAY = "public_holiday"
    VACATION = "vacation"
    LEAVE = "leave"
    CLOSED = "closed"
    SEASON = "season"


STATUS_LABELS: dict[Status, str] = {
    Status.CONFIRMED: N_("confirmed"),
    Status.TENTATIVE: N_("tentative, to be confirmed"),
    Status.ESTIMATED: N_("estimated, may move by a day"),
}
REASON_LABELS: dict[Reason, str] = {
    Reason.WEEKLY_HOLIDAY: N_("weekly holiday"),
    Reason.PUBLIC_HOLIDAY: N_("public holiday"),
    Reason.VACATION: N_("vacation"),
    Reason.LEAVE: N_("on leave"),
    Reason.CLOSED: N_("closed"),
    Reason.SEASON: N_("hours of the season"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One stretch of one weekday (Monday is 0) in minutes of its date; a break is two rules, 1440 the next midnight.

    `weeks` limits the rule to those occurrences of the weekday in the month: (1, 3, 5) is "2nd and 4th closed".
    `source` says who set these hours.
    """

    weekday: int
    open_min: int
    close_min: int
    valid_from: date | None = None
    valid_to: date | None = None
    label: str = ""
    weeks: tuple[int, ...] = ()
    source: str = ""

    def applies(self, on: date) -> bool:
        """Whether the rule speaks about the date."""
        return (
            on.weekday() == self.weekday
            and (self.valid_from is None or on >= self.valid_from)
            and (self.valid_to is None or on <= self.valid_to)
            and (not self.weeks or (on.day + 6) // 7 in self.weeks)
        )


@dataclass(frozen=True, slots=True)
class DatedException:
    """What differs from the week on the dates `first_on` to `last_on`, both included.

    `closed` shuts; `open` gives these stretches instead of the week's and wins over `closed`; `season` gives these
    stretches to the days the week opens anyway (Ramadan hours, morning courts).
    """

    first_on: date
    last_on: date
    kind: Kind
    stretches: tuple[Span, ...] = ()
    label: str = ""
    source: str = ""
    status: Status = Status.CONFIRMED
    reason: Reason = Reason.CLOSED
    cut_from: date | None = None

    @property
    def began_on(self) -> date:
        """Its first date, or that of the longer one it was cut from."""
        return self.cut_from or self.first_on

    def covers(self, on: date) -> bool:
        """Whether the date is one of its dates."""
        return self.first_on <= on <= self.last_on


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When somebody or something works, in its own zone. `rules` None means at all hours unless an exception says no.

    `known_years` are the years whose closures were entered; None means that the caller gave all there is to know.
    """

    id: str
    version: str
    zone: str
    rules: tuple[Rule, ...] | None
    exceptions: tuple[DatedException, ...] = ()
    known_years: frozenset[int] | None = None
    label: str = ""
    file: str = ""
    note: str = ""
    fingerprint: int = field(init=False, compare=False, repr=False, default=0)

    def __post_init__(self) -> None:
        content = (self.id, self.version, self.zone, self.rules, self.exceptions, self.known_years)
        object.__setattr__(self, "fingerprint", hash(content))

    def __hash__(self) -> int:
        """Worked out once: calendars are keys of everything that is remembered."""
        return self.fingerprint


@dataclass(frozen=True, slots=True)
class Closure:
    """One reason why a date brings no hours."""

    reason: Reason
    label: str = ""
    status: Status = Status.CONFIRMED
    source: str = ""


class HolidayYearMissing(Invalid):
    """Nobody entered the year's closures; a missing fact refuses, it never means "no holidays"."""

    text = N_(
        "The closures of {year} are not entered for the calendar {calendar}, so no time in {year} can be offered. "
        "Fill in the year in {file}."
    )


class NeverOpen(Invalid):
    """A calendar without hours is no calendar of closed days: somebody must say when it works."""

    text = N_(
        "The working calendar {calendar} has no open day from {first_on} to {last_on}: no weekly hours hold then. "
        "Enter its hours before a time is searched."
    )


@lru_cache(maxsize=65536)
def windows(calendar: WorkingCalendar, day: date) -> tuple[Span, ...]:
    """The open stretches of the date in epoch minutes, joined where they touch; refuses a year not entered.

    An edge in a clock gap moves to the gap's end; a repeated one opens at its second and closes at its first time,
    so that no doubtful hour is offered. Remembered per calendar, version and date.
    """
    check_year(calendar, day)
    stretches = _stretches(calendar, day)
    if stretches is None:
        whole = local_day(day, calendar.zone)
        return ((whole.start_min, whole.end_min),) if whole.start_min < whole.end_min else ()
    zone = calendar.zone
    return tuple(
        course((opening_min(day, start, zone), closing_min(day, end, zone)) for start, end in stretches if start < end)
    )


@lru_cache(maxsize=4096)
def open_course(calendar: WorkingCalendar, first_on: date, last_on: date, *, spill_days: int = 1) -> tuple[Span, ...]:
    """The open stretches from the first to the last date, joined across midnight, and of a few dates at either rim.

    The dates asked for must be in years that were entered. A date at the rim, which only a hearing that spills over
    or a zone further east or west reaches, counts as shut when its year is not known.
    """
    return tuple(course(_around(calendar, first_on, last_on, spill_days)))


def _around(calendar: WorkingCalendar, first_on: date, last_on: date, spill_days: int) -> Iterator[Span]:
    for number in range(first_on.toordinal() - 1, last_on.toordinal() + spill_days + 1):
        day = date.fromordinal(number)
        asked = first_on <= day <= last_on
        if asked or (is_known(calendar, day) and FIRST_YEAR < day.year <= LAST_YEAR):
            yield from windows(calendar, day)


def is_known(calendar: WorkingCalendar, day: date) -> bool:
    """Whether the closures of the date's year were entered."""
    return calendar.known_years is None or day.year in calendar.known_years


def check_year(calendar: WorkingCalendar, day: date) -> None:
    """Refuse a date in a year that nobody entered, and name the file to fill."""
    if not is_known(calendar, day):
        raise HolidayYearMissing(
            calendar=calendar.label or calendar.id, year=day.year, file=calendar.file or calendar.id
        )


def check_opens(calendar: WorkingCalendar, first_on: date, last_on: date) -> None:
    """Refuse dates for which nobody entered any hours; that all of them are holidays is no refusal."""
    hours = (((rule.valid_from or date.min), (rule.valid_to or date.max)) for rule in calendar.rules or ())
    sittings = ((one.first_on, one.last_on) for one in calendar.exceptions if one.kind is Kind.OPEN)
    if calendar.rules is None or any(
        first <= last_on and last >= first_on for spans in (hours, sittings) for first, last in spans
    ):
        return
    raise NeverOpen(calendar=calendar.label or calendar.id, first_on=first_on, last_on=last_on)


def _stretches(calendar: WorkingCalendar, day: date) -> Sequence[Span] | None:
    """The date's hours in minutes of the date; None for all of it."""
    dated = [exception for exception in calendar.exceptions if exception.covers(day)]
    openings = [exception for exception in dated if exception.kind is Kind.OPEN]
    if openings:
        return [span for opening in openings for span in opening.stretches]
    if any(exception.kind is Kind.CLOSED for exception in dated):
        return []
    if calendar.rules is None:
        return None
    weekly = [(rule.open_min, rule.close_min) for rule in calendar.rules if rule.applies(day)]
    seasons = [exception for exception in dated if exception.kind is Kind.SEASON]
    return max(seasons, key=lambda season: season.began_on).stretches if weekly and seasons else weekly


@lru_cache(maxsize=16384)
def closure_of(calendar: WorkingCalendar, day: date) -> tuple[Closure, ...]:
    """Every reason why the date brings no hours; empty when it brings some. Refuses a year not entered."""
    if windows(calendar, day):
        return ()
    dated = [exception for exception in calendar.exceptions if exception.covers(day)]
    if any(exception.kind is Kind.OPEN for exception in dated):
        return tuple(_as_closure(exception) for exception in dated if exception.kind is Kind.OPEN)
    closures = [_as_closure(exception) for exception in dated if exception.kind is Kind.CLOSED]
    if not ordinary_hours(calendar, day):
        closures.insert(0, Closure(Reason.WEEKLY_HOLIDAY))
    return tuple(dict.fromkeys(closures))


def _as_closure(exception: DatedException) -> Closure:
    return Closure(exception.reason, exception.label, exception.status, exception.source)


def ordinary_hours(calendar: WorkingCalendar, day: date) -> tuple[Span, ...]:
    """The week's own hours of the date in minutes of the date, before any exception."""
    if calendar.rules is None:
        return ((0, 1440),)
    return tuple((rule.open_min, rule.close_min) for rule in calendar.rules if rule.applies(day))
