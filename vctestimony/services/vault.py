"""The use-cases of the vault: put an identity in, open it for somebody who says why. Every look is written down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor, Relation, may
from vctestimony.domain.errors import Absent, Invalid, NotAllowed, Refusal
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
_BETWEEN_PARTS = re.compile(r"[\s.,;:'’()/-]+")
_SHORTEST_PART = 3


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


def opens(unit: Unit) -> bool:
    """Whether the keys at hand open one sealed field of each key that sealed any; what it says is not looked at."""
    try:
        for row, witness in store.sealed_samples(unit.session):
            _opened(unit, witness, row)
    except Refusal:
        return False
    return True


def parts_of_name(name: str) -> tuple[str, ...]:
    """The parts of a name by which somebody would be known, folded for comparing; initials do not count.

    >>> parts_of_name("Rahima K. Begum-Ali")
    ('rahima', 'begum', 'ali')
    """
    folded = (part.casefold() for part in _BETWEEN_PARTS.split(name))
    return tuple(dict.fromkeys(part for part in folded if len(part) >= _SHORTEST_PART))


def sealed_name(unit: Unit, witness: WitnessRow) -> str:
    """The real name, to be compared with what somebody writes; it is never shown, returned to a page or kept."""
    row = next((row for row in store.sealed_fields(unit.session, witness.id) if row.field == "name"), None)
    return _opened(unit, witness, row) if row else ""


def sealed_values(unit: Unit, witness: WitnessRow) -> dict[str, str]:
    """Everything sealed about the witness, by field, to be left out of what others may read; never shown or kept."""
    return {row.field: _opened(unit, witness, row) for row in store.sealed_fields(unit.session, witness.id)}


def pseudonym_for(unit: Unit, reference: str, *, by: Actor) -> str:
    """The pseudonym, if this person may ask to see the identity at all."""
    return _witness_for(unit, reference, by=by).pseudonym


def look(unit: Unit, reference: str, *, reason: str, by: Actor) -> Identity:
    """Open the identity for this one look, and write down who looked and why; a name in the reason is replaced."""
    witness = _witness_for(unit, reference, by=by)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(field="reason", least=SHORTEST_REASON)
    known = {row.field: _opened(unit, witness, row) for row in store.sealed_fields(unit.session, witness.id)}
    kept_reason = _nameless(reason.strip(), name=known.get("name", ""), pseudonym=witness.pseudonym)
    journal.write(unit, "vault.opened", subject=reference, by=by, reason=kept_reason)
    fields = tuple((label, known[field]) for field, label in FIELDS.items() if field in known)
    return Identity(witness.reference, witness.pseudonym, fields)


def _opened(unit: Unit, witness: WitnessRow, row: VaultRow) -> str:
    return unit.ports.vault.open(row.sealed, key_id=row.key_id, bound_to=_place(witness, row.field))


def _nameless(text: str, *, name: str, pseudonym: str) -> str:
    """The text with every part of the name replaced, for the journal outlives the vault.

    >>> _nameless("to compare RAHIMA's passport", name="Rahima Begum", pseudonym="W-7")
    "to compare W-7's passport"
    """
    for part in (name, *parts_of_name(name)):
        if part:
            text = re.sub(re.escape(part), lambda _: pseudonym, text, flags=re.IGNORECASE)
    return text


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
