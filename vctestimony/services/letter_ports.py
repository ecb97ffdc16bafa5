"""The shape of whatever composes mails."""

from typing import Protocol

from vctestimony.domain.account_letters import AccountLetter
from vctestimony.domain.checklist_letters import ChecklistLetter
from vctestimony.domain.letters import Letter
from vctestimony.domain.option_letters import OptionLetter
from vctestimony.domain.proposal_letters import ProposalLetter
from vctestimony.domain.reminders.letters import ReminderLetter


class LetterPress(Protocol):
    """Turns a letter into the bytes of one mail."""

    def compose(self, letter: Letter, *, message_id: str, references: tuple[str, ...]) -> bytes:
        """The whole message, the same bytes for the same letter."""

    def compose_options(self, letter: OptionLetter, *, message_id: str, references: tuple[str, ...]) -> bytes:
        """The same for a letter about options."""

    def compose_reminder(self, letter: ReminderLetter, *, message_id: str, references: tuple[str, ...]) -> bytes:
        """The same for a reminder."""

    def compose_declined(self, letter: ProposalLetter, *, message_id: str, references: tuple[str, ...]) -> bytes:
        """The same for the letter that declines a proposal."""

    def compose_checklist(self, letter: ChecklistLetter, *, message_id: str, references: tuple[str, ...]) -> bytes:
        """The same for the letter with the link to a person's own checklist."""

    def option_words(self, letter: OptionLetter) -> tuple[str, str]:
        """Subject and plain text of a letter about options, as they will leave."""

    def compose_account(self, letter: AccountLetter, *, message_id: str, references: tuple[str, ...]) -> bytes:
        """The same for the letter to the owner of an account."""
