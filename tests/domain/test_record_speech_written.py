"""What is written out is read back as the same lines, whatever stands in them."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vctestimony.domain import entered
from vctestimony.domain.record.speech import Spoken, Stage
from vctestimony.domain.record.speech_reading import pasted
from vctestimony.domain.record.speech_writing import written

HOSTILE = (
    "Q. a",
    "A. b",
    "| c",
    "Translation: d",
    "Exhibits: P-1",
    "জেরা",
    "Narrative 3: e",
    "1. f",
    "- g",
    "",
    "উত্তর:",
)
WORDS = st.sampled_from((*HOSTILE, "আমি খুলনায় থাকতাম।", "मैं वहाँ था।", "র‍্যাব", "<b>", "He left."))
TEXT = st.lists(WORDS, min_size=1, max_size=4).map("\n".join).map(entered.paragraphs).map(str.strip)
SOME = TEXT.filter(bool)


@dataclass(frozen=True)
class Line:
    number: int
    question: str
    answer: str
    question_translation: str
    answer_translation: str
    exhibits: str


@st.composite
def lines(draw: st.DrawFn) -> Line:
    question = draw(TEXT)
    translated = draw(TEXT) if question else ""
    return Line(
        draw(st.integers(1, 99_999)), question, draw(SOME), translated, draw(TEXT), draw(st.just("P-5, M.O. 2"))
    )


@given(
    st.lists(st.tuples(st.sampled_from(Stage), st.lists(lines(), min_size=1, max_size=3)), min_size=1, max_size=3),
    st.sampled_from(("en", "hi", "bn", "as")),
)
@settings(max_examples=150)
def test_import_of_what_was_exported_gives_the_same_lines(
    stages: list[tuple[Stage, list[Line]]], language: str
) -> None:
    text = entered.paragraphs(written(stages, language=language), limit=10**6)
    assert pasted(text) == tuple(
        Spoken(one.question, one.answer, one.question_translation, one.answer_translation, one.exhibits, stage)
        for stage, group in stages
        for one in group
    )


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_translations_and_exhibits_belong_to_what_stands_before_them(language: str) -> None:
    text = "CROSS-EXAMINATION\nQ. Where?\nTranslation: কোথায়?\nA. খুলনায়।\nঅনুবাদ: In Khulna.\nExhibit: P-5"
    assert pasted(text) == (Spoken("Where?", "খুলনায়।", "কোথায়?", "In Khulna.", "P-5", Stage.CROSS),)
