"""The one place for the rule that everybody on a hearing has a mailbox of their own, and nobody the service's.

An answer is matched by its address (RFC 5546 2.1.5), so two people with one address could not be told apart, and who
has the address that the service sends from would be asked by themselves (RFC 5546 3.2.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from vctestimony.domain.errors import Invalid
from vctestimony.domain.itip import same_address
from vctestimony.domain.wording import N_


class MailboxShared(Invalid):
    """Two people of one hearing have one address, compared without case."""

    text = N_(
        "{name} and {other} have the same e-mail address, {address}. Everybody on a hearing needs an address of their "
        "own; correct one of the two first."
    )


class MailboxOfService(Invalid):
    """Somebody has the address from which the invitations are sent and to which the answers come."""

    text = N_("{address} is the address this service sends from. Enter an address of {name}'s own.")


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with an address; `field` is that of the form which named them."""

    name: str
    address: str
    field: str


def check_apart(holders: Iterable[Holder], *, organizer: str) -> None:
    """Refuse the first of them who has somebody else's address or the organizer's."""
    known: dict[str, Holder] = {}
    for one in holders:
        address = same_address(one.address)
        if address == same_address(organizer):
            raise MailboxOfService(field=one.field, name=one.name, address=one.address)
        if address in known:
            raise MailboxShared(field=one.field, name=known[address].name, other=one.name, address=one.address)
        known[address] = one
