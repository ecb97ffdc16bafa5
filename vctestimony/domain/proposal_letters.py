"""The one place for what the mail says that declines a proposal: what was proposed, the court's words, what stands.

Who proposed by a calendar program gets a DECLINECOUNTER with it (RFC 5546 3.2.8), so that the program drops the
proposal. Like every letter (domain/letters.py) it names no witness, no pseudonym, no case, no room and no link.
"""

from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.letters import Contact, Mailbox, Point
from vctestimony.domain.option_letters import OptionReader

PROPOSAL_DECLINED = "proposal_declined"
"""The kind of the mail, and the name of its folder of templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLetter:
    """Everything the mail says. `start_at` and `end_at` are the reader's times that stand; `sequence` is echoed.

    Either `proposed_at`, the start that was proposed, or `substitute`, who was to go instead.
    """

    uid: str
    sequence: int
    written_at: datetime
    reference: str
    to: OptionReader
    court: Point
    remote: Point
    organizer: Mailbox
    contact: Contact
    start_at: datetime
    end_at: datetime
    words: str
    answer_url: str
    proposed_at: datetime | None = None
    substitute: str = ""
    by_calendar: bool = False
