"""The use-cases of registering a witness: by pseudonym, with the facts the procedure turns on."""

from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.access import Actor
from vctestimony.domain.casework import ASKED_OF_WITNESS, IdentityDocument
from vctestimony.domain.errors import Absent, Conflict, Invalid, Stale
from vctestimony.domain.record.unnamed import is_of_name
from vctestimony.domain.wording import N_
from vctestimony.services import checklist_making, journal, vault
from vctestimony.services.cases import case_for
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit
from vctestimony.store import cases as store
from vctestimony.store.models import CaseRow, ResourceKind, ResourceRow, WitnessRow

# What the checklist is composed from; when one of these changes, so do the steps.
_TURNS_THE_PROCEDURE = frozenset({"facts", "nationality", "identity_document"})


class PseudonymTaken(Conflict):
    """Two witnesses of one case cannot share a pseudonym."""

    text = N_("This case already has a witness {pseudonym}. Choose another pseudonym.")


class PseudonymIsName(Invalid):
    """The pseudonym would give her away."""

    text = N_("The pseudonym contains a part of the real name. Choose one that tells nothing, such as W-7.")


class FactsContradict(Invalid):
    """A child under twelve is a child; an unrepresented child is a child."""

    text = N_("This can only be yes if the witness is a child.")


@dataclass(frozen=True, slots=True)
class WitnessEntry:
    """What the form asks. `facts` answers every name of ASKED_OF_WITNESS; `identity` goes into the vault."""

    pseudonym: str
    languages: str
    nationality: str
    identity_document: IdentityDocument
    documents_to_show: str
    facts: Mapping[str, bool]
    identity: Mapping[str, str]


def register(unit: Unit, case_reference: str, entry: WitnessEntry, *, by: Actor) -> str:
    """Register a witness of the case and seal the identity; returns the witness's reference."""
    case = case_for(unit, case_reference, by=by)
    _check_facts(entry)
    _check_pseudonym(case, entry.pseudonym, name=entry.identity.get("name", ""))
    resource = ResourceRow(kind=ResourceKind.WITNESS, name=entry.pseudonym, post_id=None)
    row = WitnessRow(reference=new_reference(unit, "W"), case_id=case.id, resource=resource, created_at=unit.now)
    for column, value in _columns(entry).items():
        setattr(row, column, value)
    unit.session.add(row)
    unit.session.flush()
    journal.write(
        unit, "witness.registered", subject=row.reference, by=by, case=case_reference, pseudonym=entry.pseudonym
    )
    vault.put(unit, row, entry.identity, by=by)
    return row.reference


def revise(unit: Unit, reference: str, entry: WitnessEntry, *, version: int, by: Actor) -> None:
    """Change the witness's facts, and the checklists with them; identity fields left empty stay as they are."""
    row = witness_for(unit, reference, by=by)
    if row.version != version:
        raise Stale(subject=reference)
    _check_facts(entry)
    name = entry.identity.get("name", "") or vault.sealed_name(unit, row)
    _check_pseudonym(row.case, entry.pseudonym, name=name, own=row)
    changed = {column: value for column, value in _columns(entry).items() if getattr(row, column) != value}
    for column, value in changed.items():
        setattr(row, column, value)
    row.resource.name = entry.pseudonym
    unit.session.flush()
    if changed:
        journal.write(unit, "witness.revised", subject=reference, by=by, changed=sorted(changed))
    vault.put(unit, row, entry.identity, by=by)
    if changed.keys() & _TURNS_THE_PROCEDURE:
        checklist_making.recompose(unit, case_id=row.case_id, witness_id=row.id, by=by)


def witness_for(unit: Unit, reference: str, *, by: Actor) -> WitnessRow:
    """The witness, if the case is of this person's own court."""
    row = store.witness_of(unit.session, reference, court_id=by.post_id)
    if row is None:
        raise Absent()
    case_for(unit, row.case.reference, by=by)
    return row


def _columns(entry: WitnessEntry) -> dict[str, object]:
    return {
        "pseudonym": entry.pseudonym,
        "languages": entry.languages,
        "nationality": entry.nationality,
        "identity_document": entry.identity_document,
        "documents_to_show": entry.documents_to_show,
        "facts": {name: entry.facts[name] for name in ASKED_OF_WITNESS},
    }


def _check_facts(entry: WitnessEntry) -> None:
    for name in ("child_under_12", "child_unrepresented"):
        if entry.facts[name] and not entry.facts["child"]:
            raise FactsContradict(field=f"fact_{name}")


def _check_pseudonym(case: CaseRow, pseudonym: str, *, name: str, own: WitnessRow | None = None) -> None:
    folded = pseudonym.casefold()
    if is_of_name(pseudonym, name):
        raise PseudonymIsName(field="pseudonym")
    if any(known is not own and known.pseudonym.casefold() == folded for known in case.witnesses):
        raise PseudonymTaken(field="pseudonym", pseudonym=pseudonym)
