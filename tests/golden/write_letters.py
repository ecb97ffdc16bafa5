"""Writes the golden mails anew after a change that was meant: `python -m tests.golden.write_letters`; read the diff."""

from tests.adapters.letter_examples import INVITATION
from tests.adapters.reminder_examples import REMINDER_LETTERS
from tests.adapters.test_checklist_letters import CHECKLIST_LETTERS, composed_checklist
from tests.adapters.test_letters import COMPOSER, GOLDEN, LETTERS, composed
from tests.adapters.test_option_letters import OPTION_LETTERS, composed_options
from tests.adapters.test_proposal_letters import PROPOSAL_LETTERS, composed_declined
from tests.adapters.test_reminder_letters import composed_reminder


def main() -> None:
    """Write every golden mail and calendar object."""
    for name, letter in LETTERS.items():
        (GOLDEN / f"{name}.eml").write_bytes(composed(letter))
        (GOLDEN / f"{name}.ics").write_bytes(COMPOSER.preview(letter).calendar)
    for name, option_letter in OPTION_LETTERS.items():
        (GOLDEN / f"{name}.eml").write_bytes(composed_options(option_letter))
    for name, reminder in REMINDER_LETTERS.items():
        (GOLDEN / f"{name}.eml").write_bytes(composed_reminder(reminder))
    for name, proposal_letter in PROPOSAL_LETTERS.items():
        (GOLDEN / f"{name}.eml").write_bytes(composed_declined(proposal_letter))
    for name, checklist_letter in CHECKLIST_LETTERS.items():
        (GOLDEN / f"{name}.eml").write_bytes(composed_checklist(checklist_letter))
    (GOLDEN / "download.ics").write_bytes(COMPOSER.download(INVITATION))


if __name__ == "__main__":
    main()
