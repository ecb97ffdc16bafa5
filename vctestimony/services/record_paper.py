"""The one place that turns a hearing into its printed record, draft or sealed, and into its deposition alone."""

from dataclasses import replace
from datetime import datetime

from vctestimony.domain.documents.record import (
    FieldGroup,
    FieldRow,
    Interruption,
    LogLine,
    RecordSheet,
    Seal,
    ShownDocument,
    SignatureBox,
    TranscriptSheet,
)
from vctestimony.domain.hearing import End
from vctestimony.domain.paper import Imprint
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.record.content import canonical
from vctestimony.domain.record.course import Logged, Stretch, takes_out
from vctestimony.domain.record.entries import ENTRIES, details, sentence, sentences
from vctestimony.domain.record.kinds import YES_NO, Kind
from vctestimony.domain.record.waiting import was_shown
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, signing
from vctestimony.services.checklist_paper import heading
from vctestimony.services.deposition_paper import deposition_parts
from vctestimony.services.fixed_paper import NotARecord, paper_of
from vctestimony.services.papers.making import Made
from vctestimony.services.record_basis import Basis, basis_of
from vctestimony.services.record_content import content_of
from vctestimony.services.record_enclosures import enclosed
from vctestimony.services.records import grouped
from vctestimony.services.statements import Statement, statements
from vctestimony.services.unit import Unit
from vctestimony.store import records as store
from vctestimony.store.models import HearingRow, ParticipantRow, SealedRecordRow

CERTIFICATE = N_(
    "The evidence above was taken by video link. It was read over to the witness, or interpreted to the witness, and "
    "the witness admitted it to be correct."
)
_SIGNERS = (
    Duty.JUDGE,
    Duty.COURT_COORDINATOR,
    Duty.REMOTE_COORDINATOR,
    Duty.INTERPRETER,
    Duty.MAGISTRATE,
)
_SIGNERS_OF_DEPOSITION = (Duty.JUDGE, Duty.INTERPRETER)


def made(unit: Unit, hearing: HearingRow, *, language: str) -> Made:
    """A draft of what stands now, or the stored bytes once the record is sealed."""
    row = store.sealed(unit.session, hearing.id)
    if row is not None:
        return Made(sealed_sheet_of(unit, hearing, row), stored=signing.extended(unit, hearing, bytes(row.pdf)))
    basis = basis_of(unit, hearing, language=language)
    found = statements(unit, hearing, language=language, basis=basis)
    paper = sheet(unit, hearing, basis=basis, found=found, language=language)
    content = content_of(unit, hearing, basis=basis, found=found, language=language, mark={"draft": True})
    # A draft does not prove anything, and its own print would be the journal's next entry.
    del content["journal"]
    return Made(paper, attachments=enclosed(unit, hearing, content=canonical(content), basis=basis, language=language))


def sealed_sheet_of(unit: Unit, hearing: HearingRow, row: SealedRecordRow) -> RecordSheet:
    """The sheet as it was sealed; of a record sealed before its data held the paper, what the rows give now."""
    try:
        return paper_of(row.content).sheet
    except NotARecord:
        basis = basis_of(unit, hearing, language=row.language)
        found = statements(unit, hearing, language=row.language, basis=basis)
        paper = sheet(unit, hearing, basis=basis, found=found, language=row.language)
        seal = seal_of(unit, hearing, sha256=row.content_sha256, code=row.code, sealed_at=row.sealed_at)
        return replace(paper, seal=seal)


def seal_of(unit: Unit, hearing: HearingRow, *, sha256: str, code: str, sealed_at: datetime) -> Seal:
    """What makes a change evident, and where to compare it."""
    return Seal(
        sha256=sha256,
        code=code,
        verify_url=f"{unit.ports.addresses.public_url}/verify/{code}",
        sealed=hearing_clocks.both(hearing, sealed_at),
    )


def sealed_sheet(paper: RecordSheet, seal: Seal, imprint: Imprint) -> RecordSheet:
    """The same sheet with its seal, under its number."""
    return replace(paper, heading=replace(paper.heading, imprint=imprint), seal=seal)


def sheet(unit: Unit, hearing: HearingRow, *, basis: Basis, found: tuple[Statement, ...], language: str) -> RecordSheet:
    """Everything the paper says, in finished words."""
    return RecordSheet(
        heading=heading(unit, hearing, language=language, with_packs=True),
        groups=tuple(
            FieldGroup(title=basis.word(group.label), rows=tuple(_row(s) for s in group.statements))
            for group in grouped(found)
        ),
        log=tuple(_log_line(basis, entry) for entry in basis.whole_log),
        deposition=deposition_parts(basis),
        interruptions=_interruptions(basis),
        documents=tuple(_document(basis, entry) for entry in basis.of(Kind.DOCUMENT_SHOWN) if was_shown(entry)),
        signatures=_signatures(basis, _SIGNERS),
        certificate=_certificate(basis),
        continues=_continues(basis),
    )


