"""Which of several times is better: the date, then comfort at both ends, then whole pieces of rooms, then the time."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vctestimony.domain.calendars import Rule, WorkingCalendar
from vctestimony.domain.instants import resolve, to_min, wall_of
from vctestimony.domain.slot_ranking import ranked, strained_minutes, wasted_minutes
from vctestimony.domain.slots import Pattern, PatternPart, Search, SlotResource, find

KOLKATA, DHAKA, LONDON = "Asia/Kolkata", "Asia/Dhaka", "Europe/London"
MONDAY, TUESDAY = date(2026, 9, 14), date(2026, 9, 15)
WEEK = WorkingCalendar("room", "1", KOLKATA, tuple(Rule(day, 540, 1080) for day in range(5)))


def at(clock: str, zone: str = KOLKATA, day: int = 14) -> int:
    return to_min(resolve(datetime(2026, 9, day, int(clock[:2]), int(clock[3:])), zone))


def best(
    *busy: tuple[int, int], step: int = 60, zones: tuple[str, ...] = (KOLKATA, DHAKA), to_on: date = MONDAY
) -> list[str]:
    resources = {"room": SlotResource("room", WEEK, busy)}
    pattern = Pattern((PatternPart("main", 90, ("room",)),))
    search = Search(MONDAY, to_on, KOLKATA, step)
    slots = find(search, pattern, resources).slots
    order = ranked(slots, search, pattern, resources, clocks=zones, shared=["room"])
    assert sorted(one.slot.start_min for one in order) == [slot.start_min for slot in slots]
    return [f"{wall_of(one.slot.start_at, KOLKATA):%d %H:%M}" for one in order]


@pytest.mark.parametrize(
    ("start", "end", "zone", "strained"),
    [
        ("11:00", "12:30", KOLKATA, 0),
        ("10:00", "16:00", KOLKATA, 0),
        ("09:00", "10:30", KOLKATA, 60),
        ("15:30", "17:00", KOLKATA, 60),
        ("15:30", "17:00", DHAKA, 90),
        ("11:00", "12:30", LONDON, 90),
        ("09:00", "17:00", KOLKATA, 120),
    ],
)
def test_comfort_is_counted_by_the_clock_of_the_place(start: str, end: str, zone: str, strained: int) -> None:
    assert strained_minutes((at(start), at(end)), zone) == strained


def test_a_hearing_over_midnight_is_measured_against_both_dates() -> None:
    assert strained_minutes((at("22:00"), at("12:00", day=15)), KOLKATA) == 12 * 60


def test_an_earlier_date_comes_before_a_more_comfortable_time() -> None:
    order = best(to_on=TUESDAY)
    assert [day_and_time[:2] for day_and_time in order] == ["14"] * (len(order) // 2) + ["15"] * (len(order) // 2)


def test_on_one_date_what_is_comfortable_at_both_ends_comes_first() -> None:
    assert best()[:5] == ["14 11:00", "14 12:00", "14 13:00", "14 14:00", "14 10:00"]
    assert best()[-1] == "14 16:00"
    assert best(zones=(LONDON,))[:2] == ["14 15:00", "14 16:00"]  # 10:30 and 11:30 in London


def test_of_equally_comfortable_times_the_one_that_cuts_up_the_room_least_comes_first() -> None:
    free = ((at("09:00"), at("10:30")), (at("14:00"), at("18:00")))  # what is left: 10:30 to 14:00
    assert best(*free, step=30)[:3] == ["14 10:30", "14 12:30", "14 11:00"]
    assert wasted_minutes([(at("10:30"), at("14:00"))], (at("11:00"), at("12:30"))) == 30


def test_a_room_that_is_not_shared_is_not_spared() -> None:
    resources = {"room": SlotResource("room", WEEK)}
    pattern = Pattern((PatternPart("main", 90, ("room",)),))
    search = Search(MONDAY, MONDAY, KOLKATA, 30)
    slots = find(search, pattern, resources).slots
    assert {one.wasted for one in ranked(slots, search, pattern, resources, clocks=(), shared=[])} == {0}
    assert [one.slot for one in ranked(slots, search, pattern, resources, clocks=(), shared=[])] == list(slots)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=6), st.sampled_from([15, 30]))
def test_ranking_changes_the_order_and_nothing_else(busy: list[tuple[int, int]], step: int) -> None:
    first = at("08:00")
    spans = tuple((first + begin * 15, first + (begin + length) * 15) for begin, length in busy)
    assert best(*spans, step=step) == best(*spans, step=step)


def test_who_was_chosen_decides_which_room_is_cut_up() -> None:
    resources = {
        "room-1": SlotResource("room-1", WEEK, ((at("09:00"), at("12:00")),)),
        "room-2": SlotResource("room-2", WEEK),
    }
    pattern = Pattern((PatternPart("main", 90, (("room-1", "room-2"),)),))
    search = Search(MONDAY, MONDAY, KOLKATA, 60)
    slots = find(search, pattern, resources).slots
    order = ranked(slots, search, pattern, resources, clocks=(KOLKATA,), shared=tuple(resources))
    wasted = {wall_of(one.slot.start_at, KOLKATA).hour: one.wasted for one in order}
    assert wasted[10] == 60  # room 2, from 09:00
    assert wasted[12] == 0  # room 1, free from 12:00
    assert wasted[13] == 60
