"""The one place for the marks by which typed text tells question, answer, passage, translation, exhibit and stage."""

import re
from enum import StrEnum

from vctestimony.domain.record.speech import Stage


class Mark(StrEnum):
    """What a stretch of text is."""

    QUESTION = "question"
    ANSWER = "answer"
    PASSAGE = "passage"
    TRANSLATION = "translation"
    EXHIBITS = "exhibits"
    STAGE = "stage"


CARRIED_ON = "|"
"""Opens a line that carries on the one before, whatever it looks like; so our own text is written where it matters."""

_NUMBER = r"(?:no\.?\s*)?[0-9०-९০-৯]{1,6}"
_SPLIT = r"[.:)।\-–—]"
# A sign must follow the mark, or a number and a sign: what could be the text itself is kept.
_SIGNED = rf"(?:\s*{_NUMBER}\s*{_SPLIT}+|\s*{_SPLIT}+|\s*$)"


def _pattern(words: str, letters: str = "") -> re.Pattern[str]:
    short = rf"|(?:{letters})(?:{_NUMBER}{_SPLIT}*|{_SIGNED})" if letters else ""
    return re.compile(rf"(?:(?:{words}){_SIGNED}{short})\s*(?P<text>.*)", re.IGNORECASE | re.DOTALL)


_PATTERNS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.QUESTION, _pattern("question|ques|प्रश्न|প্রশ্ন", "q|प्र|প্র")),
    (Mark.ANSWER, _pattern("answer|ans|उत्तर|উত্তর", "a|उ|উ")),
    (Mark.PASSAGE, _pattern("narrative|कथन|বিবরণ")),
    (Mark.TRANSLATION, _pattern("translation|अनुवाद|অনুবাদ")),
    (Mark.EXHIBITS, _pattern("exhibits?|प्रदर्श|প্রদর্শ")),
)
_STAGES: dict[str, Stage] = {
    "examination in chief": Stage.CHIEF,
    "examination-in-chief": Stage.CHIEF,
    "chief examination": Stage.CHIEF,
    "मुख्य परीक्षा": Stage.CHIEF,
    "মূল জবানবন্দি": Stage.CHIEF,
    "জবানবন্দি": Stage.CHIEF,
    "cross-examination": Stage.CROSS,
    "cross examination": Stage.CROSS,
    "प्रति-परीक्षा": Stage.CROSS,
    "प्रतिपरीक्षा": Stage.CROSS,
    "জেরা": Stage.CROSS,
    "re-examination": Stage.RE,
    "re examination": Stage.RE,
    "reexamination": Stage.RE,
    "पुनःपरीक्षा": Stage.RE,
    "পুনঃজবানবন্দি": Stage.RE,
    "questions by the court": Stage.COURT,
    "court questions": Stage.COURT,
    "न्यायालय के प्रश्न": Stage.COURT,
    "আদালতের প্রশ্ন": Stage.COURT,
}
WRITTEN: dict[str, dict[Mark, str]] = {
    "en": {
        Mark.QUESTION: "Q{number}. ",
        Mark.ANSWER: "A. ",
        Mark.PASSAGE: "Narrative {number}: ",
        Mark.TRANSLATION: "Translation: ",
        Mark.EXHIBITS: "Exhibits: ",
    },
    "hi": {
        Mark.QUESTION: "प्र{number}. ",
        Mark.ANSWER: "उ. ",
        Mark.PASSAGE: "कथन {number}: ",
        Mark.TRANSLATION: "अनुवाद: ",
        Mark.EXHIBITS: "प्रदर्श: ",
    },
    "bn": {
        Mark.QUESTION: "প্র{number}. ",
        Mark.ANSWER: "উ. ",
        Mark.PASSAGE: "বিবরণ {number}: ",
        Mark.TRANSLATION: "অনুবাদ: ",
        Mark.EXHIBITS: "প্রদর্শ: ",
    },
}
_HEADINGS: dict[str, dict[Stage, str]] = {
    "en": {
        Stage.CHIEF: "Examination in chief",
        Stage.CROSS: "Cross-examination",
        Stage.RE: "Re-examination",
        Stage.COURT: "Questions by the court",
    },
    "hi": {
        Stage.CHIEF: "मुख्य परीक्षा",
        Stage.CROSS: "प्रति-परीक्षा",
        Stage.RE: "पुनःपरीक्षा",
        Stage.COURT: "न्यायालय के प्रश्न",
    },
    "bn": {
        Stage.CHIEF: "মূল জবানবন্দি",
        Stage.CROSS: "জেরা",
        Stage.RE: "পুনঃজবানবন্দি",
        Stage.COURT: "আদালতের প্রশ্ন",
    },
}


def heading(stage: Stage, language: str) -> str:
    """How the stage stands as a line of its own; in English where we do not write the language."""
    return _HEADINGS.get(language, _HEADINGS["en"])[stage]


def stage_of(line: str) -> Stage | None:
    """The stage that a line of its own names.

    >>> stage_of("CROSS-EXAMINATION:").value
    'cross'
    """
    return _STAGES.get(line.strip(" \t:.।–—-").casefold())


def marked(line: str, *, asked: bool) -> tuple[Mark | None, str]:
    """The mark that opens the line, if any, and the rest of it. `asked` tells that a question waits for an answer."""
    if stage_of(line) is not None:
        return Mark.STAGE, line
    for mark, pattern in _PATTERNS:
        found = pattern.fullmatch(line)
        if found is not None and (mark is not Mark.ANSWER or asked or _is_word(line)):
            return mark, found["text"].strip()
    return None, line


def _is_word(line: str) -> bool:
    """ "A. K. Roy came" is a name where no question waits for an answer; a word such as "Answer" never is."""
    return line[:3].casefold() in {"ans", "उत्", "উত্"}
