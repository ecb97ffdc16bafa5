"""Entries over a working calendar: composed by the code, and date by date by an oracle that shares nothing with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind, compose, compose_person, mark_of
from vctestimony.domain.calendars import (
    DatedException,
    Kind,
    Reason,
    Rule,
    Status,
    WorkingCalendar,
    closure_of,
    windows,
)
from vctestimony.domain.intervals import Span, course

FIRST = date(2026, 3, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(100)]
MORNING, AFTERNOON, SHORT = (600, 780), (840, 1020), (420, 660)
DATED = [EntryKind.SEASON, EntryKind.CLOSED, EntryKind.OPEN]

dates = st.sampled_from(DAYS)
stretches = st.sampled_from([(MORNING,), (MORNING, AFTERNOON), (SHORT,), ((0, 1440),)])
weekdays = st.lists(st.integers(0, 6), min_size=1, max_size=5, unique=True).map(tuple)
weeks = st.sampled_from([(), (1, 3, 5), (2, 4)])
statuses = st.sampled_from(list(Status))
reasons = st.sampled_from([Reason.PUBLIC_HOLIDAY, Reason.VACATION])


def entry(kind: EntryKind, first_on: date, last_on: date | None = None, **values: object) -> CalendarEntry:
    filled = {"label": "Entered", "source": "circular 7", **values}
    return CalendarEntry(kind=kind, first_on=first_on, last_on=last_on, **filled)  # type: ignore[arg-type]  # any field


def week(first_on: date, last_on: date | None = None, days: Sequence[int] = (0,), **values: object) -> CalendarEntry:
    return entry(EntryKind.HOURS, first_on, last_on, weekdays=tuple(days), **{"stretches": (SHORT,), **values})


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date]:
    first, second = sorted((draw(dates), draw(dates)))
    return first, min(second, first + timedelta(days=draw(st.integers(0, 40))))


@st.composite
def dated_entries(draw: st.DrawFn) -> CalendarEntry:
    kind = draw(st.sampled_from([*DATED, EntryKind.OBSERVED_NOT, EntryKind.CONFIRMED]))
    first_on, last_on = draw(spans())
    hours = draw(stretches) if kind in {EntryKind.SEASON, EntryKind.OPEN} else ()
    return entry(kind, first_on, last_on, stretches=hours, status=draw(statuses), label=draw(st.sampled_from("ab")))


@st.composite
def whole_weeks(draw: st.DrawFn) -> list[CalendarEntry]:
    first_on, last_on = draw(spans())
    until = draw(st.sampled_from([None, last_on]))
    rows = draw(st.lists(st.tuples(weekdays, weeks, stretches), min_size=1, max_size=3))
    return [week(first_on, until, days, weeks=nth, stretches=hours) for days, nth, hours in rows]


@st.composite
def entries(draw: st.DrawFn) -> list[CalendarEntry]:
    found = draw(st.lists(dated_entries(), max_size=6, unique_by=lambda one: (one.kind, one.first_on)))
    later = draw(st.lists(whole_weeks(), max_size=3, unique_by=lambda rows: rows[0].first_on))
    return found + [row for rows in later for row in rows]


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    rules = tuple(Rule(day, *hours) for day in draw(weekdays) for hours in draw(stretches))
    closed = []
    for _ in range(draw(st.integers(0, 5))):
        kind, (first_on, last_on) = draw(st.sampled_from(list(Kind))), draw(spans())
        hours = () if kind is Kind.CLOSED else draw(stretches)
        closed.append(
            DatedException(
                first_on, last_on, kind, hours, draw(st.sampled_from("abc")), "file", draw(statuses), draw(reasons)
            )
        )
    return WorkingCalendar("base", "1", "UTC", rules, tuple(closed))


def stretches_of(calendar: WorkingCalendar, on: date) -> list[Span]:
    midnight = (on - date(1970, 1, 1)).days * 1440
    return [(start - midnight, end - midnight) for start, end in windows(calendar, on)]


def covering(found: Sequence[CalendarEntry], kind: EntryKind, on: date) -> list[CalendarEntry]:
    return [one for one in found if one.kind is kind and one.first_on <= on <= (one.last_on or date.max)]


def expected(base: WorkingCalendar, found: Sequence[CalendarEntry], on: date, *, person: bool = False) -> list[Span]:
    """What the date's hours are, by the words of the agreement, for one date."""
    own = {kind: covering(found, kind, on) for kind in EntryKind}
    below = {kind: [one for one in base.exceptions if one.kind is kind and one.covers(on)] for kind in Kind}
    if person and own[EntryKind.HOURS]:
        below[Kind.OPEN] = below[Kind.SEASON] = []
    opened = own[EntryKind.OPEN] or (below[Kind.OPEN] if not own[EntryKind.CLOSED] else [])
    if opened:
        return course(span for one in opened for span in one.stretches)
    observed = {Reason.VACATION} if own[EntryKind.OBSERVED_NOT] else set(Reason)
    if own[EntryKind.CLOSED] or any(one.reason in observed for one in below[Kind.CLOSED]):
        return []
    usual = usual_hours(base, own[EntryKind.HOURS], on)
    seasons: Sequence[CalendarEntry | DatedException] = own[EntryKind.SEASON] or below[Kind.SEASON]
    return course(max(seasons, key=lambda one: one.first_on).stretches if usual and seasons else usual)


