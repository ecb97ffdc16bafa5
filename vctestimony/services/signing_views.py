"""What the pages of signing show: what there is to sign, who signed where and when, and who may sign which field."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Refusal
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.sealing import FileSealedForGood
from vctestimony.domain.signing import BY_FIELD, METHOD_LABELS, PLACES, PURPOSE_LABELS, Purpose, first_choice, meant
from vctestimony.services import hearing_clocks, signing, witness_keys
from vctestimony.services.access import hearing_for
from vctestimony.services.signing_acts import awaited
from vctestimony.services.signing_begun import duty_in, found, may_have
from vctestimony.services.signing_certificates import account_of
from vctestimony.services.signing_report import SignatureView
from vctestimony.services.unit import Unit
from vctestimony.store import records
from vctestimony.store import signing as store
from vctestimony.store.models import HearingRow, SignatureRow, SigningCopyRow


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A file in the list of what is signed; the label is marked with N_."""

    code: str
    label: str
    offered: BothClocks
    signed: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field: the duties at this hearing whose holders may sign there, and who did. Labels are marked with N_, and
    `meant`: for whom it is where one person may sign in more than one."""

    name: str
    label: str
    duties: tuple[str, ...]
    signed_by: str
    certificate: str
    signed: BothClocks | None
    method: str
    is_yours: bool
    on_paper: bool
    meant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """A file that is signed, as it stands. `trouble` says why its signatures could not be examined just now.

    `gone`: it was sealed with the witness's key, and that was destroyed; nobody signs there any more.
    """

    reference: str
    case_number: str
    pseudonym: str
    code: str
    purpose: Purpose
    label: str
    language: str
    offered: BothClocks
    offered_by: str
    original_sha256: str
    latest_sha256: str
    fields: tuple[FieldView, ...]
    report: tuple[SignatureView, ...] = ()
    trouble: str = ""
    gone: bool = False

    @property
    def yours(self) -> tuple[FieldView, ...]:
        """The fields in which this person may sign now; first the one that they are asked for."""
        own = [one for one in self.fields if one.is_yours]
        first = first_choice([one.name for one in own], self.purpose)
        return tuple(sorted(own, key=lambda one: one.name != first))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """Everything of a hearing that is signed; `lacks_record` when its record was sealed and never offered."""

    reference: str
    case_number: str
    pseudonym: str
    copies: tuple[CopyLine, ...]
    lacks_record: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldForms:
    """What the page of one field offers. `awaited` is the digest that waits to be signed elsewhere, if one does."""

    copy: CopyView
    field: FieldView
    token: str
    stamps: bool
    confirmed: str
    awaited: str


def listed(unit: Unit, reference: str, *, by: Actor) -> ListView:
    """What is signed of this hearing."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_SIGNED)
    rows = [row for row in store.copies(unit.session, hearing.id) if may_have(hearing, row.purpose, by=by)]
    return ListView(
        reference=reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        copies=tuple(_line(unit, hearing, row) for row in rows),
        lacks_record=may_have(hearing, Purpose.RECORD, by=by)
        and records.is_sealed(unit.session, hearing.id)
        and not any(row.purpose is Purpose.RECORD for row in rows),
    )


def page(unit: Unit, reference: str, code: str, *, by: Actor, examined: bool = True) -> CopyView:
    """One file with its fields; and, where it is examined, what its signatures are."""
    row, hearing = found(unit, reference, code, by=by)
    added = store.signatures(unit.session, row.id)
    gone = witness_keys.is_gone(unit, hearing.witness, row.key_id)
    report, trouble = _report(unit, code) if examined and not gone else ((), "")
    return CopyView(
        reference=reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        code=code,
        purpose=row.purpose,
        label=PURPOSE_LABELS[row.purpose],
        language=row.language,
        offered=hearing_clocks.both(hearing, row.offered_at),
        offered_by=row.offered_by,
        original_sha256=row.original_sha256,
        latest_sha256=added[-1].sha256 if added else row.original_sha256,
        fields=_fields(hearing, row.purpose, {one.field: one for one in added}, by=None if gone else by),
        report=report,
        trouble=FileSealedForGood.text if gone else trouble,
        gone=gone,
    )


def forms(unit: Unit, reference: str, code: str, name: str, *, by: Actor) -> FieldForms:
    """The ways to sign in one field, for the person whose field it is; Absent for a field that is none."""
    if name not in BY_FIELD:
        raise Absent()
    copy = page(unit, reference, code, by=by, examined=False)
    known = store.certificate_of(unit.session, account_of(by))
    waiting = awaited(unit, reference, code, by=by)
    return FieldForms(
        copy=copy,
        field=next(one for one in copy.fields if one.name == name),
        token=unit.ports.signatures.token,
        stamps=unit.ports.signatures.stamps,
        confirmed=known.name if known else "",
        awaited=waiting[1].digest if waiting and waiting[0] == name else "",
    )


def _report(unit: Unit, code: str) -> tuple[tuple[SignatureView, ...], str]:
    try:
        return signing.report(unit, code), ""
    except Refusal as trouble:
        return (), trouble.text


def _line(unit: Unit, hearing: HearingRow, row: SigningCopyRow) -> CopyLine:
    signed = sum(1 for one in store.signatures(unit.session, row.id) if one.field)
    return CopyLine(row.code, PURPOSE_LABELS[row.purpose], hearing_clocks.both(hearing, row.offered_at), signed)


def _fields(
    hearing: HearingRow, purpose: Purpose, rows: dict[str, SignatureRow], *, by: Actor | None
) -> tuple[FieldView, ...]:
    """Every field; it is nobody's to sign in where `by` is None."""
    held = {person.duty for person in hearing.participants if person.removed_at is None}
    return tuple(
        FieldView(
            name=place.field,
            label=place.label,
            duties=tuple(DUTY_LABELS[duty] for duty in place.duties_in(purpose) if duty in held),
            signed_by=row.signed_by if row else "",
            certificate=row.certificate_name if row else "",
            signed=hearing_clocks.both(hearing, row.signed_at) if row else None,
            method=METHOD_LABELS[row.method] if row else "",
            is_yours=row is None and by is not None and duty_in(hearing, place, purpose, by=by) is not None,
            on_paper=not place.duties,
            meant=meant(place.field, purpose),
        )
        for place in PLACES
        for row in [rows.get(place.field)]
    )
