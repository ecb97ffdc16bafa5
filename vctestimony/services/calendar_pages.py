"""What the pages of a kept calendar show: its year, what was entered over it, and the hearings that do not fit it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vctestimony.domain.access import Actor, may_manage
from vctestimony.domain.calendar_entries import DATED, CalendarEntry, EntryKind, compose
from vctestimony.domain.calendar_years import CalendarYear, Weekdays, week_of, year_of
from vctestimony.domain.calendars import Reason, Status, WorkingCalendar
from vctestimony.domain.errors import Absent, Stale
from vctestimony.domain.instants import wall_of
from vctestimony.domain.intervals import Span
from vctestimony.services.calendar_entries import Kept, Owner, calendar_of, kept_by, rows_of_week
from vctestimony.services.place_pages import CalendarSummary, PostLine, line_of, summary_of
from vctestimony.services.places import known_post
from vctestimony.services.stranded import Stranded, stranded
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import working_hours
from vctestimony.store import calendar_entries as store
from vctestimony.store import places
from vctestimony.store.models import CalendarEntryRow

_NO_HOURS = WorkingCalendar("", "", "UTC", ())


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose calendar a page is about. `person` is the name of an official, with `official_id`; else it is the post."""

    post: PostLine
    official_id: int | None = None
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """An entry as a page shows it; the rows of a week are one, with its days in `week`. A week without a last day
    holds until another replaces it. `id` 0: not stored yet."""

    id: int
    version: int
    kind: EntryKind
    first_on: date
    last_on: date | None
    label: str
    source: str
    status: Status
    reason: Reason
    stretches: tuple[Span, ...]
    week: tuple[Weekdays, ...]
    rows: tuple[CalendarEntry, ...]

    @property
    def doubtful(self) -> bool:
        """Whether its dates may still move."""
        return self.kind in DATED and self.status is not Status.CONFIRMED

    @property
    def fits_form(self) -> bool:
        """Whether the forms can show all of it: of each weekday the hours of one row, and no confirmation."""
        days = [day for row in self.rows for day in row.weekdays]
        said = {(row.label, row.source) for row in self.rows}
        return self.kind is not EntryKind.CONFIRMED and len(days) == len(set(days)) and len(said) == 1


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year of the calendar. What was entered and what does not fit is there for those who keep it."""

    subject: Subject
    year: CalendarYear
    calendar: CalendarSummary
    may_keep: bool
    entered: tuple[Entered, ...] = ()
    misfits: tuple[Stranded, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry to be changed or taken back, or none for a new one; which day it is by the clock of the place."""

    subject: Subject
    today_on: date
    entered: Entered | None = None

    def are_over(self, coming: Collection[Entered]) -> bool:
        """Whether every one of them lies before today; perhaps day and month were exchanged."""
        lasts = [one.last_on for one in coming]
        return bool(lasts) and all(last_on is not None and last_on < self.today_on for last_on in lasts)


def post_year(unit: Unit, code: str, year: int | None, *, by: Actor) -> YearPage:
    """The year asked for, else the present one at the post."""
    row = known_post(unit, code, by=by)
    if may_manage(by, post_id=row.id):
        return _kept_year(unit, kept_by(unit, Owner(code), by=by), year, by=by)
    calendar = working_hours(unit, [row]).of_post(row.id)
    summary = summary_of(unit, calendar)
    return YearPage(Subject(line_of(unit, row)), year_of(calendar, year or summary.this_year), summary, may_keep=False)


def official_year(unit: Unit, official_id: int, year: int | None, *, by: Actor) -> YearPage:
    """The same of an official, for those who keep the post; and for that person, to look at."""
    row = places.official(unit.session, official_id)
    if row is not None and by.official_id == row.id and not may_manage(by, post_id=row.post_id):
        calendar = working_hours(unit, [row.post], [row]).of_official(row)
        subject, summary = Subject(line_of(unit, row.post), row.id, row.name), summary_of(unit, calendar)
        return YearPage(subject, year_of(calendar, year or summary.this_year), summary, may_keep=False)
    return _kept_year(unit, kept_by(unit, Owner(official_id=official_id), by=by), year, by=by)