def usual_hours(base: WorkingCalendar, rows: Sequence[CalendarEntry], on: date) -> list[Span]:
    if not rows:
        return [(rule.open_min, rule.close_min) for rule in base.rules or () if rule.applies(on)]
    began_on, which = max(row.first_on for row in rows), (on.day - 1) // 7 + 1
    return [
        span
        for row in rows
        if row.first_on == began_on and on.weekday() in row.weekdays and which in (row.weeks or (which,))
        for span in row.stretches
    ]


@given(calendars(), entries())
def test_every_date_is_what_the_agreement_says(base: WorkingCalendar, found: list[CalendarEntry]) -> None:
    calendar = compose(base, found)
    for on in DAYS:
        assert stretches_of(calendar, on) == expected(base, found, on), on


@given(calendars(), entries())
def test_a_persons_week_replaces_the_posts_and_closures_hold(base: WorkingCalendar, found: list[CalendarEntry]) -> None:
    own = [one for one in found if one.kind not in {EntryKind.OBSERVED_NOT, EntryKind.CONFIRMED}]
    calendar = compose_person(base, own)
    for on in DAYS:
        assert stretches_of(calendar, on) == expected(base, own, on, person=True), on


@given(calendars(), entries(), st.randoms())
def test_the_order_of_entering_changes_nothing(base: WorkingCalendar, found: list[CalendarEntry], luck: object) -> None:
    shuffled = list(found)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's own Random
    assert compose(base, shuffled) == compose(base, found)
    assert mark_of(shuffled) == mark_of(found)


@given(calendars(), entries())
def test_composing_twice_changes_no_date(base: WorkingCalendar, found: list[CalendarEntry]) -> None:
    once = compose(base, found)
    twice = compose(once, found)
    for on in DAYS:
        assert windows(twice, on) == windows(once, on), on
        if EntryKind.OBSERVED_NOT not in {one.kind for one in found}:
            assert set(closure_of(twice, on)) == set(closure_of(once, on))


@given(calendars(), whole_weeks())
def test_before_a_week_begins_and_after_it_ends_nothing_changes(
    base: WorkingCalendar, rows: list[CalendarEntry]
) -> None:
    calendar = compose(base, rows)
    for on in DAYS:
        if not covering(rows, EntryKind.HOURS, on):
            assert windows(calendar, on) == windows(base, on)
            assert closure_of(calendar, on) == closure_of(base, on)


@given(calendars(), st.lists(dated_entries(), max_size=4))
def test_confirming_changes_no_hours_and_leaves_no_doubt(base: WorkingCalendar, found: list[CalendarEntry]) -> None:
    sure = entry(EntryKind.CONFIRMED, DAYS[20], DAYS[60])
    before, after = compose(base, found), compose(base, [*found, sure])
    for on in DAYS:
        assert windows(after, on) == windows(before, on)
        if DAYS[20] <= on <= DAYS[60]:  # nothing is called as the confirmation is, so it means everything
            assert {closure.status for closure in closure_of(after, on)} <= {Status.CONFIRMED}


def test_a_confirmation_means_what_bears_its_name_and_a_holiday_left_out_opens_no_vacation() -> None:
    rules = tuple(Rule(weekday, *MORNING) for weekday in range(7))
    vacation = DatedException(
        DAYS[0], DAYS[9], Kind.CLOSED, (), "Puja vacation", "file", Status.TENTATIVE, Reason.VACATION
    )
    eid = DatedException(DAYS[5], DAYS[5], Kind.CLOSED, (), "Eid", "list", Status.ESTIMATED, Reason.PUBLIC_HOLIDAY)
    base = WorkingCalendar("base", "1", "UTC", rules, (vacation, eid))
    sure = compose(base, [entry(EntryKind.CONFIRMED, DAYS[5], DAYS[5], label="Eid")])
    seen = {(one.label, one.status.value) for one in closure_of(sure, DAYS[5])}
    assert seen == {("Puja vacation", "tentative"), ("Eid", "confirmed")}
    without_eid = compose(base, [entry(EntryKind.OBSERVED_NOT, DAYS[5], DAYS[5], label="Eid")])
    assert [one.label for one in closure_of(without_eid, DAYS[5])] == ["Puja vacation"]


