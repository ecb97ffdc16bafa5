"""The one place that lists who asks to see an identity, for whoever of the court may answer."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor, Relation, may
from vctestimony.domain.instants import Reading
from vctestimony.domain.people import Role
from vctestimony.services import vault, witness_keys
from vctestimony.services.clocks import both_clocks
from vctestimony.services.unit import Unit
from vctestimony.store import witness_keys as store
from vctestimony.store.models import VaultGrantRow


@dataclass(frozen=True, slots=True)
class LeaveAsked:
    """Somebody asks for leave, or for a second person's yes to one look."""

    reference: str
    case_number: str
    pseudonym: str
    name: str
    since: tuple[Reading, Reading]
    is_second: bool


def waiting(unit: Unit, *, by: Actor) -> tuple[LeaveAsked, ...]:
    """What this person can answer, the longest waiting first. Nothing about a key that was destroyed."""
    if by.post_id is None or not may(by, Action.GIVE_LEAVE, frozenset({Relation.OWN_COURT})):
        return ()
    found = []
    for row in store.asked_of_court(unit.session, by.post_id, now=unit.now):
        since_at = row.second_asked_at if row.given_at is not None else row.asked_at
        if since_at is not None and _can_answer(unit, row, by=by):
            found.append((since_at, row))
    return tuple(
        LeaveAsked(
            reference=row.witness.reference,
            case_number=row.witness.case.number,
            pseudonym=row.witness.pseudonym,
            name=row.account.name,
            since=both_clocks(since_at, by=by),
            is_second=row.given_at is not None,
        )
        for since_at, row in sorted(found, key=lambda pair: (pair[0], pair[1].id))
    )


def _can_answer(unit: Unit, row: VaultGrantRow, *, by: Actor) -> bool:
    is_own = row.account_id == by.account_id
    if is_own and (row.given_at is not None or by.role is not Role.PRESIDING_OFFICER):
        return False
    key = store.key_of(unit.session, row.witness_id)
    if key is not None and witness_keys.destroyed_at(unit, key) is not None:
        return False
    return may(by, Action.GIVE_LEAVE, vault.relations_to(unit, row.witness, by=by))
