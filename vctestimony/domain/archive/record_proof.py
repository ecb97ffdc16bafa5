"""The one place that proves the record of an archive: against the seal in the journal, and against its own PDF."""

import csv
import io
from collections.abc import Iterator, Mapping

from vctestimony.domain.archive.contents import DRAFT_JSON, DRAFT_PDF, JOURNAL, RECORD_JSON, RECORD_PDF
from vctestimony.domain.archive.journal_proof import JournalRead, Line, facts_of
from vctestimony.domain.archive.opened import Opened
from vctestimony.domain.errors import Refusal

SEALED = "record.sealed"
ATTACHED, AUDIT = "record.json", "audit.csv"


def record_problems(archive: Opened, stated: Mapping[str, object], read: JournalRead) -> Iterator[str]:
    """What is wrong with the sealed record, or with the draft where nothing was sealed yet."""
    seals = [entry for entry in read.entries if entry.action == SEALED]
    if not seals and stated.get("sealed") is None:
        yield from _beside_pdf(archive, DRAFT_PDF, DRAFT_JSON, read)
        return
    missing = [name for name in (RECORD_PDF, RECORD_JSON) if name not in archive.digests]
    yield from (f"{name} is missing, though the record was sealed." for name in missing)
    if not any(_names(seal, archive, stated) for seal in seals):
        yield (
            f"The record is not the one that was sealed: no entry {SEALED} in {JOURNAL} names its code and the "
            f"SHA-256 of {RECORD_PDF} and {RECORD_JSON} as they are here."
        )
    yield from _beside_pdf(archive, RECORD_PDF, RECORD_JSON, read)


def _names(seal: Line, archive: Opened, stated: Mapping[str, object]) -> bool:
    facts = facts_of(seal)
    here = [archive.digests.get(name, (0, ""))[1] for name in (RECORD_JSON, RECORD_PDF)]
    return [facts.get("code"), facts.get("content"), facts.get("pdf")] == [stated.get("sealed"), *here]


def _beside_pdf(archive: Opened, pdf: str, content: str, read: JournalRead) -> Iterator[str]:
    """The files inside the PDF: the content is the one beside it, the journal's hashes are those of this journal."""
    if pdf not in archive.digests:
        return
    try:
        attached = archive.attached(archive.read(pdf))
    except Refusal as refusal:
        yield f"{pdf} cannot be opened to be compared: {refusal.sentence()}"
        return
    if ATTACHED not in attached:
        yield f"{pdf} carries no {ATTACHED}."
    elif content in archive.digests and attached[ATTACHED] != archive.read(content):
        yield f"{content} is not what {pdf} carries as {ATTACHED}: one of them was changed."
    yield from _beside_audit(attached.get(AUDIT, b""), pdf, read)


def _beside_audit(audit: bytes, pdf: str, read: JournalRead) -> Iterator[str]:
    hashes = {str(entry.number): entry.hash for entry in read.entries}
    for row in csv.DictReader(io.StringIO(audit.decode("utf-8", "replace"))):
        number = row.get("number") or ""
        if hashes.get(number) != row.get("hash"):
            yield f"Entry {number} of the journal is not the one that {pdf} names in its {AUDIT}: one was changed."
