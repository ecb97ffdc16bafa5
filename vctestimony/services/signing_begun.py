"""What must hold before somebody signs: the copy is of the hearing, the field is theirs and empty, the file has it."""

from dataclasses import dataclass, field
from hashlib import sha256

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.people import DUTY_LABELS, Duty, PostKind
from vctestimony.domain.signing import (
    BY_FIELD,
    FIELDS,
    MISSION_FIELD,
    PLACES,
    PURPOSE_LABELS,
    Method,
    Order,
    Place,
    Purpose,
)
from vctestimony.domain.signing_refusals import NotYourField, SignedAlready
from vctestimony.services import journal, signing
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.unit import Unit, Units
from vctestimony.store import records
from vctestimony.store import signing as store
from vctestimony.store.models import HearingRow, SignatureRow, SigningCopyRow


@dataclass(frozen=True, slots=True)
class Begun:
    """What is signed: the file as it is now with so many signatures, and the order for the next one."""

    reference: str
    code: str
    duty: Duty
    content: bytes = field(repr=False)
    order: Order
    signed: int


def found(unit: Unit, reference: str, code: str, *, by: Actor) -> tuple[SigningCopyRow, HearingRow]:
    """The copy of that hearing, for a person who signs in it or may have such a file anyway."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_SIGNED)
    row = signing.row_of(unit, code)
    if row.hearing_id != hearing.id:
        raise Absent()
    if not may_have(hearing, row.purpose, by=by):
        raise NotAllowed()
    return row, hearing


def may_have(hearing: HearingRow, purpose: Purpose, *, by: Actor) -> bool:
    """Whether a file of this kind is this person's to read: may print it, sees the scans of the day, or signs in it."""
    action = Action.KEEP_CYCLE if purpose is Purpose.SCAN else Action.READ_RECORD
    return may_do(hearing, action, by=by) or any(duty_in(hearing, place, purpose, by=by) for place in PLACES)


def offer_sealed(unit: Unit, reference: str, *, by: Actor) -> str:
    """Offer the sealed record to be signed, where it was sealed before records were; the code of its copy."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_SIGNED)
    if not may_have(hearing, Purpose.RECORD, by=by):
        raise NotAllowed()
    sealed = records.sealed(unit.session, hearing.id)
    if sealed is None:
        raise Absent()
    return signing.offer(
        unit, hearing, purpose=Purpose.RECORD.value, content=bytes(sealed.pdf), language=sealed.language, by=by
    )


def duty_in(hearing: HearingRow, place: Place, purpose: Purpose, *, by: Actor) -> Duty | None:
    """The duty by which this person signs in that field of such a file; None where it is not theirs.

    The field of the mission is for the Remote Point Coordinator of a mission.
    """
    if place.field == MISSION_FIELD and hearing.remote.kind is not PostKind.MISSION:
        return None
    own = {p.duty for p in hearing.participants if p.official_id == by.official_id and p.removed_at is None}
    return next((duty for duty in place.duties_in(purpose) if duty in own), None)


def begin(units: Units, reference: str, code: str, name: str, *, by: Actor) -> Begun:
    """Everything for the next signature; refuses whoever may not make it."""
    with units.reading() as unit:
        still_open(unit, reference, code, name, by=by)
    ready(units, reference, code, by=by)
    with units.reading() as unit:
        row, duty = still_open(unit, reference, code, name, by=by)
        signed = sum(1 for one in store.signatures(unit.session, row.id) if one.field)
        words = (
            unit.ports.words.gettext(row.language, text) for text in (PURPOSE_LABELS[row.purpose], DUTY_LABELS[duty])
        )
        reason = f" {code}, ".join(words)
        order = Order(field=name, certifies=not signed, at=unit.now, reason=reason, place=by.city)
        return Begun(reference, code, duty, signing.copy(unit, code).latest, order, signed)


def still_open(unit: Unit, reference: str, code: str, name: str, *, by: Actor) -> tuple[SigningCopyRow, Duty]:
    """The copy with that field empty, and the duty by which it is this person's; refuses otherwise."""
    row, hearing = found(unit, reference, code, by=by)
    place = BY_FIELD.get(name)
    if place is None:
        raise Absent()
    duty = duty_in(hearing, place, row.purpose, by=by)
    if duty is None:
        raise NotYourField()
    taken = {one.field: one.signed_by for one in store.signatures(unit.session, row.id)}
    if name in taken:
        raise SignedAlready(name=taken[name])
    return row, duty


def ready(units: Units, reference: str, code: str, *, by: Actor) -> None:
    """See to it that the file has every field; once, before the first signature. Others find them there."""
    with units.reading() as unit:
        row, _hearing = found(unit, reference, code, by=by)
        if store.signatures(unit.session, row.id):
            return
        latest = signing.copy(unit, code).latest
    content = units.ports.signatures.with_fields(latest, FIELDS)
    if content == latest:
        return
    with units.writing() as unit:
        records.lock(unit.session, reference)
        row, _hearing = found(unit, reference, code, by=by)
        if not store.signatures(unit.session, row.id):
            _keep_fields(unit, row, start=len(latest), content=content, reference=reference, by=by)


def _keep_fields(unit: Unit, row: SigningCopyRow, *, start: int, content: bytes, reference: str, by: Actor) -> None:
    digest = sha256(content).hexdigest()
    unit.session.add(
        SignatureRow(
            copy_id=row.id,
            number=1,
            field="",
            start=start,
            increment=content[start:],
            sha256=digest,
            method=Method.FIELDS,
            duty="",
            account_id=by.account_id,
            signed_by=by.name,
            certificate_name="",
            certificate_sha256="",
            signed_at=unit.now,
        )
    )
    unit.session.flush()
    journal.write(unit, "signing.fields_added", subject=reference, by=by, code=row.code, sha256=digest)
