"""The use-case of giving away all that is held about a witness: by the presiding officer's order, under leave.

Her identity is opened for it like for any look. Nobody else is in it: who looked is told by office.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.facts import FACTS
from vctestimony.domain.person_data import FILE_NAME, Rows, of_witness
from vctestimony.domain.sealing import SealedForGood
from vctestimony.services import journal, vault
from vctestimony.services.bundle_files import zipped
from vctestimony.services.person_data import TAKEN_OUT
from vctestimony.services.printing import Printed
from vctestimony.services.unit import Unit, Units
from vctestimony.store import persons as store
from vctestimony.store import witness_keys
from vctestimony.store.models import CycleFileRow, EvidenceRow, WitnessRow

LOOKS = ("vault.opened", "vault.refused", "vault.alert")
UNKNOWN_OFFICE = "not known any more"


def pseudonym_for(unit: Unit, reference: str, *, by: Actor) -> str:
    """The pseudonym, for whoever may order it."""
    return vault.witness_to_open(unit, reference, by=by, action=Action.TAKE_OUT).pseudonym


def take_out(units: Units, reference: str, *, order_reference: str, reason: str, by: Actor) -> Printed:
    """The archive. A look that is refused is written down before it is said."""
    try:
        with units.writing() as unit:
            return _taken(unit, reference, order_reference=order_reference, reason=reason, by=by)
    except vault.NOT_SHOWN as refusal:
        vault.note_refusal(units, reference, refusal, by=by)
        raise


def _taken(unit: Unit, reference: str, *, order_reference: str, reason: str, by: Actor) -> Printed:
    witness = vault.witness_to_open(unit, reference, by=by, action=Action.TAKE_OUT)
    key = witness_keys.key_of(unit.session, witness.id)
    if key is not None and key.destroyed_at is not None:
        raise SealedForGood()
    order = vault.nameless(unit, witness, order_reference)
    looked = vault.look(unit, reference, reason=reason, by=by)
    identity = [{"what": label, "value": value} for label, value in looked.fields]
    parts = {"identity": identity, **_parts(unit, witness)}
    content = zipped((one.name, one.content) for one in of_witness(parts, made_at=unit.now.isoformat()))
    facts = {"order": order, "sha256": sha256(content).hexdigest(), "size": len(content)}
    journal.write(unit, TAKEN_OUT, subject=reference, by=by, **facts)
    return Printed(FILE_NAME, content)


def _parts(unit: Unit, witness: WitnessRow) -> Mapping[str, Rows]:
    hearings = store.hearings_of(unit.session, witness.id)
    references = {one.id: one.reference for one in hearings}
    numbers = tuple(references)
    return {
        "witness": [_herself(witness)],
        "hearings": [
            {
                "reference": one.reference,
                "state": one.state.value,
                "starts_at": _at(one.starts_at),
                "started_at": _at(one.started_at),
                "ended_at": _at(one.ended_at),
            }
            for one in hearings
        ],
        "records": [
            {
                "hearing": references[one.hearing_id],
                "code": one.code,
                "sealed_at": one.sealed_at.isoformat(),
                "data_sha256": one.content_sha256,
                "pdf_sha256": one.pdf_sha256,
            }
            for one in store.records_of(unit.session, numbers)
        ],
        "files": [
            {"name": name, "size": one.size, "sha256": one.sha256, "added_at": one.added_at.isoformat()}
            for name, one in _files(unit, references)
        ],
        "looks": _looks(unit, witness),
    }


def _files(unit: Unit, references: Mapping[int, str]) -> Iterator[tuple[str, EvidenceRow | CycleFileRow]]:
    """What shows that steps were done, and scans of the signed transcript, under the names they are given out by."""
    for kept in store.evidence_of(unit.session, tuple(references)):
        yield f"{references[kept.hearing_id]}-{kept.step_id}-{kept.public_id}.{kept.kind}", kept
    for scan in store.scans_of(unit.session, tuple(references)):
        yield f"{references[scan.hearing_id]}-{scan.public_id}.{scan.kind}", scan


def _herself(witness: WitnessRow) -> Mapping[str, object]:
    """What the court registered about her beside the identity."""
    return {
        "reference": witness.reference,
        "pseudonym": witness.pseudonym,
        "languages": witness.languages,
        "nationality": witness.nationality,
        "identity_document": witness.identity_document.value,
        "answered_with_yes": [FACTS[name] for name, value in witness.facts.items() if value and name in FACTS],
        "registered_at": witness.created_at.isoformat(),
    }


def _looks(unit: Unit, witness: WitnessRow) -> Rows:
    """Who looked, or tried to, by office: the leave that was used says which."""
    offices = {row.public_id: row.account.role.value for row in witness_keys.grants_of(unit.session, witness.id)}
    found = []
    for entry in journal.history(unit, witness.reference):
        if entry.action in LOOKS:
            leave = json.loads(entry.facts).get("leave", "")
            found.append(
                {
                    "at": entry.at.isoformat(),
                    "what": entry.action,
                    "office": offices.get(leave, UNKNOWN_OFFICE),
                    "journal_number": entry.number,
                }
            )
    return found


def _at(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
