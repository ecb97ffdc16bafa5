"""Busy time of foreign calendars: what each kind of entry takes (RFC 5545, 5546), read by the process that serves."""

import pytest

from tests.adapters.foreign_calendars import OWNER, calendar, entry, one, read_off, scope
from vctestimony.adapters.busy_reading import CalendarReader
from vctestimony.domain.busy import (
    AnswerInstead,
    CalendarBroken,
    CalendarCut,
    CalendarRefused,
    NotACalendar,
    UnknownTimeZone,
    WebPageInstead,
    WrongCharset,
)

READER = CalendarReader()
AT_11 = "DTSTART:20260914T053000Z"
HOUR = "DTEND:20260914T063000Z"
MORNING = "2026-09-14T05:30/06:30"
LONDON_LIKE = (
    "BEGIN:VTIMEZONE\r\nTZID:Office in London\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19701025T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19700329T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
)

TAKEN = {
    "an hour in UTC": (one(AT_11, HOUR), [MORNING]),
    "a length instead of an end": (one(AT_11, "DURATION:PT1H"), [MORNING]),
    "seconds are rounded outwards": (
        one("DTSTART:20260914T053059Z", "DTEND:20260914T062901Z"),
        ["2026-09-14T05:30/06:30"],
    ),
    "no end and no length takes nothing": (one(AT_11), []),
    "an end at the start takes nothing": (one(AT_11, "DTEND:20260914T053000Z"), []),
    "a date is the person's whole day": (one("DTSTART;VALUE=DATE:20260914"), ["2026-09-13T18:30/09-14T18:30"]),
    "two dates": (
        one("DTSTART;VALUE=DATE:20260914", "DTEND;VALUE=DATE:20260916"),
        ["2026-09-13T18:30/09-15T18:30"],
    ),
    "a date that ends on itself": (
        one("DTSTART;VALUE=DATE:20260914", "DTEND;VALUE=DATE:20260914"),
        ["2026-09-13T18:30/09-14T18:30"],
    ),
    "no zone is the person's clock": (one("DTSTART:20260914T110000", "DTEND:20260914T120000"), [MORNING]),
    "an IANA zone": (one("DTSTART;TZID=Asia/Dhaka:20260914T113000", "DURATION:PT1H"), [MORNING]),
    "a zone of Windows": (one("DTSTART;TZID=India Standard Time:20260914T110000", "DURATION:PT1H"), [MORNING]),
    "a zone in quotes": (one('DTSTART;TZID="Bangladesh Standard Time":20260914T113000', "DURATION:PT1H"), [MORNING]),
    "a zone with the name of its program before it": (
        one("DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Dhaka:20260914T113000", "DURATION:PT1H"),
        [MORNING],
    ),
    "a zone that the file describes, in summer and in winter": (
        calendar(
            LONDON_LIKE,
            entry("DTSTART;TZID=Office in London:20260914T063000", "DURATION:PT1H"),
            entry("DTSTART;TZID=Office in London:20261214T053000", "DURATION:PT1H", uid="two"),
        ),
        [MORNING, "2026-12-14T05:30/06:30"],
    ),
    "every week across the change of clocks": (
        one("DTSTART;TZID=Europe/London:20261019T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"),
        ["2026-10-19T09:00/10:00", "2026-10-26T10:00/11:00"],
    ),
    "until a date, which belongs": (
        one("DTSTART;TZID=America/New_York:20260914T200000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20260915"),
        ["2026-09-15T00:00/01:00", "2026-09-16T00:00/01:00"],
    ),
    "until a time without a zone": (
        one(
            "DTSTART;TZID=America/New_York:20260914T200000",
            "DURATION:PT1H",
            "RRULE:FREQ=DAILY;UNTIL=20260915T200000",
        ),
        ["2026-09-15T00:00/01:00", "2026-09-16T00:00/01:00"],
    ),
    "a time of day in the end of whole days": (
        one("DTSTART;VALUE=DATE:20260914", "RRULE:FREQ=DAILY;UNTIL=20260915T235959Z"),
        ["2026-09-13T18:30/09-15T18:30"],
    ),
    "days left out and days added": (
        one(
            *(AT_11, HOUR, "RRULE:FREQ=DAILY;COUNT=3"),
            *("EXDATE:20260915T053000Z", "RDATE:20260920T053000Z"),
        ),
        [MORNING, "2026-09-16T05:30/06:30", "2026-09-20T05:30/06:30"],
    ),
    "an added period": (
        one(AT_11, HOUR, "RDATE;VALUE=PERIOD:20260920T053000Z/PT30M"),
        [MORNING, "2026-09-20T05:30/06:00"],
    ),
    "one occurrence moved": (
        calendar(
            entry(AT_11, HOUR, "RRULE:FREQ=DAILY;COUNT=2"),
            entry("RECURRENCE-ID:20260915T053000Z", "DTSTART:20260915T090000Z", "DTEND:20260915T093000Z"),
        ),
        [MORNING, "2026-09-15T09:00/09:30"],
    ),
    "one occurrence cancelled": (
        calendar(
            entry(AT_11, HOUR, "RRULE:FREQ=DAILY;COUNT=2"),
            entry("RECURRENCE-ID:20260915T053000Z", "DTSTART:20260915T053000Z", "DURATION:PT1H", "STATUS:CANCELLED"),
        ),
        [MORNING],
    ),
    "the later revision counts": (
        calendar(entry(AT_11, HOUR, "SEQUENCE:1"), entry("DTSTART:20260915T053000Z", "DURATION:PT1H", "SEQUENCE:2")),
        ["2026-09-15T05:30/06:30"],
    ),
    "free although it is written down": (one(AT_11, HOUR, "TRANSP:TRANSPARENT"), []),
    "cancelled": (one(AT_11, HOUR, "STATUS:CANCELLED"), []),
    "a whole cancelled object": (calendar(entry(AT_11, HOUR), head="METHOD:CANCEL\r\n"), []),
    "declined by the person": (one(AT_11, HOUR, f"ATTENDEE;PARTSTAT=DECLINED:mailto:{OWNER.upper()}"), []),
    "declined by somebody else": (one(AT_11, HOUR, "ATTENDEE;PARTSTAT=DECLINED:mailto:x@y.example"), [MORNING]),
    "what overlaps and touches is one": (
        calendar(
            entry(AT_11, HOUR),
            entry("DTSTART:20260914T060000Z", "DURATION:PT1H", uid="2"),
            entry("DTSTART:20260914T070000Z", "DURATION:PT1H", uid="3"),
        ),
        ["2026-09-14T05:30/08:00"],
    ),
    "a task, a note and an alarm take nothing": (
        calendar(entry("DUE:20260914T063000Z", kind="VTODO"), entry(AT_11, kind="VJOURNAL")),
        [],
    ),
    "lines folded within a word": (one("DTSTART:20260914\r\n T053000Z", "DTEN\r\n D:20260914T063000Z"), [MORNING]),
    "line ends of one character": (one(AT_11, HOUR).replace(b"\r\n", b"\n"), [MORNING]),
    "an hour that comes twice is taken both times": (
        one("DTSTART;TZID=Europe/London:20261025T013000", "DTEND;TZID=Europe/London:20261025T023000"),
        ["2026-10-25T00:30/02:30"],
    ),
    "before and after the window": (
        calendar(
            entry("DTSTART:20200101T000000Z", "DURATION:PT1H"),
            entry("DTSTART:20300101T000000Z", "DURATION:PT1H", uid="2"),
        ),
        [],
    ),
    "an empty calendar": (calendar(), []),
    "periods of free and busy": (
        calendar(
            "BEGIN:VFREEBUSY\r\nUID:f\r\nFREEBUSY:20260914T053000Z/20260914T060000Z,20260914T060000Z/PT30M\r\n"
            "FREEBUSY;FBTYPE=FREE:20260915T053000Z/PT1H\r\n"
            "FREEBUSY;FBTYPE=X-HOLIDAY:20260916T053000Z/PT1H\r\nEND:VFREEBUSY\r\n"
        ),
        [MORNING, "2026-09-16T05:30/06:30"],
    ),
}


