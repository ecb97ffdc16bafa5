"""The one place for what a reminding mail says: one matter or several, each with its hearing on both clocks.

Like every letter (domain/letters.py) it names no witness, no pseudonym, no case, no room and no video link, and it
holds nothing for a calendar: it changes no event.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vctestimony.domain.hearing import End
from vctestimony.domain.letters import Contact, Mailbox, Point
from vctestimony.domain.people import Duty
from vctestimony.domain.reminders.notices import Rule


class ReminderKind(StrEnum):
    """The two mails; each value is the name of its folder of templates."""

    REMINDER = "reminder"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class ReminderReader:
    """Who is written to, at which end they sit, and by which clock they live."""

    name: str
    address: str
    language: str
    end: End
    city: str
    zone: str


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody to telephone; without a number none is entered."""

    name: str
    duty: Duty
    telephone: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the checklist in the reader's language, and until when it was to be done."""

    text: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing about one hearing. `start_at` is when the reader is needed, of a coordinator when it begins."""

    rule: Rule
    reference: str
    to: ReminderReader
    court: Point
    remote: Point
    start_at: datetime
    url: str
    contact: Contact
    duty: Duty | None = None
    answer_by: datetime | None = None
    callees: tuple[Callee, ...] = ()
    steps: tuple[StepLine, ...] = ()
    lacking: tuple[Duty, ...] = ()
    open_steps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter:
    """Everything one reminding mail says to one person; `choices_url` is where they choose how they are reminded."""

    to: ReminderReader
    written_at: datetime
    organizer: Mailbox
    matters: tuple[Matter, ...]
    choices_url: str

    @property
    def kind(self) -> ReminderKind:
        """Which of the two mails it is."""
        return ReminderKind.REMINDER if len(self.matters) == 1 else ReminderKind.DIGEST