def transcript(unit: Unit, hearing: HearingRow, *, language: str) -> TranscriptSheet:
    """What was said and nothing else; without a part where nothing was taken down."""
    basis = basis_of(unit, hearing, language=language)
    return TranscriptSheet(
        heading=heading(unit, hearing, language=language),
        deposition=deposition_parts(basis),
        signatures=_signatures(basis, _SIGNERS_OF_DEPOSITION),
        certificate=_certificate(basis),
        is_sealed=store.is_sealed(unit.session, hearing.id),
    )


def _continues(basis: Basis) -> str:
    earlier = basis.hearing.continues
    if earlier is None:
        return ""
    row = store.sealed(basis.unit.session, earlier.id)
    if row is None:
        unsealed = N_(
            "This hearing continues {reference}, which was adjourned part-heard; its record is not sealed yet."
        )
        return basis.word(unsealed).format(reference=earlier.reference)
    sealed = N_(
        "This hearing continues {reference}, adjourned part-heard. Its record is sealed under {code}; "
        "SHA-256 of its data: {sha256}"
    )
    return basis.word(sealed).format(reference=earlier.reference, code=row.code, sha256=row.content_sha256)


def _certificate(basis: Basis) -> str:
    return basis.word(CERTIFICATE) if basis.of(Kind.ADMITTED_CORRECT) else ""


def _row(statement: Statement) -> FieldRow:
    return FieldRow(
        number=statement.number,
        label=statement.label,
        authority=statement.authority,
        value=statement.value,
        supplied_by=statement.supplied_by,
    )


def _log_line(basis: Basis, entry: Logged) -> LogLine:
    return LogLine(
        number=entry.number,
        happened=hearing_clocks.both(basis.hearing, entry.happened_at),
        what=sentence(entry.kind, entry.facts, note=entry.note, translate=basis.word),
        by=entry.by,
        corrects=_correction(basis, entry),
    )


def _correction(basis: Basis, entry: Logged) -> str:
    """What an entry corrects, or which entry took it out."""
    if entry.corrects is not None:
        return basis.word(N_("Corrects entry {number}.")).format(number=entry.corrects)
    if entry not in basis.log:
        by = next(later.number for later in basis.whole_log if later.corrects == entry.number and takes_out(later))
        return basis.word(N_("Does not count: see entry {number}.")).format(number=by)
    return ""


def _interruptions(basis: Basis) -> tuple[Interruption, ...]:
    found = (*basis.stretches(Kind.LINK_LOST), *basis.stretches(Kind.BREAK_BEGAN))
    return tuple(_interruption(basis, s) for s in sorted(found, key=lambda s: s.began.happened_at))


def _interruption(basis: Basis, stretch: Stretch) -> Interruption:
    ended = stretch.ended
    after = ended.facts if ended else {}
    undisturbed = basis.word(YES_NO[after["undisturbed"]]) if "undisturbed" in after else ""
    room = basis.word(N_("Room of the witness undisturbed: {answer}")).format(answer=undisturbed) if undisturbed else ""
    causes = (
        stretch.began.facts.get("cause", ""),
        after.get("cause", ""),
        stretch.began.note,
        ended.note if ended else "",
    )
    title = basis.word(ENTRIES[stretch.began.kind].label)
    return Interruption(
        began=hearing_clocks.both(basis.hearing, stretch.began.happened_at),
        ended=hearing_clocks.both(basis.hearing, ended.happened_at) if ended else None,
        cause=sentences((title, *dict.fromkeys(causes)), translate=basis.word),
        done=room,
        repeated=basis.word(YES_NO[after["repeated"]]) if "repeated" in after else "–",
    )


def _document(basis: Basis, entry: Logged) -> ShownDocument:
    leave = {name: entry.facts[name] for name in ("leave", "leave_why") if name in entry.facts}
    return ShownDocument(
        mark=entry.facts["mark"],
        description=entry.facts["what"],
        original=entry.facts["original"],
        manner=entry.facts["manner"],
        shown=hearing_clocks.both(basis.hearing, entry.happened_at),
        leave="; ".join(words for _, words in details(entry.kind, leave, translate=basis.word)),
    )


def _signatures(basis: Basis, signers: tuple[Duty, ...]) -> tuple[SignatureBox, ...]:
    """The witness, and whoever takes part in one of these duties."""
    hearing = basis.hearing
    people = [p for p in hearing.participants if p.removed_at is None and p.duty in signers]
    witness = SignatureBox(
        key="witness", title=basis.word(DUTY_LABELS[Duty.WITNESS]), name=hearing.witness.pseudonym, end=End.REMOTE
    )
    boxes = [_box(basis, person, index) for index, person in enumerate(people)]
    return (*(b for b in boxes if b.end is End.COURT), witness, *(b for b in boxes if b.end is End.REMOTE))


def _box(basis: Basis, person: ParticipantRow, index: int) -> SignatureBox:
    return SignatureBox(
        key=f"{index}-{person.duty.value.lower()}",
        title=basis.word(DUTY_LABELS[person.duty]),
        name=f"{person.official.name}, {person.official.designation}",
        end=person.end,
    )
