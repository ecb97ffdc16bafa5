"""Pasted text becomes questions, answers and passages; nothing of it is lost."""

import random

import pytest

from vctestimony.domain.people import Duty
from vctestimony.domain.record.speech import NothingSaid, Spoken, Stage, Unanswered, Unasked, asker
from vctestimony.domain.record.speech_reading import pasted

QUESTION, ANSWER = "Where did you live?", "In Khulna."
PAIR = (Spoken(QUESTION, ANSWER),)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Q.", "A."), ("Q:", "A:"), ("Q1:", "A1:"), ("Q 1.", "A 1."), ("q1", "a1"), ("Q)", "A)"), ("Q -", "A -"),
        ("Question:", "Answer:"), ("Question 12.", "Ans."), ("QUES.", "ANS:"), ("Question\n", "Answer\n"),
        ("प्रश्न:", "उत्तर:"), ("प्रश्न १.", "उत्तर १."), ("प्र.", "उ."), ("प्रश्न 1 –", "उत्तर 1 –"),
        ("প্রশ্ন:", "উত্তর:"), ("প্রশ্ন ২।", "উত্তর ২।"), ("প্র.", "উ."), ("  Q.", "\tA."),
    ],
)  # fmt: skip
def test_marks_of_three_scripts_are_read(question: str, answer: str) -> None:
    assert pasted(f"{question} {QUESTION}\n{answer} {ANSWER}") == PAIR


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("A man came.", (Spoken("", "A man came."),)),
        ("Question whether he came.", (Spoken("", "Question whether he came."),)),
        ("A. K. Roy came.", (Spoken("", "A. K. Roy came."),)),
        ("Q. Who?\nA. 14 men.", (Spoken("Who?", "14 men."),)),
        ("Q. Who?\nA: 14. I counted.", (Spoken("Who?", "14. I counted."),)),
        ("Q. Who?\nA 14 year old?\nA: Yes.", (Spoken("Who?\nA 14 year old?", "Yes."),)),
        ("Q. One\ntwo?\n\nthree?\nA. four\nfive", (Spoken("One\ntwo?\n\nthree?", "four\nfive"),)),
        ("Q. a\nA. b\n\nHe left.\nWe cried.", (Spoken("a", "b"), Spoken("", "He left.\nWe cried."))),
        ("One.\n\nTwo.", (Spoken("", "One."), Spoken("", "Two."))),
        ("Q. a\nA.\nb", (Spoken("a", "b"),)),
        ("Q. a\nA. A. K. Roy came", (Spoken("a", "A. K. Roy came"),)),
        ("Q. a\nA. b\nQ. c\nA. d", (Spoken("a", "b"), Spoken("c", "d"))),
        ("Q. <b>?\nA. {{ 7*7 }}", (Spoken("<b>?", "{{ 7*7 }}"),)),
    ],
)
def test_text_that_only_looks_like_a_mark_stays_text(text: str, lines: tuple[Spoken, ...]) -> None:
    assert pasted(text) == lines


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(NothingSaid):
        pasted(text)


@pytest.mark.parametrize("text", ["Q. a", "Q. a\nQ. b\nA. c", "Q. a\nA. b\nQ. c"])
def test_a_question_without_answer_is_refused_by_its_words(text: str) -> None:
    with pytest.raises(Unanswered):
        pasted(text)


@pytest.mark.parametrize("text", ["Answer: b", "Q. a\nA. b\nAns: c", "उत्तर: हाँ", "উত্তর: হ্যাঁ"])
def test_an_answer_without_question_is_refused(text: str) -> None:
    with pytest.raises(Unasked):
        pasted(text)


@pytest.mark.parametrize("seed", range(50))
def test_no_word_is_lost_whatever_is_pasted(seed: int) -> None:
    chance = random.Random(seed)
    words = ["he", "came", "14", "men", "A man", "খুলনা", "हाँ", "(no)", "Q", "—"]

    def some() -> str:
        return " ".join(chance.choices(words, k=chance.randint(1, 6)))

    text = "".join(
        chance.choice(
            (f"Q. x {some()}\nA. x {some()}\n", f"\nx {some()}\n\n", f"Q{n}: x {some()}\nA{n}: x {some()}\n\n")
        )
        for n in range(1, 12)
    )
    said = " ".join(f"{line.question} {line.answer}" for line in pasted(text)).split()
    marks = {"Q.", "A."} | {f"{letter}{n}:" for letter in "QA" for n in range(1, 12)}
    assert said == [word for word in text.split() if word not in marks]


@pytest.mark.parametrize(
    ("stage", "pseudonym", "duty"),
    [
        (Stage.CHIEF, "PW-7", Duty.PROSECUTION),
        (Stage.CROSS, "PW-7", Duty.DEFENCE),
        (Stage.RE, "W-7", Duty.PROSECUTION),
        (Stage.CHIEF, "DW-1", Duty.DEFENCE),
        (Stage.CROSS, "dw-1", Duty.PROSECUTION),
        (Stage.COURT, "DW-1", Duty.JUDGE),
    ],
)
def test_who_asks_follows_from_the_stage_and_from_who_called_the_witness(
    stage: Stage, pseudonym: str, duty: Duty
) -> None:
    assert asker(stage, pseudonym=pseudonym) is duty