def test_a_season_that_is_confirmed_in_part_takes_no_date_from_one_that_began_later() -> None:
    rules = tuple(Rule(weekday, *MORNING) for weekday in range(7))
    long = DatedException(DAYS[0], DAYS[40], Kind.SEASON, (SHORT,), "Summer", "file", Status.TENTATIVE)
    late = DatedException(DAYS[5], DAYS[20], Kind.SEASON, (AFTERNOON,), "Ramadan", "file")
    twin = replace(late, stretches=(MORNING,), label="Another of the same days")
    base = WorkingCalendar("base", "1", "UTC", rules, (long, late, twin))
    calendar = compose(base, [entry(EntryKind.CONFIRMED, DAYS[7], DAYS[9], label="Summer")])
    assert [stretches_of(calendar, DAYS[number]) for number in (4, 5, 8, 21)] == [
        [SHORT],
        [AFTERNOON],
        [AFTERNOON],
        [SHORT],
    ]


def test_what_a_file_says_twice_is_one_reason() -> None:
    closed = DatedException(DAYS[1], DAYS[1], Kind.CLOSED, (), "Puja", "file")
    base = WorkingCalendar("base", "1", "UTC", tuple(Rule(weekday, *MORNING) for weekday in range(7)), (closed, closed))
    assert len(closure_of(base, DAYS[1])) == 1


def test_without_entries_the_calendar_is_the_very_same() -> None:
    base = WorkingCalendar("base", "1", "UTC", (Rule(0, 600, 660),))
    assert compose(base, []) is base
    assert mark_of([]) == ""


def test_the_same_entries_give_equal_calendars_and_others_do_not() -> None:
    base = WorkingCalendar("base", "1", "UTC", (Rule(0, 600, 660),))
    closed = entry(EntryKind.CLOSED, DAYS[1], DAYS[1])
    assert hash(compose(base, [closed])) == hash(compose(base, [closed]))
    assert compose(base, [closed]) != compose(base, [replace(closed, label="Other")])
    assert len(mark_of([closed])) == 32


def test_a_later_week_replaces_and_a_limited_one_gives_way_again() -> None:
    base = WorkingCalendar("base", "1", "UTC", (Rule(0, *MORNING, source="file"),))
    monday = date(2026, 3, 2)
    found = [
        week(date(2026, 3, 9), stretches=(AFTERNOON,), source="order 1"),
        week(date(2026, 3, 16), date(2026, 3, 29), source="order 2"),
    ]
    calendar = compose(base, found)
    mondays = [stretches_of(calendar, monday + timedelta(weeks=number)) for number in range(6)]
    assert mondays == [[MORNING], [AFTERNOON], [SHORT], [SHORT], [AFTERNOON], [AFTERNOON]]
    assert [rule.source for rule in calendar.rules or ()] == ["file", "order 1", "order 1", "order 2"]


def test_the_second_and_fourth_saturday_stay_closed() -> None:
    base = WorkingCalendar("base", "1", "UTC", ())
    calendar = compose(base, [week(FIRST, days=(5,), weeks=(1, 3, 5))])
    saturdays = [on for on in DAYS if on.weekday() == 5 and windows(calendar, on)]
    assert [on.isoformat() for on in saturdays][:5] == [
        "2026-03-07",
        "2026-03-21",
        "2026-04-04",
        "2026-04-18",
        "2026-05-02",
    ]


def test_a_week_over_a_calendar_without_hours_of_its_own_leaves_every_hour_before() -> None:
    calendar = compose(WorkingCalendar("base", "1", "UTC", None), [week(DAYS[10], days=(DAYS[10].weekday(),))])
    assert stretches_of(calendar, DAYS[9]) == [(0, 1440)]
    assert stretches_of(calendar, DAYS[10]) == [SHORT]
    assert stretches_of(calendar, DAYS[11]) == []


@pytest.mark.parametrize(
    ("found", "statuses_of_both_days"),
    [
        ([], ["tentative", "tentative"]),
        ([entry(EntryKind.CONFIRMED, DAYS[1], DAYS[1], source="gazette 5")], ["confirmed", "tentative"]),
        ([entry(EntryKind.OBSERVED_NOT, DAYS[2], DAYS[2])], ["tentative", None]),
    ],
)
def test_part_of_a_tentative_closure_can_be_confirmed_or_left_out(
    found: list[CalendarEntry], statuses_of_both_days: list[str | None]
) -> None:
    puja = DatedException(DAYS[1], DAYS[2], Kind.CLOSED, (), "Puja", "file", Status.TENTATIVE, Reason.PUBLIC_HOLIDAY)
    rules = tuple(Rule(weekday, *MORNING) for weekday in range(7))
    calendar = compose(WorkingCalendar("base", "1", "UTC", rules, (puja,)), found)
    seen = [next((one.status.value for one in closure_of(calendar, on)), None) for on in DAYS[1:3]]
    assert seen == statuses_of_both_days
    if "confirmed" in seen:
        assert closure_of(calendar, DAYS[1])[0].source == "file; gazette 5"
