"""The one place that says which entries a working calendar takes, and refuses the others by what is wrong with them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendars import Kind, Reason, WorkingCalendar, check_year
from vctestimony.domain.entered import TooLong
from vctestimony.domain.errors import Invalid
from vctestimony.domain.instants import FIRST_YEAR, LAST_YEAR
from vctestimony.domain.intervals import Span, overlap
from vctestimony.domain.wording import N_

CLOSING_REASONS = (Reason.CLOSED, Reason.VACATION, Reason.PUBLIC_HOLIDAY, Reason.LEAVE)
LABEL_LIMIT, SOURCE_LIMIT = 200, 500
_MOST_STRETCHES = 12
_WITH_HOURS = {EntryKind.HOURS, EntryKind.SEASON, EntryKind.OPEN}
_MINUTES = 24 * 60
_EVERY_WEEK = (1, 2, 3, 4, 5)


class SourceMissing(Invalid):
    """Whoever reads the calendar must be able to ask where an entry comes from."""

    text = N_("Say where this comes from: an order, a circular, the gazette, or who told you.")


class LabelMissing(Invalid):
    """The page and every refused time name the entry."""

    text = N_("Give it a name, such as the holiday or the reason.")


class DatesBackwards(Invalid):
    """An entry that ends before it begins."""

    text = N_("The last day must not come before the first.")


class LastDayMissing(Invalid):
    """Only a week holds until another one replaces it."""

    text = N_("Enter the last day. For a single day, enter the same day twice.")


class YearOutOfReach(Invalid):
    """No clock rules are known for the year."""

    text = N_("The dates must lie between {first} and {last}.")


class StretchMissing(Invalid):
    """Hours that name no hours."""

    text = N_("Enter at least one stretch of hours, such as 10:30-13:30.")


class TooManyStretches(Invalid):
    """No day of work has so many breaks."""

    text = N_("At most {most} stretches fit on one day.")


class StretchNotMeant(Invalid):
    """A closure of some hours would shut the whole day."""

    text = N_("This closes whole days and takes no hours. For a half day, enter the hours that stay open instead.")


class StretchBackwards(Invalid):
    """A stretch that ends before it begins, or reaches over midnight."""

    text = N_("Each stretch must end after it begins, by 24:00 at the latest. Hours past midnight are two entries.")


class StretchesOverlap(Invalid):
    """Which of the two was meant is not guessed."""

    text = N_("Two stretches of one day overlap. Correct one of them.")


class NoOpenDay(Invalid):
    """Nothing could ever be offered in such a week."""

    text = N_("A week needs at least one day with hours. To close altogether, enter a closure with its dates.")


class NoSuchDayOfWeek(Invalid):
    """Days of the week are counted from Monday as 0, weeks of a month from 1 to 5."""

    text = N_("There is no such day of the week, or no such week of the month.")


class WeekEndsTwice(Invalid):
    """Rows of one week hold together and end together."""

    text = N_("The rows that begin on {first_on} are one week, so they must all have the same last day.")


class NotAReason(Invalid):
    """A weekly holiday is a week without hours on that day."""

    text = N_("Choose closed, vacation, public holiday or leave. A weekly holiday is entered as a week.")


class NoHoliday(Invalid):
    """The calendar below has no holiday that could be left out; a vacation is no holiday."""

    text = N_(
        "The calendar {calendar} has no public holiday on {first_on}. "
        "Check the date, or enter a day that is open instead."
    )


class KeptByThePlace(Invalid):
    """Closures of a post are said once, for everybody there."""

    text = N_("Holidays are kept on the calendar of the place. For one person, enter a day that is open instead.")


def check(entries: Collection[CalendarEntry], *, base: WorkingCalendar, of_person: bool = False) -> None:
    """Refuse the first entry that cannot be used over that calendar.

    A dated entry in a year that nobody entered is refused with the name of the file to fill.
    """
    for entry in entries:
        if of_person and entry.kind in {EntryKind.OBSERVED_NOT, EntryKind.CONFIRMED}:
            raise KeptByThePlace(field="kind")
        _check_words(entry)
        _check_dates(entry, base)
        _check_hours(entry)
    _check_weeks([entry for entry in entries if entry.kind is EntryKind.HOURS])


def _check_words(entry: CalendarEntry) -> None:
    if not entry.source.strip():
        raise SourceMissing(field="source")
    if entry.kind is not EntryKind.HOURS and not entry.label.strip():
        raise LabelMissing(field="label")
    for field, said, limit in (("label", entry.label, LABEL_LIMIT), ("source", entry.source, SOURCE_LIMIT)):
        if len(said) > limit:
            raise TooLong(field=field, length=len(said), limit=limit)
    if entry.kind is EntryKind.CLOSED and entry.reason not in CLOSING_REASONS:
        raise NotAReason(field="reason")


def _check_dates(entry: CalendarEntry, base: WorkingCalendar) -> None:
    last_on = entry.last_on
    if last_on is not None and last_on < entry.first_on:
        raise DatesBackwards(field="last_on")
    for field, on in (("first_on", entry.first_on), ("last_on", last_on)):
        if on is not None and not FIRST_YEAR < on.year < LAST_YEAR:
            raise YearOutOfReach(field=field, first=FIRST_YEAR + 1, last=LAST_YEAR - 1)
    if entry.kind is EntryKind.HOURS:
        return
    if last_on is None:
        raise LastDayMissing(field="last_on")
    for year in range(entry.first_on.year, last_on.year + 1):
        check_year(base, date(year, 1, 1))
    if entry.kind is EntryKind.OBSERVED_NOT and not _any_holiday(entry, base):
        raise NoHoliday(field="first_on", calendar=base.label or base.id, first_on=entry.first_on)


def _any_holiday(entry: CalendarEntry, base: WorkingCalendar) -> bool:
    last_on = entry.last_on or date.max
    return any(
        one.kind is Kind.CLOSED and one.first_on <= last_on and one.last_on >= entry.first_on for one in base.exceptions
    )


def _check_hours(entry: CalendarEntry) -> None:
    if entry.kind not in _WITH_HOURS:
        if entry.stretches:
            raise StretchNotMeant(field="stretches")
        return
    if entry.kind is EntryKind.HOURS:
        _check_weekdays(entry)
    if not entry.stretches:
        raise StretchMissing(field="stretches")
    check_stretches(entry.stretches)


def check_stretches(stretches: Sequence[Span]) -> None:
    """Refuse the hours of one day that cannot be meant."""
    if len(stretches) > _MOST_STRETCHES:
        raise TooManyStretches(field="stretches", most=_MOST_STRETCHES)
    if any(not 0 <= start < end <= _MINUTES for start, end in stretches):
        raise StretchBackwards(field="stretches")
    if _clash(stretches):
        raise StretchesOverlap(field="stretches")


def _check_weekdays(row: CalendarEntry) -> None:
    if not row.weekdays:
        raise NoOpenDay(field="weekdays")
    if not (set(row.weekdays) <= set(range(7)) and set(row.weeks) <= set(_EVERY_WEEK)):
        raise NoSuchDayOfWeek(field="weekdays")


def _check_weeks(rows: Sequence[CalendarEntry]) -> None:
    for at, row in enumerate(rows):
        for other in rows[:at]:
            if row.first_on != other.first_on:
                continue
            if row.last_on != other.last_on:
                raise WeekEndsTwice(field="last_on", first_on=row.first_on)
            if _meet(row, other) and _clash((*row.stretches, *other.stretches)):
                raise StretchesOverlap(field="stretches")


def _meet(row: CalendarEntry, other: CalendarEntry) -> bool:
    """Whether both speak of one weekday in one week of the month."""
    weeks = set(row.weeks or _EVERY_WEEK) & set(other.weeks or _EVERY_WEEK)
    return bool(set(row.weekdays) & set(other.weekdays) and weeks)


def _clash(stretches: Iterable[Span]) -> bool:
    spans = list(stretches)
    return any(overlap(one, other) for at, one in enumerate(spans) for other in spans[:at])
