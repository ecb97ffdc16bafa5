"""The use-cases of the vault: put an identity in, open it for somebody who has leave and says why. Every look is kept.

Who may open what until when is `vault_grants`; with which key a field is sealed, `witness_keys`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor, Relation, may
from vctestimony.domain.errors import Absent, Invalid, NotAllowed, Refusal
from vctestimony.domain.grants import is_seconded
from vctestimony.domain.record.unnamed import Telling
from vctestimony.domain.sealing import SealedForGood, VaultShut
from vctestimony.domain.wording import N_
from vctestimony.services import journal, resting, witness_keys
from vctestimony.services.unit import Unit, Units
from vctestimony.store import cases as store
from vctestimony.store import hearings, shut_out
from vctestimony.store import witness_keys as grant_store
from vctestimony.store.models import VaultGrantRow, VaultRow, WitnessRow

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


class NoLeave(NotAllowed):
    """Nobody gave this person leave, or it is over, or it was withdrawn."""

    text = N_("You have no leave to see this identity now. Ask the presiding officer or the coordinator of the court.")


class SecondNeeded(NotAllowed):
    """This court wants two persons to stand behind each look."""

    text = N_("At this court a second person says yes to each look, shortly before it. Ask for that first.")


NOT_SHOWN = (VaultShut, NoLeave, SecondNeeded, resting.Resting)
"""Refusals of a look that are written down."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the vault holds about one witness, opened. Never stored, logged or cached."""

    witness_reference: str
    pseudonym: str
    fields: tuple[tuple[str, str], ...]


def put(unit: Unit, witness: WitnessRow, values: Mapping[str, str], *, by: Actor) -> None:
    """Seal the given fields with the witness's own key; an empty value leaves what is there.

    What takes the place of something sealed stands among the looks of the court: nobody needs leave to write it.
    """
    known = {row.field: row for row in store.sealed_fields(unit.session, witness.id)}
    written: list[str] = []
    for field, value in values.items():
        if field not in FIELDS or not value:
            continue
        place = witness_keys.place_of(witness, field)
        key_id, sealed = witness_keys.seal(unit, witness, value, bound_to=place)
        row = known.get(field) or VaultRow(witness_id=witness.id, field=field)
        row.key_id, row.sealed, row.written_at = key_id, sealed, unit.now
        unit.session.add(row)
        written.append(field)
    for action, fields in (
        ("vault.sealed", [field for field in written if field not in known]),
        ("vault.replaced", [field for field in written if field in known]),
    ):
        if fields:
            journal.write(unit, action, subject=witness.reference, by=by, fields=sorted(fields))


def opens(unit: Unit) -> bool:
    """Whether the keys at hand open one sealed field of each key that sealed any; what it says is not looked at."""
    try:
        for row, witness in store.sealed_samples(unit.session, but=witness_keys.PREFIX):
            _opened(unit, witness, row)
    except Refusal:
        return False
    return witness_keys.open_all(unit)


def sealed_name(unit: Unit, witness: WitnessRow) -> str:
    """The real name, to be compared with what somebody writes; it is never shown, returned to a page or kept."""
    return sealed_values(unit, witness, only=("name",)).get("name", "")


def sealed_values(unit: Unit, witness: WitnessRow, *, only: tuple[str, ...] = tuple(FIELDS)) -> dict[str, str]:
    """What is sealed about the witness, by field, to be left out of what others may read; never shown or kept.

    Nothing, once her key was destroyed: then nobody knows it, here as elsewhere.
    """
    rows = [row for row in store.sealed_fields(unit.session, witness.id) if row.field in only]
    try:
        return {row.field: _opened(unit, witness, row) for row in rows}
    except SealedForGood:
        return {}


def pseudonym_for(unit: Unit, reference: str, *, by: Actor) -> str:
    """The pseudonym, if this person may ask to see the identity at all."""
    return witness_to_open(unit, reference, by=by).pseudonym