@pytest.mark.parametrize("case", TAKEN)
def test_what_is_taken(case: str) -> None:
    content, expected = TAKEN[case]
    found = READER.read(content, scope())
    assert (read_off(found.taken), found.tentative, found.unreadable) == (expected, (), 0)


@pytest.mark.parametrize(
    "line",
    [
        "STATUS:TENTATIVE",
        f"ATTENDEE;PARTSTAT=TENTATIVE:mailto:{OWNER}",
        f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{OWNER}",
        f"ATTENDEE:mailto:{OWNER}",
        "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
    ],
)
def test_what_is_not_certain_is_tentative_where_nothing_certain_stands(line: str) -> None:
    certain = entry("DTSTART:20260914T060000Z", "DURATION:PT1H", uid="certain")
    found = READER.read(calendar(entry(AT_11, HOUR, line), certain), scope())
    assert read_off(found.tentative) == ["2026-09-14T05:30/06:00"]
    assert read_off(found.taken) == ["2026-09-14T06:00/07:00"]


def test_a_list_of_periods_says_itself_how_far_it_reaches() -> None:
    content = calendar(
        "BEGIN:VFREEBUSY\r\nUID:f\r\nDTSTART:20260901T000000Z\r\nDTEND:20261001T000000Z\r\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260914T053000Z/PT1H\r\nEND:VFREEBUSY\r\n"
    )
    found = READER.read(content, scope())
    assert read_off(found.tentative) == [MORNING]
    assert read_off(((found.covers_until_min, found.covers_until_min),)) == ["2026-10-01T00:00/00:00"]


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:tomorrow", HOUR),
        ("DTEND:20260914T063000Z",),
        (AT_11, "DTEND:20260914T043000Z"),
        (AT_11, "DURATION:-PT1H"),
        (AT_11, HOUR, "RRULE:FREQ=NEVER"),
        (AT_11, HOUR, "RRULE:FREQ=DAILY;INTERVAL=0"),
        (AT_11, HOUR, "RRULE:FREQ=YEARLY;BYDAY=99MO"),
        (AT_11, "DTEND;VALUE=DATE:20260915"),
        (AT_11, HOUR, "EXDATE:yesterday"),
    ],
)
def test_an_entry_that_cannot_be_understood_is_counted_and_the_others_are_read(lines: tuple[str, ...]) -> None:
    found = READER.read(calendar(entry(*lines), entry(AT_11, HOUR, uid="good")), scope())
    assert (read_off(found.taken), found.unreadable) == ([MORNING], 1)
    with pytest.raises(CalendarBroken):
        READER.read(one(*lines), scope())


