"""Sittings over several days against an oracle that tries every choice of days."""

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from vctestimony.domain.instants import resolve, to_min, wall_of
from vctestimony.domain.series import Series, in_order, series
from vctestimony.domain.slots import CauseRule, Pattern, PatternPart, Search, Slot, SlotResource, find

FIRST = date(2026, 9, 14)
ZONE = "Asia/Kolkata"
DAYS = 6


def _at(day: int, hour: int) -> int:
    return to_min(resolve(datetime(2026, 9, 14) + timedelta(days=day, hours=hour), ZONE))


def _pattern(main: int) -> Pattern:
    return Pattern((PatternPart("pre", 15, ("room",)), PatternPart("main", main, ("room",))))


def _search(days: int = DAYS) -> Search:
    return Search(FIRST, FIRST + timedelta(days=days - 1), ZONE, step_minutes=60, day=(600, 1080))


def _series(busy: Sequence[tuple[int, int]], lengths: Sequence[int], most: int, days: int = DAYS) -> Series:
    room = SlotResource("room", None, busy, own_zone=ZONE)
    return series(_search(days), _pattern(lengths[0]), {"room": room}, lengths=lengths, most_days_between=most)


def _days(found: Series) -> list[int]:
    return [_day_of(slot) for slot in found.slots]


def _day_of(slot: Slot) -> int:
    return (wall_of(slot.start_at, ZONE).date() - FIRST).days


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, DAYS - 1), st.integers(10, 17), st.integers(1, 8)), max_size=8),
    st.lists(st.sampled_from([45, 105, 165, 345]), min_size=1, max_size=4),
    st.integers(1, 4),
)
def test_the_earliest_sittings_are_those_that_trying_every_choice_of_days_finds(
    taken: list[tuple[int, int, int]], lengths: list[int], most: int
) -> None:
    busy = [(_at(day, hour), _at(day, hour) + 60 * hours) for day, hour, hours in taken]
    room = {"room": SlotResource("room", None, busy, own_zone=ZONE)}
    free = {main: {_day_of(slot) for slot in find(_search(), _pattern(main), room).slots} for main in set(lengths)}

    def fits(days: tuple[int, ...], count: int) -> bool:
        near = all(0 < later - day <= most for day, later in itertools.pairwise(days))
        return near and all(day in free[main] for day, main in zip(days, lengths[:count], strict=True))

    def every(count: int) -> list[tuple[int, ...]]:
        return [days for days in itertools.product(range(DAYS), repeat=count) if fits(days, count)]

    found, whole = _series(busy, lengths, most), every(len(lengths))
    assert _days(found) == list(min(whole, default=()))
    if not whole:
        assert found.placed == max(count for count in range(len(lengths)) if every(count))


def test_each_sitting_has_its_own_length_and_the_first_start_of_its_day() -> None:
    found = _series([(_at(0, 10), _at(0, 12))], [105, 45], most=7)
    seen = [(slot.start_min, slot.end_min - slot.main_min) for slot in found.slots]
    assert seen == [(_at(0, 12), 105), (_at(1, 10), 45)]


def test_an_early_first_day_is_given_up_when_none_follows_it_soon_enough() -> None:
    shut = [(_at(1, 0), _at(3, 0))]
    assert _days(_series(shut, [45, 45], most=2)) == [3, 4]
    assert _days(_series(shut, [45, 45], most=3)) == [0, 3]


def test_what_is_stuck_says_after_which_day_and_why() -> None:
    found = _series([(_at(2, 0), _at(9, 0))], [45, 45, 45], most=7)
    assert (found.slots, found.placed, found.stuck_after_on) == ((), 2, date(2026, 9, 15))
    assert [one.on.day for one in found.refusals] == [16, 17, 18, 19]
    assert {cause.rule for one in found.refusals for cause in one.causes} == {CauseRule.BUSY}


def test_days_in_order_are_near_enough_and_each_its_own() -> None:
    walls = [datetime(2026, 9, day, 11) for day in (14, 15, 18)]
    assert in_order(walls, most_days_between=3)
    assert not in_order(walls, most_days_between=2)
    assert not in_order([walls[0], walls[0] + timedelta(hours=2)], most_days_between=3)
    assert not in_order(list(reversed(walls)), most_days_between=3)
