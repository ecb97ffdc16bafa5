"""The use-case of replacing the name and the addresses of somebody who left, in the directory and in the account.

The journal keeps its entries as they are, and so does what was sealed, signed or taken down under the name: that is
the court's. What stands for the person from now on is a number.
"""

from dataclasses import dataclass

from vctestimony.domain.access import Actor, may_administer
from vctestimony.domain.errors import Conflict, NotAllowed
from vctestimony.domain.wording import N_
from vctestimony.services import feed_closing, journal, legal_holds
from vctestimony.services.legal_holds import OnHold
from vctestimony.services.person_data import Person
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit
from vctestimony.store import accounts, busy, persons, places, second_steps
from vctestimony.store.models import AccountRow, OfficialRow

_NOBODYS = "left.invalid"
"""No mail can be sent there (RFC 2606 2)."""


class NotLeft(Conflict):
    """The person still signs in, or can be named."""

    text = N_("{name} is still in office. Close the account and retire the official first.")


class StillToCome(Conflict):
    """A hearing needs the name."""

    text = N_("{name} is named on {count} hearings still to come. Exchange the person there first.")


class ReplacedAlready(Conflict):
    """There is nothing left to replace."""

    text = N_("Name and addresses of this person were replaced already.")


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the name of the person may be replaced now; `why_not` is a finished refusal, if not."""

    name: str
    is_replaced: bool
    why_not: Conflict | None


def standing(unit: Unit, person: Person) -> Standing:
    """How it stands, for the page."""
    try:
        _check(unit, person)
    except ReplacedAlready:
        return Standing(person.name, is_replaced=True, why_not=None)
    except Conflict as refusal:
        return Standing(person.name, is_replaced=False, why_not=refusal)
    return Standing(person.name, is_replaced=False, why_not=None)


def replace(unit: Unit, person: Person, *, by: Actor) -> str:
    """Replace name and addresses; gives the number that stands for the person from now on. It cannot be undone."""
    if not may_administer(by):
        raise NotAllowed()
    legal_holds.queue(unit)
    _check(unit, person)
    number = new_reference(unit, "F")
    name, address = f"Former official {number}", f"{number.lower()}@{_NOBODYS}"
    official_id = person.official.id if person.official is not None else None
    persons.replace_address(unit.session, official_id=official_id, addresses=person.addresses, by=address)
    if person.official is not None:
        _replace_official(unit, person.official, name=name, address=address, subject=person.subject, by=by)
    for place, row in enumerate(_accounts(unit, person)):
        _replace_account(unit, row, name=name, address=f"{place}.{address}" if place else address)
    unit.session.flush()
    journal.write(unit, "held.erased", subject=person.subject, by=by, number=number)
    return number


def _check(unit: Unit, person: Person) -> None:
    rows = (*_accounts(unit, person), *((person.official,) if person.official is not None else ()))
    if all(row.anonymised_at is not None for row in rows):
        raise ReplacedAlready()
    if any(row.is_active for row in rows):
        raise NotLeft(name=person.name)
    if person.official is None:
        return
    count = places.hearings_naming(unit.session, person.official.id, now=unit.now)
    if count:
        raise StillToCome(name=person.name, count=count)
    hold = persons.hold_over(unit.session, person.official.id)
    if hold is not None:
        raise OnHold(hold=hold.public_id, order=hold.order_reference)


def _accounts(unit: Unit, person: Person) -> tuple[AccountRow, ...]:
    """Every account of the person, from whichever one was started."""
    if person.official is None:
        return person.accounts
    return tuple(places.accounts_of(unit.session, person.official.id))


def _replace_official(unit: Unit, row: OfficialRow, *, name: str, address: str, subject: str, by: Actor) -> None:
    for source in busy.sources(unit.session, row.id):
        busy.delete(unit.session, source)
    persons.drop_own_times(unit.session, row.resource_id)
    feed_closing.close_all(unit, row.resource_id, subject=subject, by=by)
    own = {one.casefold() for one in (row.email,)}
    for seat in persons.named_on(unit.session, row.id):
        seat.sent = _without(seat.sent, name=name, address=address)
        seat.called_off = None if seat.called_off is None else _without(seat.called_off, name=name, address=address)
        for other in seat.hearing.participants:
            other.sent = _named_to_others(other.sent, own, name=name, address=address)
    row.name = row.resource.name = name
    row.email, row.phone, row.anonymised_at = address, "", unit.now


def _without(sent: dict[str, object], *, name: str, address: str) -> dict[str, object]:
    """What was sent to the person, as it is kept to be compared."""
    return {**sent, "name": name, "address": address} if sent else sent


def _named_to_others(sent: dict[str, object], own: set[str], *, name: str, address: str) -> dict[str, object]:
    """What was sent to others, where the court lets each see who else takes part."""
    others = sent.get("others")
    if not isinstance(others, list):
        return sent
    return {**sent, "others": [[name, address, *one[2:]] if one[1].casefold() in own else one for one in others]}


def _replace_account(unit: Unit, row: AccountRow, *, name: str, address: str) -> None:
    second_steps.drop_all(unit.session, row.id)
    second_steps.drop_links(unit.session, row.id)
    accounts.end_sessions(unit.session, row.id, except_id=None)
    row.name, row.email, row.password_hash, row.provider_subject = name, address, "", None
    row.second_step_at, row.anonymised_at = None, unit.now
