"""Closures from calendar files: what counts as a closed day, what is refused, and that hostile files cost nothing."""

import tracemalloc
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import islice
from time import process_time

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # it carries no types
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.adapters.calendar_samples import PLACE, calendar_of, spans, troubles
from vctestimony.adapters import ics_rules
from vctestimony.adapters.calendar_cells import Bad
from vctestimony.adapters.calendar_import import CalendarFiles
from vctestimony.domain.calendar_files import (
    FileBroken,
    FileForm,
    FileRefused,
    PublishedClosures,
    TooManyEntries,
    WebPage,
)
from vctestimony.domain.calendar_years import Entry
from vctestimony.domain.calendars import Kind, Reason, Status
from vctestimony.domain.entry_checks import CLOSING_REASONS

FILES = CalendarFiles()
EID = "SUMMARY:Eid; DTSTART;VALUE=DATE:20260320"
REPEATED = "UID:1; SUMMARY:Day; DTSTART;VALUE=DATE:20200815; "


@pytest.mark.parametrize(
    ("event", "first_on", "last_on"),
    [
        (EID, "2026-03-20", "2026-03-20"),
        (f"{EID}; DTEND;VALUE=DATE:20260323", "2026-03-20", "2026-03-22"),
        (f"{EID}; DTEND;VALUE=DATE:20260320", "2026-03-20", "2026-03-20"),
        (f"{EID}; DURATION:P3D", "2026-03-20", "2026-03-22"),
        (f"{EID}; DURATION:P1W", "2026-03-20", "2026-03-26"),
        ("SUMMARY:Eid; DTSTART:20260320; TRANSP:TRANSPARENT", "2026-03-20", "2026-03-20"),
        ("SUMMARY:Eid; DTSTART:20260320T000000; DTEND:20260322T000000", "2026-03-20", "2026-03-21"),
        ("SUMMARY:E; DTSTART;TZID=Asia/Kolkata:20260320T000000; DURATION:PT24H", "2026-03-20", "2026-03-20"),
        ("SUMMARY:E; DTSTART;TZID=India Standard Time:20260320T000000; DURATION:P1D", "2026-03-20", "2026-03-20"),
        ("SUMMARY:Eid; DTSTART:20260319T183000Z; DTEND:20260320T183000Z", "2026-03-20", "2026-03-20"),
        ('SUMMARY:E; DTSTART;TZID="/x.org/2026/Asia/Dhaka":20260320T003000; DURATION:P1D', "2026-03-20", "2026-03-20"),
    ],
)  # fmt: skip
def test_whole_days_by_the_clock_of_the_place_are_closed(event: str, first_on: str, last_on: str) -> None:
    reading = FILES.read(calendar_of(event), PLACE)
    assert troubles(reading) == []
    assert spans(reading) == [(reading.rows[0].entry.label, first_on, last_on)]
    assert reading.rows[0].entry.source == "Notification 7"


def test_tentative_is_tentative_cancelled_is_left_out_and_a_category_is_a_reason() -> None:
    reading = FILES.read(
        calendar_of(
            f"{EID}; STATUS:TENTATIVE; CATEGORIES:Moon,Public Holiday",
            "SUMMARY:Vacation\\, winter; DTSTART;VALUE=DATE:20261224; STATUS:CONFIRMED",
            "SUMMARY:Off; DTSTART;VALUE=DATE:20261225; STATUS:CANCELLED",
        ),
        replace(PLACE, reason=Reason.VACATION),
    )
    eid, winter = (row.entry for row in reading.rows)
    assert (eid.status, eid.reason) == (Status.TENTATIVE, Reason.PUBLIC_HOLIDAY)
    assert (winter.label, winter.status, winter.reason) == ("Vacation, winter", Status.CONFIRMED, Reason.VACATION)
    assert (reading.cancelled, [row.line for row in reading.rows]) == (1, [4, 10])


