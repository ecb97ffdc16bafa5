"""The one place for putting right how a text was cut into lines: divide, join, change what a line is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.record.speech import Spoken, Stage
from vctestimony.domain.wording import N_

_PLACE = re.compile(r"\n+|(?<=[.?!।…])[ \t]+(?=\S)")
MOST_PLACES = 300


class PartKind(StrEnum):
    """What a part of the text is."""

    QUESTION = "question"
    ANSWER = "answer"
    PASSAGE = "passage"


KIND_LABELS: dict[PartKind, str] = {
    PartKind.QUESTION: N_("A question"),
    PartKind.ANSWER: N_("The answer to the question before it, or more of that answer"),
    PartKind.PASSAGE: N_("A passage, told without a question"),
}


class NothingBefore(Conflict):
    """The first line follows none."""

    text = N_("This is the first line; there is none before it to be joined with.")


class NoQuestionBefore(Conflict):
    """An answer belongs to a question."""

    text = N_(
        "The line before is a passage, not a question, so this cannot be an answer to it. Change that line first."
    )


class NotAPlace(Invalid):
    """The text can be divided between its paragraphs and sentences; elsewhere it is cut and pasted in the form."""

    text = N_("Choose the place at which the line is divided.")


@dataclass(frozen=True, slots=True)
class Part:
    """A line as it would be added. A question without an answer waits for one; languages and speaker may be empty."""

    stage: str
    question: str = ""
    answer: str = ""
    question_translation: str = ""
    answer_translation: str = ""
    exhibits: str = ""
    speaker: str = ""
    question_language: str = ""
    answer_language: str = ""

    @property
    def kind(self) -> PartKind:
        """A question with its answer, or a passage."""
        return PartKind.QUESTION if self.question else PartKind.PASSAGE

    @property
    def waits(self) -> bool:
        """Whether it is a question without its answer; it cannot be added so."""
        return bool(self.question) and not self.answer

    @property
    def spoken(self) -> Spoken:
        """The words alone, with their stage."""
        told = (self.question_translation, self.answer_translation, self.exhibits)
        return Spoken(self.question, self.answer, *told, stage=Stage(self.stage))


def parts_of(spoken: Iterable[Spoken], *, stage: Stage) -> tuple[Part, ...]:
    """What was read, each with its stage: that of the one before unless it says so."""
    found = []
    for piece in spoken:
        stage = piece.stage or stage
        words = (piece.question, piece.answer, piece.question_translation, piece.answer_translation, piece.exhibits)
        found.append(Part(stage.value, *words))
    return tuple(found)


def places(text: str) -> tuple[int, ...]:
    """Where a text can be divided: before each paragraph and sentence but the first.

    >>> [text[at:] for text in ["Yes. I went.\\nHe came."] for at in places(text)]
    ['I went.\\nHe came.', 'He came.']
    """
    return tuple(found.end() for found in _PLACE.finditer(text.rstrip()))[:MOST_PLACES]


def divided(parts: tuple[Part, ...], number: int, *, name: str, at: int) -> tuple[Part, ...]:
    """The rest of an answer or a passage becomes a passage of its own; the rest of a question, its answer.

    Translations and marks of exhibits stay with the first.
    """
    part = parts[number - 1]
    text = part.question if name == "question" else part.answer
    if at not in places(text):
        raise NotAPlace(field="at")
    first, rest = text[:at].rstrip(), text[at:].lstrip()
    if name == "question":
        return _put(parts, number, replace(part, question=first, answer=_together(rest, part.answer)))
    own = Part(part.stage, answer=rest, answer_language=part.answer_language)
    return _put(parts, number, replace(part, answer=first), own)


def joined(parts: tuple[Part, ...], number: int) -> tuple[Part, ...]:
    """The line carries on the one before it, wherever that one ends."""
    if number < 2:
        raise NothingBefore()
    before, part = parts[number - 2], parts[number - 1]
    if not before.waits:
        return _behind(parts, number)
    carried = replace(
        before,
        question=_together(before.question, part.question or part.answer),
        answer=part.answer if part.question else "",
        question_translation=_together(before.question_translation, part.question_translation),
        answer_translation=_together(before.answer_translation, part.answer_translation),
        exhibits=_marks(before, part),
    )
    return _without(_put(parts, number - 1, carried), number)


def of_kind(parts: tuple[Part, ...], number: int, kind: PartKind) -> tuple[Part, ...]:
    """The same words as another kind of line; an answer goes to the line before."""
    part = parts[number - 1]
    if kind is PartKind.ANSWER:
        if number < 2:
            raise NothingBefore()
        if not parts[number - 2].question:
            raise NoQuestionBefore()
        return _behind(parts, number)
    if kind is part.kind:
        return parts
    if kind is PartKind.QUESTION:
        asked = replace(part, question=part.answer, question_translation=part.answer_translation)
        asked = replace(asked, answer="", answer_translation="", speaker="", question_language=part.answer_language)
        return _put(parts, number, asked)
    told = replace(part, question="", question_translation="", speaker="", question_language="")
    answer = _together(part.question, part.answer)
    translation = _together(part.question_translation, part.answer_translation)
    return _put(parts, number, replace(told, answer=answer, answer_translation=translation))


def changed(parts: tuple[Part, ...], number: int, part: Part) -> tuple[Part, ...]:
    """The line as it was typed over."""
    return _put(parts, number, part)


def as_fields(parts: tuple[Part, ...]) -> dict[str, str]:
    """The parts as fields of a draft: what is empty is left out. `from_fields` gives them again."""
    return {
        f"{number}.{field.name}": value
        for number, part in enumerate(parts, start=1)
        for field in fields(Part)
        if (value := getattr(part, field.name))
    }


def from_fields(kept: dict[str, str]) -> tuple[Part, ...]:
    """The parts that a draft holds.

    >>> parts = (Part("chief", "Who?", "I."), Part("cross", answer="No."))
    >>> from_fields(as_fields(parts)) == parts
    True
    """
    found: dict[int, dict[str, str]] = {}
    for name, value in kept.items():
        number, dot, field = name.partition(".")
        if dot and number.isdecimal():
            found.setdefault(int(number), {})[field] = value
    return tuple(Part(**found[number]) for number in sorted(found))


def _behind(parts: tuple[Part, ...], number: int) -> tuple[Part, ...]:
    before, part = parts[number - 2], parts[number - 1]
    answer = _together(before.answer, _together(part.question, part.answer))
    translation = _together(part.question_translation, part.answer_translation)
    whole = replace(
        before,
        answer=answer,
        answer_translation=_together(before.answer_translation, translation),
        answer_language=before.answer_language or part.answer_language,
        exhibits=_marks(before, part),
    )
    return _without(_put(parts, number - 1, whole), number)


def _put(parts: tuple[Part, ...], number: int, *instead: Part) -> tuple[Part, ...]:
    return (*parts[: number - 1], *instead, *parts[number:])


def _without(parts: tuple[Part, ...], number: int) -> tuple[Part, ...]:
    return (*parts[: number - 1], *parts[number:])


def _together(first: str, second: str) -> str:
    return "\n".join(filter(None, (first, second)))


def _marks(before: Part, part: Part) -> str:
    return ", ".join(filter(None, (before.exhibits, part.exhibits)))
