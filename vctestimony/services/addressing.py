"""The one place that keeps mailboxes apart where people are named and addresses corrected, before anybody is asked.

The rule is domain/mailboxes.py; the last guard, when a mail is written, is domain/invited.py.
"""

from collections.abc import Iterable, Mapping, Sequence

from vctestimony.domain.itip import same_address
from vctestimony.domain.mailboxes import Holder, MailboxShared, check_apart
from vctestimony.services.unit import Unit
from vctestimony.store import places as store
from vctestimony.store.models import OfficialRow


def check_named(unit: Unit, named: Iterable[tuple[OfficialRow, str]]) -> None:
    """Refuse people of one hearing with one mailbox, or with the service's; each comes with the field of the form."""
    holders = [Holder(official.name, official.email, field) for official, field in named]
    check_apart(holders, organizer=unit.ports.addresses.organiser_address)


def check_instead(unit: Unit, seats: Mapping[str, Sequence[tuple[OfficialRow, str]]]) -> None:
    """The same for those who would do as well: two for one seat may share a mailbox, as only one of them will come."""
    seen: dict[str, tuple[str, str]] = {}
    for seat, people in seats.items():
        for official, field in people:
            check_named(unit, [(official, field)])
            name, at = seen.setdefault(same_address(official.email), (official.name, seat))
            if at != seat:
                raise MailboxShared(field=field, name=name, other=official.name, address=official.email)


def check_corrected(unit: Unit, official: OfficialRow, address: str) -> None:
    """Refuse the address of somebody with whom this official shares a hearing to come, and the service's own."""
    check_entered(unit, official.name, address)
    for other in store.sharing_hearings(unit.session, official.id, now=unit.now):
        check_apart((Holder(other.name, other.email, "email"), Holder(official.name, address, "email")), organizer="")


def check_entered(unit: Unit, name: str, address: str) -> None:
    """Refuse somebody with the service's own mailbox: they could never be asked."""
    check_apart([Holder(name, address, "email")], organizer=unit.ports.addresses.organiser_address)
