"""The one place that proves an archive: every file against its hash, the journal's links, the record against its PDF.

It needs nothing of the service that made the archive. What it finds wrong it says in whole sentences, one for each
file or entry, so that somebody can act on them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vctestimony.domain.archive.contents import FORMAT, JOURNAL, MANIFEST, SUMS
from vctestimony.domain.archive.journal_proof import JournalRead, journal_of
from vctestimony.domain.archive.opened import NotAnArchive, Opened, as_object
from vctestimony.domain.archive.record_proof import record_problems, signed_problems

_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Proof:
    """What the archive says of itself, how many files it has, its entries' hashes, and everything that is wrong."""

    stated: Mapping[str, object]
    files: int
    hashes: Mapping[int, str]
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def prove(archive: Opened) -> Proof:
    """Everything that can be proved with the archive alone; NotAnArchive where it is none."""
    for name in (SUMS, MANIFEST, JOURNAL):
        if name not in archive.digests:
            raise NotAnArchive(why=f"it has no {name}.")
    stated = _manifest(archive)
    read = journal_of(archive, stated)
    problems = (*_against_sums(archive), *_against_manifest(archive, stated), *read.problems)
    return Proof(
        stated=stated,
        files=len(archive.digests),
        hashes={entry.number: entry.hash for entry in read.entries},
        problems=(*problems, *_record(archive, stated, read)),
    )


def _manifest(archive: Opened) -> Mapping[str, object]:
    stated = as_object(archive.read(MANIFEST))
    if stated is None or stated.get("format") != FORMAT:
        raise NotAnArchive(why=f"{MANIFEST} does not say that it is one of the format {FORMAT}.")
    return stated


def _against_sums(archive: Opened) -> Iterator[str]:
    """`sha256sum -c SHA256SUMS`, and what that does not look for: files that were added."""
    listed: dict[str, str] = {}
    for line in archive.read(SUMS).decode("utf-8", "replace").splitlines():
        sha256, blanks, name = line[:64], line[64:66], line[66:]
        if blanks != "  " or not set(sha256) <= _HEX or name in listed:
            yield f"{SUMS} has a line that cannot be read: {line[:80]!r}."
        listed[name] = sha256
    for name in sorted(listed.keys() - archive.digests.keys()):
        yield f"{name} is missing: {SUMS} lists it, and the archive does not have it."
    for name in sorted(archive.digests.keys() - listed.keys() - {SUMS}):
        yield f"{name} was added: the archive has it, and {SUMS} does not list it."
    for name in sorted(listed.keys() & archive.digests.keys()):
        if archive.digests[name][1] != listed[name]:
            yield f"{name} was changed: its SHA-256 is {archive.digests[name][1]}, {SUMS} says {listed[name]}."


def _against_manifest(archive: Opened, stated: Mapping[str, object]) -> Iterator[str]:
    """The manifest's own list: what is not in it was put in later, by somebody who wrote SHA256SUMS anew."""
    members = stated.get("members")
    rows = [row for row in members if isinstance(row, dict)] if isinstance(members, list) else []
    listed = {str(row.get("name")): (row.get("size"), row.get("sha256")) for row in rows}
    here = {name: digest for name, digest in archive.digests.items() if name not in {SUMS, MANIFEST}}
    for name in sorted(listed.keys() ^ here.keys()):
        where = "lists it, and the archive does not have it" if name in listed else "does not list it"
        yield f"{name} does not fit the manifest: {MANIFEST} {where}."
    for name in sorted(listed.keys() & here.keys()):
        if listed[name] != here[name]:
            yield f"{name} does not fit the manifest: {MANIFEST} says another size or another SHA-256."


def _record(archive: Opened, stated: Mapping[str, object], read: JournalRead) -> tuple[str, ...]:
    return (*record_problems(archive, stated, read), *signed_problems(archive, read))
