"""The one place for what a mail about options says: several times that are held, or that none is held any more.

Nothing is fixed yet, so there is no calendar object, no UID and no SEQUENCE. Like every letter (domain/letters.py) it
names no witness, no pseudonym, no case, no room and no link.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vctestimony.domain.hearing import End
from vctestimony.domain.letters import Contact, Mailbox, Point
from vctestimony.domain.options import Ending
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_


class OptionKind(StrEnum):
    """The two mails; each value is the name of its folder of templates."""

    OFFER = "options"
    WITHDRAWAL = "options_withdrawn"


ENDING_TEXTS: dict[Ending, str] = {
    Ending.RELEASED: N_("The court has given these times back and will ask again if it offers others."),
    Ending.EXPIRED: N_("The times were held until the end of the set time and ran out; none of them was chosen."),
    Ending.CANCELLED: N_("The hearing is called off."),
    Ending.LAPSED: N_("The last day that the order allows has passed."),
    Ending.REPLACED: N_("The court has chosen a time at which somebody else takes your part."),
}


@dataclass(frozen=True, slots=True)
class OptionReader:
    """Who is written to, where they sit, and by which clock they live."""

    name: str
    address: str
    language: str
    duty: Duty
    end: End
    city: str
    zone: str


@dataclass(frozen=True, slots=True)
class OfferedTime:
    """One option as this reader would attend it, and until when it is held."""

    number: int
    start_at: datetime
    end_at: datetime
    held_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionLetter:
    """Everything one mail about options says to one person. `ending` is None while the options are offered."""

    reference: str
    written_at: datetime
    to: OptionReader
    court: Point
    remote: Point
    organizer: Mailbox
    contact: Contact
    times: tuple[OfferedTime, ...]
    answer_url: str = ""
    replaces: bool = False
    ending: Ending | None = None

    @property
    def kind(self) -> OptionKind:
        """Which of the two mails it is."""
        return OptionKind.OFFER if self.ending is None else OptionKind.WITHDRAWAL
