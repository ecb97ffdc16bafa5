"""The one place that proves the record of an archive: against the seal in the journal, and against its own PDF."""

import csv
import io
from collections.abc import Iterator, Mapping

from vctestimony.domain.archive.contents import (
    ADDENDA,
    DRAFT_JSON,
    DRAFT_PDF,
    JOURNAL,
    RECORD_JSON,
    RECORD_PDF,
    SIGNED,
)
from vctestimony.domain.archive.journal_proof import JournalRead, Line, facts_of
from vctestimony.domain.archive.opened import Opened, as_object
from vctestimony.domain.errors import Refusal
from vctestimony.domain.record.content import digest

SEALED, ADDED = "record.sealed", "record.added"
OFFERED, SIGNED_BY = "signing.offered", "signing.signed"
ATTACHED, ADDENDUM_ATTACHED, AUDIT = "record.json", "addendum.json", "audit.csv"


def record_problems(archive: Opened, stated: Mapping[str, object], read: JournalRead) -> Iterator[str]:
    """What is wrong with the sealed record, or with the draft where nothing was sealed yet."""
    seals = [entry for entry in read.entries if entry.action == SEALED]
    if not seals and stated.get("sealed") is None:
        yield from _beside_pdf(archive, DRAFT_PDF, DRAFT_JSON, read)
        return
    yield from _addenda(archive, read)
    missing = [name for name in (RECORD_PDF, RECORD_JSON) if name not in archive.digests]
    yield from (f"{name} is missing, though the record was sealed." for name in missing)
    if not any(_names(seal, archive, stated) for seal in seals):
        yield (
            f"The record is not the one that was sealed: no entry {SEALED} in {JOURNAL} names its code and the "
            f"SHA-256 of {RECORD_PDF} and {RECORD_JSON} as they are here."
        )
    yield from _beside_pdf(archive, RECORD_PDF, RECORD_JSON, read)


def _addenda(archive: Opened, read: JournalRead) -> Iterator[str]:
    """Each addendum that the journal names is here, by its hashes; each that is here is named by the journal."""
    here = {sha256: name for name, (_, sha256) in archive.digests.items() if name.startswith(ADDENDA)}
    named: set[object] = set()
    for entry in read.entries:
        facts = facts_of(entry) if entry.action == ADDED else {}
        pair = [here.get(str(facts.get(what)), "") for what in ("pdf", "content")]
        named |= {facts.get("pdf"), facts.get("content")}
        if facts and not all(pair):
            yield f"Addendum {facts.get('code')} is missing, or is not the one that was sealed (entry {entry.number})."
        elif facts:
            yield from _beside_pdf(archive, pair[0], pair[1], read, attached=ADDENDUM_ATTACHED)
    for sha256, name in here.items():
        if sha256 not in named:
            yield f"{name} is not an addendum that was sealed: no entry {ADDED} in {JOURNAL} names its SHA-256."


def signed_problems(archive: Opened, read: JournalRead) -> Iterator[str]:
    """Each signed file is one that the journal names, and goes on from the very bytes that were offered."""
    offered: dict[str, object] = {}
    signed: dict[str, object] = {}
    for entry in read.entries:
        facts = facts_of(entry)
        if entry.action == OFFERED:
            offered[str(facts.get("code"))] = facts.get("sha256")
        if entry.action == SIGNED_BY:
            signed[str(facts.get("code"))] = facts.get("sha256")
    for name in sorted(name for name in archive.digests if name.startswith(SIGNED) and name.endswith(".pdf")):
        code = name.removeprefix(SIGNED).removesuffix(".pdf")
        if signed.get(code) != archive.digests[name][1]:
            yield f"{name} is not the file that was signed: no entry {SIGNED_BY} in {JOURNAL} names its SHA-256 last."
        told = as_object(archive.read(f"{SIGNED}{code}.json")) if f"{SIGNED}{code}.json" in archive.digests else None
        size = told.get("size") if told else None
        if type(size) is not int or digest(archive.read(name)[:size]) != offered.get(code):
            yield f"{name} does not begin with the file that was offered to be signed."


def _names(seal: Line, archive: Opened, stated: Mapping[str, object]) -> bool:
    facts = facts_of(seal)
    here = [archive.digests.get(name, (0, ""))[1] for name in (RECORD_JSON, RECORD_PDF)]
    return [facts.get("code"), facts.get("content"), facts.get("pdf")] == [stated.get("sealed"), *here]


def _beside_pdf(
    archive: Opened, pdf: str, content: str, read: JournalRead, *, attached: str = ATTACHED
) -> Iterator[str]:
    """The files inside the PDF: the content is the one beside it, the journal's hashes are those of this journal."""
    if pdf not in archive.digests:
        return
    try:
        inside = archive.attached(archive.read(pdf))
    except Refusal as refusal:
        yield f"{pdf} cannot be opened to be compared: {refusal.sentence()}"
        return
    if attached not in inside:
        yield f"{pdf} carries no {attached}."
    elif content in archive.digests and inside[attached] != archive.read(content):
        yield f"{content} is not what {pdf} carries as {attached}: one of them was changed."
    yield from _beside_audit(inside.get(AUDIT, b""), pdf, read)


def _beside_audit(audit: bytes, pdf: str, read: JournalRead) -> Iterator[str]:
    hashes = {str(entry.number): entry.hash for entry in read.entries}
    for row in csv.DictReader(io.StringIO(audit.decode("utf-8", "replace"))):
        number = row.get("number") or ""
        if hashes.get(number) != row.get("hash"):
            yield f"Entry {number} of the journal is not the one that {pdf} names in its {AUDIT}: one was changed."
