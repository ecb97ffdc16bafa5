"""How a text was cut into lines is put right without losing a word of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vctestimony.domain.record import parts
from vctestimony.domain.record.parts import Part, PartKind
from vctestimony.domain.record.speech import Stage
from vctestimony.domain.record.speech_reading import pasted

GLUED = "Q. Where did you live?\nA. In Khulna.\nWhen did you leave? In winter."


def read(text: str = GLUED) -> tuple[Part, ...]:
    return parts.parts_of(pasted(text), stage=Stage.CHIEF)


def words(found: tuple[Part, ...]) -> list[str]:
    return " ".join(f"{part.question} {part.answer}" for part in found).split()


def test_an_unmarked_paragraph_that_was_glued_to_an_answer_becomes_a_question_with_its_answer() -> None:
    glued = read()
    assert [part.answer for part in glued] == ["In Khulna.\nWhen did you leave? In winter."]
    found = parts.divided(glued, 1, name="answer", at=glued[0].answer.index("When"))
    found = parts.of_kind(found, 2, PartKind.QUESTION)
    assert found[1].waits
    found = parts.divided(found, 2, name="question", at=found[1].question.index("In"))
    assert [(part.question, part.answer, part.stage) for part in found] == [
        ("Where did you live?", "In Khulna.", "chief"),
        ("When did you leave?", "In winter.", "chief"),
    ]
    assert words(found) == words(glued)


def test_a_line_is_joined_with_the_one_before_wherever_that_one_ends() -> None:
    waiting, told = Part("chief", "And then"), Part("chief", answer="where to?", exhibits="P-1")
    assert parts.joined((waiting, told), 2) == (Part("chief", "And then\nwhere to?", exhibits="P-1"),)
    asked = Part("chief", "where to?", "Home.")
    assert parts.joined((waiting, asked), 2) == (Part("chief", "And then\nwhere to?", "Home."),)
    assert parts.joined((asked, told), 2) == (Part("chief", "where to?", "Home.\nwhere to?", exhibits="P-1"),)
    with pytest.raises(parts.NothingBefore):
        parts.joined((waiting,), 1)


def test_an_answer_needs_a_question_before_it_and_a_passage_takes_both_texts() -> None:
    asked, told = Part("chief", "Who?", speaker="judge"), Part("chief", answer="I.", answer_language="bn")
    (answered,) = parts.of_kind((asked, told), 2, PartKind.ANSWER)
    assert (answered.question, answered.answer, answered.answer_language, answered.waits) == ("Who?", "I.", "bn", False)
    with pytest.raises(parts.NoQuestionBefore):
        parts.of_kind((told, told), 2, PartKind.ANSWER)
    with pytest.raises(parts.NothingBefore):
        parts.of_kind((told,), 1, PartKind.ANSWER)
    (passage,) = parts.of_kind((answered,), 1, PartKind.PASSAGE)
    assert (passage.question, passage.answer, passage.speaker) == ("", "Who?\nI.", "")


@pytest.mark.parametrize("at", [0, 1, 11, 99])
def test_a_line_is_divided_only_where_a_paragraph_or_a_sentence_begins(at: int) -> None:
    with pytest.raises(parts.NotAPlace):
        parts.divided((Part("chief", answer="Yes. I went."),), 1, name="answer", at=at)


@pytest.mark.parametrize("text", ["সে এল। আমি গেলাম।", "वह आया। मैं गया।", "He came.\n\nI left"])
def test_paragraphs_and_sentences_in_three_languages_are_places(text: str) -> None:
    assert len(parts.places(text)) == 1


@given(st.lists(st.tuples(st.sampled_from(["join", "kind", "divide"]), st.integers(0, 30)), max_size=12))
def test_no_word_is_lost_or_doubled_whatever_is_done(steps: list[tuple[str, int]]) -> None:
    found = start = read(GLUED + "\n\nShe weeps. She is given water.\nQ. More?\nA. No. Never again.")
    for what, chosen in steps:
        number = chosen % len(found) + 1
        part = found[number - 1]
        texts = [(name, at) for name in ("question", "answer") for at in parts.places(getattr(part, name))]
        if what == "divide" and texts:
            name, at = texts[chosen % len(texts)]
            found = parts.divided(found, number, name=name, at=at)
        elif what == "kind":
            found = parts.of_kind(found, number, (PartKind.QUESTION, PartKind.PASSAGE)[chosen % 2])
        elif what == "join" and number > 1:
            found = parts.joined(found, number)
    assert words(found) == words(start)
    assert parts.from_fields(parts.as_fields(found)) == found
