"""A working calendar as a year: its week, its months and every dated entry, with doubt where a date may move."""

from datetime import date

import pytest

from vctestimony.domain.calendar_years import (
    CalendarYear,
    DayKind,
    Hours,
    Weekdays,
    YearDay,
    upcoming,
    week_of,
    year_of,
)
from vctestimony.domain.calendars import DatedException, Kind, Reason, Rule, Status, WorkingCalendar

DHAKA = tuple(Rule(weekday, 570, 990) for weekday in (6, 0, 1, 2, 3))


def closed(first: str, last: str, label: str, *, status: Status = Status.CONFIRMED, source: str = "") -> DatedException:
    first_on, last_on = date.fromisoformat(first), date.fromisoformat(last)
    return DatedException(
        first_on, last_on, Kind.CLOSED, label=label, source=source, status=status, reason=Reason.VACATION
    )


def calendar(*exceptions: DatedException, rules: tuple[Rule, ...] | None = DHAKA) -> WorkingCalendar:
    return WorkingCalendar("dhaka", "1", "Asia/Dhaka", rules, exceptions, frozenset({2026}))


def day(year: CalendarYear, on: str) -> YearDay:
    wanted = date.fromisoformat(on)
    weeks = year.months[wanted.month - 1].weeks
    return next(cell for week in weeks for cell in week if cell and cell.on == wanted)


def test_every_date_stands_once_below_its_weekday() -> None:
    year = year_of(calendar(), 2026)
    cells = [(at, cell) for month in year.months for week in month.weeks for at, cell in enumerate(week)]
    dates = [cell.on for _, cell in cells if cell]
    assert (len(dates), dates[0], dates[-1]) == (365, date(2026, 1, 1), date(2026, 12, 31))
    assert dates == sorted(dates)
    assert all(at == (cell.on.weekday() + 1) % 7 for at, cell in cells if cell)


def test_days_with_the_same_hours_are_one_line_of_the_week() -> None:
    hours = (Hours(((570, 990),)),)
    assert year_of(calendar(), 2026).week == (Weekdays(6, 3, hours), Weekdays(4, 5, ()))


def test_a_rule_for_some_saturdays_says_for_which() -> None:
    rules = (*DHAKA, Rule(5, 600, 780, weeks=(1, 3)), Rule(5, 570, 600, weeks=(1, 3)))
    saturday = year_of(calendar(rules=rules), 2026).week[-1]
    assert saturday == Weekdays(5, 5, (Hours(((570, 600), (600, 780)), weeks=(1, 3)),))


@pytest.mark.parametrize(("first", "shown"), [("2026-06-30", True), ("2026-07-01", True), ("2026-07-02", False)])
def test_hours_stand_in_the_week_to_the_last_day_on_which_they_hold(first: str, shown: bool) -> None:
    rules = (Rule(0, 570, 990, valid_to=date(2026, 7, 1)),)
    week = week_of(calendar(rules=rules), date.fromisoformat(first), date(2026, 12, 31))
    assert any(days.hours for days in week) is shown


def test_a_vacation_is_one_entry_and_each_of_its_days_leads_to_it() -> None:
    year = year_of(calendar(closed("2026-05-10", "2026-05-12", "Vacation")), 2026)
    assert [(entry.first_on, entry.last_on) for entry in year.entries] == [(date(2026, 5, 10), date(2026, 5, 12))]
    kinds = [day(year, f"2026-05-{number:02}").kind for number in (7, 8, 9, 10, 12, 13)]
    assert kinds == [
        DayKind.WORKING,
        DayKind.WEEKLY,
        DayKind.WEEKLY,
        DayKind.CLOSED,
        DayKind.CLOSED,
        DayKind.WORKING,
    ]
    assert day(year, "2026-05-12").entry == year.entries[0].number


