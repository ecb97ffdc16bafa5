"""The use-cases of links by mail: inviting somebody, a lost password, and choosing a password by such a link, once."""

from functools import partial
from hashlib import sha256

from vctestimony.domain.access import Actor
from vctestimony.domain.account_letters import LINK_LIVES, AccountLetter, AccountMail, AccountReader
from vctestimony.domain.errors import Absent, Conflict
from vctestimony.domain.letters import Mailbox
from vctestimony.domain.passphrases import check, exact
from vctestimony.domain.wording import N_
from vctestimony.services import journal, limits, outgoing
from vctestimony.services.accounts import NewAccount, actor_of, create_invited, row_of, subject_of, usable_address
from vctestimony.services.references import new_secret
from vctestimony.services.unit import Unit, Units
from vctestimony.store import accounts
from vctestimony.store import second_steps as store
from vctestimony.store.models import AccountLinkRow, AccountRow

MAILS, ASKED, ASKED_MINUTES = 3, 10, 15
MAIL_KIND = "account"
_PATH = "/sign-in/link"
_PATHS = {AccountMail.STEPS_RESET: "/sign-in/set-up", AccountMail.ADDRESS: "/sign-in/address"}
_PASSWORDS = (AccountMail.INVITATION, AccountMail.RESET)


class LinkDead(Absent):
    """Used, replaced by a newer one, too old, or never made: nobody learns which."""

    text = N_("It was used, is too old, or a newer one was sent. Ask for another one where you sign in.")


class MayNotInvite(Conflict):
    """The account is closed."""

    text = N_("This account is closed. Let the person sign in again first.")


def invite(unit: Unit, new: NewAccount, *, by: Actor) -> int:
    """Open an account whose owner chooses the password by a link in a mail; gives its number."""
    account_id = create_invited(unit, new, by=by)
    send_invitation(unit, account_id, by=by)
    return account_id


def send_invitation(unit: Unit, account_id: int, *, by: Actor) -> None:
    """Mail a new link; the one before it counts no more."""
    row = row_of(unit, account_id)
    if not row.is_active:
        raise MayNotInvite()
    mail_link(unit, row, AccountMail.INVITATION)
    journal.write(unit, "account.invited", subject=subject_of(row.id), by=by)


def ask_for_link(units: Units, *, email: str, address: str) -> None:
    """Mail a link to the owner of the account, if there is one; whoever asks learns nothing, in words or in time.

    Nobody gets one whose second step was taken away: the mailbox alone would then open the account. Where there is none
    to be mailed, the same is written for another account and undone before it counts. The mail leaves when the worker
    looks by itself, some seconds later: woken now, it would slow this answer down. TooManyTries after too many
    questions from one address; an account gets three mails an hour at most.
    """
    name = usable_address(email)
    with units.writing(wakes=False) as unit:
        limits.count(unit, f"link-from:{address}", most=ASKED, within_minutes=ASKED_MINUTES)
    with units.writing(wakes=False) as unit:
        if not may_mail(unit, name):
            return
        own, other_id = accounts.by_email(unit.session, name), accounts.any_id(unit.session)
        is_owner = own is not None and own.is_active and not own.set_up_by_link
        row = accounts.by_id(unit.session, own.id if own is not None and is_owner else other_id or 0)
        if row is None:
            return
        with unit.session.begin_nested() as written:
            mail_link(unit, row, AccountMail.RESET)
            journal.write(unit, "account.link_asked", subject=subject_of(row.id), by=actor_of(row))
            if not is_owner:
                written.rollback()


def owner_of(unit: Unit, token: str) -> str:
    """The address that the link was mailed to, or LinkDead. Looking changes nothing: mail scanners look too."""
    return owner(unit, token, _PASSWORDS)[0].email


def choose_password(units: Units, token: str, *, wanted: str) -> None:
    """Take the password and use the link up. It signs nobody in and takes no second step away; every session ends."""
    with units.reading() as unit:
        row, _ = owner(unit, token, _PASSWORDS)
        account_id, near = row.id, (row.name, row.email)
    check(wanted, near=near, breached=units.ports.vetting.breached, field="wanted")
    hashed = units.ports.passwords.hash(exact(wanted))
    with units.writing() as unit:
        accounts.lock_name(unit.session, f"link:{account_id}")
        row, _ = owner(unit, token, _PASSWORDS)
        row.password_hash, row.must_change = hashed, False
        store.drop_links(unit.session, row.id)
        accounts.end_sessions(unit.session, row.id, except_id=None)
        journal.write(unit, "account.password_chosen_by_link", subject=subject_of(row.id), by=actor_of(row))


def write_to(unit: Unit, row: AccountRow, kind: AccountMail, *, url: str, to: str | None = None) -> None:
    """Lay down a mail to the owner of the account, at the address it has or at the one it is to have."""
    reader = AccountReader(name=row.name, address=to or row.email, language=row.language)
    outgoing.lay_down(unit, kind=MAIL_KIND, to=reader.address, compose=_letter(unit, kind, reader, url=url))


def mail_link(unit: Unit, row: AccountRow, kind: AccountMail, *, to: str | None = None) -> None:
    """Mail a new link; those before it for the same count no more. `to` is an address that the account is to have."""
    token = new_secret()
    store.drop_links(unit.session, row.id, purposes=_PASSWORDS if kind in _PASSWORDS else (kind,))
    unit.session.add(
        AccountLinkRow(account_id=row.id, purpose=kind, token_hash=_hash(token), address=to, made_at=unit.now)
    )
    write_to(unit, row, kind, url=f"{unit.ports.addresses.public_url}{_PATHS.get(kind, _PATH)}/{token}", to=to)


def _letter(unit: Unit, kind: AccountMail, reader: AccountReader, *, url: str) -> partial[bytes]:
    addresses = unit.ports.addresses
    letter = AccountLetter(
        kind=kind,
        written_at=unit.now.replace(microsecond=0),
        to=reader,
        organizer=Mailbox(addresses.organiser_name, addresses.organiser_address),
        url=url,
    )
    return partial(unit.ports.letters.compose_account, letter)


def may_mail(unit: Unit, address: str) -> bool:
    """Count one mail to the address; whether it is not one too many. An address that nobody has is counted too."""
    try:
        limits.count(unit, f"link-mail:{_hash(address)[:32]}", most=MAILS, within_minutes=60)
    except limits.TooManyTries:
        return False
    return True


def owner(unit: Unit, token: str, purposes: tuple[AccountMail, ...]) -> tuple[AccountRow, AccountLinkRow]:
    """Whose link it is, and the link, if it is for one of these; or LinkDead."""
    link = store.link(unit.session, _hash(token), purposes=purposes, after=unit.now - LINK_LIVES)
    row = accounts.by_id(unit.session, link.account_id) if link is not None else None
    if link is None or row is None or not row.is_active:
        raise LinkDead()
    return row, link


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
