"""A stand-in for the press of letters: mails that hold the ids and the words of the letter, which are kept."""

from dataclasses import dataclass, field

from vctestimony.domain.account_letters import AccountLetter
from vctestimony.domain.checklist_letters import ChecklistLetter
from vctestimony.domain.letters import Letter
from vctestimony.domain.option_letters import OptionLetter
from vctestimony.domain.proposal_letters import ProposalLetter
from vctestimony.domain.reminders.letters import ReminderLetter


@dataclass(slots=True)
class FakeLetterPress:
    """Makes mails that hold the ids and the words of the letter; keeps the letters."""

    composed: list[Letter] = field(default_factory=list)
    about_options: list[OptionLetter] = field(default_factory=list)
    reminders: list[ReminderLetter] = field(default_factory=list)
    about_proposals: list[ProposalLetter] = field(default_factory=list)
    about_checklists: list[ChecklistLetter] = field(default_factory=list)
    about_accounts: list[AccountLetter] = field(default_factory=list)

    def compose(self, letter: Letter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """Headers and one line."""
        self.composed.append(letter)
        return f"Message-ID: {message_id}\r\nReferences: {' '.join(references)}\r\n\r\n{letter!r}\r\n".encode()

    def compose_options(self, letter: OptionLetter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The same for a letter about options."""
        self.about_options.append(letter)
        return f"Message-ID: {message_id}\r\nReferences: {' '.join(references)}\r\n\r\n{letter!r}\r\n".encode()

    def compose_reminder(self, letter: ReminderLetter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The same for a reminder."""
        self.reminders.append(letter)
        return f"Message-ID: {message_id}\r\nReferences: {' '.join(references)}\r\n\r\n{letter!r}\r\n".encode()

    def compose_declined(self, letter: ProposalLetter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The same for the letter that declines a proposal."""
        self.about_proposals.append(letter)
        return f"Message-ID: {message_id}\r\nReferences: {' '.join(references)}\r\n\r\n{letter!r}\r\n".encode()

    def compose_checklist(self, letter: ChecklistLetter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The same for the letter with the link to a checklist."""
        self.about_checklists.append(letter)
        return f"Message-ID: {message_id}\r\nReferences: {' '.join(references)}\r\n\r\n{letter!r}\r\n".encode()

    def compose_account(self, letter: AccountLetter, *, message_id: str, references: tuple[str, ...] = ()) -> bytes:
        """The same for the letter to the owner of an account."""
        self.about_accounts.append(letter)
        return f"Message-ID: {message_id}\r\nReferences: {' '.join(references)}\r\n\r\n{letter!r}\r\n".encode()

    def option_words(self, letter: OptionLetter) -> tuple[str, str]:
        """A subject and the letter."""
        return f"{letter.kind} {letter.reference}", f"{letter.to.name}: {len(letter.times)}"
