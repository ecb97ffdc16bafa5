"""Half-open intervals: touching is not clashing, and order of input never matters."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vctestimony.domain.intervals import Span, common, course, covers, holds, overlap, without

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def _minutes(spans: list[Span]) -> set[int]:
    return {minute for start, end in spans for minute in range(start, end)}


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ((540, 660), (660, 720), False),
        ((540, 661), (660, 720), True),
        ((540, 659), (660, 720), False),
        ((540, 600), (599, 720), True),
        ((120, 240), (60, 180), True),
        ((120, 240), (180, 240), True),
        ((120, 240), (0, 60), False),
        ((120, 240), (60, 120), False),
        ((120, 240), (120, 240), True),
        ((120, 240), (180, 180), False),
    ],
)
def test_two_spans_clash_only_when_they_share_a_minute(one: Span, other: Span, clash: bool) -> None:
    assert overlap(one, other) is overlap(other, one) is clash


def test_busy_times_that_overlap_are_one() -> None:
    assert course([(555, 615), (540, 600)]) == [(540, 615)]


@pytest.mark.parametrize(
    ("courses", "shared"),
    [
        ([[(9, 10)], [(10, 11)]], []),
        ([[(9, 12), (14, 17)], [(12, 14)]], []),
        ([[(540, 720), (840, 1020)], [(600, 780), (900, 1080)], [(660, 750), (930, 990)]], [(660, 720), (930, 990)]),
        ([[(540, 1020)], [(600, 960)], [(660, 900)], [(675, 690), (780, 840)]], [(675, 690), (780, 840)]),
    ],
)
def test_common_time_is_what_all_share(courses: list[list[Span]], shared: list[Span]) -> None:
    found = courses[0]
    for each in courses[1:]:
        found = common(found, each)
    assert found == shared


def test_unsorted_input_is_put_in_order_first() -> None:
    assert common(course([(13, 15), (9, 11)]), course([(14, 16), (10, 12)])) == [(10, 11), (14, 15)]


@pytest.mark.parametrize("taken", [[(240, 255), (285, 300)], [(285, 300), (240, 255)]])
def test_what_is_taken_may_come_in_any_order(taken: list[Span]) -> None:
    assert without([(240, 720)], taken) == [(255, 285), (300, 720)]


def test_free_gaps_lie_before_and_after_a_row_of_bookings() -> None:
    assert without([(0, 1440)], [(540, 600), (600, 660), (660, 720)]) == [(0, 540), (720, 1440)]


@pytest.mark.parametrize(("minute", "inside"), [(8, False), (9, True), (10, True), (11, False)])
def test_the_end_of_a_span_is_not_in_it(minute: int, inside: bool) -> None:
    assert holds([(1, 3), (9, 11)], minute) is inside


@pytest.mark.parametrize(("span", "inside"), [((9, 11), True), ((8, 11), False), ((9, 12), False), ((2, 9), False)])
def test_a_course_covers_a_span_only_whole(span: Span, inside: bool) -> None:
    assert covers([(1, 3), (9, 11)], span) is inside


@given(SPANS, SPANS)
def test_the_algebra_agrees_with_sets_of_minutes(one: list[Span], other: list[Span]) -> None:
    first, second = course(one), course(other)
    assert _minutes(first) == _minutes(one)
    assert _minutes(common(first, second)) == _minutes(one) & _minutes(other)
    proper = [span for span in other if span[0] < span[1]]
    assert _minutes(without(first, proper)) == _minutes(one) - _minutes(other)


@given(SPANS, SPANS)
def test_a_course_is_sorted_and_its_spans_do_not_touch(one: list[Span], other: list[Span]) -> None:
    for found in (course(one), common(course(one), course(other))):
        assert all(start < end for start, end in found)
        assert all(before[1] < after[0] for before, after in itertools.pairwise(found))
