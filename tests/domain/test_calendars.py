"""Working calendars: weeks, breaks, seasons, closures, openings, unknown years and clock changes."""

from datetime import date, datetime

import pytest

from vctestimony.domain.calendars import (
    Closure,
    DatedException,
    HolidayYearMissing,
    Kind,
    Reason,
    Rule,
    Status,
    WorkingCalendar,
    closure_of,
    open_course,
    windows,
)
from vctestimony.domain.instants import from_min, to_min, wall_of

DAYTIME = ((630, 810), (840, 990))
MONDAY, FRIDAY, SATURDAY, SUNDAY = date(2026, 9, 14), date(2026, 9, 18), date(2026, 9, 19), date(2026, 9, 20)


def _court(
    *exceptions: DatedException, zone: str = "Asia/Kolkata", years: frozenset[int] | None = None
) -> WorkingCalendar:
    rules = tuple(Rule(weekday, *stretch) for weekday in range(5) for stretch in DAYTIME)
    return WorkingCalendar("court", "1", zone, rules, exceptions, years, label="Court", file="court.toml")


def _on(first: date, last: date, kind: Kind, *stretches: tuple[int, int], **more: object) -> DatedException:
    reason = more.get("reason", Reason.CLOSED)
    assert isinstance(reason, Reason)
    return DatedException(first, last, kind, stretches, str(more.get("label", "")), "notice", reason=reason)


def _hours(calendar: WorkingCalendar, day: date) -> list[str]:
    spans = [
        (wall_of(from_min(a), calendar.zone), wall_of(from_min(b), calendar.zone)) for a, b in windows(calendar, day)
    ]
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in spans]


def test_a_break_is_the_space_between_two_stretches() -> None:
    assert _hours(_court(), MONDAY) == ["10:30-13:30", "14:00-16:30"]
    assert windows(_court(), MONDAY)[0][0] == to_min(datetime.fromisoformat("2026-09-14T05:00Z"))


def test_a_day_without_hours_is_the_weekly_holiday() -> None:
    assert _hours(_court(), SATURDAY) == []
    assert closure_of(_court(), SATURDAY) == (Closure(Reason.WEEKLY_HOLIDAY),)


def test_an_open_day_has_no_reason_to_be_closed() -> None:
    assert closure_of(_court(), MONDAY) == ()


@pytest.mark.parametrize(("day", "is_open"), [(1, True), (8, False), (15, True), (22, False), (29, True)])
def test_second_and_fourth_saturday_closed(day: int, is_open: bool) -> None:
    calendar = WorkingCalendar("gujarat", "1", "Asia/Kolkata", (Rule(5, 690, 870, weeks=(1, 3, 5)),))
    assert bool(windows(calendar, date(2026, 8, day))) is is_open
    assert bool(closure_of(calendar, date(2026, 8, day))) is not is_open


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 5, 31), ["10:00-11:00"]),
        (date(2026, 6, 1), ["07:00-11:00"]),
        (date(2026, 6, 30), ["07:00-11:00"]),
        (date(2026, 7, 1), ["10:00-11:00"]),
    ],
)
def test_rules_are_valid_from_and_to_their_dates_both_included(day: date, hours: list[str]) -> None:
    first, last = date(2026, 6, 1), date(2026, 6, 30)
    rules = [Rule(weekday, 600, 660) for weekday in range(7)]
    rules += [Rule(weekday, 420, 660, valid_from=first, valid_to=last) for weekday in range(7)]
    assert _hours(WorkingCalendar("c", "valid", "Asia/Kolkata", tuple(rules)), day) == hours


@pytest.mark.parametrize(("day", "is_open"), [(13, True), (14, False), (16, False), (17, True)])
def test_a_closure_covers_its_first_and_its_last_date(day: int, is_open: bool) -> None:
    calendar = WorkingCalendar(
        "c", "closure", "Asia/Dhaka", None, (_on(date(2026, 9, 14), date(2026, 9, 16), Kind.CLOSED),)
    )
    assert bool(windows(calendar, date(2026, 9, day))) is is_open


def test_a_vacation_on_a_weekly_holiday_gives_both_reasons() -> None:
    calendar = _court(_on(MONDAY, SUNDAY, Kind.CLOSED, label="Puja vacation", reason=Reason.VACATION))
    vacation = Closure(Reason.VACATION, "Puja vacation", Status.CONFIRMED, "notice")
    assert closure_of(calendar, FRIDAY) == (vacation,)
    assert closure_of(calendar, SATURDAY) == (Closure(Reason.WEEKLY_HOLIDAY), vacation)


def test_an_opening_wins_over_a_closure_and_over_the_weekly_holiday() -> None:
    calendar = _court(_on(MONDAY, SUNDAY, Kind.CLOSED), _on(SATURDAY, SATURDAY, Kind.OPEN, (630, 780)))
    assert _hours(calendar, FRIDAY) == []
    assert _hours(calendar, SATURDAY) == ["10:30-13:00"]