def entry_page(unit: Unit, owner: Owner, entry_id: int | None = None, *, by: Actor) -> EntryPage:
    """The entry, or the whole week it is a row of; Stale when somebody took it back."""
    kept = kept_by(unit, owner, by=by)
    subject, today_on = _subject(unit, kept), wall_of(unit.now, kept.post.zone).date()
    if entry_id is None:
        return EntryPage(subject, today_on)
    row = store.row(unit.session, entry_id, kept.keeper)
    if row is None:
        raise Absent()
    if row.withdrawn_at is not None:
        raise Stale()
    return EntryPage(subject, today_on, _entered(rows_of_week(row, store.rows_of(unit.session, kept.keeper))))


def shown(entries: Iterable[CalendarEntry]) -> tuple[Entered, ...]:
    """Entries that are not stored yet, as a page shows them: those of one week together."""
    weeks: dict[date, list[CalendarEntry]] = {}
    found = []
    for entry in entries:
        if entry.kind is EntryKind.HOURS:
            weeks.setdefault(entry.first_on, []).append(entry)
        else:
            found.append(_as_shown([entry]))
    return (*found, *(_as_shown(rows) for rows in weeks.values()))


def _kept_year(unit: Unit, kept: Kept, year: int | None, *, by: Actor) -> YearPage:
    calendar = calendar_of(unit, kept)
    summary = summary_of(unit, calendar)
    shown = year or summary.this_year
    rows = [row for row in store.rows_of(unit.session, kept.keeper) if _touches(row, shown)]
    return YearPage(
        subject=_subject(unit, kept),
        year=year_of(calendar, shown),
        calendar=summary,
        may_keep=True,
        entered=_all_entered(rows),
        misfits=stranded(unit, kept.keeper, by=by),
    )


def _touches(row: CalendarEntryRow, year: int) -> bool:
    """Weeks stand in every year from their first on, all else in the years of its dates."""
    return row.first_on.year <= year and (row.last_on is None or row.last_on.year >= year)


def _subject(unit: Unit, kept: Kept) -> Subject:
    post = line_of(unit, kept.post)
    return Subject(post) if kept.official is None else Subject(post, kept.official.id, kept.official.name)


def _all_entered(rows: Sequence[CalendarEntryRow]) -> tuple[Entered, ...]:
    seen: set[int] = set()
    found = []
    for row in rows:
        if row.id not in seen:
            together = rows_of_week(row, rows)
            seen |= {one.id for one in together}
            found.append(_entered(together))
    return tuple(found)


def _entered(rows: Sequence[CalendarEntryRow]) -> Entered:
    return replace(_as_shown([store.entry_of(row) for row in rows]), id=rows[0].id, version=rows[0].version)


def _as_shown(rows: Sequence[CalendarEntry]) -> Entered:
    first = rows[0]
    is_week = first.kind is EntryKind.HOURS
    open_ended = [replace(row, last_on=None, label="", source="") for row in rows]
    on = first.first_on
    return Entered(
        id=0,
        version=0,
        kind=first.kind,
        first_on=on,
        last_on=first.last_on,
        label=first.label,
        source="; ".join(dict.fromkeys(row.source for row in rows)),
        status=first.status,
        reason=first.reason,
        stretches=first.stretches,
        week=_week(compose(_NO_HOURS, open_ended), on) if is_week else (),
        rows=tuple(rows),
    )


def _week(calendar: WorkingCalendar, on: date) -> tuple[Weekdays, ...]:
    """The days of the week, without saying again from when it holds."""
    rules = tuple(replace(rule, valid_from=None) for rule in calendar.rules or ())
    return week_of(replace(calendar, rules=rules), on, on)
