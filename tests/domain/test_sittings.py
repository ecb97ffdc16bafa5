"""Breaks within a day, and the shares of an examination that takes several days."""

from hypothesis import given
from hypothesis import strategies as st

from vctestimony.domain.sittings import Breaks, shares

BREAKS = st.one_of(st.just(Breaks()), st.builds(Breaks, after=st.integers(1, 120), minutes=st.integers(1, 40)))
LENGTHS = st.integers(1, 600)


def _walked(breaks: Breaks, length: int) -> list[bool]:
    """Minute by minute whether it is a break: after so many minutes of sitting, so many of break."""
    found: list[bool] = []
    sat = 0
    while len(found) < length:
        if breaks.after and sat == breaks.after:
            found += [True] * breaks.minutes
            sat = 0
        else:
            found.append(False)
            sat += 1
    return found[:length]


@given(BREAKS, LENGTHS)
def test_breaks_lie_where_a_walk_over_every_minute_puts_them(breaks: Breaks, length: int) -> None:
    minutes = [False] * length
    for start, end in breaks.within(length):
        minutes[start:end] = [True] * (end - start)
    assert minutes == _walked(breaks, length)
    assert breaks.sitting(length) == minutes.count(False)


@given(BREAKS, LENGTHS)
def test_a_length_with_its_breaks_has_all_the_sitting_and_ends_with_it(breaks: Breaks, sitting: int) -> None:
    length = breaks.with_breaks(sitting)
    assert breaks.sitting(length) == sitting
    assert not _walked(breaks, length)[-1]


@given(BREAKS, st.integers(1, 3000), st.integers(1, 600))
def test_shares_keep_all_the_sitting_in_as_few_days_as_the_longest_allows(
    breaks: Breaks, total: int, longest: int
) -> None:
    found = shares(total, longest, breaks)
    sat = [breaks.sitting(minutes) for minutes in found]
    assert sum(sat) == breaks.sitting(total)
    assert all(0 < minutes <= longest for minutes in found)
    assert (len(found) - 1) * breaks.sitting(longest) < breaks.sitting(total)
    assert max(sat) - min(sat) <= 5


def test_an_examination_that_fits_one_day_is_not_split() -> None:
    assert [shares(minutes, 120, Breaks()) for minutes in (119, 120, 121)] == [(119,), (120,), (61, 60)]


def test_a_break_begins_exactly_after_the_sitting() -> None:
    breaks = Breaks(after=60, minutes=15)
    assert [breaks.within(length) for length in (60, 61, 75, 76)] == [(), ((60, 61),), ((60, 75),), ((60, 75),)]