def test_what_is_said_of_days_in_a_row_is_said_once() -> None:
    eid = [closed(f"2026-03-{number}", f"2026-03-{number}", "Eid") for number in (23, 22, 25)]
    other = closed("2026-03-24", "2026-03-24", "Eid", source="gazette")
    year = year_of(calendar(*eid, other), 2026)
    assert [(entry.first_on.day, entry.last_on.day, entry.source) for entry in year.entries] == [
        (22, 23, ""),
        (24, 24, "gazette"),
        (25, 25, ""),
    ]


def test_an_entry_is_cut_to_the_year() -> None:
    winter = closed("2025-12-24", "2026-01-01", "Winter"), closed("2026-12-24", "2027-01-01", "Winter")
    year = year_of(calendar(*winter), 2026)
    assert [(str(entry.first_on), str(entry.last_on)) for entry in year.entries] == [
        ("2026-01-01", "2026-01-01"),
        ("2026-12-24", "2026-12-31"),
    ]


@pytest.mark.parametrize(
    ("status", "on", "doubtful"),
    [
        (Status.TENTATIVE, "2026-09-14", True),
        (Status.ESTIMATED, "2026-09-14", True),
        (Status.CONFIRMED, "2026-09-14", False),
        (Status.TENTATIVE, "2026-09-18", False),  # a Friday, closed whatever comes of it
    ],
)
def test_a_closure_is_doubtful_until_one_of_its_reasons_is_sure(status: Status, on: str, doubtful: bool) -> None:
    found = day(year_of(calendar(closed(on, on, "Puja", status=status)), 2026), on)
    assert (found.kind, found.doubtful) == (DayKind.CLOSED, doubtful)


def test_two_reasons_of_which_one_is_sure_leave_no_doubt() -> None:
    both = (closed("2026-05-04", "2026-05-04", label, status=status) for label, status in
            (("May Day", Status.CONFIRMED), ("Purnima", Status.TENTATIVE)))  # fmt: skip
    assert not day(year_of(calendar(*both), 2026), "2026-05-04").doubtful


def test_a_season_and_an_opening_lead_to_their_entries() -> None:
    ramadan = DatedException(
        date(2026, 2, 19), date(2026, 3, 20), Kind.SEASON, ((570, 795),), "Ramadan", status=Status.ESTIMATED
    )
    extra = DatedException(date(2026, 2, 27), date(2026, 2, 27), Kind.OPEN, ((600, 720),), "Special sitting")
    year = year_of(calendar(ramadan, extra), 2026)
    assert day(year, "2026-02-22") == YearDay(date(2026, 2, 22), DayKind.SEASON, 1, doubtful=True)
    assert day(year, "2026-02-27") == YearDay(date(2026, 2, 27), DayKind.EXTRA, 2, doubtful=False)
    assert day(year, "2026-02-20") == YearDay(date(2026, 2, 20), DayKind.WEEKLY)


def test_a_year_that_nobody_entered_has_its_week_and_nothing_else() -> None:
    year = year_of(calendar(closed("2027-01-01", "2027-01-01", "New Year")), 2027)
    assert (year.known, year.months, year.entries) == (False, (), ())
    assert len(year.week) == 2


def test_a_calendar_without_rules_is_always_open() -> None:
    year = year_of(calendar(closed("2026-01-01", "2026-01-01", "New Year"), rules=None), 2026)
    assert year.always_open
    assert day(year, "2026-01-02").kind is DayKind.WORKING
    assert day(year, "2026-01-01").kind is DayKind.CLOSED


@pytest.mark.parametrize(("days", "found"), [(9, 0), (10, 1), (11, 1)])
def test_what_is_coming_ends_with_the_last_day_asked_for(days: int, found: int) -> None:
    puja = calendar(closed("2026-10-10", "2026-10-11", "Puja"))
    assert len(upcoming(puja, date(2026, 10, 1), days=days)) == found


def test_what_is_coming_and_lasts_longer_is_told_with_its_own_last_day() -> None:
    vacation = calendar(closed("2026-10-10", "2026-11-08", "Vacation"))
    first, last = date(2026, 10, 12), date(2026, 11, 8)
    assert [(one.first_on, one.last_on) for one in upcoming(vacation, first, days=7)] == [(first, last)]