@pytest.mark.parametrize(
    ("event", "column", "said"),
    [
        ("SUMMARY:Meeting; DTSTART:20260320T103000; DTEND:20260320T113000", "DTSTART", "It has a time of day"),
        ("SUMMARY:Eid; DTSTART:20260320T000000Z; DTEND:20260321T000000Z", "DTSTART", "It has a time of day"),
        ("SUMMARY:Eid; DTSTART:20260320T000000", "DTSTART", "It has a time of day"),
        ("SUMMARY:E; DTSTART;TZID=Middle Earth:20260320T000000; DURATION:P1D", "DTSTART", "“Middle Earth”"),
        ("SUMMARY:E; DTSTART;TZID=IST:20260320T000000; DURATION:P1D", "DTSTART", "“IST” is not known"),
        ("SUMMARY:Eid", "DTSTART", "It does not say when it begins."),
        ("SUMMARY:Eid; DTSTART;VALUE=DATE:20260230", "DTSTART", "“20260230” is no date"),
        ("SUMMARY:Eid; DTSTART:soon", "DTSTART", "“soon” is no date"),
        ("SUMMARY:Eid; DTSTART;VALUE=DATE:99991231", "DTSTART", "between 1971 and 2036"),
        ("SUMMARY:Eid; DTSTART:00010101T000000Z; DURATION:P1D", "DTSTART", "lies outside the years"),
        ("SUMMARY:E; DTSTART;TZID=Europe/London:20260329T013000; DURATION:P1D", "DTSTART", "does not exist in"),
        (f"{EID}; DTEND;VALUE=DATE:20260319", "DTEND", "It ends before it begins"),
        (f"{EID}; DTEND;VALUE=DATE:20270401", "DTEND", "lasts longer than 366 days"),
        (f"{EID}; DTEND:20260321T000000", "DTEND", "two kinds"),
        (f"{EID}; DURATION:-P1D", "DURATION", "is no length of time"),
        (f"{EID}; DURATION:P", "DURATION", "is no length of time"),
        ("DTSTART;VALUE=DATE:20260320", "SUMMARY", "It has no name."),
        ("SUMMARY:; DTSTART;VALUE=DATE:20260320", "SUMMARY", "It has no name."),
        (f"SUMMARY:{'x' * 201}; DTSTART;VALUE=DATE:20260320", "SUMMARY", "has 201 characters"),
        (f"{EID}; RDATE;VALUE=PERIOD:20260320T000000Z/P1D", "RDATE", "not read here"),
        (f"{EID}; RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260320", "RECURRENCE-ID", "every later event"),
    ],
)  # fmt: skip
@pytest.mark.abuse(83)
def test_an_event_that_does_not_say_so_is_refused_by_line_and_the_others_stay(
    event: str, column: str, said: str
) -> None:
    reading = FILES.read(calendar_of("SUMMARY:Good; DTSTART;VALUE=DATE:20260101", event), PLACE)
    [(line, where, reason)] = troubles(reading)
    assert (where, said in reason) == (column, True), reason
    assert 8 <= line <= 11
    assert reading.problems[0].fix
    assert [label for label, _, _ in spans(reading)] == ["Good"]


def test_without_a_source_no_event_is_taken() -> None:
    reading = FILES.read(calendar_of(EID), replace(PLACE, source=""))
    assert (spans(reading), len(troubles(reading))) == ([], 1)


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("RRULE:FREQ=YEARLY", ["2026-08-15", "2027-08-15", "2028-08-15"]),
        ("RRULE:FREQ=YEARLY;COUNT=7", ["2026-08-15"]),
        ("RRULE:FREQ=YEARLY;UNTIL=20270814T182959Z", ["2026-08-15"]),
        ("RRULE:FREQ=YEARLY; EXDATE;VALUE=DATE:20270815", ["2026-08-15", "2028-08-15"]),
        ("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=2SA", ["2026-10-10", "2027-10-09", "2028-10-14"]),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20260401", ["2026-01-31", "2026-03-31"]),
        ("RDATE;VALUE=DATE:20260901,20290901", ["2026-09-01"]),
    ],
)
def test_what_repeats_is_entered_for_the_years_asked_for(rule: str, dates: list[str]) -> None:
    reading = FILES.read(calendar_of(REPEATED + rule), PLACE)
    assert troubles(reading) == []
    assert [first for _, first, _ in spans(reading)] == dates


