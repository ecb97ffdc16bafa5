"""The use-cases of setting up a second step after the administrator took the old one away: by a mailed link, once.

Somebody else may know the password, or read the mailbox; it takes both, and no link for a new password is mailed
meanwhile (ASVS 6.4.3, 6.6.3).
"""

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.account_letters import AccountMail
from vctestimony.services import journal
from vctestimony.services.account_links import LinkDead, mail_link, may_mail, owner
from vctestimony.services.accounts import actor_of, row_of, subject_of
from vctestimony.services.signing_in import sign_in
from vctestimony.services.unit import Unit, Units
from vctestimony.store import accounts
from vctestimony.store import second_steps as store

_LINK = (AccountMail.STEPS_RESET,)


def owner_of(unit: Unit, token: str) -> str:
    """The address that the link was mailed to, or LinkDead. Looking changes nothing."""
    return owner(unit, token, _LINK)[0].email


def enter(units: Units, token: str, *, password: str, address: str) -> int:
    """The number of the account, whose owner may now set up a second step and nothing else; uses the link up.

    LinkDead, or what `sign_in` raises: a wrong password uses no link up, and its tries are counted there.
    """
    with units.reading() as unit:
        email = owner_of(unit, token)
    account_id = sign_in(units, email=email, password=password, address=address)
    with units.writing() as unit:
        accounts.lock_name(unit.session, f"link:{account_id}")
        row, _ = owner(unit, token, _LINK)
        if row.id != account_id or not row.set_up_by_link:
            raise LinkDead()
        store.drop_links(unit.session, row.id, purposes=_LINK)
        journal.write(unit, "account.set_up_by_link", subject=subject_of(row.id), by=actor_of(row))
    return account_id


def mail_again(unit: Unit, account_id: int) -> None:
    """Mail another link to somebody who gave the password; three mails an hour at most."""
    row = row_of(unit, account_id)
    if row.set_up_by_link and may_mail(unit, row.email):
        mail_link(unit, row, AccountMail.STEPS_RESET)
        journal.write(unit, "account.link_asked", subject=subject_of(row.id), by=SYSTEM)
