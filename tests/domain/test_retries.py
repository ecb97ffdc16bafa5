"""Pauses double, never march in step, and end with the hearing."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from vctestimony.domain.retries import GIVE_UP, last_try_at, next_try_at

NOW = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)
MIDDLE = 128


def schedule(until_at: datetime, *, chance: int = MIDDLE) -> list[timedelta]:
    """After how long each attempt is made when every one fails at once, the first at once."""
    at, tries, found = NOW, 1, [timedelta(0)]
    while (following := next_try_at(at, tries=tries, until_at=until_at, chance=chance)) is not None:
        found.append(following - NOW)
        at, tries = following, tries + 1
    return found


@pytest.mark.parametrize(
    ("ahead", "last"),
    [
        (None, GIVE_UP),
        (timedelta(hours=2), timedelta(hours=2)),
        (timedelta(days=2), timedelta(days=2)),
        (timedelta(days=9), GIVE_UP),
        (timedelta(0), GIVE_UP),
        (-timedelta(hours=1), GIVE_UP),
    ],
)
def test_trying_ends_with_the_start_of_the_hearing_or_after_three_days(
    ahead: timedelta | None, last: timedelta
) -> None:
    assert last_try_at(NOW, starts_at=None if ahead is None else NOW + ahead) == NOW + last


@pytest.mark.parametrize("chance", [0, MIDDLE, 255])
def test_for_a_hearing_in_two_hours_it_is_tried_every_few_minutes_to_the_end(chance: int) -> None:
    tries = schedule(NOW + timedelta(hours=2), chance=chance)
    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert max(pauses) <= timedelta(minutes=6)
    assert min(pauses[:-1]) >= timedelta(seconds=48)
    assert tries[-1] == timedelta(hours=2)
    assert 30 <= len(tries) <= 100


def test_over_three_days_it_is_tried_once_an_hour_and_more_often_at_the_end() -> None:
    tries = schedule(NOW + GIVE_UP)
    assert [round(at.total_seconds() / 60) for at in tries[:7]] == [0, 1, 3, 7, 15, 31, 63]
    assert tries[-1] == GIVE_UP
    assert 80 <= len(tries) <= 200


def test_with_no_time_left_there_is_no_other_try() -> None:
    assert next_try_at(NOW, tries=1, until_at=NOW, chance=MIDDLE) is None


def test_retries_do_not_march_in_step() -> None:
    early, late = (next_try_at(NOW, tries=4, until_at=NOW + GIVE_UP, chance=chance) for chance in (0, 255))
    assert early is not None
    assert late is not None
    assert (early - NOW, late - NOW) == (timedelta(minutes=6.4), timedelta(minutes=9.6))
