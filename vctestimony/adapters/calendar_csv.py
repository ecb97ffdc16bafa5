"""The one place that reads and writes calendar entries as a table (CSV): a row an entry, each error with its column."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from vctestimony.adapters import calendar_cells as cells
from vctestimony.adapters.calendar_cells import Bad, DateOrder
from vctestimony.domain import entered
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendar_files import (
    HOLDING_STRETCHES,
    LONGEST_DAYS,
    MOST_ENTRIES,
    CalendarReading,
    ColumnsMissing,
    ColumnsUnknown,
    FileBroken,
    FileForm,
    Place,
    Row,
    RowProblem,
    TooManyEntries,
)
from vctestimony.domain.calendars import Reason, Status
from vctestimony.domain.entry_checks import CLOSING_REASONS, LABEL_LIMIT, SOURCE_LIMIT
from vctestimony.domain.wording import N_

COLUMNS = (
    "kind", "first_on", "last_on", "weekdays", "weeks", "stretches", "label", "source", "status", "reason",
)  # fmt: skip
NEEDED = ("kind", "first_on", "label")
NOTE = "#"
LONGEST_CELL = 1000
_DOUBTFUL = frozenset({EntryKind.CLOSED, EntryKind.OPEN, EntryKind.SEASON})
Word = TypeVar("Word", bound=StrEnum)
Read = TypeVar("Read")


@dataclass(slots=True)
class _Record:
    """One row being read: its cells by column, and what is wrong with them."""

    line: int
    cells: Mapping[str, str]
    problems: list[RowProblem] = field(default_factory=list)

    def cell(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    @property
    def gives_hours(self) -> bool:
        """Whether it is a row of a week."""
        return self.cell("kind").casefold() == EntryKind.HOURS

    def wrong(self, column: str, reason: str, fix: str, **values: object) -> None:
        self.problems.append(RowProblem(self.line, column, reason, fix, values))

    def read(self, column: str, reader: Callable[[str], Read], empty: Read) -> Read:
        """What the reader makes of the cell; `empty` for an empty or a bad one."""
        if not self.cell(column):
            return empty
        if len(self.cell(column)) > LONGEST_CELL:
            self.wrong(column, entered.TooLong.text, N_("Type the text again."), **_size(self.cell(column)))
            return empty
        try:
            return reader(self.cell(column))
        except Bad as bad:
            self.wrong(column, bad.reason, bad.fix, **bad.values)
            return empty

    def word(self, column: str, offered: Iterable[Word], empty: Word) -> Word:
        """One of the words of the column."""
        known = {str(one): one for one in offered}
        typed = self.cell(column).casefold().replace(" ", "_")
        if typed and typed not in known:
            self.wrong(
                column,
                N_("“{word}” is not known here."),
                N_("Write one of: {known}."),
                word=typed[:20],
                known=", ".join(known),
            )
        return known.get(typed, empty)


def read(text: str, place: Place) -> CalendarReading:
    """Every row of the table; refuses as a whole what has no columns, is broken, or brings too many rows."""
    records = _records(text)
    order = DateOrder.of(record.cell(column) for record in records for column in ("first_on", "last_on"))
    found = [(record, _entry(record, order, place)) for record in records]
    if any(record.problems and record.gives_hours for record in records):
        found = [_without_hours(record, entry) for record, entry in found]
    return CalendarReading(
        form=FileForm.CSV,
        rows=tuple(Row(record.line, entry) for record, entry in found if entry is not None),
        problems=tuple(problem for record, _ in found for problem in record.problems),
    )


def _without_hours(record: _Record, entry: CalendarEntry | None) -> tuple[_Record, CalendarEntry | None]:
    """A week that lacks a row would be closed on its days, so weekly hours are taken all or not at all."""
    if entry is None or not record.gives_hours:
        return record, entry
    text = N_("Another row of weekly hours cannot be used, and a week is entered whole or not at all.")
    record.wrong("kind", text, N_("Correct the other row."))
    return record, None


def _size(cell: str) -> dict[str, int]:
    return {"length": len(cell), "limit": LONGEST_CELL}


def _records(text: str) -> list[_Record]:
    """The rows below the names of the columns; empty ones and those that begin with # are left out."""
    rows = _rows(text)
    _, head = next(rows, (1, list[str]()))
    names = _columns(head)
    records: list[_Record] = []
    for line, row in rows:
        record = _Record(line, dict(zip(names, row, strict=False)))
        if any(cell.strip() for cell in row[len(names) :]):
            record.wrong(
                "",
                N_("The row has more cells than columns."),
                N_("Put a text that holds a comma or semicolon in quotes."),
            )
        records.append(record)
        if len(records) > MOST_ENTRIES:
            raise TooManyEntries(most=MOST_ENTRIES)
    return records


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in io.StringIO(text) if line.strip() and not line.lstrip().startswith(NOTE)), "")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;", key=first.count), strict=True, skipinitialspace=True
    )
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row) and not row[0].lstrip().startswith(NOTE):
                yield line, row
            line = reader.line_num + 1
    except csv.Error:
        raise FileBroken(line=line, detail=N_("quotes do not match, or a cell is far too long.")) from None


