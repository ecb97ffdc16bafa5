"""The use-cases of what follows a seal: an addendum is sealed in turn and bound to the record and to the one before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.documents import ADDENDUM
from vctestimony.domain.documents.record import AddendumSheet
from vctestimony.domain.errors import Absent, Conflict, Invalid
from vctestimony.domain.instants import wall_of
from vctestimony.domain.record.addenda import ADDENDA, FORMAT, AddendumKind, checked
from vctestimony.domain.record.content import canonical, digest
from vctestimony.domain.wording import N_
from vctestimony.services import journal, signing
from vctestimony.services.access import hearing_for
from vctestimony.services.addendum_paper import Added, addendum_sheet
from vctestimony.services.fixed_paper import data_of
from vctestimony.services.printing import Printed
from vctestimony.services.pseudonymity import check_speech
from vctestimony.services.record_content import journal_head
from vctestimony.services.references import new_reference
from vctestimony.services.seals import ChangedMeanwhile, check_clock
from vctestimony.services.submissions import FormKey, already, remember
from vctestimony.services.unit import Unit, Units
from vctestimony.services.verification import ADDED
from vctestimony.store import addenda as store
from vctestimony.store import records
from vctestimony.store.models import AddendumRow, HearingRow, SealedRecordRow

ADDENDUM_JSON = "addendum.json"
_MAY_COME = frozenset({"next_on"})


class NotSealedYet(Conflict):
    """Before the seal everything belongs into the record itself."""

    text = N_("The record of this hearing is not sealed yet. What is missing can still be written into it.")


class NoSuchComplaint(Invalid):
    """A decision names the complaint that it decides."""

    text = N_("There is no complaint among the addenda under this number. Write the number of its addendum.")


class StillToCome(Invalid):
    """What is sealed has happened."""

    text = N_("This day is still to come. Write the day on which it happened.")


class ReceivedFirst(Invalid):
    """Nothing arrives before it leaves."""

    text = N_("It was received before it was dispatched. Correct one of the two dates.")


@dataclass(frozen=True, slots=True)
class _Draft:
    """An addendum made ready to be sealed; drawing it holds no transaction."""

    added: Added
    content: str
    number: int
    draw: Callable[[], bytes]


def add(
    units: Units,
    reference: str,
    kind: AddendumKind,
    *,
    answers: Mapping[str, str],
    language: str,
    key: FormKey,
    by: Actor,
) -> str:
    """Seal an addendum to a sealed record; its code. The same form sent twice makes one.

    Refuses answers that are missing or cannot be right, and when another addendum came meanwhile (ChangedMeanwhile).
    """
    with units.reading() as unit:
        draft = _prepare(unit, reference, kind, answers=answers, language=language, by=by)
    pdf = draft.draw()
    with units.writing() as unit:
        if (done := already(unit, key)) is not None:
            return done
        hearing, record = _addable(unit, reference, by=by)
        check_clock(unit, hearing, draft.added.sealed_at)
        if _fixed(unit, hearing, record, draft.added)[0] != draft.content:
            raise ChangedMeanwhile()
        _keep(unit, hearing, record, draft, pdf=pdf)
        remember(unit, key, draft.added.code, by=by)
    return draft.added.code


def fetch(unit: Unit, reference: str, code: str, *, by: Actor) -> Printed:
    """The file of an addendum, for whoever may print the hearing's papers; it is written down."""
    hearing = hearing_for(unit, reference, by=by, action=Action.READ_RECORD)
    row = store.sealed_as(unit.session, code)
    if row is None or row.hearing_id != hearing.id:
        raise Absent()
    facts = {"document": ADDENDUM, "number": row.code, "sha256": row.pdf_sha256}
    journal.write(unit, "document.printed", subject=reference, by=by, **facts)
    return Printed(f"{ADDENDUM}-{row.code}.pdf", bytes(row.pdf), row.code, row.number)


def check_addable(unit: Unit, reference: str, *, by: Actor) -> HearingRow:
    """The hearing, if this person may add to its sealed record; NotSealedYet before the seal."""
    return _addable(unit, reference, by=by)[0]


