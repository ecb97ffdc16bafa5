"""The one place for what stands on a printed checklist."""

from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.paper import BothClocks, Force, Heading


class Ticked(StrEnum):
    """What the paper says was done about a step."""

    OPEN = "open"
    DONE = "done"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistStep:
    """One line to tick. `lang` is set where the text is in another language than the document."""

    number: str
    text: str
    who: str
    force: Force
    authority: str
    due_words: str
    due: BothClocks | None = None
    blocks: str = ""
    state: Ticked = Ticked.OPEN
    acted_by: str = ""
    acted: BothClocks | None = None
    reason: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTable:
    """The steps of one phase of the procedure, in order."""

    title: str
    steps: tuple[ChecklistStep, ...]

    @property
    def settled(self) -> int:
        """How many steps are done or waived."""
        return sum(step.state is not Ticked.OPEN for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistSheet:
    """The SOP checklist of one hearing."""

    heading: Heading
    phases: tuple[PhaseTable, ...]
