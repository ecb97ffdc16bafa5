"""Authority in words: as adopted, with what must be checked, and never more force than the law gives."""

import pytest

from tests.domain.sop_examples import SANHITA, step
from vctestimony.domain.sop import (
    Authority,
    Basis,
    Mark,
    Numbering,
    Step,
    caution_words,
    citation,
    is_law,
    offset_words,
)

COURT = "the High Court at Calcutta"


def cited(one: Step, *, language: str = "en") -> str:
    return citation(one, high_court_title=COURT, language=language)


def test_the_model_rules_are_cited_as_adopted_and_the_number_is_to_be_checked() -> None:
    expected = "Model Rules, as adopted by the High Court at Calcutta, r. 5.6.1 (check its number there)"
    assert cited(step("B01", rule="5.6.1")) == expected
    assert cited(step("B01", rule="5.6.1", numbering=Numbering.OWN)) == expected


def test_a_court_that_numbers_alike_needs_no_check() -> None:
    one = step("B01", rule="5.6.1", numbering=Numbering.SAME)
    assert cited(one) == "Model Rules, as adopted by the High Court at Calcutta, r. 5.6.1"


def test_a_statute_is_cited_by_section() -> None:
    assert cited(step("X01", authority=(Authority(source=SANHITA, rule="313(1)"),))) == "Sanhita, s. 313(1)"


def test_a_schedule_is_not_called_a_rule() -> None:
    assert cited(step("A10", authority=(Authority(source=SANHITA, rule="Schedule II"),))) == "Sanhita, Schedule II"


def test_a_rule_quoted_as_a_model_says_so() -> None:
    one = step("T01", authority=(Authority(source=SANHITA, rule="5", compare=True),))
    assert cited(one) == "compare Sanhita, s. 5"


def test_titles_come_in_the_language_of_the_reader() -> None:
    assert cited(step("X01", authority=(Authority(source=SANHITA, rule="1"),)), language="bn") == "সংহিতা, s. 1"


def test_words_pass_through_the_translation_they_are_given() -> None:
    one = step("X01", authority=(Authority(source=SANHITA, rule="1"),), evidence="P")
    line = citation(one, high_court_title=COURT, translate=lambda words: f"«{words}»")
    assert line == "Sanhita, «s. 1» («check the full text»)"


def test_one_unverified_provision_is_marked_among_others() -> None:
    one = step(
        "D10",
        authority=(Authority(source=SANHITA, rule="1"), Authority(source=SANHITA, rule="2", mark=Mark.UNVERIFIED)),
    )
    assert cited(one) == "Sanhita, s. 1; Sanhita, s. 2 (confirm locally)"


def test_a_step_without_authority_cites_nothing() -> None:
    assert cited(step("A24", authority=(), evidence="D")) == ""


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("R", ""),
        ("P", "check the full text"),
        ("U", "confirm locally"),
        ("D", "recommended"),
        ("R/D", "the detail is recommended, not law"),
        ("R/P", "check the full text of part of this"),
        ("R/U", "confirm part of this locally"),
        ("P/R", "check the full text"),
    ],
)
def test_each_mark_has_its_caution(evidence: str, words: str) -> None:
    assert caution_words(step("A01", evidence=evidence)) == words


@pytest.mark.parametrize(
    ("basis", "words"),
    [(Basis.LAW, "required by"), (Basis.SEQUENCE, "suggested by"), (Basis.PLANNING, "suggested by"), (Basis.NONE, "")],
)
def test_only_a_time_the_law_states_is_required(basis: Basis, words: str) -> None:
    assert offset_words(step("A01", basis=basis)) == words


def test_a_time_the_law_prefers_is_not_required() -> None:
    assert offset_words(step("P01", preferably=True)) == "preferably"


def test_a_duty_whose_day_is_ours_says_that_the_day_is_suggested() -> None:
    assert offset_words(step("T03", day_suggested=True)) == "required; day suggested"


@pytest.mark.parametrize(("evidence", "words"), [("U", "confirm locally"), ("D", "recommended")])
def test_what_nobody_found_in_the_law_is_never_required(evidence: str, words: str) -> None:
    one = step("B22", evidence=evidence)
    assert offset_words(one) == words
    assert not is_law(one)


def test_a_provision_read_in_part_may_be_printed_as_law() -> None:
    assert is_law(step("O22", evidence="P"))
    assert not is_law(step("A24", evidence="R", authority=()))
