"""The one place that takes a calendar file from whoever sends it: how large, which letters, table or calendar."""

from collections.abc import Callable, Iterable
from datetime import date

from vctestimony.adapters import calendar_csv, calendar_ics
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendar_files import (
    MOST_BYTES,
    CalendarReading,
    FileTooLarge,
    NothingSent,
    NotText,
    NotUtf8,
    Place,
    PublishedClosures,
    WebPage,
)
from vctestimony.domain.calendars import Reason, Status
from vctestimony.domain.wording import N_

_MARK = "\ufeff"
_NO_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_WORKDAY, _SHORT = ((630, 810), (840, 1020)), ((540, 900),)
NOTES = (
    N_("Lines that begin with # are left out. Write your own lines below them, or take the # away from an example."),
    N_("kind: closed, open (other hours on a date, also on a holiday), season (hours of working days for a while),"),
    N_("hours (weekly hours from first_on until other ones), observed_not (a holiday that is not kept here),"),
    N_("confirmed (tentative dates stand as they are)."),
    N_("first_on, last_on: year, month, day, such as 2026-12-25; one date needs no last_on."),
    N_("weekdays, weeks: for hours only, such as: sun mon tue wed thu, and: 1 3 5 for the first, third and fifth."),
    N_("stretches: hours of 24, such as 10:30-13:30 14:00-17:00, for hours, season and open."),
    N_("label: the name. source: the order, circular or gazette it comes from."),
    N_("status: tentative or estimated while a date may still move; else leave it empty."),
    N_("reason: for closed: public_holiday, vacation, leave or closed."),
)
SHOWN = (
    (EntryKind.CLOSED, (10, 20), (10, 21), N_("Puja, by the moon"), Status.TENTATIVE),
    (EntryKind.CLOSED, (12, 24), (12, 31), N_("Winter vacation"), Status.CONFIRMED),
    (EntryKind.OPEN, (9, 19), (9, 19), N_("Extra sitting on a Saturday"), Status.CONFIRMED),
    (EntryKind.SEASON, (2, 18), (3, 19), N_("Short hours in Ramadan"), Status.TENTATIVE),
    (EntryKind.OBSERVED_NOT, (5, 1), (5, 1), N_("Not kept by this court"), Status.CONFIRMED),
    (EntryKind.CONFIRMED, (6, 17), (6, 17), N_("The moon was seen"), Status.CONFIRMED),
)


class CalendarFiles:
    """Reads and writes calendar entries as files; every limit holds before the work that it bounds."""

    def read(self, content: bytes, place: Place) -> CalendarReading:
        """The entries of a table (CSV) or calendar (ICS); a refusal says what the file is instead."""
        text = _text_of(content)
        start = text.lstrip()[:20].casefold()
        if start.startswith("<"):
            raise WebPage(field="file")
        if start.startswith("begin:"):
            return calendar_ics.read(text, place)
        return calendar_csv.read(text, place)

    def table(self, entries: Iterable[CalendarEntry]) -> bytes:
        """The entries as a table that is read back the same; the mark in front tells spreadsheets that it is UTF-8."""
        return (_MARK + calendar_csv.written(entries)).encode()

    def template(self, year: int, translate: Callable[[str], str]) -> bytes:
        """The columns with notes and examples of that year, none of which is read as an entry."""
        notes = (translate(note) for note in NOTES)
        return (_MARK + calendar_csv.explained(notes, examples(year, translate))).encode()

    def closures(self, published: PublishedClosures) -> bytes:
        """The closures as a calendar file."""
        return calendar_ics.written(published)


def examples(year: int, translate: Callable[[str], str]) -> list[CalendarEntry]:
    """One entry of each kind."""
    source = translate(N_("Notification No. 7 of the court"))
    dated = [
        CalendarEntry(
            kind=kind,
            first_on=date(year, *first),
            last_on=date(year, *last),
            label=translate(label),
            source=source,
            stretches=_SHORT if kind in {EntryKind.OPEN, EntryKind.SEASON} else (),
            status=status,
            reason=Reason.PUBLIC_HOLIDAY if status is Status.TENTATIVE and kind is EntryKind.CLOSED else Reason.CLOSED,
        )
        for kind, first, last, label, status in SHOWN
    ]
    hours = CalendarEntry(
        kind=EntryKind.HOURS,
        first_on=date(year, 4, 1),
        last_on=None,
        label=translate(N_("New weekly hours")),
        source=source,
        weekdays=(0, 1, 2, 3, 4),
        stretches=_WORKDAY,
    )
    return [*dated, hours]


def _text_of(content: bytes) -> str:
    """The text, or a refusal; nothing is decoded before its size is known."""
    if not content.strip():
        raise NothingSent(field="file")
    if len(content) > MOST_BYTES:
        raise FileTooLarge(field="file", megabytes=MOST_BYTES // 2**20)
    if content.startswith(_NO_TEXT) or (b"\0" in content and not content.startswith(_WIDE)):
        raise NotText(field="file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotUtf8(field="file", line=line) from None