def test_an_opening_without_hours_closes_the_date() -> None:
    calendar = _court(_on(MONDAY, MONDAY, Kind.OPEN, label="no sitting"))
    assert [closure.label for closure in closure_of(calendar, MONDAY)] == ["no sitting"]


def test_a_season_changes_the_hours_of_working_days_only() -> None:
    ramadan = _on(MONDAY, SUNDAY, Kind.SEASON, (570, 795), (810, 900))
    assert _hours(_court(ramadan), FRIDAY) == ["09:30-13:15", "13:30-15:00"]
    assert _hours(_court(ramadan), SATURDAY) == []
    assert _hours(_court(ramadan), date(2026, 9, 21)) == ["10:30-13:30", "14:00-16:30"]


def test_of_two_seasons_the_one_that_began_later_counts() -> None:
    long = _on(date(2026, 9, 1), date(2026, 9, 30), Kind.SEASON, (420, 660))
    short = _on(MONDAY, FRIDAY, Kind.SEASON, (480, 600))
    assert _hours(_court(short, long), MONDAY) == ["08:00-10:00"]


def test_a_year_that_nobody_entered_is_refused_and_the_file_named() -> None:
    calendar = _court(years=frozenset({2026}))
    assert windows(calendar, date(2026, 12, 31))
    with pytest.raises(HolidayYearMissing, match=r"2027 .* calendar Court.*court\.toml"):
        windows(calendar, date(2027, 1, 1))
    with pytest.raises(HolidayYearMissing):
        closure_of(calendar, date(2027, 1, 1))


def test_dates_at_the_rim_of_a_search_count_as_shut_when_their_year_is_unknown() -> None:
    calendar = _court(years=frozenset({2026}))
    last = date(2026, 12, 31)
    assert open_course(calendar, last, last)[-1] == windows(calendar, last)[-1]
    with pytest.raises(HolidayYearMissing):
        open_course(calendar, last, date(2027, 1, 1))


def test_hours_that_touch_join_over_midnight() -> None:
    rules = (Rule(0, 1320, 1440), Rule(1, 0, 120))
    night = WorkingCalendar("night", "1", "Asia/Kolkata", rules)
    assert [end - start for start, end in open_course(night, MONDAY, date(2026, 9, 15))] == [240]


def test_hours_that_end_before_they_begin_are_no_hours() -> None:
    assert windows(WorkingCalendar("c", "reversed", "Europe/London", (Rule(0, 480, 420),)), MONDAY) == ()


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2026, 3, 29), "2026-03-29T00:30Z", "2026-03-29T03:00Z"),  # two and a half hours
        (date(2026, 10, 25), "2026-10-24T23:30Z", "2026-10-25T04:00Z"),  # four and a half
    ],
)
def test_hours_follow_the_clock_over_its_changes(day: date, start: str, end: str) -> None:
    calendar = WorkingCalendar("night", "london", "Europe/London", (Rule(6, 30, 240),))
    assert [(from_min(a), from_min(b)) for a, b in windows(calendar, day)] == [
        (datetime.fromisoformat(start), datetime.fromisoformat(end))
    ]


def test_an_edge_in_the_repeated_hour_offers_the_less() -> None:
    opens = WorkingCalendar("c", "opens", "Europe/London", (Rule(6, 90, 180),))
    closes = WorkingCalendar("c", "closes", "Europe/London", (Rule(6, 0, 90),))
    assert [f"{from_min(a):%H:%M}-{from_min(b):%H:%M}" for a, b in windows(opens, date(2026, 10, 25))] == [
        "01:30-03:00"
    ]
    assert [f"{from_min(a):%H:%M}-{from_min(b):%H:%M}" for a, b in windows(closes, date(2026, 10, 25))] == [
        "23:00-00:30"
    ]


def test_hours_that_lie_wholly_in_the_skipped_hour_vanish() -> None:
    calendar = WorkingCalendar("c", "gap", "Europe/London", (Rule(6, 60, 120),))
    assert windows(calendar, date(2026, 3, 29)) == ()


def test_an_edit_with_the_same_version_is_not_mistaken_for_what_was_remembered() -> None:
    before, after = _court(), _court(_on(MONDAY, MONDAY, Kind.CLOSED))
    assert (before.id, before.version) == (after.id, after.version)
    assert windows(before, MONDAY)
    assert windows(after, MONDAY) == ()


def test_a_calendar_without_rules_is_open_day_and_night() -> None:
    always = WorkingCalendar("c", "always", "Europe/London", None)
    assert [end - start for start, end in windows(always, date(2026, 10, 25))] == [25 * 60]
