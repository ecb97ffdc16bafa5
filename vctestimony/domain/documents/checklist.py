"""The one place for what stands on a printed checklist."""

import math
from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.paper import FORCE_LABELS, MARKS, BothClocks, Force, Heading, Mark

# What a page of one person's checklist holds beneath its head, in lines of small print, and letters to a line.
_PAGE_LINES, _STEP_LETTERS, _DUE_LETTERS, _SIGN_LETTERS = 36, 50, 24, 34
_CLOCK_LINES = 3
# How many marks are explained in the room that the head leaves, and the lines of each more.
_MARKS_BESIDE, _MARK_LINES = 4, 2


class Ticked(StrEnum):
    """What the paper says was done about a step."""

    OPEN = "open"
    DONE = "done"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistStep:
    """One line to tick. `lang` is set where the text is in another language than the document.

    `mark` is how it binds, a marked text; empty where its force says it all. `acted` is when it was done or waived,
    `entered` when that was written down, where it was later.
    """

    number: str
    text: str
    who: str
    force: Force
    authority: str
    due_words: str
    mark: str = ""
    due: BothClocks | None = None
    blocks: str = ""
    state: Ticked = Ticked.OPEN
    acted_by: str = ""
    acted: BothClocks | None = None
    entered: BothClocks | None = None
    ordered_by: str = ""
    reason: str = ""
    lang: str = ""

    @property
    def binds(self) -> str:
        """How it binds in words, to be translated: the same as on its page."""
        return self.mark or FORCE_LABELS[self.force]

    @property
    def lines(self) -> int:
        """How many lines of small print it takes at most; letters of three scripts are counted alike."""
        step = sum(_lines(text, _STEP_LETTERS) for text in (self.text, f"{self.authority}{20 * ' '}", self.blocks))
        due = _lines(self.due_words, _DUE_LETTERS) + _CLOCK_LINES * (self.due is not None)
        order = self.ordered_by and f"{self.ordered_by}{12 * ' '}"
        signed = (self.acted_by, order, self.reason) if self.acted else ()
        clocks = _CLOCK_LINES * (self.acted is not None) + (_CLOCK_LINES + 1) * (self.entered is not None)
        sign = sum(_lines(text, _SIGN_LETTERS) for text in signed) + clocks
        return max(step, due, sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTable:
    """The steps of one phase of the procedure, in order."""

    title: str
    steps: tuple[ChecklistStep, ...]

    @property
    def settled(self) -> int:
        """How many steps are done or waived."""
        return sum(step.state is not Ticked.OPEN for step in self.steps)


def _lines(text: str, letters: int) -> int:
    return math.ceil(len(text) / letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistSheet:
    """The SOP checklist of one hearing: whole, or the steps of one person with duty and name.

    `fillable` makes each box one that can be ticked on a screen.
    """

    heading: Heading
    phases: tuple[PhaseTable, ...]
    duty: str = ""
    name: str = ""
    fillable: bool = False

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that stand on it, to be explained."""
        found = {step.binds for phase in self.phases for step in phase.steps}
        return tuple(mark for mark in MARKS if mark.label in found)

    @property
    def fits_one_page(self) -> bool:
        """Whether it is for one person, and the steps, set closely, stand on one page with the head."""
        if not self.duty:
            return False
        lines = sum(1 + sum(step.lines for step in phase.steps) for phase in self.phases)
        legend = _MARK_LINES * max(0, len(self.marks) - _MARKS_BESIDE)
        return lines + len(self.heading.packs) + legend <= _PAGE_LINES
