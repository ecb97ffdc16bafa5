"""Counted tries: how many, for how long, each bucket for itself, and no way round by trying at once."""

import threading

import pytest

from tests.fakes import FrozenClock
from vctestimony.services import limits
from vctestimony.services.limits import TooManyTries
from vctestimony.services.unit import Units


def tried(units: Units, bucket: str = "door", *, most: int = 3) -> bool:
    """Whether one more try was let through."""
    try:
        with units.writing() as unit:
            limits.count(unit, bucket, most=most, within_minutes=15)
    except TooManyTries:
        return False
    return True


def test_the_try_after_the_last_allowed_one_is_refused_with_the_seconds_to_wait(
    units: Units, clock: FrozenClock
) -> None:
    assert [tried(units) for _ in range(3)] == [True, True, True]
    clock.advance(minutes=5)
    with pytest.raises(TooManyTries) as refusal, units.writing() as unit:
        limits.count(unit, "door", most=3, within_minutes=15)
    assert refusal.value.seconds == 600
    assert refusal.value.sentence() == "Too many tries. Wait 10 minutes, then try again."


@pytest.mark.parametrize(("minutes", "allowed"), [(14, False), (15, True), (16, True)])
def test_a_try_leaves_the_window_after_fifteen_minutes(
    units: Units, clock: FrozenClock, minutes: int, allowed: bool
) -> None:
    for _ in range(3):
        tried(units)
    clock.advance(minutes=minutes)
    assert tried(units) is allowed


def test_refused_tries_are_not_counted_so_waiting_always_helps(units: Units, clock: FrozenClock) -> None:
    for _ in range(3):
        tried(units)
    for _ in range(14):
        clock.advance(minutes=1)
        assert not tried(units)
    clock.advance(minutes=1)
    assert tried(units)


def test_a_full_bucket_does_not_fill_another(units: Units) -> None:
    for _ in range(4):
        tried(units, "door")
    assert tried(units, "window")


def test_a_clock_that_goes_back_never_makes_the_wait_longer_than_the_window(units: Units, clock: FrozenClock) -> None:
    for _ in range(3):
        tried(units)
    clock.advance(hours=-5)
    with pytest.raises(TooManyTries) as refusal, units.writing() as unit:
        limits.count(unit, "door", most=3, within_minutes=15)
    assert refusal.value.seconds == 900


def test_a_try_taken_back_makes_room_for_another(units: Units) -> None:
    with units.writing() as unit:
        number = limits.count(unit, "door", most=1, within_minutes=15)
    assert not tried(units, most=1)
    with units.writing() as unit:
        limits.take_back(unit, number)
    assert tried(units, most=1)


def test_what_was_noted_is_known_for_thirty_days(units: Units, clock: FrozenClock) -> None:
    with units.writing() as unit:
        limits.note(unit, "known:here")
    clock.advance(days=29)
    with units.reading() as unit:
        assert limits.noted(unit, "known:here")
        assert not limits.noted(unit, "known:there")
    clock.advance(days=1)
    with units.reading() as unit:
        assert not limits.noted(unit, "known:here")


@pytest.mark.asvs("2.4.1")
def test_twenty_tries_at_once_let_exactly_the_allowed_number_through(units: Units) -> None:
    outcomes: list[bool] = []
    everybody = threading.Barrier(20)

    def knock() -> None:
        everybody.wait()
        outcomes.append(tried(units))

    threads = [threading.Thread(target=knock) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 17 + [True] * 3
