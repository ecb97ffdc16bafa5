"""The one place for what reading a calendar file gives: entries by line, what is wrong row by row, and the bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendar_years import Entry
from vctestimony.domain.calendars import Reason
from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

MOST_BYTES = 2 * 1024 * 1024
MOST_ENTRIES = 2000
LONGEST_DAYS = 366

HOLDING_STRETCHES = frozenset({EntryKind.HOURS, EntryKind.SEASON, EntryKind.OPEN})
"""Kinds of entry that give hours."""


class FileForm(StrEnum):
    """How a calendar file is written."""

    CSV = "csv"
    ICS = "ics"


@dataclass(frozen=True, slots=True)
class Place:
    """What a file does not say itself: whose clock, which dates a repeated event is entered for, and what stands in
    for a source or reason that a row leaves out."""

    zone: str
    first_on: date
    last_on: date
    source: str = ""
    reason: Reason = Reason.CLOSED


@dataclass(frozen=True, slots=True)
class Row:
    """One entry that can be used, and the line on which it stands."""

    line: int
    entry: CalendarEntry


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong on one line: the column or property, why, and what to do. Both are marked texts with braces."""

    line: int
    column: str
    reason: str
    fix: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CalendarReading:
    """A whole file: what can be used, what cannot, and how many cancelled events were left out."""

    form: FileForm
    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...]
    cancelled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedClosures:
    """What a calendar of closures says to others: `key` and `host` make its events the same ones each time."""

    name: str
    key: str
    host: str
    at: datetime
    closures: tuple[Entry, ...]


class FileRefused(Invalid):
    """The file as a whole cannot be read."""


class NothingSent(FileRefused):
    """Neither a file nor text came."""

    text = N_("Choose a file, or paste its text.")


class FileTooLarge(FileRefused):
    """More than is ever read."""

    text = N_("The file is larger than {megabytes} MB. Send only the coming years, or several smaller files.")


class TooManyEntries(FileRefused):
    """More rows than one upload may bring."""

    text = N_("The file brings more than {most} entries. Send it in smaller pieces.")


class NotText(FileRefused):
    """A workbook, a picture, a PDF, anything with bytes that no text has."""

    text = N_(
        "This is not a text file. If it was made with a spreadsheet, save it there as “CSV UTF-8” and send that file."
    )


class NotUtf8(FileRefused):
    """Letters in another encoding would come out wrong."""

    text = N_(
        "Line {line} is not UTF-8, so letters would come out wrong. Save the file as “CSV UTF-8” or as UTF-8 text."
    )


class WebPage(FileRefused):
    """What a browser saves when a link asks for a sign-in, or leads to a page about the calendar."""

    text = N_("This is a web page, not a calendar. Download the calendar file itself (.ics or .csv) and send that.")


class FileBroken(FileRefused):
    """The file breaks its own form, so no line after it can be trusted."""

    text = N_("The file is broken at line {line}: {detail} Ask for it again, or save it anew.")


class ColumnsMissing(FileRefused):
    """Without these columns no row means anything."""

    text = N_("The first line must name the columns. Missing: {missing}. Download the template to see them all.")


class ColumnsUnknown(FileRefused):
    """A column that is not understood may hold what matters."""

    text = N_("These columns are not known: {unknown}. Correct their spelling or remove them.")
