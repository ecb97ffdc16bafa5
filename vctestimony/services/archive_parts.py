"""The one place that knows what an archive of a hearing holds: one function for each kind of part, listed in PARTS.

A part gives the files of one folder, or nothing. Whoever keeps something else of a hearing adds one function and one
line. A file never holds what the vault or a sealed joining address holds, nor a link that lets somebody answer.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from vctestimony.domain.access import Actor
from vctestimony.domain.archive.contents import (
    DRAFT_JSON,
    DRAFT_PDF,
    RECORD_JSON,
    RECORD_PDF,
    REDACTED,
    REDACTED_DATA,
    Member,
    as_json,
    both_ways,
)
from vctestimony.domain.documents.record import RedactedSheet
from vctestimony.domain.record import course
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import (
    archive_journal,
    archive_mails,
    archive_rows,
    archive_signed,
    evidence,
    logbook,
    redacting,
    witness_keys,
)
from vctestimony.services.archive_signed import Examined
from vctestimony.services.papers.making import Made
from vctestimony.services.record_content import content_of
from vctestimony.services.record_values import Basis, basis_of
from vctestimony.services.statements import statements
from vctestimony.services.transcripts import plain_text
from vctestimony.services.unit import Unit
from vctestimony.store import archives as store
from vctestimony.store import checklists, records
from vctestimony.store import evidence as files
from vctestimony.store.models import HearingRow

_LOG = ("number", "kind", "happened_at", "written_at", "by", "facts", "note", "corrects")
_EVIDENCE = (
    *("id", "step", "kind", "size", "sha256", "description"),
    *("added_by", "added_at", "taken_back_at", "file"),
)
_RECORDINGS = ("file_id", "sha256", "duration", "custodian", "logged_by", "logged_as")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was printed for the archive, with what it was printed from."""

    made: Made
    content: bytes


@dataclass(frozen=True)
class Asked:
    """What every part is given: the hearing as it stands now, and the papers by their kind that could be printed."""

    unit: Unit
    hearing: HearingRow
    language: str
    by: Actor
    papers: Mapping[str, Paper] = field(default_factory=dict)
    with_files: bool = False
    signed: Mapping[str, Examined] = field(default_factory=dict)

    @cached_property
    def basis(self) -> Basis:
        """What the record is drawn from, read once."""
        return basis_of(self.unit, self.hearing, language=self.language)

    @cached_property
    def content(self) -> dict[str, object]:
        """The record as plain data, as it would be sealed now."""
        found = statements(self.unit, self.hearing, language=self.language, basis=self.basis)
        return content_of(self.unit, self.hearing, basis=self.basis, found=found, language=self.language, mark={})


Part = Callable[[Asked], Iterator[Member]]


def record(asked: Asked) -> Iterator[Member]:
    """The very bytes that were sealed; before that the draft, in a folder of its own that says so."""
    row = records.sealed(asked.unit.session, asked.hearing.id)
    if row is None:
        paper = asked.papers.get("record")
        if paper is not None:
            yield Member(DRAFT_PDF, paper.content)
            yield Member(DRAFT_JSON, paper.made.attachments["record.json"])
        return
    yield Member(RECORD_PDF, bytes(row.pdf))
    yield Member(RECORD_JSON, row.content.encode())
    seal = {
        "code": row.code,
        "content_sha256": row.content_sha256,
        "pdf_sha256": row.pdf_sha256,
        "journal_head": row.journal_head,
        "language": row.language,
        "sealed_at": row.sealed_at.isoformat(),
        "sealed_by": row.by,
        "verify_url": f"{asked.unit.ports.addresses.public_url}/verify/{row.code}",
    }
    yield Member("record/seal.json", as_json(seal))


def addenda(asked: Asked) -> Iterator[Member]:
    """What was added after the seal, each sealed in turn."""
    return archive_rows.added(asked.unit, asked.hearing)


def redacted(asked: Asked) -> Iterator[Member]:
    """The copy that others may read; where it cannot be printed, the manifest says why."""
    if "record-redacted" in asked.papers:
        paper = asked.papers["record-redacted"]
        yield Member(REDACTED, paper.content)
        if isinstance(paper.made.sheet, RedactedSheet):
            yield Member(REDACTED_DATA, as_json(redacting.as_data(paper.made.sheet)))


def signed(asked: Asked) -> Iterator[Member]:
    """The files that were signed, with all signatures that they have, and what these are."""
    return archive_signed.members(asked.unit, asked.hearing, asked.signed)