def test_a_moved_and_a_cancelled_date_of_a_series_are_what_the_later_event_says() -> None:
    moved = "UID:1; SUMMARY:Moved; RECURRENCE-ID;VALUE=DATE:20260815; DTSTART;VALUE=DATE:20260817"
    off = "UID:1; SUMMARY:Off; RECURRENCE-ID;VALUE=DATE:20270815; DTSTART;VALUE=DATE:20270815; STATUS:CANCELLED"
    reading = FILES.read(calendar_of(f"{REPEATED}RRULE:FREQ=YEARLY", moved, off), PLACE)
    assert spans(reading) == [("Day", "2028-08-15", "2028-08-15"), ("Moved", "2026-08-17", "2026-08-17")]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MINUTELY;COUNT=525600000",
        "FREQ=SECONDLY",
        "FREQ=HOURLY;INTERVAL=24",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30",
        "FREQ=YEARLY;BYDAY=MO;BYMONTHDAY=1;BYMONTH=1",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
        "FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=MO,-4TH",
        "FREQ=YEARLY;BYYEARDAY=366",
        "FREQ=DAILY;BYHOUR=0,1,2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=abc",
        "FREQ=NEVER",
        "FREQ=YEARLY;" + "BYMONTH=1;" * 100,
        "",
    ],
)
def test_a_rule_that_no_closure_has_is_refused_before_it_is_applied(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_rules, "repeated", None)
    reading = FILES.read(calendar_of(f"{REPEATED}RRULE:{rule}"), PLACE)
    [(_, column, _)] = troubles(reading)
    assert column == "RRULE"
    assert spans(reading) == []


NUMBERS = st.lists(st.integers(-32, 32).filter(bool), min_size=1, max_size=3)
DAYS = st.lists(st.sampled_from(["MO", "2TU", "-1FR", "5SA", "53SU"]), min_size=1, max_size=3)


@st.composite
def rules(draw: st.DrawFn) -> str:
    parts = [f"FREQ={draw(st.sampled_from(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']))}"]
    for name, values in (("BYDAY", DAYS), ("BYMONTHDAY", NUMBERS), ("BYSETPOS", NUMBERS)):
        if draw(st.booleans()):
            parts.append(f"{name}={','.join(map(str, draw(values)))}")
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    return ";".join([*parts, f"INTERVAL={draw(st.integers(1, 30))}"])


@given(rules(), st.dates(date(1971, 1, 1), date(2026, 12, 31)))
def test_every_rule_that_is_taken_meets_dates_again_and_again(rule: str, first_on: date) -> None:
    """A rule that meets none would be tried until the year 9999."""
    try:
        ics_rules.rule_of(rule)
    except Bad:
        return
    assert len(list(islice(rrulestr(rule, dtstart=datetime.combine(first_on, time.min)), 3))) == 3


NESTED = b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 100_000
ZONES = b"BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"


