"""The one place for what a mail to the owner of an account says: an invitation, a lost password, another address.

Here too are the mail with the code for somebody who joins without an account, and the one with the journal's anchor.

It names neither role nor place nor case: whoever finds the mailbox open learns that there is an account, no more.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from vctestimony.domain.letters import Mailbox
from vctestimony.domain.wording import N_

LINK_LIVES = timedelta(minutes=60)
"""How long a link by mail can be used (ASVS 6.4.1)."""


class AccountMail(StrEnum):
    """Why somebody is written to about the own account."""

    INVITATION = "invitation"
    RESET = "reset"
    STEPS_RESET = "steps_reset"
    ADDRESS = "address"
    ADDRESS_CHANGED = "address_changed"
    PROVIDER_LINKED = "provider_linked"
    JOINING_CODE = "joining_code"
    COLLEAGUE_RESET = "colleague_reset"
    JOURNAL_HEAD = "journal_head"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReader:
    """To whom the account belongs."""

    name: str
    address: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLetter:
    """Everything the mail says. `url` is the link, or where one signs in; `code` stands by itself, to be typed."""

    kind: AccountMail
    written_at: datetime
    to: AccountReader
    organizer: Mailbox
    url: str
    code: str = field(default="", repr=False)


SUBJECTS: dict[AccountMail, str] = {
    AccountMail.INVITATION: N_("Your account at the hearing desk"),
    AccountMail.RESET: N_("A new password for the hearing desk"),
    AccountMail.STEPS_RESET: N_("Your second step at the hearing desk was taken away"),
    AccountMail.ADDRESS: N_("Your new e-mail address at the hearing desk"),
    AccountMail.ADDRESS_CHANGED: N_("Your e-mail address at the hearing desk was changed"),
    AccountMail.PROVIDER_LINKED: N_("Another way to sign in to the hearing desk"),
    AccountMail.JOINING_CODE: N_("Your code for the hearing desk"),
    AccountMail.COLLEAGUE_RESET: N_("A colleague’s second step at the hearing desk was taken away"),
    AccountMail.JOURNAL_HEAD: N_("How far the journal of the hearing desk has come"),
}
PARAGRAPHS: dict[AccountMail, tuple[str, ...]] = {
    AccountMail.INVITATION: (
        N_("An account has been opened for you. Open the link and choose a password."),
        N_("The link works once, for one hour. If it has run out, ask whoever opened the account for a new one."),
    ),
    AccountMail.RESET: (
        N_("Somebody, most likely you, asked for a new password for your account. Open the link and choose one."),
        N_("The link works once, for one hour. If you did not ask, do nothing: your password stays as it is."),
    ),
    AccountMail.JOINING_CODE: (
        N_("Somebody, most likely you, asked for a code. Type it on the page from which you asked for it."),
        N_("It works once, for ten minutes. Give it to nobody. If you did not ask, tell the court by telephone."),
    ),
    AccountMail.STEPS_RESET: (
        N_("The administrator took the second step of your account away. Open the link to set up a new one."),
        N_("The link works once, for one hour. If it has run out, sign in with your password and ask for another."),
        N_("If you did not ask for this, tell the administrator at once, by telephone."),
    ),
    AccountMail.ADDRESS: (
        N_("You asked to sign in with this address from now on. Open the link to confirm it."),
        N_("The link works once, for one hour. If you did not ask, do nothing: nothing will change."),
    ),
    AccountMail.ADDRESS_CHANGED: (
        N_("From now on your account has another e-mail address; no more mail comes to this one."),
        N_("If you did not do this, tell the administrator at once, by telephone."),
    ),
    AccountMail.PROVIDER_LINKED: (
        N_("From now on you may sign in by the provider of your court or mission too. Your password remains."),
        N_("If you did not do this, take the link away under Your account, and change your password."),
    ),
    AccountMail.COLLEAGUE_RESET: (
        N_("The administrator took the second step of an account of your office away; somebody said that it was lost."),
        N_("For 24 hours no identity opens to that account. Ask your colleagues whether one of them lost a telephone."),
        N_("If nobody did, tell whoever the administrator answers to, at once, by telephone."),
    ),
    AccountMail.JOURNAL_HEAD: (
        N_("Keep this mail, or print it: by the number and the hash below, a journal that was rewritten is found out."),
        N_("To compare, the operator types both as they stand: flask journal verify --anchor NUMBER:HASH"),
    ),
}
BUTTONS: dict[AccountMail, str] = {
    AccountMail.INVITATION: N_("Choose a password"),
    AccountMail.RESET: N_("Choose a password"),
    AccountMail.STEPS_RESET: N_("Set up a new second step"),
    AccountMail.ADDRESS: N_("Use this address"),
    AccountMail.ADDRESS_CHANGED: N_("Sign in"),
    AccountMail.PROVIDER_LINKED: N_("Your account"),
    AccountMail.JOINING_CODE: N_("Open the page"),
    AccountMail.COLLEAGUE_RESET: N_("Sign in"),
    AccountMail.JOURNAL_HEAD: N_("Is the journal whole?"),
}
