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
_NOBODY = AccountReader(name="Nobody", address="nobody@localhost.localdomain", language="en")


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
    _mail_link(unit, row, AccountMail.INVITATION)
    journal.write(unit, "account.invited", subject=subject_of(row.id), by=by)


def ask_for_link(units: Units, *, email: str, address: str) -> None:
    """Mail a link to the owner of the account, if there is one; whoever asks learns nothing, in words or in time.

    TooManyTries after too many questions from one address; an account gets three mails an hour at most.
    """
    name = usable_address(email)
    with units.writing() as unit:
        limits.count(unit, f"link-from:{address}", most=ASKED, within_minutes=ASKED_MINUTES)
    with units.writing() as unit:
        row = accounts.by_email(unit.session, name)
        if row is None or not row.is_active or not _may_mail(unit, row):
            _letter(unit, AccountMail.RESET, _NOBODY, url=_url(unit, new_secret()))(message_id="<x@x>", references=())
            return
        _mail_link(unit, row, AccountMail.RESET)
        journal.write(unit, "account.link_asked", subject=subject_of(row.id), by=actor_of(row))


def owner_of(unit: Unit, token: str) -> str:
    """The address that the link was mailed to, or LinkDead. Looking changes nothing: mail scanners look too."""
    return _owner(unit, token).email


def choose_password(units: Units, token: str, *, wanted: str) -> None:
    """Take the password and use the link up. It signs nobody in and takes no second step away; every session ends."""
    with units.reading() as unit:
        row = _owner(unit, token)
        account_id, near = row.id, (row.name, row.email)
    check(wanted, near=near, field="wanted")
    hashed = units.ports.passwords.hash(exact(wanted))
    with units.writing() as unit:
        accounts.lock_name(unit.session, f"link:{account_id}")
        row = _owner(unit, token)
        row.password_hash, row.must_change = hashed, False
        store.drop_links(unit.session, row.id)
        accounts.end_sessions(unit.session, row.id, except_id=None)
        journal.write(unit, "account.password_chosen_by_link", subject=subject_of(row.id), by=actor_of(row))


def write_to(unit: Unit, row: AccountRow, kind: AccountMail, *, url: str) -> None:
    """Lay down a mail to the owner of the account."""
    reader = AccountReader(name=row.name, address=row.email, language=row.language)
    body = _letter(unit, kind, reader, url=url)
    outgoing.lay_down(unit, kind=MAIL_KIND, to=row.email, compose=body)


def _mail_link(unit: Unit, row: AccountRow, kind: AccountMail) -> None:
    token = new_secret()
    store.drop_links(unit.session, row.id)
    unit.session.add(AccountLinkRow(account_id=row.id, purpose=kind, token_hash=_hash(token), made_at=unit.now))
    write_to(unit, row, kind, url=_url(unit, token))


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


def _may_mail(unit: Unit, row: AccountRow) -> bool:
    try:
        limits.count(unit, f"link-mail:{row.id}", most=MAILS, within_minutes=60)
    except limits.TooManyTries:
        return False
    return True


def _owner(unit: Unit, token: str) -> AccountRow:
    link = store.link(unit.session, _hash(token), after=unit.now - LINK_LIVES)
    row = accounts.by_id(unit.session, link.account_id) if link is not None else None
    if row is None or not row.is_active:
        raise LinkDead()
    return row


def _url(unit: Unit, token: str) -> str:
    return f"{unit.ports.addresses.public_url}/sign-in/link/{token}"


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
