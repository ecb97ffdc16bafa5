"""The use-cases of another e-mail address for one's account: ask for it, and confirm it by a link to that address."""

from vctestimony.domain.access import Actor
from vctestimony.domain.account_letters import AccountMail
from vctestimony.domain.errors import Conflict
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.account_links import LinkDead, mail_link, may_mail, owner, write_to
from vctestimony.services.accounts import actor_of, row_of, subject_of, usable_address
from vctestimony.services.unit import Unit
from vctestimony.store import accounts
from vctestimony.store import second_steps as store


class SameAddress(Conflict):
    """Nothing would change."""

    text = N_("This is the address that you sign in with already.")


def ask(unit: Unit, wanted: str, *, by: Actor) -> None:
    """Mail a link to the address. Where another account has it, nothing is mailed, and nobody is told so."""
    row = row_of(unit, by.account_id)
    address = usable_address(wanted)
    if address == row.email:
        raise SameAddress(field="email")
    journal.write(unit, "account.address_asked", subject=subject_of(row.id), by=by)
    if may_mail(unit, address) and accounts.by_email(unit.session, address) is None:
        mail_link(unit, row, AccountMail.ADDRESS, to=address)


def wanted_by(unit: Unit, token: str) -> str:
    """The address that the link was mailed to, or LinkDead. Looking changes nothing."""
    _, link = owner(unit, token, (AccountMail.ADDRESS,))
    return link.address or ""


def confirm(unit: Unit, token: str) -> None:
    """Give the account its new address and tell the old one; all its links and sessions end. Or LinkDead."""
    row, link = owner(unit, token, (AccountMail.ADDRESS,))
    address = link.address or ""
    accounts.lock_name(unit.session, address)
    if not address or accounts.by_email(unit.session, address) is not None:
        raise LinkDead()
    write_to(unit, row, AccountMail.ADDRESS_CHANGED, url=f"{unit.ports.addresses.public_url}/sign-in")
    row.email = address
    store.drop_links(unit.session, row.id)
    accounts.end_sessions(unit.session, row.id, except_id=None)
    journal.write(unit, "account.address_changed", subject=subject_of(row.id), by=actor_of(row))
