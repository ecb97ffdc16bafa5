"""The one place that proves the part of a journal that an archive holds: each entry, and each link that is at hand."""

import csv
import io
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vctestimony.domain.archive.contents import JOURNAL, LINKS, MANIFEST
from vctestimony.domain.archive.opened import Opened, as_object
from vctestimony.domain.journal import hash_over

HASHED = ("previous_hash", "number", "at", "actor", "action", "subject", "facts")
"""The fields of a line in the order in which the hash is made of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the archive gives it."""

    number: int
    action: str
    subject: str
    facts: str
    previous_hash: str
    hash: str
    right_hash: str


@dataclass(frozen=True, slots=True)
class JournalRead:
    """The entries that could be read, and what is wrong."""

    entries: tuple[Line, ...]
    problems: tuple[str, ...]


def journal_of(archive: Opened, stated: Mapping[str, object]) -> JournalRead:
    """Read the entries and hold them against their own hashes, against each other and against their neighbours."""
    entries: list[Line] = []
    problems: list[str] = []
    for place, raw in enumerate(archive.read(JOURNAL).splitlines(), 1):
        line = _read(raw)
        if line is None:
            problems.append(f"Line {place} of {JOURNAL} cannot be read as an entry.")
        else:
            entries.append(line)
    problems += _by_themselves(entries, str(stated.get("hearing")))
    problems += _in_a_row(entries)
    problems += _beside_neighbours(archive, entries, stated)
    return JournalRead(tuple(entries), tuple(dict.fromkeys(problems)))


def _read(raw: bytes) -> Line | None:
    found = as_object(raw)
    if found is None or not _is_entry(found):
        return None
    return Line(
        number=int(str(found["number"])),
        action=str(found["action"]),
        subject=str(found["subject"]),
        facts=str(found["facts"]),
        previous_hash=str(found["previous_hash"]),
        hash=str(found["hash"]),
        right_hash=hash_over(str(found[field]) for field in HASHED),
    )


def _is_entry(found: Mapping[str, object]) -> bool:
    texts = all(isinstance(found.get(field), str) for field in (*HASHED, "hash") if field != "number")
    return texts and type(found.get("number")) is int


def _by_themselves(entries: Sequence[Line], reference: str) -> Iterator[str]:
    for entry in entries:
        if entry.hash != entry.right_hash:
            yield f"Entry {entry.number} of the journal was changed: its hash does not fit what it says."
        if entry.subject != reference:
            yield f"Entry {entry.number} of the journal is not about {reference}."


def _in_a_row(entries: Sequence[Line]) -> Iterator[str]:
    """Numbers go up; where two follow each other, the second is bound to the first."""
    for first, second in itertools.pairwise(entries):
        if second.number <= first.number:
            yield f"Entry {second.number} of the journal stands after entry {first.number}."
        elif second.number == first.number + 1 and second.previous_hash != first.hash:
            yield f"Entry {second.number} of the journal does not follow entry {first.number}: one of them was changed."


def _beside_neighbours(archive: Opened, entries: Sequence[Line], stated: Mapping[str, object]) -> Iterator[str]:
    links = _links(archive)
    for entry in entries:
        if links.get(entry.number) != (entry.previous_hash, entry.hash):
            yield f"Entry {entry.number} of the journal is not the one that {LINKS} names: one of them was changed."
    for number, (previous, _) in links.items():
        before = links.get(number - 1)
        if before is not None and before[1] != previous:
            yield f"Entry {number} does not follow entry {number - 1} in {LINKS}: one of them was changed."
    yield from _against_ends(links, stated)


def _against_ends(links: Mapping[int, tuple[str, str]], stated: Mapping[str, object]) -> Iterator[str]:
    """The first and the last entry of the whole journal, as the manifest names them."""
    ends = stated.get("journal")
    head = ends.get("head") if isinstance(ends, dict) else None
    if not isinstance(ends, dict) or not isinstance(head, dict) or type(head.get("number")) is not int:
        yield f"{MANIFEST} does not say where the journal stood."
        return
    for number, sha256 in ((1, ends.get("first_hash")), (head["number"], head.get("hash"))):
        if number in links and links[number][1] != sha256:
            yield f"Entry {number} of the journal is not the one that {MANIFEST} names."
    if any(number > head["number"] for number in links):
        yield f"The journal goes on after the entry that {MANIFEST} names as its last."


def _links(archive: Opened) -> dict[int, tuple[str, str]]:
    if LINKS not in archive.digests:
        return {}
    rows = csv.DictReader(io.StringIO(archive.read(LINKS).decode("utf-8", "replace")))
    found: dict[int, tuple[str, str]] = {}
    for row in rows:
        number = row.get("number") or ""
        if number.isascii() and number.isdigit() and len(number) < 19:
            found[int(number)] = (row.get("previous_hash") or "", row.get("hash") or "")
    return found


def facts_of(entry: Line) -> Mapping[str, object]:
    """The facts of an entry; nothing where they cannot be read."""
    try:
        found = json.loads(entry.facts)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
