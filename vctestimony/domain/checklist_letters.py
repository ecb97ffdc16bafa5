"""The one place for what the mail says that brings somebody the link to their own checklist of one hearing.

Like every letter (domain/letters.py) it names no witness, no pseudonym, no case, no room and no link to join by; of
the checklist itself it says nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.letters import Contact, Mailbox, Point
from vctestimony.domain.option_letters import OptionReader

CHECKLIST_LINK = "checklist_link"
"""The kind of the mail, and the name of its folder of templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistLetter:
    """Everything the mail says. `start_at` and `end_at` are the reader's times; None while the hearing has no time."""

    written_at: datetime
    reference: str
    to: OptionReader
    court: Point
    remote: Point
    organizer: Mailbox
    contact: Contact
    url: str
    start_at: datetime | None = None
    end_at: datetime | None = None
