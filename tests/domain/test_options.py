"""Options by themselves: the only table of their changes, how long they hold, and which times may stand together."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from vctestimony.domain.options import (
    MOST,
    OPTION_MOVES,
    HoldTooShort,
    IllegalOptionMove,
    NoOptions,
    OptionMove,
    OptionsOverlap,
    OptionState,
    TooManyOptions,
    check_apart,
    held_until,
    settled,
    standing,
)

NOON = datetime(2026, 9, 14, 12, 0)
NOW = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("state", "move"), list(product(OptionState, OptionMove)))
def test_only_a_held_option_changes(state: OptionState, move: OptionMove) -> None:
    if state is OptionState.HELD:
        assert settled(state, move) is OPTION_MOVES[state, move]
    else:
        with pytest.raises(IllegalOptionMove):
            settled(state, move)


@pytest.mark.parametrize(
    ("minutes", "expected"), [(-1, OptionState.HELD), (0, OptionState.EXPIRED), (1, OptionState.EXPIRED)]
)
def test_a_hold_is_over_in_the_minute_it_says(minutes: int, expected: OptionState) -> None:
    now = NOW + timedelta(minutes=minutes)
    assert standing(OptionState.HELD, NOW, now=now) is expected
    for ended in (OptionState.BOOKED, OptionState.RELEASED, OptionState.EXPIRED):
        assert standing(ended, NOW, now=now) is ended


@pytest.mark.parametrize(("minutes", "together"), [(89, False), (90, True), (91, True)])
def test_times_that_touch_may_stand_together_and_those_that_share_a_minute_not(minutes: int, together: bool) -> None:
    starts = [NOON + timedelta(minutes=minutes), NOON]
    if together:
        check_apart(starts, minutes=90)
    else:
        with pytest.raises(OptionsOverlap, match=r"2026-09-14 12:00 and 2026-09-14 13:29"):
            check_apart(starts, minutes=90)


def test_at_least_one_and_at_most_three_are_offered() -> None:
    check_apart([NOON + DAY * number for number in range(MOST)], minutes=90)
    with pytest.raises(TooManyOptions, match="at most 3"):
        check_apart([NOON + DAY * number for number in range(MOST + 1)], minutes=90)
    with pytest.raises(NoOptions):
        check_apart([], minutes=90)


@pytest.mark.parametrize(
    ("start_in", "expected"),
    [
        (timedelta(days=30), timedelta(hours=48)),
        (timedelta(days=3), timedelta(hours=48)),
        (timedelta(hours=60), timedelta(hours=36)),
    ],
)
def test_a_hold_never_reaches_into_the_notice(start_in: timedelta, expected: timedelta) -> None:
    until = held_until(NOW, hours=48, starts_at=NOW + start_in, notice=DAY)
    assert until - NOW == expected


@pytest.mark.parametrize("minutes", [0, -1, -10_000])
def test_a_start_within_the_notice_is_not_held(minutes: int) -> None:
    with pytest.raises(HoldTooShort):
        held_until(NOW, hours=48, starts_at=NOW + DAY + timedelta(minutes=minutes), notice=DAY)
