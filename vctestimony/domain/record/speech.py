"""The one place for what was said: stages of the examination, and pasted text read as questions and answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.errors import Invalid
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_


class Stage(StrEnum):
    """A stage of the examination (BNSS 311, BSA 142)."""

    CHIEF = "chief"
    CROSS = "cross"
    RE = "re"
    COURT = "court"


STAGE_LABELS: dict[Stage, str] = {
    Stage.CHIEF: N_("Examination in chief"),
    Stage.CROSS: N_("Cross-examination"),
    Stage.RE: N_("Re-examination"),
    Stage.COURT: N_("Questions by the court"),
}


class NothingSaid(Invalid):
    """There is no text to be taken down."""

    text = N_("There is no question, answer or passage in this text.")


class Unanswered(Invalid):
    """A question was pasted without what the witness said to it."""

    text = N_("This question has no answer: “{question}”. Add the answer, or write that the witness was silent.")


class Unasked(Invalid):
    """An answer was pasted without its question."""

    text = N_(
        "This answer has no question: “{answer}”. Add the question, or take the mark off to keep it as a passage."
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question with its answer, or a passage in the witness's own words when `question` is empty."""

    question: str
    answer: str


_NUMBER = r"(?:no\.?\s*)?[0-9०-९০-৯]{1,4}"
_SPLIT = r"[.:)।\-–—]"
# A sign must follow the mark, or a number and a sign: what could be the text itself is kept.
_SIGNED = rf"(?:\s*{_NUMBER}\s*{_SPLIT}+|\s*{_SPLIT}+|\s*$)"
_QUESTION = re.compile(
    rf"(?:(?:question|ques|प्रश्न|প্রশ্ন){_SIGNED}|(?:q|प्र|প্র)(?:{_NUMBER}{_SPLIT}*|{_SIGNED}))\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ANSWER = re.compile(
    rf"(?:(?:answer|ans|उत्तर|উত্তর){_SIGNED}|(?:a|उ|উ)(?:{_NUMBER}{_SPLIT}*|{_SIGNED}))\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)


def pasted(text: str) -> tuple[Spoken, ...]:
    """The text as questions with answers and passages, in order.

    Lines that begin with a mark ("Q.", "Q1:", "Answer 2", "प्रश्न", "উত্তর") open a question or an answer; other lines
    carry on; after an empty line that follows an answer or a passage, unmarked text is a passage of its own.

    >>> pasted("Q. Your name?\\nA. PW-7.")
    (Spoken(question='Your name?', answer='PW-7.'),)
    """
    found = tuple(_joined(tuple(_pieces(text))))
    if not found:
        raise NothingSaid(field="text")
    return found


@dataclass(slots=True)
class _Piece:
    """A stretch of text under one mark: "question", "answer" or "passage"."""

    mark: str
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def _pieces(text: str) -> Iterator[_Piece]:
    piece: _Piece | None = None
    for line in text.split("\n"):
        mark, rest = _marked(line.strip(), asked=piece is not None and piece.mark == "question")
        starts = mark or (piece is None and rest) or (piece is not None and _over(piece) and rest)
        if starts:
            if piece is not None and piece.text:
                yield piece
            piece = _Piece(mark or "passage", [rest])
        elif piece is not None:
            piece.lines.append(rest)
    if piece is not None and (piece.text or piece.mark == "question"):
        yield piece


def _over(piece: _Piece) -> bool:
    """An empty line ends a passage or an answer that has begun, never a question."""
    return piece.mark != "question" and bool(piece.text) and not piece.lines[-1]


def _marked(line: str, *, asked: bool) -> tuple[str, str]:
    """The mark that opens the line, if any, and the rest of it."""
    if found := _QUESTION.fullmatch(line):
        return "question", found["text"].strip()
    found = _ANSWER.fullmatch(line)
    # "A. K. Roy came" is a name where no question waits for an answer; a word such as "Answer" never is.
    if found and (asked or line[:3].casefold() in {"ans", "उत्", "উত্"}):
        return "answer", found["text"].strip()
    return "", line


def _joined(pieces: tuple[_Piece, ...]) -> Iterator[Spoken]:
    question = ""
    for piece in pieces:
        if piece.mark == "question":
            _check_answered(question)
            question = piece.text
        elif piece.mark == "answer":
            if not question:
                raise Unasked(field="text", answer=_short(piece.text))
            yield Spoken(question, piece.text)
            question = ""
        else:
            _check_answered(question)
            yield Spoken("", piece.text)
    _check_answered(question)


def _check_answered(question: str) -> None:
    if question:
        raise Unanswered(field="text", question=_short(question))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def asker(stage: Stage, *, pseudonym: str) -> Duty:
    """Who asks at this stage: whoever called the witness in chief and again, the other side in cross-examination."""
    called_by_defence = pseudonym.casefold().startswith("dw")
    first, second = (Duty.DEFENCE, Duty.PROSECUTION) if called_by_defence else (Duty.PROSECUTION, Duty.DEFENCE)
    return {Stage.CHIEF: first, Stage.CROSS: second, Stage.RE: first, Stage.COURT: Duty.JUDGE}[stage]
