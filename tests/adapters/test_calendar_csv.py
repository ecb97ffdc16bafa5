"""Calendar entries as a table: every cell is understood in one way or refused with line, column, reason and fix."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.calendar_samples import PLACE, spans, troubles
from vctestimony.adapters.calendar_import import CalendarFiles, examples
from vctestimony.domain import entered
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendar_files import (
    LONGEST_DAYS,
    ColumnsMissing,
    ColumnsUnknown,
    FileBroken,
    FileForm,
    FileRefused,
    FileTooLarge,
    NothingSent,
    NotText,
    NotUtf8,
    TooManyEntries,
    WebPage,
)
from vctestimony.domain.calendars import Status
from vctestimony.domain.entry_checks import CLOSING_REASONS
from vctestimony.domain.errors import Invalid

FILES = CalendarFiles()
EITHER = "This could be 2026-09-05 or 2026-05-09, and no date of the file shows which."
MONTH_FIRST = "This date has the month first."
HEAD = "kind,first_on,last_on,weekdays,weeks,stretches,label,source,status,reason\n"


def rows(*lines: str) -> bytes:
    return (HEAD + "\n".join(lines) + "\n").encode()


def test_each_kind_of_row_becomes_its_entry() -> None:
    reading = FILES.read(
        rows(
            "closed,2026-10-20,2026-10-21,,,,Durga Puja,Gazette,tentative,public holiday",
            "open,2026-09-19,,,,10:30–13:00,Extra sitting,,,",
            'hours,2026-11-01,,"sun-wed, Thursday",1 3,"09:30-13:00, 14:00 to 24:00",,Order 3,,',
            "observed_not,2026-12-25,,,,,Not kept,,,",
        ),
        PLACE,
    )
    assert reading.problems == ()
    closed, opened, hours, dropped = (row.entry for row in reading.rows)
    assert [row.line for row in reading.rows] == [2, 3, 4, 5]
    assert (closed.last_on, closed.status, closed.reason, closed.source) == (
        date(2026, 10, 21), Status.TENTATIVE, "public_holiday", "Gazette",
    )  # fmt: skip
    assert (opened.last_on, opened.stretches, opened.source) == (date(2026, 9, 19), ((630, 780),), "Notification 7")
    assert (hours.last_on, hours.weekdays, hours.weeks) == (None, (0, 1, 2, 3, 6), (1, 3))
    assert hours.stretches == ((570, 780), (840, 1440))
    assert dropped.kind is EntryKind.OBSERVED_NOT


@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n", "# about\n"])
@pytest.mark.parametrize("apart", [",", ";"])
@pytest.mark.abuse(94, 97)
def test_commas_semicolons_marks_blank_lines_and_notes_make_no_difference(start: str, apart: str) -> None:
    plain = "Kind,First on,Label,Source\r\nclosed,2026-10-20,দুর্গা পূজা,s\r\n,,,\r\n#closed,2026-10-21,x,s\r\n"
    reading = FILES.read((start + plain.replace(",", apart)).encode(), PLACE)
    assert spans(reading) == [("দুর্গা পূজা", "2026-10-20", "2026-10-20")]
    assert reading.rows[0].line == 2 + start.count("\n")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2026-10-05", "5 October 2026", "১৪/৯/২০২৬"], ["2026-10-05", "2026-10-05", "2026-09-14"]),
        (["14/09/2026", "05/09/2026"], ["2026-09-14", "2026-09-05"]),
        (["9/9/2026"], ["2026-09-09"]),
        (["31-12-2026", "01.02.2026"], ["2026-12-31", "2026-02-01"]),
    ],
)
def test_dates_that_can_be_read_in_one_way_are_read(dates: list[str], expected: list[str]) -> None:
    reading = FILES.read(rows(*(f"closed,{on},,,,,x,,," for on in dates)), PLACE)
    assert [first for _, first, _ in spans(reading)] == expected


@pytest.mark.parametrize(
    ("dates", "reasons"),
    [
        (["05/09/2026"], [EITHER]),
        (
            ["9/14/2026", "05/09/2026"],
            [MONTH_FIRST, EITHER],
        ),
        (
            ["9/14/2026", "14/9/2026", "05/09/2026"],
            [MONTH_FIRST, EITHER],
        ),
        (["14/9/26"], ["The year has two digits."]),
        (["2026-02-30"], ["The calendar has no such day. Check day and month; the day comes first."]),
        (["2099-01-01"], ["The year must lie between 1971 and 2036."]),
        (["46004"], ["This is not a date. Write day, month and year, for example 14/9/2026, or 2026-09-14."]),
    ],
)  # fmt: skip
def test_dates_that_could_be_two_are_refused(dates: list[str], reasons: list[str]) -> None:
    reading = FILES.read(rows(*(f"closed,{on},,,,,x,,," for on in dates)), PLACE)
    assert [reason for _, _, reason in troubles(reading)] == reasons


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("holiday,2026-10-20,,,,,x,,,", "kind", "“holiday” is not known here."),
        (",2026-10-20,,,,,x,,,", "kind", "This is empty."),
        ("closed,,,,,,x,,,", "first_on", "This is empty."),
        ("closed,2026-10-20,2026-10-19,,,,x,,,", "last_on", "The last date lies before the first."),
        ("closed,2026-10-20,2027-10-21,,,,x,,,", "last_on", "The entry lasts longer than 366 days."),
        ("closed,2026-10-20,,,,,,,,", "label", "This is empty."),
        (f"closed,2026-10-20,,,,,{'x' * 201},,,", "label", "This has 201 characters; at most 200 fit. Shorten it."),
        ("closed,2026-10-20,,,,10:30-13:00,x,,,", "stretches", "This kind of entry has none."),
        ("closed,2026-10-20,,mon,,,x,,,", "weekdays", "This kind of entry has none."),
        ("closed,2026-10-20,,,,,x,,perhaps,", "status", "“perhaps” is not known here."),
        ("closed,2026-10-20,,,,,x,,,weekly_holiday", "reason", "“weekly_holiday” is not known here."),
        ("observed_not,2026-10-20,,,,,x,,tentative,", "status", "This kind of entry cannot be tentative."),
        ("open,2026-10-20,,,,,x,,,", "stretches", "This kind of entry needs it."),
        ("open,2026-10-20,,,,13:00-10:30,x,,,", "stretches", "Each stretch must end after it begins"),
        ("open,2026-10-20,,,,10:00-13:00 12:00-14:00,x,,,", "stretches", "Two stretches of one day overlap."),
        ("open,2026-10-20,,,,morning,x,,,", "stretches", "Write hours as 10:30-13:30"),
        ("open,2026-10-20,,,,25:00-26:00,x,,,", "stretches", "This is not a time of day."),
        ("hours,2026-10-20,,,,10:00-13:00,x,,,", "weekdays", "This kind of entry needs it."),
        ("hours,2026-10-20,,mo tu,,10:00-13:00,x,,,", "weekdays", "“mo” is not a day of the week."),
        ("hours,2026-10-20,,mon,6,10:00-13:00,x,,,", "weeks", "Weeks of the month are numbers from 1 to 5."),
        ("closed,2026-10-20,,,,,x,,,,more", "", "The row has more cells than columns."),
        ("closed,2026-10-20,,,,,a\u202eb,,,", "label", "This holds a character"),
        (f"open,2026-10-20,,,,10:00{' ' * 90000}-13:00,x,,,", "stretches", "This has 90011 characters"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_line_and_column_and_spoils_its_row_only(row: str, column: str, reason: str) -> None:
    reading = FILES.read(rows("closed,2026-10-01,,,,,good,,,", row), PLACE)
    [(line, where, said)] = troubles(reading)
    assert (line, where, said.startswith(reason)) == (3, column, True), said
    assert reading.problems[0].fix
    assert [label for label, _, _ in spans(reading)] == ["good"]


def test_everything_wrong_with_a_row_is_said_at_once() -> None:
    reading = FILES.read(rows("closed,soon,later,,,morning,x,,maybe,"), PLACE)
    assert [column for _, column, _ in troubles(reading)] == ["first_on", "last_on", "stretches", "status"]


def test_a_row_without_a_source_is_refused_where_the_page_gives_none_either() -> None:
    reading = FILES.read(rows("closed,2026-10-20,,,,,x,,,"), replace(PLACE, source=""))
    assert troubles(reading) == [(2, "source", "It does not say where the dates come from.")]


@pytest.mark.parametrize(
    ("content", "refusal", "said"),
    [
        (b"", NothingSent, "Choose a file"),
        (b" \r\n", NothingSent, "Choose a file"),
        (b"x" * (2 * 1024 * 1024 + 1), FileTooLarge, "larger than 2 MB"),
        (b"PK\x03\x04workbook", NotText, "CSV UTF-8"),
        (b"kind\0", NotText, "CSV UTF-8"),
        ("kind,first_on,label\n".encode("utf-16"), NotUtf8, "Line 1 is not UTF-8"),
        (HEAD.encode() + "closed,2026-10-20,,,,,Fête,,,".encode("cp1252"), NotUtf8, "Line 2 is not UTF-8"),
        (b"<!doctype html><title>Sign in</title>", WebPage, "This is a web page"),
        (b"Dear colleague,\nthe court is closed.", ColumnsMissing, "Missing: kind, first_on, label"),
        (b"kind\tfirst_on\tlabel\n", ColumnsMissing, "Missing"),
        (b"kind,first_on,label,holiday\n", ColumnsUnknown, "holiday"),
        (b"kind,first_on,label,label\n", ColumnsUnknown, "label"),
        (b'kind,first_on,label\nclosed,2026-10-20,"x\n', FileBroken, "line 2"),
        (b"kind,first_on,label\nclosed,2026-10-20," + b"x" * 200_000, FileBroken, "line 2"),
        (HEAD.encode() + b"closed,2026-10-20,,,,,x,,,\n" * 2001, TooManyEntries, "more than 2000"),
    ],
)  # fmt: skip
@pytest.mark.abuse(94)
@pytest.mark.asvs("5.2.2")
def test_a_file_that_is_no_table_is_refused_and_says_what_it_is(
    content: bytes, refusal: type[FileRefused], said: str
) -> None:
    with pytest.raises(refusal) as caught:
        FILES.read(content, PLACE)
    assert said in caught.value.sentence()


def test_the_template_is_no_entry_and_every_example_in_it_is_one() -> None:
    template = FILES.template(2027, lambda text: text)
    assert FILES.read(template, PLACE).rows == ()
    taken = template.decode("utf-8-sig").replace("\r\n#", "\r\n").encode()
    assert [row.entry for row in FILES.read(taken, PLACE).rows] == examples(2027, lambda text: text)


def worded(limit: int, *, least: int) -> st.SearchStrategy[str]:
    def kept(text: str) -> str:
        try:
            return entered.line(text, limit=limit)
        except Invalid:
            return ""

    anything = st.text(max_size=limit) | st.sampled_from(["=1+1", "'=x", "''-1", "@a", "+91", "#note", 'a "b", c; d'])
    return anything.map(kept).filter(lambda text: len(text) >= least)


DATES = st.dates(date(1971, 1, 1), date(2034, 12, 31))
SPANS = st.lists(st.integers(0, 1440), min_size=2, max_size=8, unique=True).map(
    lambda edges: tuple(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)


@st.composite
def entries(draw: st.DrawFn) -> CalendarEntry:
    kind, first_on = draw(st.sampled_from(EntryKind)), draw(DATES)
    last_on = first_on + timedelta(days=draw(st.integers(0, LONGEST_DAYS - 1)))
    hours = kind is EntryKind.HOURS
    dated = kind in {EntryKind.CLOSED, EntryKind.OPEN, EntryKind.SEASON}
    numbers = st.lists(st.integers(0, 6), min_size=1, unique=True).map(lambda days: tuple(sorted(days)))
    weeks = st.lists(st.integers(1, 5), unique=True).map(lambda found: tuple(sorted(found)))
    return CalendarEntry(
        kind=kind,
        first_on=first_on,
        last_on=None if hours and draw(st.booleans()) else last_on,
        label=draw(worded(200, least=0 if hours else 1)),
        source=draw(worded(500, least=1)),
        weekdays=draw(numbers) if hours else (),
        weeks=draw(weeks) if hours else (),
        stretches=draw(SPANS) if kind in {EntryKind.HOURS, EntryKind.OPEN, EntryKind.SEASON} else (),
        status=draw(st.sampled_from(Status)) if dated else Status.CONFIRMED,
        **({"reason": draw(st.sampled_from(CLOSING_REASONS))} if kind is EntryKind.CLOSED else {}),
    )


@given(st.lists(entries(), max_size=5))
def test_what_is_written_is_read_back_the_same(wanted: list[CalendarEntry]) -> None:
    reading = FILES.read(FILES.table(wanted), replace(PLACE, source="another", reason=CLOSING_REASONS[1]))
    assert reading.problems == ()
    assert [row.entry for row in reading.rows] == wanted


@given(entries())
@pytest.mark.abuse(46)
@pytest.mark.threat("T28")
@pytest.mark.asvs("1.2.10")
def test_no_cell_begins_like_a_formula(entry: CalendarEntry) -> None:
    table = FILES.table([entry]).decode("utf-8-sig")
    assert not [cell for cell in table.replace('"', "").split(",") if cell.startswith(("=", "+", "-", "@"))] or (
        "," in entry.label + entry.source
    )


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(str.encode)
    | st.text(max_size=80).map(lambda t: HEAD.encode() + t.encode())
)
def test_whatever_is_sent_is_read_or_refused(content: bytes) -> None:
    with suppress(FileRefused):
        assert FILES.read(content, PLACE).form in FileForm