def _columns(head: Sequence[str]) -> list[str]:
    names = [name.strip().casefold().replace(" ", "_") for name in head]
    while names and not names[-1]:
        names.pop()
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise ColumnsMissing(field="file", missing=", ".join(missing))
    unknown = [name[:40] for name in names if name not in COLUMNS or names.count(name) > 1]
    if unknown:
        raise ColumnsUnknown(field="file", unknown=", ".join(dict.fromkeys(unknown))[:200])
    return names


def _entry(record: _Record, order: DateOrder, place: Place) -> CalendarEntry | None:
    """The entry, or None with everything that is wrong noted."""
    _check_filled(record, *NEEDED[:2])
    kind = record.word("kind", EntryKind, EntryKind.CLOSED)
    first_on = record.read("first_on", lambda text: cells.day(text, order), date.min)
    last_on = record.read("last_on", lambda text: cells.day(text, order), None if kind is EntryKind.HOURS else first_on)
    source = record.read("source", lambda text: cells.line(text, limit=SOURCE_LIMIT), "") or place.source
    entry = CalendarEntry(
        kind=kind,
        first_on=first_on,
        last_on=last_on,
        label=record.read("label", lambda text: cells.line(text, limit=LABEL_LIMIT), ""),
        source=source,
        weekdays=record.read("weekdays", cells.weekdays, ()),
        weeks=record.read("weeks", cells.weeks, ()),
        stretches=record.read("stretches", cells.stretches, ()),
        status=record.word("status", Status, Status.CONFIRMED),
        reason=_reason(record, kind, place),
    )
    if not record.problems:
        _check(record, entry)
    return None if record.problems else entry


def _reason(record: _Record, kind: EntryKind, place: Place) -> Reason:
    given = record.word("reason", CLOSING_REASONS, place.reason)
    return given if kind is EntryKind.CLOSED else Reason.CLOSED


def _check_filled(record: _Record, *columns: str) -> None:
    for column in columns:
        if not record.cell(column):
            record.wrong(column, N_("This is empty."), N_("Fill it in."))


def _check(record: _Record, entry: CalendarEntry) -> None:
    """What each kind of entry must have, and what it must not."""
    hours, holds = entry.kind is EntryKind.HOURS, entry.kind in HOLDING_STRETCHES
    if not hours:
        _check_filled(record, "label")
    if not entry.source:
        record.wrong(
            "source",
            N_("It does not say where the dates come from."),
            N_("Fill in the column, or the field of the page for all rows."),
        )
    _check_presence(record, "weekdays", wanted=hours)
    _check_presence(record, "stretches", wanted=holds)
    if not hours:
        _check_presence(record, "weeks", wanted=False)
    if entry.kind not in _DOUBTFUL and entry.status is not Status.CONFIRMED:
        record.wrong("status", N_("This kind of entry cannot be tentative."), N_("Leave the cell empty."))
    if entry.kind is not EntryKind.CLOSED:
        _check_presence(record, "reason", wanted=False)
    _check_dates(record, entry)


def _check_presence(record: _Record, column: str, *, wanted: bool) -> None:
    if wanted and not record.cell(column):
        record.wrong(column, N_("This kind of entry needs it."), N_("Fill it in; the template shows how."))
    elif not wanted and record.cell(column):
        record.wrong(column, N_("This kind of entry has none."), N_("Leave the cell empty."))


def _check_dates(record: _Record, entry: CalendarEntry) -> None:
    if entry.last_on is None:
        return
    if entry.last_on < entry.first_on:
        record.wrong("last_on", N_("The last date lies before the first."), N_("Correct one of the two."))
    elif entry.kind is not EntryKind.HOURS and entry.last_on - entry.first_on >= timedelta(days=LONGEST_DAYS):
        record.wrong(
            "last_on",
            N_("The entry lasts longer than {days} days."),
            N_("Make it several entries, or enter weekly hours."),
            days=LONGEST_DAYS,
        )


def written(entries: Iterable[CalendarEntry]) -> str:
    """The table of the entries; reading it gives them back."""
    return _table([COLUMNS, *map(_cells, entries)])


def explained(notes: Iterable[str], examples: Iterable[CalendarEntry]) -> str:
    """The columns, and below them notes and examples that are left out when the table is read."""
    rows = [(f"{NOTE} {note}",) for note in notes]
    shown = (_cells(entry) for entry in examples)
    return _table([COLUMNS, *rows, *((f"{NOTE}{row[0]}", *row[1:]) for row in shown)])


def _table(rows: Iterable[Sequence[str]]) -> str:
    sheet = io.StringIO(newline="")
    csv.writer(sheet, lineterminator="\r\n").writerows(rows)
    return sheet.getvalue()


def _cells(entry: CalendarEntry) -> tuple[str, ...]:
    closed = entry.kind is EntryKind.CLOSED
    return (
        str(entry.kind),
        entry.first_on.isoformat(),
        "" if entry.last_on is None else entry.last_on.isoformat(),
        cells.written_days(entry.weekdays),
        " ".join(map(str, entry.weeks)),
        cells.written_stretches(entry.stretches),
        cells.guarded(entry.label),
        cells.guarded(entry.source),
        "" if entry.status is Status.CONFIRMED else str(entry.status),
        str(entry.reason) if closed else "",
    )
