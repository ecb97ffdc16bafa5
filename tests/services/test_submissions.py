"""Form keys: a form sent twice does its work once, also when both sendings come at the same time."""

import threading

import pytest

from tests.fakes import FrozenClock
from vctestimony.domain.access import SYSTEM
from vctestimony.services import limits, submissions
from vctestimony.services.submissions import FormKey, SentOtherwise
from vctestimony.services.unit import Units

KEY = "k" * 24


def sent(units: Units, key: str = KEY, *, name: str = "A") -> str:
    """Send a form that counts its work in a bucket; where it leads."""
    own = FormKey.of(key, [("name", name)])
    with units.writing() as unit:
        outcome = submissions.already(unit, own)
        if outcome is None:
            outcome = f"/done/{limits.note(unit, 'work')}"
            submissions.remember(unit, own, outcome, by=SYSTEM)
    return outcome


@pytest.mark.abuse(104)
def test_the_second_sending_leads_where_the_first_did(units: Units) -> None:
    assert sent(units) == sent(units)


@pytest.mark.abuse(104)
def test_the_same_form_with_other_answers_is_refused_and_the_first_stand(units: Units) -> None:
    first = sent(units)
    with pytest.raises(SentOtherwise):
        sent(units, name="B")
    assert sent(units) == first


def test_the_code_of_the_answers_cannot_be_tried_without_the_key(units: Units) -> None:
    contents = {FormKey.of(key, [("name", "A")]).content for key in (KEY, "other" * 5)}
    assert len(contents) == 2


@pytest.mark.parametrize("fields", [[("name", "A"), ("b", "")], [("name", "A\0b=")], [("name", "")], []])
def test_no_two_answers_have_one_code(fields: list[tuple[str, str]]) -> None:
    others = [[("name", "A"), ("b", "")], [("name", "A\0b=")], [("name", "")], []]
    codes = {FormKey.of(KEY, other).content for other in others if other != fields}
    assert FormKey.of(KEY, fields).content not in codes


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