def look(unit: Unit, reference: str, *, reason: str, by: Actor) -> Identity:
    """Open the identity for this one look, and write down who looked and why; a name in the reason is replaced."""
    witness = witness_to_open(unit, reference, by=by)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(field="reason", least=SHORTEST_REASON)
    resting.check(unit, by.account_id)
    grant = _leave_of(unit, witness, by=by)
    known = {row.field: _opened(unit, witness, row) for row in store.sealed_fields(unit.session, witness.id)}
    kept_reason = Telling(known).replaced(reason.strip(), pseudonym=witness.pseudonym)
    facts = {"reason": kept_reason, "leave": grant.public_id} | (
        {"second": grant.seconded_by} if grant.seconded_at else {}
    )
    grant.second_asked_at = grant.seconded_at = None  # a yes carries one look
    grant.seconded_by = grant.second_reason = ""
    unit.session.flush()
    journal.write(unit, "vault.opened", subject=reference, by=by, **facts)
    fields = tuple((label, known[field]) for field, label in FIELDS.items() if field in known)
    return Identity(witness.reference, witness.pseudonym, fields)


def look_or_alert(units: Units, reference: str, *, reason: str, by: Actor) -> Identity:
    """The same; where what is sealed cannot be opened, or leave is missing, that is written down before it is said."""
    try:
        with units.writing() as unit:
            return look(unit, reference, reason=reason, by=by)
    except NOT_SHOWN as refusal:
        note_refusal(units, reference, refusal, by=by)
        raise


def note_refusal(units: Units, reference: str, refusal: Refusal, *, by: Actor) -> None:
    """Write down that an identity was not shown, and why not."""
    with units.writing(wakes=False) as unit:
        what = "vault.alert" if isinstance(refusal, VaultShut) else "vault.refused"
        journal.write(unit, what, subject=reference, by=by, why=refusal.code)


def reason_without_name(unit: Unit, witness: WitnessRow, reason: str) -> str:
    """The reason as it may be kept and read: long enough, and with the pseudonym where the name stood."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(field="reason", least=SHORTEST_REASON)
    return nameless(unit, witness, reason.strip())


def nameless(unit: Unit, witness: WitnessRow, text: str) -> str:
    """The text with the pseudonym in place of whatever is sealed, for the journal outlives the vault."""
    return Telling(sealed_values(unit, witness)).replaced(text, pseudonym=witness.pseudonym)


def relations_to(unit: Unit, witness: WitnessRow, *, by: Actor) -> frozenset[Relation]:
    """How the person stands to the witness: of her court, or named on a hearing of hers; kept apart, that alone.

    Whoever a hearing of hers is shut to stands in no relation to her.
    """
    relations = _as_named(unit, witness.reference, by=by)
    if by.post_id == witness.case.court_id:
        relations.add(Relation.OWN_COURT)
    if relations and shut_out.of_witness(unit.session, by, witness.id):
        return frozenset()
    return frozenset({Relation.SCREENED} if Relation.SCREENED in relations else relations)


def _as_named(unit: Unit, reference: str, *, by: Actor) -> set[Relation]:
    """How the person stands to hearings of the witness on which they are named. Asked for by her reference, so that it
    takes as long where there is no such witness."""
    if by.official_id is None:
        return set()
    named = hearings.where_named(unit.session, by.official_id, witness=reference)
    return {relation for hearing in named for relation in hearings.relations(hearing, by)}


def witness_to_open(unit: Unit, reference: str, *, by: Actor, action: Action = Action.OPEN_VAULT) -> WitnessRow:
    """The witness, if this person may do `action`; Absent where they may not even know of her."""
    witness = store.witness_by_reference(unit.session, reference)
    if witness is None:
        _as_named(unit, reference, by=by)
        raise Absent()
    relations = relations_to(unit, witness, by=by)
    if not relations:
        raise Absent()
    if not may(by, action, relations):
        raise NotAllowed()
    return witness


def _leave_of(unit: Unit, witness: WitnessRow, *, by: Actor) -> VaultGrantRow:
    if by.account_id is None:
        raise NoLeave()
    grant = grant_store.grant_for(
        unit.session, witness_id=witness.id, account_id=by.account_id, now=unit.now, for_change=True
    )
    if grant is None:
        raise NoLeave()
    if witness.case.court.looks_need_two and not is_seconded(grant.seconded_at, now=unit.now):
        raise SecondNeeded()
    return grant


def _opened(unit: Unit, witness: WitnessRow, row: VaultRow) -> str:
    place = witness_keys.place_of(witness, row.field)
    return witness_keys.opened(unit, witness, row.sealed, key_id=row.key_id, bound_to=place)