def cycle(asked: Asked) -> Iterator[Member]:
    """The transcript's way to its signatures and back."""
    return archive_rows.moves(asked.unit, asked.hearing, by=asked.by, with_files=asked.with_files)


def deposition(asked: Asked) -> Iterator[Member]:
    """What was said, as text and on ruled paper; nothing where nothing was taken down."""
    if not records.deposition(asked.unit.session, asked.hearing.id):
        return
    yield Member("deposition/transcript.txt", plain_text(asked.basis).encode())
    if "transcript" in asked.papers:
        yield Member("deposition/transcript.pdf", asked.papers["transcript"].content)


def versions(asked: Asked) -> Iterator[Member]:
    """Every change of the deposition, also of lines that were struck out, and each fixing of the text."""
    return archive_rows.versions(asked.unit, asked.hearing)


def invitations(asked: Asked) -> Iterator[Member]:
    """What was sent to whom and when, and what was answered."""
    return archive_mails.members(asked.unit, asked.hearing)


def checklist(asked: Asked) -> Iterator[Member]:
    """Every step with its tick or waiver, and the packs it was made from, by version and digest."""
    row = checklists.of_hearing(asked.unit.session, asked.hearing.id)
    if row is None:
        return
    digests = store.digests_of_packs(asked.unit.session, row.collection)
    packs = [
        {"id": pack["id"], "version": pack["version"], "sha256": digests.get(pack["id"], "")} for pack in row.packs
    ]
    kept = cast("dict[str, object]", asked.content["checklist"])
    texts = {step.step_id: step.content.get("text", {}) for step in row.steps}
    steps = [{**step, "text": texts[step["id"]]} for step in cast("list[dict[str, str]]", kept["steps"])]
    said = {"composed_at": row.composed_at.isoformat(), "collection": row.collection, "packs": packs, "steps": steps}
    yield Member("checklist/checklist.json", as_json(said))
    if "checklist" in asked.papers:
        yield Member("checklist/checklist.pdf", asked.papers["checklist"].content)


def running_log(asked: Asked) -> Iterator[Member]:
    """The log as it was written, corrections as entries of their own."""
    is_empty = not records.log(asked.unit.session, asked.hearing.id)
    rows = [] if is_empty else cast("list[dict[str, object]]", asked.content["log"])
    yield from both_ways("log/log", rows, _LOG)


def evidence_files(asked: Asked) -> Iterator[Member]:
    """Which files show that steps were done, with their hashes; themselves only where asked for and there."""
    rows: list[dict[str, object]] = []
    found = files.of_hearing(asked.unit.session, asked.hearing.id)
    with_files = asked.with_files and not witness_keys.is_destroyed(asked.unit, asked.hearing.witness)
    for row in sorted((row for own in found.values() for row in own), key=lambda row: row.id):
        name = ""
        if with_files:
            name = f"evidence/files/{row.public_id}.{row.kind}"
            yield Member(name, evidence.take(asked.unit, asked.hearing.reference, row.public_id, by=asked.by).content)
        told = {"id": row.public_id, "step": row.step_id, "kind": row.kind, "size": row.size, "sha256": row.sha256}
        back = row.taken_back_at and row.taken_back_at.isoformat()
        more = {"description": row.description, "added_by": row.added_by, "added_at": row.added_at.isoformat()}
        rows.append({**told, **more, "taken_back_at": back, "file": name})
    yield from both_ways("evidence/evidence", rows, _EVIDENCE)


def recordings(asked: Asked) -> Iterator[Member]:
    """The hashes of what was recorded elsewhere; nothing is recorded here."""
    entries = (e for e in course.counting(logbook.entries(asked.unit, asked.hearing)))
    rows = [
        {**{key: entry.facts.get(key, "") for key in _RECORDINGS[:4]}, "logged_by": entry.by, "logged_as": entry.number}
        for entry in entries
        if entry.kind is Kind.RECORDING_STOPPED
    ]
    yield from both_ways("recordings/recordings", rows, _RECORDINGS)
    yield from archive_rows.described(asked.unit, asked.hearing)


def journal(asked: Asked) -> Iterator[Member]:
    """Every entry about the hearing, and what binds it to its neighbours; last, for the other parts may add to it."""
    return archive_journal.members(asked.unit, asked.hearing.reference)


PARTS: tuple[Part, ...] = (
    record,
    addenda,
    redacted,
    signed,
    cycle,
    deposition,
    versions,
    invitations,
    checklist,
    running_log,
    evidence_files,
    recordings,
    journal,
)