def _addable(unit: Unit, reference: str, *, by: Actor) -> tuple[HearingRow, SealedRecordRow]:
    records.lock(unit.session, reference)
    hearing = hearing_for(unit, reference, by=by, action=Action.SEAL)
    record = records.sealed(unit.session, hearing.id)
    if record is None:
        raise NotSealedYet()
    return hearing, record


def _prepare(
    unit: Unit, reference: str, kind: AddendumKind, *, answers: Mapping[str, str], language: str, by: Actor
) -> _Draft:
    hearing, record = _addable(unit, reference, by=by)
    check_clock(unit, hearing)
    stated = _stated(unit, hearing, kind, answers)
    code = new_reference(unit, "A")
    added = Added(kind=kind, stated=stated, code=code, sealed_at=unit.now, language=language, by=by)
    content, sheet = _fixed(unit, hearing, record, added)
    sealed = replace(sheet, seal=replace(sheet.seal, sha256=digest(content.encode())))
    files = {ADDENDUM_JSON: content.encode()}
    draw = partial(unit.ports.press.paper, ADDENDUM, sealed, lang=language, attachments=files)
    return _Draft(added, content, sheet.number, draw)


def _stated(unit: Unit, hearing: HearingRow, kind: AddendumKind, answers: Mapping[str, str]) -> dict[str, str]:
    stated = checked(kind, answers)
    today = wall_of(unit.now, hearing.court.zone).date().isoformat()
    for name in ADDENDA[kind].days - _MAY_COME:
        if stated[name] > today:
            raise StillToCome(field=name)
    if kind is AddendumKind.RECEIPT and stated["received_on"] < stated["dispatched_on"]:
        raise ReceivedFirst(field="received_on")
    if kind is AddendumKind.DECISION:
        complaints = {
            str(row.number)
            for row in store.of_hearing(unit.session, hearing.id)
            if row.kind == AddendumKind.COMPLAINT.value
        }
        if stated["about"] not in complaints:
            raise NoSuchComplaint(field="about")
    for name, value in stated.items():
        check_speech(unit, hearing, value, field=name)
    return stated


def _fixed(unit: Unit, hearing: HearingRow, record: SealedRecordRow, added: Added) -> tuple[str, AddendumSheet]:
    """Canonical data and paper of the addendum; the same while nothing else is added."""
    before = [*store.of_hearing(unit.session, hearing.id)][-1:]
    sheet = addendum_sheet(unit, hearing, record, added)
    content = {
        "format": FORMAT,
        "code": added.code,
        "number": sheet.number,
        "kind": added.kind.value,
        "language": added.language,
        "sealed_at": added.sealed_at.isoformat(),
        "by": added.by.name,
        "hearing": hearing.reference,
        "record": _link(record),
        "before": _link(before[0]) if before else None,
        "stated": dict(added.stated),
        "journal": journal_head(unit, hearing),
        **data_of(sheet, {}, edition=unit.ports.press.edition),
    }
    return canonical(content), sheet


def _link(row: SealedRecordRow | AddendumRow) -> dict[str, object]:
    return {"code": row.code, "content_sha256": row.content_sha256, "pdf_sha256": row.pdf_sha256}


def _keep(unit: Unit, hearing: HearingRow, record: SealedRecordRow, draft: _Draft, *, pdf: bytes) -> None:
    added, content_sha256, pdf_sha256 = draft.added, digest(draft.content.encode()), digest(pdf)
    facts: dict[str, object] = {"record": record.code, "number": draft.number, "kind": added.kind.value}
    facts |= {"code": added.code, "content": content_sha256, "pdf": pdf_sha256, "language": added.language}
    signing.offer(unit, hearing, purpose="addendum", content=pdf, language=added.language, by=added.by)
    entry = journal.write(unit, ADDED, subject=hearing.reference, by=added.by, **facts)
    unit.session.add(
        AddendumRow(
            hearing_id=hearing.id,
            record_id=record.id,
            number=draft.number,
            kind=added.kind.value,
            code=added.code,
            content=draft.content,
            content_sha256=content_sha256,
            pdf=pdf,
            pdf_sha256=pdf_sha256,
            journal_head=entry.hash,
            language=added.language,
            sealed_at=added.sealed_at,
            by=added.by.name,
        )
    )
    unit.session.flush()
