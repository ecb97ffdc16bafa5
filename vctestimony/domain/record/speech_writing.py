"""The one place that writes a deposition as plain text which reads back as the same lines."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from vctestimony.domain.record.speech import Stage
from vctestimony.domain.record.speech_marks import CARRIED_ON, WRITTEN, Mark, heading


class Said(Protocol):
    """A line as it is written."""

    @property
    def number(self) -> int: ...
    @property
    def question(self) -> str: ...
    @property
    def answer(self) -> str: ...
    @property
    def question_translation(self) -> str: ...
    @property
    def answer_translation(self) -> str: ...
    @property
    def exhibits(self) -> str: ...


def written(stages: Iterable[tuple[Stage, Iterable[Said]]], *, language: str) -> str:
    """Stage by stage, with the marks of the language; `speech_reading.pasted` gives the lines again."""
    marks = WRITTEN.get(language, WRITTEN["en"])
    rows: list[str] = []
    for stage, lines in stages:
        rows += [heading(stage, language), ""]
        for line in lines:
            rows += [*_line(line, marks), ""]
    return "\n".join(rows)


def _line(line: Said, marks: dict[Mark, str]) -> Iterator[str]:
    if line.question:
        yield from _text(marks[Mark.QUESTION].format(number=line.number), line.question)
        yield from _text(marks[Mark.TRANSLATION], line.question_translation)
        yield from _text(marks[Mark.ANSWER], line.answer)
    else:
        yield from _text(marks[Mark.PASSAGE].format(number=line.number), line.answer)
    yield from _text(marks[Mark.TRANSLATION], line.answer_translation)
    yield from _text(marks[Mark.EXHIBITS], line.exhibits)


def _text(mark: str, text: str) -> Iterator[str]:
    """Only the first line stands behind its mark; the others say that they carry on."""
    if text:
        first, *others = text.split("\n")
        yield f"{mark}{first}"
        yield from (f"{CARRIED_ON} {other}".rstrip() for other in others)