REFUSED: dict[str, tuple[bytes, type[CalendarRefused]]] = {
    "nothing": (b"", NotACalendar),
    "a page for signing in": (b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>Sign in</body></html>", WebPageInstead),
    "a table": (b"Subject,Start Date\nMeeting,14/9/2026\n", NotACalendar),
    "half a calendar": (one(AT_11, HOUR)[:-60], CalendarCut),
    "another charset": (one(AT_11, HOUR, "LOCATION:Caf\u00e9").decode().encode("latin-1"), WrongCharset),
    "two bytes a letter": (one(AT_11, HOUR).decode().encode("utf-16"), WrongCharset),
    "parts that end in each other": (
        calendar("BEGIN:VEVENT\r\nBEGIN:VALARM\r\nEND:VEVENT\r\nEND:VALARM\r\n"),
        CalendarBroken,
    ),
    "an answer to an invitation": (calendar(entry(AT_11, HOUR), head="METHOD:REPLY\r\n"), AnswerInstead),
    "a period that is none": (calendar("BEGIN:VFREEBUSY\r\nFREEBUSY:soon/later\r\nEND:VFREEBUSY\r\n"), CalendarBroken),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_calendar_is_refused_in_words(case: str) -> None:
    content, refusal = REFUSED[case]
    with pytest.raises(refusal) as refused:
        READER.read(content, scope())
    assert len(refused.value.sentence()) > 40


def test_a_zone_that_nobody_knows_is_named_and_never_guessed() -> None:
    with pytest.raises(UnknownTimeZone) as refused:
        READER.read(one("DTSTART;TZID=Customized Zone 7:20260914T110000", "DURATION:PT1H"), scope())
    assert refused.value.facts == {"zone": "Customized Zone 7"}
    broken = "BEGIN:VTIMEZONE\r\nTZID:Customized Zone 7\r\nEND:VTIMEZONE\r\n"
    with pytest.raises(UnknownTimeZone):
        READER.read(calendar(broken, entry("DTSTART;TZID=Customized Zone 7:20260914T110000", "DURATION:PT1H")), scope())


def test_nothing_but_minutes_comes_out() -> None:
    found = READER.read(one(AT_11, HOUR, "LOCATION:Chamber 4", "DESCRIPTION:with counsel"), scope())
    assert "onfidential" not in repr(found)
    assert "hamber" not in repr(found)
