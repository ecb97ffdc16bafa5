"""The use-cases of an account and its person at the provider: link the two, part them, sign in by the link.

Nobody is created, and nobody is found by an e-mail address: an address can pass to somebody else at the provider, and
who owns an account here shows it here first, with all that signing in takes.
"""

from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.account_letters import AccountMail
from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.sign_in_providers import Told
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.account_links import write_to
from vctestimony.services.accounts import actor_of, row_of, subject_of
from vctestimony.services.provider_rounds import provider_of
from vctestimony.services.unit import Unit
from vctestimony.store import accounts


class NotLinked(Invalid):
    """No account is linked with the person, or it is closed: nobody learns which."""

    text = N_(
        "Your name at {provider} opens no account here. Sign in with your password; then link the two under Your "
        "account."
    )


class LinkedElsewhere(Conflict):
    """One person at the provider, one account here."""

    text = N_("This person at {provider} is linked with another account here.")


def link(unit: Unit, told: Told, *, session_id: int | None, by: Actor) -> None:
    """Let the person sign in by the provider from now on; other sessions end, and a mail tells the owner."""
    row = row_of(unit, by.account_id)
    accounts.lock_name(unit.session, f"provider:{told.kept_as}")
    other = accounts.by_provider(unit.session, told.kept_as)
    if other is not None and other.id != row.id:
        raise LinkedElsewhere(provider=provider_of(unit).name)
    row.provider_subject = told.kept_as
    accounts.end_sessions(unit.session, row.id, except_id=session_id)
    write_to(unit, row, AccountMail.PROVIDER_LINKED, url=f"{unit.ports.addresses.public_url}/account")
    journal.write(unit, "account.provider_linked", subject=subject_of(row.id), by=by)


def part(unit: Unit, *, session_id: int | None, by: Actor) -> None:
    """Take the link away; the password remains. Every other session ends."""
    row = row_of(unit, by.account_id)
    row.provider_subject = None
    accounts.end_sessions(unit.session, row.id, except_id=session_id)
    journal.write(unit, "account.provider_parted", subject=subject_of(row.id), by=by)


def is_linked(unit: Unit, account_id: int | None) -> bool:
    """Whether the account's owner may sign in by the provider."""
    return row_of(unit, account_id).provider_subject is not None


def sign_in(unit: Unit, told: Told) -> int | None:
    """The number of the linked account; None when there is none that is open. Journalled either way."""
    row = accounts.by_provider(unit.session, told.kept_as)
    if row is None or not row.is_active:
        subject = "account:unknown" if row is None else subject_of(row.id)
        journal.write(unit, "account.sign_in_failed", subject=subject, by=SYSTEM, way="provider")
        return None
    is_done = told.has_passed or not (row.second_step_at or row.set_up_by_link)
    action = "account.signed_in" if is_done else "account.provider_named"
    journal.write(unit, action, subject=subject_of(row.id), by=actor_of(row), way="provider")
    return row.id
