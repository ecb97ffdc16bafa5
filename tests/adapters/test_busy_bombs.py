"""Calendars made to hurt: each ends in a refusal or in bounded minutes, within the limits of its process, and the next
calendar is read all the same."""

import resource
from datetime import timedelta

import pytest

from tests.adapters.foreign_calendars import calendar, entry, one, read_off, scope
from vctestimony.adapters.busy_expanding import MOST
from vctestimony.adapters.busy_reading import CalendarReader, ReadingLimits
from vctestimony.adapters.busy_sifting import LONGEST_LINE, sift
from vctestimony.domain.busy import (
    CalendarBroken,
    CalendarRefused,
    CalendarTooLarge,
    LineTooLong,
    NestedTooDeep,
    ReadingTooHard,
    RepeatsTooOften,
    TooManyEntries,
)

READER = CalendarReader()
AT, LENGTH = "DTSTART:20260914T053000Z", "DURATION:PT1H"
THREE_MB = 3 << 20

# Refused by what stands there, before anything is expanded.
AT_SIGHT: dict[str, tuple[bytes, type[CalendarRefused]]] = {
    "every minute for a thousand years": (
        one(AT, LENGTH, "RRULE:FREQ=MINUTELY;UNTIL=30260101T000000Z"),
        RepeatsTooOften,
    ),
    "every second, never matching": (one(AT, LENGTH, "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"), RepeatsTooOften),
    "every hour": (one(AT, LENGTH, "RRULE:freq=hourly"), RepeatsTooOften),
    "every minute, listed": (
        one(AT, LENGTH, f"RRULE:FREQ=DAILY;BYMINUTE={','.join(map(str, range(60)))}"),
        RepeatsTooOften,
    ),
    "every second in a zone of its own": (
        calendar(
            "BEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n"
            "TZOFFSETTO:+0100\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
            entry("DTSTART;TZID=Z:20260914T053000", LENGTH),
        ),
        RepeatsTooOften,
    ),
    "parts within parts": (calendar("BEGIN:VEVENT\r\n" * 100_000 + "END:VEVENT\r\n" * 100_000), NestedTooDeep),
    "calendars within calendars": (calendar(calendar(one(AT, LENGTH).decode()).decode()), CalendarBroken),
    "one line of a hundred thousand dates": (one(AT, LENGTH, "RDATE:" + "20260914T053000Z," * 100_000), LineTooLong),
    "sixty thousand entries": (calendar("BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 60_000), TooManyEntries),
    "a hundred million occurrences": (
        calendar(*(entry(AT, LENGTH, "RRULE:FREQ=DAILY", uid=str(number)) for number in range(2000))),
        TooManyEntries,
    ),
}


@pytest.mark.parametrize("bomb", AT_SIGHT)
@pytest.mark.abuse(82)
@pytest.mark.threat("T25")
@pytest.mark.asvs("15.2.2")
def test_a_bomb_is_refused_at_sight(bomb: str) -> None:
    content, refusal = AT_SIGHT[bomb]
    with pytest.raises(refusal):
        READER.read(content, scope())


@pytest.mark.parametrize("size", [50 << 20, (5 << 20) + 1])
def test_what_is_too_large_is_not_even_handed_over(size: int) -> None:
    starved = CalendarReader(ReadingLimits(address_mb=1))  # a process so small could not start
    with pytest.raises(CalendarTooLarge):
        starved.read(bytes(size), scope())


# Read to the end, as what they say of the window is little.
HARMLESS = {
    "daily for a thousand years": one("DTSTART:20200914T053000Z", LENGTH, "RRULE:FREQ=DAILY;UNTIL=30200101T000000Z"),
    "daily since the year one": one("DTSTART:00010101T053000Z", LENGTH, "RRULE:FREQ=DAILY"),
    "daily to the end of time": one("DTSTART:20200914T053000Z", LENGTH, "RRULE:FREQ=DAILY;COUNT=99999999"),
    "for three hundred years": one("DTSTART:19010101T000000Z", "DTEND:22001231T235959Z"),
    "a title of three million letters": one(AT, LENGTH, "DESCRIPTION:" + "x" * THREE_MB),
    "a title folded into a million lines": one(AT, LENGTH, "DESCRIPTION:x" + "\r\n x" * 500_000),
    "ten thousand alarms": one(
        AT, LENGTH, "BEGIN:VALARM\r\nATTACH:file:///etc/passwd\r\nEND:VALARM\r\n" * 10_000 + "X:x"
    ),
}


@pytest.mark.parametrize("bomb", HARMLESS)
def test_what_only_looks_dangerous_is_read(bomb: str) -> None:
    window = scope(last="2026-10-01")
    found = READER.read(HARMLESS[bomb], window)
    assert found.unreadable == 0
    assert 1 <= len(found.taken) <= 31
    assert all(window.from_min <= start < end <= window.until_min for start, end in found.taken)


# Bounded only by the process: the kernel ends it when its processor time or memory is used up.
EXHAUSTING = {
    "a hundred rules that never match": (
        calendar(
            *(entry(AT, LENGTH, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", uid=str(number)) for number in range(100))
        ),
        ReadingLimits(cpu_s=2),
    ),
    "seven hundred thousand days in little memory": (
        HARMLESS["daily since the year one"],
        ReadingLimits(address_mb=40),
    ),
}


@pytest.mark.parametrize("bomb", EXHAUSTING)
@pytest.mark.abuse(82)
@pytest.mark.threat("T25")
@pytest.mark.asvs("15.2.2")
def test_what_cannot_be_seen_is_ended_by_the_limits_of_the_process(bomb: str) -> None:
    content, limits = EXHAUSTING[bomb]
    small = CalendarReader(limits)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(ReadingTooHard):
        small.read(content, scope())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < limits.cpu_s + 3
    assert read_off(small.read(one(AT, LENGTH), scope()).taken) == ["2026-09-14T05:30/06:30"]


def test_a_process_that_says_nothing_is_ended_by_the_clock() -> None:
    short = CalendarReader(ReadingLimits(wall_s=0.05))
    with pytest.raises(ReadingTooHard):
        short.read(EXHAUSTING["a hundred rules that never match"][0], scope())


def test_sifting_alone_takes_time_in_proportion_to_the_bytes() -> None:
    """Counted in the lines that are kept: nothing of what is dropped is kept anywhere."""
    sifted = sift(HARMLESS["a title folded into a million lines"], owner="")
    kept = [line for part in sifted.events for _, line in part.lines]
    assert sum(map(len, kept)) < 200
    assert max(map(len, kept)) < LONGEST_LINE


def test_a_rule_at_the_limit_is_still_read() -> None:
    days = scope(last="2026-10-01")
    length = timedelta(minutes=days.until_min - days.from_min).days + 5
    entries = (entry(AT, LENGTH, "RRULE:FREQ=DAILY", uid=str(number)) for number in range(MOST // (length + 1) // 20))
    assert len(READER.read(calendar(*entries), days).taken) == 17
