"""Form keys: a form sent twice does its work once, also when both sendings come at the same time."""

import threading

import pytest

from tests.fakes import FrozenClock
from vctestimony.domain.access import SYSTEM
from vctestimony.services import limits, submissions
from vctestimony.services.unit import Units

KEY = "k" * 24


def sent(units: Units, key: str = KEY) -> str:
    """Send a form that counts its work in a bucket; where it leads."""
    with units.writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            outcome = f"/done/{limits.note(unit, 'work')}"
            submissions.remember(unit, key, outcome, by=SYSTEM)
    return outcome


@pytest.mark.abuse(104)
def test_the_second_sending_leads_where_the_first_did(units: Units) -> None:
    assert sent(units) == sent(units)


def test_another_form_does_its_own_work(units: Units) -> None:
    assert sent(units) != sent(units, "other" * 5)


def test_a_key_of_any_length_a_form_may_carry_is_kept(units: Units) -> None:
    assert sent(units, "x" * 100) == sent(units, "x" * 100)
    assert sent(units, "x" * 100) != sent(units, "x" * 99)


def test_a_key_is_forgotten_when_another_form_is_sent_a_week_later(units: Units, clock: FrozenClock) -> None:
    first = sent(units)
    clock.advance(days=6)
    sent(units, "y" * 24)
    assert sent(units) == first
    clock.advance(days=1)
    sent(units, "z" * 24)
    assert sent(units) != first


@pytest.mark.bad_day("R14")
def test_twenty_sendings_at_once_do_the_work_once(units: Units) -> None:
    outcomes: list[str] = []
    everybody = threading.Barrier(20)

    def click() -> None:
        everybody.wait()
        outcomes.append(sent(units))

    threads = [threading.Thread(target=click) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 20
    assert len(set(outcomes)) == 1
