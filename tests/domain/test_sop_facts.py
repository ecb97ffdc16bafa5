"""Facts of a case: every one answered, none contradicting another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.sop_examples import answers, case
from vctestimony.domain.facts import (
    DAY_FACTS,
    EXACTLY_ONE,
    FACTS,
    IMPLIES,
    ContradictoryFacts,
    Facts,
    MissingFact,
    NeitherFact,
    UnknownFact,
    can_hold,
)


@pytest.mark.parametrize("name", sorted(FACTS))
def test_a_missing_fact_refuses_and_is_named(name: str) -> None:
    given_answers = answers()
    del given_answers[name]
    with pytest.raises(MissingFact) as refusal:
        Facts(given_answers)
    assert refusal.value.field == name
    assert FACTS[name] in str(refusal.value)


@pytest.mark.abuse(92)
def test_a_fact_nobody_defined_refuses() -> None:
    with pytest.raises(UnknownFact, match="weather"):
        Facts(answers(weather=True))


@pytest.mark.parametrize(("first", "second"), EXACTLY_ONE)
def test_a_case_is_one_or_the_other_never_both_and_never_neither(first: str, second: str) -> None:
    with pytest.raises(ContradictoryFacts):
        Facts(answers(**{first: True, second: True}))
    with pytest.raises(NeitherFact):
        Facts(answers(**{first: False, second: False}))


@pytest.mark.parametrize(("name", "implied"), sorted(IMPLIES.items()))
def test_a_fact_brings_the_fact_it_implies(name: str, implied: str) -> None:
    with pytest.raises(ContradictoryFacts) as refusal:
        Facts(answers(**{name: True, implied: False, "in_india": True, "overseas": False}))
    assert refusal.value.field == implied


def test_both_routes_at_once_refuse() -> None:
    with pytest.raises(ContradictoryFacts):
        Facts(answers(overseas=True, in_india=False, route_a=True, route_b=True))


def test_changing_an_answer_leaves_the_first_facts_alone() -> None:
    before = case()
    after = before.changed(recorded=True)
    assert (before["recorded"], after["recorded"], len(after)) == (False, True, len(FACTS))


def test_facts_of_the_day_are_facts() -> None:
    assert set(FACTS) >= DAY_FACTS


@given(
    true=st.frozensets(st.sampled_from(sorted(FACTS)), max_size=4),
    false=st.frozensets(st.sampled_from(sorted(FACTS)), max_size=4),
)
def test_what_can_never_hold_is_refused_as_facts(true: frozenset[str], false: frozenset[str]) -> None:
    if can_hold(true=true, false=false):
        return
    tried = answers(**dict.fromkeys(true, True)) | dict.fromkeys(false, False)
    if all(tried[name] for name in true):
        with pytest.raises((ContradictoryFacts, NeitherFact)):
            Facts(tried)
