"""The one place that reads typed or pasted text as questions, answers, passages, translations and stages."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from vctestimony.domain.record.speech import NothingSaid, Spoken, Stage, Unanswered, Unasked
from vctestimony.domain.record.speech_marks import CARRIED_ON, Mark, marked, stage_of


def pasted(text: str) -> tuple[Spoken, ...]:
    """The text as questions with answers and passages, in order.

    Lines that begin with a mark ("Q.", "Q1:", "Answer 2", "प्रश्न", "উত্তর") open a question or an answer; other lines
    carry on; after an empty line that follows an answer or a passage, unmarked text is a passage of its own. A line
    "Translation: …" translates what stands before it, "Exhibits: …" names what was shown with it, and a line that is
    nothing but the name of a stage begins that stage.

    >>> [(one.question, one.answer) for one in pasted("Q. Your name?\\nA. PW-7.")]
    [('Your name?', 'PW-7.')]
    """
    gathering = _Gathering()
    for piece in _pieces(text):
        gathering.take(piece)
    gathering.close()
    if not gathering.found:
        raise NothingSaid(field="text")
    return tuple(gathering.found)


@dataclass(slots=True)
class _Piece:
    """A stretch of text under one mark."""

    mark: Mark
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def _pieces(text: str) -> Iterator[_Piece]:
    piece: _Piece | None = None
    asked = False
    for line in text.split("\n"):
        carried = piece is not None and line.startswith(CARRIED_ON)
        mark, rest = (None, _carried(line)) if carried else marked(line.strip(), asked=asked)
        if mark is not None or (rest and not carried and (piece is None or _over(piece))):
            if piece is not None and piece.text:
                yield piece
            piece = _Piece(mark or Mark.PASSAGE, [rest])
            asked = piece.mark is Mark.QUESTION or (asked and piece.mark is Mark.TRANSLATION)
        elif piece is not None:
            piece.lines.append(rest)
    if piece is not None and (piece.text or piece.mark is Mark.QUESTION):
        yield piece


def _carried(line: str) -> str:
    return line[len(CARRIED_ON) :].removeprefix(" ")


def _over(piece: _Piece) -> bool:
    """An empty line ends what has begun, never a question; the name of a stage ends with its line."""
    if piece.mark is Mark.STAGE:
        return True
    return piece.mark is not Mark.QUESTION and bool(piece.text) and not piece.lines[-1]


@dataclass(slots=True)
class _Gathering:
    """Puts pieces together: `question` waits for its answer, `line` may still get a translation or an exhibit."""

    found: list[Spoken] = field(default_factory=list)
    question: str = ""
    line: dict[str, str] = field(default_factory=dict)
    stage: Stage | None = None

    def take(self, piece: _Piece) -> None:
        match piece.mark:
            case Mark.TRANSLATION | Mark.EXHIBITS if self.question or self.line:
                self._add(piece)
            case Mark.ANSWER:
                self._answer(piece.text)
            case Mark.QUESTION:
                self.close()
                self.question = piece.text
            case Mark.STAGE:
                self.close()
                self.stage = stage_of(piece.lines[0])
            case _:
                self.close()
                self.line = {"answer": piece.text}

    def close(self) -> None:
        """What stands waiting is finished; a question must not wait."""
        if self.question:
            raise Unanswered(field="text", question=shortened(self.question))
        if "answer" in self.line:
            self.found.append(
                Spoken(
                    question=self.line.get("question", ""),
                    answer=self.line["answer"],
                    question_translation=self.line.get("question_translation", ""),
                    answer_translation=self.line.get("answer_translation", ""),
                    exhibits=self.line.get("exhibits", ""),
                    stage=self.stage,
                )
            )
        self.line = {}

    def _answer(self, text: str) -> None:
        if not self.question:
            raise Unasked(field="text", answer=shortened(text))
        self.line |= {"question": self.question, "answer": text}
        self.question = ""

    def _add(self, piece: _Piece) -> None:
        """Twice the same is put together, never lost."""
        key = "exhibits"
        if piece.mark is Mark.TRANSLATION:
            key = "question_translation" if self.question else "answer_translation"
        self.line[key] = "\n".join(filter(None, (self.line.get(key, ""), piece.text)))


def shortened(text: str) -> str:
    """As much of it as a refusal names."""
    return text if len(text) <= 60 else f"{text[:59]}…"
