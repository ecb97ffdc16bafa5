"""The seven days of a week: every closed day says why, what is taken is cut to its day, parts of a hearing join."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vctestimony.domain.calendar_weeks import (
    Taken,
    TakenKind,
    first_of_week,
    first_of_working_week,
    joined,
    seven_days,
    span_of_week,
)
from vctestimony.domain.calendars import DatedException, Kind, Reason, Rule, Status, WorkingCalendar
from vctestimony.domain.intervals import course
from vctestimony.domain.local_days import local_day

DHAKA = "Asia/Dhaka"
SUNDAY = date(2026, 10, 18)
RULES = tuple(Rule(day, opens, closes) for day in (6, 0, 1, 2, 3) for opens, closes in ((570, 780), (810, 1020)))
PUJA = DatedException(
    date(2026, 10, 20),
    date(2026, 10, 21),
    Kind.CLOSED,
    label="Durga Puja",
    source="gazette to be confirmed",
    status=Status.TENTATIVE,
    reason=Reason.PUBLIC_HOLIDAY,
)
SITTING = DatedException(date(2026, 10, 23), date(2026, 10, 23), Kind.OPEN, ((600, 720),), "Extra sitting", "order 7")
CALENDAR = WorkingCalendar("dhaka", "1", DHAKA, RULES, (PUJA, SITTING), known_years=frozenset({2026}))


def busy(start: int, end: int, *, kind: TakenKind = TakenKind.BOOKING, who: str = "Room", reference: str = "") -> Taken:
    return Taken(start_min=start, end_min=end, kind=kind, who=who, reference=reference)


@pytest.mark.parametrize("days", range(7))
def test_every_date_of_a_week_gives_the_same_week_from_sunday(days: int) -> None:
    on = SUNDAY + timedelta(days=days)
    assert first_of_week(on) == SUNDAY
    assert [day.on for day in seven_days(CALENDAR, on, ())] == [SUNDAY + timedelta(days=n) for n in range(7)]


@pytest.mark.parametrize(("weekdays", "first_on"), [((6, 0, 1), date(2026, 9, 13)), ((0, 5), date(2026, 9, 14))])
def test_a_working_week_begins_on_sunday_where_sunday_is_worked(weekdays: tuple[int, ...], first_on: date) -> None:
    rules = tuple(Rule(weekday, 600, 1020) for weekday in weekdays)
    calendar = WorkingCalendar("post", "1", DHAKA, rules)
    assert first_of_working_week(calendar, date(2026, 9, 17)) == first_on
    assert first_of_working_week(calendar, first_on) == first_on


def test_a_closed_day_names_every_reason_and_a_day_opened_by_an_entry_names_it() -> None:
    sunday, _, tuesday, _, _, friday, saturday = seven_days(CALENDAR, SUNDAY, ())
    start = local_day(SUNDAY, DHAKA).start_min
    assert sunday.opens == ((start + 570, start + 780), (start + 810, start + 1020))
    assert (sunday.closures, sunday.special) == ((), ())
    [closure] = tuesday.closures
    assert (closure.label, closure.source, closure.status) == ("Durga Puja", PUJA.source, Status.TENTATIVE)
    assert tuesday.opens == ()
    assert [entry.label for entry in friday.special] == ["Extra sitting"]
    assert [closure.reason for closure in saturday.closures] == [Reason.WEEKLY_HOLIDAY]


def test_a_week_over_new_year_says_of_which_days_nothing_is_known() -> None:
    week = seven_days(CALENDAR, date(2026, 12, 31), ())
    assert [day.known for day in week] == [True] * 5 + [False] * 2
    assert [day.opens for day in week[5:]] == [(), ()]


def test_a_leave_of_days_is_cut_to_each_day_and_known_as_whole() -> None:
    monday, tuesday = (local_day(SUNDAY + timedelta(days=n), DHAKA) for n in (1, 2))
    leave = busy(monday.start_min + 600, tuesday.end_min, kind=TakenKind.LEAVE)
    week = seven_days(CALENDAR, SUNDAY, [leave])
    assert [len(day.taken) for day in week] == [0, 1, 1, 0, 0, 0, 0]
    assert (week[1].taken[0].start_min, week[1].taken[0].end_min) == (monday.start_min + 600, monday.end_min)
    assert [week[n].is_whole(week[n].taken[0]) for n in (1, 2)] == [False, True]


def test_the_parts_of_a_hearing_join_and_two_hearings_that_touch_do_not() -> None:
    parts = [busy(130, 160, reference="H-1"), busy(100, 130, reference="H-1"), busy(160, 190, reference="H-2")]
    assert joined(parts) == (busy(100, 160, reference="H-1"), busy(160, 190, reference="H-2"))


def test_a_day_with_a_clock_change_is_an_hour_shorter() -> None:
    london = WorkingCalendar("london", "1", "Europe/London", None)
    week = seven_days(london, date(2026, 3, 29), ())
    assert [day.end_min - day.start_min for day in week] == [1380] + [1440] * 6
    assert span_of_week(date(2026, 3, 29), "Europe/London") == (week[0].start_min, week[6].end_min)


PIECES = st.tuples(st.integers(-3000, 12000), st.integers(1, 4000), st.sampled_from(["a", "b"]))


@given(st.lists(PIECES, max_size=12))
def test_the_days_together_hold_exactly_the_minutes_taken_in_the_week(pieces: list[tuple[int, int, str]]) -> None:
    first, last = span_of_week(SUNDAY, DHAKA)
    taken = [busy(first + at, first + at + length, who=who) for at, length, who in pieces]
    week = seven_days(CALENDAR, SUNDAY, taken)
    for who in ("a", "b"):
        wanted = [(max(p.start_min, first), min(p.end_min, last)) for p in taken if p.who == who]
        shown = [(p.start_min, p.end_min) for day in week for p in day.taken if p.who == who]
        assert course(shown) == course(wanted)
        assert len(shown) == len(set(shown))
