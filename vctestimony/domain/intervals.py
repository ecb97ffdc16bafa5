"""The one place for half-open intervals `[start, end)` of whole minutes. Touching is not clashing.

A *span* is a pair of ints. A *course* is a list of spans that are sorted, not empty and do not touch.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def overlap(one: Span, other: Span) -> bool:
    """Whether the two share a minute.

    >>> overlap((9, 11), (11, 12)), overlap((9, 12), (11, 12))
    (False, True)
    """
    return max(one[0], other[0]) < min(one[1], other[1])


def course(spans: Iterable[Span]) -> list[Span]:
    """The minutes of all the spans together, in any order given; what touches joins, what is empty goes.

    >>> course([(13, 15), (9, 11), (11, 12), (20, 20)])
    [(9, 12), (13, 15)]
    """
    joined: list[Span] = []
    last_start = last_end = 0
    for start, end in sorted(spans):
        if end <= start:
            continue
        if joined and start <= last_end:
            if end > last_end:
                last_end = end
                joined[-1] = (last_start, end)
        else:
            last_start, last_end = start, end
            joined.append((start, end))
    return joined


def common(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """The minutes in both courses.

    >>> common([(9, 12), (14, 17)], [(10, 15)])
    [(10, 12), (14, 15)]
    """
    shared: list[Span] = []
    at_one = at_other = 0
    while at_one < len(one) and at_other < len(other):
        start_one, end_one = one[at_one]
        start_other, end_other = other[at_other]
        start = max(start_other, start_one)
        if end_one < end_other:
            end = end_one
            at_one += 1
        else:
            end = end_other
            at_other += 1
        if start < end:
            shared.append((start, end))
    return shared


def without(free: Sequence[Span], taken: Iterable[Span]) -> list[Span]:
    """The minutes of the course `free` that no span of `taken` covers; `taken` may overlap and come in any order.

    >>> without([(240, 720)], [(285, 300), (240, 255)])
    [(255, 285), (300, 720)]
    """
    left: list[Span] = []
    order = sorted(taken)
    count, at = len(order), 0
    for start, end in free:
        while at < count and order[at][1] <= start:
            at += 1
        here = at
        while here < count and order[here][0] < end:
            busy_start, busy_end = order[here]
            if busy_start > start:
                left.append((start, busy_start))
            if busy_end > start:
                start = busy_end
            here += 1
        if start < end:
            left.append((start, end))
    return left


def holds(spans: Sequence[Span], minute: int) -> bool:
    """Whether the minute lies in the course.

    >>> holds([(9, 11)], 10), holds([(9, 11)], 11)
    (True, False)
    """
    at = bisect_right(spans, (minute, _FAR)) - 1
    return at >= 0 and minute < spans[at][1]


def covers(spans: Sequence[Span], span: Span) -> bool:
    """Whether the course has every minute of the span.

    >>> covers([(9, 11)], (9, 11)), covers([(9, 11)], (10, 12))
    (True, False)
    """
    at = bisect_right(spans, (span[0], _FAR)) - 1
    return at >= 0 and span[1] <= spans[at][1]


_FAR = 1 << 62