@pytest.mark.parametrize(
    ("content", "refusal", "said"),
    [
        (NESTED, FileBroken, "line 5: parts within parts"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", FileBroken, "line 3: an END without its BEGIN"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", FileBroken, "line 2: it ends in the middle"),
        (b"BEGIN:VCARD\nEND:VCARD\n", FileBroken, "does not begin with BEGIN:VCALENDAR"),
        (calendar_of(EID) + b"hello\n", FileBroken, "a line outside the calendar"),
        (calendar_of("SUMMARY:" + "x" * 5000), FileBroken, "line 5: far too long"),
        (calendar_of("; ".join(["EXDATE:20260101"] * 500)), FileBroken, "far too long"),
        (calendar_of("DTSTART;;:20260101"), FileBroken, "not a line of a calendar file"),
        (calendar_of(*["X:1"] * 2001), TooManyEntries, "more than 2000"),
        (calendar_of(*[f"{REPEATED}RRULE:FREQ=DAILY"] * 2), TooManyEntries, "more than 2000"),
        (b"  <html><body>Sign in</body></html>", WebPage, "This is a web page"),
    ],
)
def test_a_file_that_is_broken_or_hostile_is_refused_at_once(
    content: bytes, refusal: type[FileRefused], said: str
) -> None:
    started = process_time()
    with pytest.raises(refusal) as caught:
        FILES.read(content, PLACE)
    assert said in caught.value.sentence()
    assert process_time() - started < 20  # of the processor; it needs a tenth of a second


def test_zone_tables_alarms_and_attachments_are_stepped_over() -> None:
    inside = b"BEGIN:VALARM\nTRIGGER:-P1D\nSUMMARY:no\nEND:VALARM\nATTACH:" + b"QUJD" * 200_000 + b"\n " + b"x" * 9000
    content = calendar_of(EID).replace(b"BEGIN:VEVENT\r\n", ZONES + b"BEGIN:VEVENT\n" + inside + b"\n")
    assert spans(FILES.read(content, PLACE)) == [("Eid", "2026-03-20", "2026-03-20")]


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=19000", "FREQ=YEARLY"])
def test_the_largest_files_are_read_or_refused_in_bounded_time_and_memory(rule: str) -> None:
    event = f"SUMMARY:x; DTSTART;VALUE=DATE:19710101; RRULE:{rule}"
    tracemalloc.start()
    started = process_time()
    try:
        reading = FILES.read(calendar_of(*[event] * 2000), PLACE)
        assert len(reading.rows) <= 2000
    except FileRefused:
        pass
    spent, (_, peak) = process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < 60
    assert peak < 60_000_000


@given(st.lists(st.sampled_from(calendar_of(EID, f"{REPEATED}RRULE:FREQ=YEARLY").decode().splitlines()), max_size=20))
def test_lines_in_any_order_are_read_or_refused(lines: list[str]) -> None:
    with suppress(FileRefused):
        assert FILES.read("\n".join(["BEGIN:VCALENDAR", *lines]).encode(), PLACE).form is FileForm.ICS


@st.composite
def closures(draw: st.DrawFn) -> Entry:
    first_on = draw(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
    return Entry(
        number=1,
        first_on=first_on,
        last_on=date.fromordinal(first_on.toordinal() + draw(st.integers(0, 60))),
        kind=Kind.CLOSED,
        reason=draw(st.sampled_from(CLOSING_REASONS)),
        label=draw(st.sampled_from(["Eid, the first day; moon", "দুর্গা পূজা", "A\\nB", "x" * 150])),
        source="",
        status=draw(st.sampled_from([Status.CONFIRMED, Status.TENTATIVE])),
        stretches=(),
    )


@given(st.lists(closures(), max_size=5))
def test_closures_that_are_published_are_read_back(wanted: list[Entry]) -> None:
    at = datetime(2026, 9, 1, tzinfo=UTC)
    content = FILES.closures(PublishedClosures(name="Court", key="post:x", host="h", at=at, closures=tuple(wanted)))
    assert "METHOD" not in (calendar := Calendar.from_ical(content))
    assert calendar["NAME"] == "Court"
    found = [row.entry for row in FILES.read(content, PLACE).rows] if wanted else []
    assert [(one.first_on, one.last_on, one.label, one.status, one.reason) for one in found] == [
        (one.first_on, one.last_on, one.label, one.status, one.reason) for one in wanted
    ]
