"""The expansion of simple rules against an oracle that only counts days on a clock, over many random calendars."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.timezone import tzp

from tests.adapters.foreign_calendars import OWNER, calendar, entry
from vctestimony.adapters.busy_expanding import expand
from vctestimony.adapters.busy_sifting import sift
from vctestimony.domain.busy import Scope
from vctestimony.domain.instants import earlier_min, to_min
from vctestimony.domain.intervals import Span, course

FIRST, LAST = date(2026, 9, 1), date(2027, 6, 1)
ZONES = ["Asia/Kolkata", "Asia/Dhaka", "Europe/London", "America/New_York", "Asia/Kathmandu"]
CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
EPOCH = datetime.fromisoformat("1970-01-01T00:00+00:00")


@pytest.fixture(autouse=True, scope="module")
def zones_of_pytz() -> Iterator[None]:
    """As in the process that reads."""
    icalendar.use_pytz()  # type: ignore[no-untyped-call]  # the library leaves this one open
    yield
    tzp.use_default()


def whole(day: date) -> int:
    return to_min(datetime.combine(day, time.min, tzinfo=EPOCH.tzinfo))


def window(zone: str) -> Scope:
    return Scope(zone=zone, owner=OWNER, from_min=whole(FIRST), until_min=whole(LAST))


def days(starts_on: date, *, weekdays: frozenset[int], every: int, count: int | None, left_out: set[int]) -> list[date]:
    """Weekly rules by hand: weeks begin on Monday, the first day of all always belongs."""
    found: list[date] = []
    monday = starts_on - timedelta(days=starts_on.weekday())
    day = starts_on
    while day < LAST + timedelta(days=3) and (count is None or len(found) < count):
        if (day - monday).days // 7 % every == 0 and day.weekday() in weekdays:
            found.append(day)
        day += timedelta(days=1)
    return [day for number, day in enumerate(found) if number not in left_out]


def clipped(spans: list[Span]) -> list[Span]:
    low, high = whole(FIRST), whole(LAST)
    return [(max(start, low), min(end, high)) for start, end in course(spans) if start < high and end > low]


@st.composite
def weekly(draw: st.DrawFn) -> dict[str, object]:
    starts_on = draw(st.dates(date(2026, 1, 1), date(2027, 3, 1)))
    others = draw(st.sets(st.integers(0, 6), max_size=4))
    return {
        "starts_on": starts_on,
        "at": time(draw(st.integers(3, 22)), draw(st.sampled_from([0, 15, 30, 50]))),
        "minutes": draw(st.integers(5, 600)),
        "weekdays": frozenset(others | {starts_on.weekday()}),
        "every": draw(st.integers(1, 3)),
        "count": draw(st.none() | st.integers(1, 60)),
        "left_out": draw(st.sets(st.integers(0, 10), max_size=3)),
    }


@settings(max_examples=300, deadline=None)
@given(zone=st.sampled_from(ZONES), rule=weekly())
def test_weekly_rules_are_what_counting_days_makes_of_them(zone: str, rule: dict[str, object]) -> None:
    plain = {name: rule[name] for name in ("weekdays", "every", "count")}
    every_day = days(rule["starts_on"], **plain, left_out=set())  # type: ignore[arg-type]  # as drawn above
    kept = days(rule["starts_on"], **plain, left_out=rule["left_out"])  # type: ignore[arg-type]  # as drawn above
    at: time = rule["at"]  # type: ignore[assignment]  # as drawn above
    gone = [day for day in every_day if day not in kept]
    codes = ",".join(CODES[number] for number in sorted(rule["weekdays"]))  # type: ignore[call-overload]  # as drawn above
    count = f";COUNT={rule['count']}" if rule["count"] else ""
    lines = [
        f"DTSTART;TZID={zone}:{datetime.combine(every_day[0], at):%Y%m%dT%H%M%S}",
        f"DURATION:PT{rule['minutes']}M",
        f"RRULE:FREQ=WEEKLY;INTERVAL={rule['every']};BYDAY={codes}{count}",
        *(f"EXDATE;TZID={zone}:{datetime.combine(day, at):%Y%m%dT%H%M%S}" for day in gone),
    ]
    found = expand(sift(calendar(entry(*lines)), owner=OWNER), window("Asia/Kolkata"))
    starts = [earlier_min(datetime.combine(day, at), zone) for day in kept]
    assert list(found.taken) == clipped([(start, start + int(str(rule["minutes"]))) for start in starts])


@settings(max_examples=200, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    starts_on=st.dates(date(2025, 1, 1), date(2027, 5, 1)),
    length=st.integers(1, 5),
    every=st.integers(1, 9),
    until_on=st.dates(date(2025, 6, 1), date(2027, 12, 1)),
)
def test_whole_days_are_days_of_the_person(zone: str, starts_on: date, length: int, every: int, until_on: date) -> None:
    lines = [
        f"DTSTART;VALUE=DATE:{starts_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{starts_on + timedelta(days=length):%Y%m%d}",
        f"RRULE:FREQ=DAILY;INTERVAL={every};UNTIL={until_on:%Y%m%d}",
    ]
    found = expand(sift(calendar(entry(*lines)), owner=OWNER), window(zone))
    spans, day = [], starts_on
    while day <= until_on and day <= LAST + timedelta(days=9):
        first, last = (datetime.combine(one, time.min) for one in (day, day + timedelta(days=length)))
        spans.append((earlier_min(first, zone), earlier_min(last, zone)))
        day += timedelta(days=every)
    assert list(found.taken) == clipped(spans)


@settings(max_examples=200, deadline=None)
@given(spans=st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 300), st.booleans()), max_size=12))
def test_certain_and_tentative_times_are_two_courses_that_share_no_minute(spans: list[tuple[int, int, bool]]) -> None:
    low = whole(FIRST)
    entries = [
        entry(
            f"DTSTART:{EPOCH + timedelta(minutes=low + start):%Y%m%dT%H%M%SZ}",
            f"DURATION:PT{length}M",
            *(["STATUS:TENTATIVE"] if uncertain else []),
            uid=str(number),
        )
        for number, (start, length, uncertain) in enumerate(spans)
    ]
    found = expand(sift(calendar(*entries), owner=OWNER), window("Asia/Kolkata"))
    every = course((low + start, low + start + length) for start, length, _ in spans)
    certain = course((low + start, low + start + length) for start, length, uncertain in spans if not uncertain)
    assert list(found.taken) == certain
    assert course([*found.taken, *found.tentative]) == every
    assert sum(end - start for start, end in (*found.taken, *found.tentative)) == sum(
        end - start for start, end in every
    )
