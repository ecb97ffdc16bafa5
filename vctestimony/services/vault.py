"""The use-cases of the vault: put an identity in, open it for somebody who says why. Every look is written down."""

from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor, Relation, may
from vctestimony.domain.errors import Absent, Invalid, NotAllowed
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.unit import Unit
from vctestimony.store import cases as store
from vctestimony.store.models import VaultRow, WitnessRow

FIELDS: Mapping[str, str] = {
    "name": N_("Full name"),
    "parentage": N_("Parent or spouse"),
    "address": N_("Address"),
    "contact": N_("Telephone or other contact"),
    "identity_number": N_("Number of the identity document"),
}
SHORTEST_REASON = 10


class ReasonTooShort(Invalid):
    """Opening an identity is an act that others will read about."""

    text = N_(
        "Say why you need to see the identity, in at least {least} characters. The reason is kept in the journal."
    )


@dataclass(frozen=True, slots=True)
class Identity:
    """What the vault holds about one witness, opened. Never stored, logged or cached."""

    witness_reference: str
    pseudonym: str
    fields: tuple[tuple[str, str], ...]


def put(unit: Unit, witness: WitnessRow, values: Mapping[str, str], *, by: Actor) -> None:
    """Seal the given fields; an empty value leaves what is there."""
    known = {row.field: row for row in store.sealed_fields(unit.session, witness.id)}
    written = []
    for field, value in values.items():
        if field not in FIELDS or not value:
            continue
        key_id, sealed = unit.ports.vault.seal(value, bound_to=_place(witness, field))
        row = known.get(field) or VaultRow(witness_id=witness.id, field=field)
        row.key_id, row.sealed, row.written_at = key_id, sealed, unit.now
        unit.session.add(row)
        written.append(field)
    if written:
        journal.write(unit, "vault.sealed", subject=witness.reference, by=by, fields=sorted(written))


def pseudonym_for(unit: Unit, reference: str, *, by: Actor) -> str:
    """The pseudonym, if this person may ask to see the identity at all."""
    return _witness_for(unit, reference, by=by).pseudonym


def look(unit: Unit, reference: str, *, reason: str, by: Actor) -> Identity:
    """Open the identity for this one look, and write down who looked and why."""
    witness = _witness_for(unit, reference, by=by)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(field="reason", least=SHORTEST_REASON)
    fields = tuple(
        (FIELDS[row.field], unit.ports.vault.open(row.sealed, key_id=row.key_id, bound_to=_place(witness, row.field)))
        for row in store.sealed_fields(unit.session, witness.id)
    )
    journal.write(unit, "vault.opened", subject=reference, by=by, reason=reason.strip())
    return Identity(witness.reference, witness.pseudonym, fields)


def _witness_for(unit: Unit, reference: str, *, by: Actor) -> WitnessRow:
    witness = store.witness_by_reference(unit.session, reference)
    if witness is None:
        raise Absent()
    relations = set()
    if by.post_id == witness.case.court_id:
        relations.add(Relation.OWN_COURT)
    if by.official_id is not None and store.named_on(unit.session, witness_id=witness.id, official_id=by.official_id):
        relations.add(Relation.NAMED)
    if not relations:
        raise Absent()
    if not may(by, Action.OPEN_VAULT, frozenset(relations)):
        raise NotAllowed()
    return witness


def _place(witness: WitnessRow, field: str) -> str:
    return f"vault|{witness.reference}|{field}"
