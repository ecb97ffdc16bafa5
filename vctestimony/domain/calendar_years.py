"""The one place that lays out a working calendar as a year: weekly hours, months of weeks, and every dated entry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from vctestimony.domain.calendars import (
    Closure,
    DatedException,
    Kind,
    Reason,
    Rule,
    Status,
    WorkingCalendar,
    closure_of,
    is_known,
)
from vctestimony.domain.intervals import Span

SUNDAY = 6
WEEK = (SUNDAY, 0, 1, 2, 3, 4, 5)
_DAY = timedelta(days=1)
_ORDER = {Kind.CLOSED: 0, Kind.OPEN: 1, Kind.SEASON: 2}


class DayKind(StrEnum):
    """What a date of the year is."""

    WORKING = "working"
    WEEKLY = "weekly"
    CLOSED = "closed"
    EXTRA = "extra"
    SEASON = "season"


@dataclass(frozen=True, slots=True)
class YearDay:
    """One date. `entry` numbers the dated entry that explains it; `doubtful` when the date may still move."""

    on: date
    kind: DayKind
    entry: int | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month in whole weeks from Sunday to Saturday; None pads the first and the last."""

    first_on: date
    weeks: tuple[tuple[YearDay | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Stretches of a weekday in minutes of the date, with what limits them."""

    stretches: tuple[Span, ...]
    weeks: tuple[int, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    label: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week in a row that have the same hours (Monday is 0); without hours they are weekly holidays."""

    first: int
    last: int
    hours: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something entered for dates of the year, cut to it: a closure, an opening or the hours of a season.

    Days in a row of which the same is said are one entry.
    """

    number: int
    first_on: date
    last_on: date
    kind: Kind
    reason: Reason
    label: str
    source: str
    status: Status
    stretches: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year of a calendar. `known` False means that nobody entered its closures: it has no months then."""

    year: int
    known: bool
    always_open: bool
    week: tuple[Weekdays, ...]
    months: tuple[Month, ...]
    entries: tuple[Entry, ...]


def year_of(calendar: WorkingCalendar, year: int) -> CalendarYear:
    """The year as people read it; one that was not entered has its weekly hours only."""
    first_on, last_on = date(year, 1, 1), date(year, 12, 31)
    known = is_known(calendar, first_on)
    entries = entries_of(calendar, first_on, last_on) if known else ()
    return CalendarYear(
        year=year,
        known=known,
        always_open=calendar.rules is None,
        week=week_of(calendar, first_on, last_on),
        months=tuple(_month(calendar, date(year, month, 1), entries) for month in range(1, 13)) if known else (),
        entries=entries,
    )


def week_of(calendar: WorkingCalendar, first_on: date, last_on: date) -> tuple[Weekdays, ...]:
    """The hours of each weekday that hold on some date from the first to the last, Sunday first."""
    rules = [rule for rule in calendar.rules or () if _holds_between(rule, first_on, last_on)]
    rows: list[Weekdays] = []
    for number in WEEK:
        hours = _hours(rules, number)
        if rows and rows[-1].hours == hours:
            rows[-1] = Weekdays(rows[-1].first, number, hours)
        else:
            rows.append(Weekdays(number, number, hours))
    return tuple(rows)


def entries_of(calendar: WorkingCalendar, first_on: date, last_on: date) -> tuple[Entry, ...]:
    """Every closure, opening and season that touches the dates, cut to them, in order of time."""
    return _cut(_touching(calendar, first_on, last_on), first_on, last_on)


def _touching(calendar: WorkingCalendar, first_on: date, last_on: date) -> list[DatedException]:
    touching = (one for one in calendar.exceptions if one.first_on <= last_on and one.last_on >= first_on)
    return _runs(sorted(touching, key=lambda one: (one.first_on, one.last_on, _ORDER[one.kind], one.label)))


def _cut(ordered: Iterable[DatedException], first_on: date, last_on: date) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            number=number,
            first_on=max(one.first_on, first_on),
            last_on=min(one.last_on, last_on),
            kind=one.kind,
            reason=one.reason,
            label=one.label,
            source=one.source,
            status=one.status,
            stretches=one.stretches,
        )
        for number, one in enumerate(ordered, start=1)
    )


def upcoming(calendar: WorkingCalendar, from_on: date, *, days: int) -> tuple[Entry, ...]:
    """The entries of the days to come, each with its own last day even where it lies beyond them."""
    return _cut(_touching(calendar, from_on, from_on + (days - 1) * _DAY), from_on, date.max)


def _runs(ordered: Iterable[DatedException]) -> list[DatedException]:
    """The same, where what is said of days in a row is said once."""
    runs: list[DatedException] = []
    for one in ordered:
        before = replace(one, last_on=one.first_on - _DAY)
        same = (at for at, run in enumerate(runs) if replace(run, first_on=before.first_on) == before)
        at = next(same, None)
        if at is None:
            runs.append(one)
        else:
            runs[at] = replace(runs[at], last_on=one.last_on)
    return runs


def _holds_between(rule: Rule, first_on: date, last_on: date) -> bool:
    begins, ends = rule.valid_from or date.min, rule.valid_to or date.max
    return begins <= last_on and ends >= first_on


def _hours(rules: list[Rule], number: int) -> tuple[Hours, ...]:
    """The rules of the weekday, those with the same limits as one line."""
    lines: dict[Hours, list[Span]] = {}
    for rule in rules:
        if rule.weekday == number:
            limits = Hours((), rule.weeks, rule.valid_from, rule.valid_to, rule.label, rule.source)
            lines.setdefault(limits, []).append((rule.open_min, rule.close_min))
    return tuple(replace(limits, stretches=tuple(sorted(spans))) for limits, spans in lines.items())


def _month(calendar: WorkingCalendar, first_on: date, entries: tuple[Entry, ...]) -> Month:
    before = (first_on.weekday() - SUNDAY) % 7
    cells: list[YearDay | None] = [None] * before
    cells += [_day(calendar, on, entries) for on in _dates_of_month(first_on)]
    cells += [None] * (-len(cells) % 7)
    return Month(first_on, tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7)))


def _dates_of_month(first_on: date) -> Iterator[date]:
    on = first_on
    while on.month == first_on.month:
        yield on
        on += _DAY


def _day(calendar: WorkingCalendar, on: date, entries: tuple[Entry, ...]) -> YearDay:
    here = [entry for entry in entries if entry.first_on <= on <= entry.last_on]
    closures = closure_of(calendar, on)
    if closures:
        return _closed(on, closures, here)
    extra = next((entry for entry in here if entry.kind is Kind.OPEN), None)
    season = next((entry for entry in reversed(here) if entry.kind is Kind.SEASON), None)
    found = extra or season
    if found is None:
        return YearDay(on, DayKind.WORKING)
    kind = DayKind.EXTRA if extra else DayKind.SEASON
    return YearDay(on, kind, found.number, doubtful=found.status is not Status.CONFIRMED)


def _closed(on: date, closures: tuple[Closure, ...], here: list[Entry]) -> YearDay:
    """Sure as soon as one of its reasons is; a weekly holiday always is."""
    entry = next((entry.number for entry in here if entry.kind is not Kind.SEASON), None)
    doubtful = all(closure.status is not Status.CONFIRMED for closure in closures)
    if entry is None:
        return YearDay(on, DayKind.WEEKLY)
    return YearDay(on, DayKind.CLOSED, entry, doubtful=doubtful)
