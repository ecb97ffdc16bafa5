"""The use-cases that give a calendar away as files: an empty table, what was entered, closures for other calendars."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from vctestimony.domain.access import Actor
from vctestimony.domain.calendar_files import PublishedClosures
from vctestimony.domain.calendar_years import Entry, entries_of
from vctestimony.domain.calendars import Kind, WorkingCalendar
from vctestimony.domain.instants import wall_of
from vctestimony.services import journal
from vctestimony.services.calendar_entries import Owner, calendar_of, kept_by
from vctestimony.services.places import known_post, subject_of
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import working_hours
from vctestimony.store import calendar_entries as store

CSV, ICS = "text/csv", "text/calendar"


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be saved under a neutral name."""

    file_name: str
    mimetype: str
    content: bytes


def template(unit: Unit, translate: Callable[[str], str], *, by: Actor) -> Download:
    """The empty table, its notes and examples in the reader's language and of their present year."""
    year = wall_of(unit.now, by.zone or "UTC").year
    return Download("calendar-template.csv", CSV, unit.ports.calendar_files.template(year, translate))


def entries(unit: Unit, owner: Owner, *, by: Actor) -> Download:
    """What was entered for a post or official, for those who keep it; brought in again it changes nothing.

    That it was given away is written down, and how many rows it had.
    """
    kept = kept_by(unit, owner, by=by)
    found = [store.entry_of(row) for row in store.rows_of(unit.session, kept.keeper)]
    journal.write(unit, "calendar.exported", subject=kept.subject, by=by, rows=len(found))
    name = f"{kept.subject.replace(':', '-')}-entries.csv"
    return Download(name, CSV, unit.ports.calendar_files.table(found))


def closures_of_post(unit: Unit, code: str, *, by: Actor) -> Download:
    """The closed days of the post in the years that are known, from this one on."""
    post = known_post(unit, code, by=by)
    calendar = working_hours(unit, [post]).of_post(post.id)
    return _closures(unit, calendar, name=post.name, key=subject_of(post))


def closures_of_official(unit: Unit, official_id: int, *, by: Actor) -> Download:
    """The same of an official, for those who keep the post."""
    kept = kept_by(unit, Owner(official_id=official_id), by=by)
    name = kept.official.name if kept.official else ""
    return _closures(unit, calendar_of(unit, kept), name=name, key=kept.subject)


def _closures(unit: Unit, calendar: WorkingCalendar, *, name: str, key: str) -> Download:
    published = PublishedClosures(
        name=name, key=key, host=unit.ports.addresses.uid_host, at=unit.now, closures=_closed(unit, calendar)
    )
    file_name = f"{key.replace(':', '-')}-closures.ics"
    return Download(file_name, ICS, unit.ports.calendar_files.closures(published))


def _closed(unit: Unit, calendar: WorkingCalendar) -> tuple[Entry, ...]:
    this_year = wall_of(unit.now, calendar.zone).year
    years = sorted(year for year in calendar.known_years or {this_year, this_year + 1} if year >= this_year)
    found = (entry for year in years for entry in entries_of(calendar, date(year, 1, 1), date(year, 12, 31)))
    return tuple(entry for entry in found if entry.kind is Kind.CLOSED)
