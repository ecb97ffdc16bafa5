"""An archive as bytes: how it is put together, how it explains itself, and everything that can be wrong with one."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from vctestimony.domain.archive.contents import (
    JOURNAL,
    LINKS,
    RECORD_JSON,
    RECORD_PDF,
    SUMS,
    Member,
    as_csv,
    journal_line,
    put_together,
)
from vctestimony.domain.archive.journal_proof import HASHED
from vctestimony.domain.archive.opened import NotAnArchive, Opened
from vctestimony.domain.archive.proof import prove
from vctestimony.domain.archive.readme import RECIPE, readme
from vctestimony.domain.journal import GENESIS, Entry, canonical, entry_hash
from vctestimony.domain.record.content import digest
from vctestimony.domain.release import RELEASE

AT = datetime(2026, 9, 14, 5, 30, tzinfo=UTC)
PDF, CONTENT = b"%PDF-1.7 the record", b'{"deposition":[]}'
ADDED_PDF, ADDED = b"%PDF-1.7 the addendum", b'{"kind":"receipt"}'
Files = dict[str, bytes]


def chain(count: int = 7) -> list[Entry]:
    """A whole journal of two hearings by turns: 1, 2, 4, 6 and 7 are about H-1, 6 is its seal and 7 an addendum."""
    found: list[Entry] = []
    for number in range(1, count + 1):
        action, facts = "log.written", canonical({"entry": number, "note": "শপথ"})
        if number >= 6:
            action, code = ("record.sealed", "R-1") if number == 6 else ("record.added", "A-1")
            content, pdf = (CONTENT, PDF) if number == 6 else (ADDED, ADDED_PDF)
            facts = canonical({"code": code, "content": digest(content), "pdf": digest(pdf)})
        subject = "H-2" if number in {3, 5} else "H-1"
        previous = found[-1].hash if found else GENESIS
        said = {"actor": "A. Clerk", "action": action, "subject": subject, "facts": facts}
        own = entry_hash(previous_hash=previous, number=number, at=AT, **said)
        found.append(Entry(number=number, at=AT, previous_hash=previous, hash=own, **said))
    return found


def made() -> Files:
    """A whole archive of H-1."""
    entries = chain()
    mine = [entry for entry in entries if entry.subject == "H-1"]
    links = [{"number": e.number, "previous_hash": e.previous_hash, "hash": e.hash} for e in entries]
    head = {"number": entries[-1].number, "hash": entries[-1].hash}
    members = (
        Member(JOURNAL, "".join(map(journal_line, mine)).encode()),
        Member(LINKS, as_csv(links, ("number", "previous_hash", "hash"))),
        Member(RECORD_PDF, PDF),
        Member(RECORD_JSON, CONTENT),
        Member("addenda/A-1.pdf", ADDED_PDF),
        Member("addenda/A-1.json", ADDED),
    )
    stated = {"hearing": "H-1", "sealed": "R-1", "journal": {"first_hash": entries[0].hash, "head": head}}
    return {member.name: member.content for member in put_together(members, stated)}


def summed(files: Files) -> Files:
    """The same with SHA256SUMS written anew, as somebody would who changes an archive with some care."""
    lines = (f"{digest(content)}  {name}\n" for name, content in files.items() if name != SUMS)
    return {**files, SUMS: "".join(lines).encode()}


def problems(files: Files, attached: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
    inside = {"record.json": CONTENT, "audit.csv": b"number,hash\r\n"} if attached is None else attached
    pdfs = {PDF: inside, ADDED_PDF: {"addendum.json": ADDED}}
    digests = {name: (len(content), sha256(content).hexdigest()) for name, content in files.items()}
    return prove(Opened(digests, files.__getitem__, lambda pdf: pdfs.get(pdf, inside))).problems


def relined(files: Files, change: Callable[[dict[str, object]], object], number: int = 2) -> Files:
    """The same with one line of the journal changed."""
    lines = [json.loads(line) for line in files[JOURNAL].splitlines()]
    for line in lines:
        if line["number"] == number:
            change(line)
    return {**files, JOURNAL: "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()}


def rehashed(line: dict[str, object]) -> None:
    """Somebody else did it, and the hash says so."""
    line["actor"] = "Nobody"
    fields = {key: line[key] for key in ("number", "actor", "action", "subject", "facts", "previous_hash")}
    line["hash"] = entry_hash(at=AT, **fields)  # type: ignore[arg-type]  # as read from JSON


def test_an_archive_as_it_was_made_holds_and_is_made_again_in_the_same_bytes() -> None:
    assert problems(made()) == ()
    assert list(made().items()) == list(made().items())


@pytest.mark.parametrize("name", ["../x", "/x", "a//b", "a/../b", ".hidden", "সাক্ষী.pdf", "a b", ""])
def test_nothing_is_put_in_under_a_foreign_name_or_twice(name: str) -> None:
    for members in ([Member(name, b"")], [Member("a", b""), Member("a", b"")]):
        with pytest.raises(ValueError, match="names of our own"):
            put_together(members, {})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: {**files, RECORD_PDF: PDF[:-1] + b"D"}, f"{RECORD_PDF} was changed: its SHA-256 is"),
        (lambda files: {n: c for n, c in files.items() if n != RECORD_JSON}, f"{RECORD_JSON} is missing: SHA256SUMS"),
        (lambda files: {**files, "log/log.json": b"[]"}, "log/log.json was added: the archive has it, and SHA256SUMS"),
        (lambda files: summed({**files, "log/log.json": b"[]"}), "log/log.json does not fit the manifest"),
        (lambda files: summed({**files, RECORD_PDF: b"x"}), f"{RECORD_PDF} does not fit the manifest"),
        (lambda files: summed({**files, RECORD_PDF: b"x"}), "The record is not the one that was sealed"),
        (lambda files: {**files, SUMS: files[SUMS] + b"nonsense\n"}, "SHA256SUMS has a line that cannot be read"),
        (lambda files: relined(files, lambda line: line.update(actor="x")), "Entry 2 of the journal was changed"),
        (lambda files: relined(files, rehashed), f"Entry 2 of the journal is not the one that {LINKS} names"),
        (lambda files: relined(files, rehashed, 1), "Entry 2 of the journal does not follow entry 1"),
        (lambda files: relined(files, rehashed, 7), f"Entry 7 of the journal is not the one that {LINKS} names"),
        (lambda files: summed({n: c for n, c in files.items() if n != "addenda/A-1.pdf"}), "Addendum A-1 is missing"),
        (lambda files: summed({**files, "addenda/A-1.json": b"{}"}), "addenda/A-1.json is not an addendum that was"),
        (lambda files: relined(files, lambda line: line.update(number="2")), f"Line 2 of {JOURNAL} cannot be read"),
        (lambda files: relined(files, lambda line: line.update(number=9)), "Entry 4 of the journal stands after entry"),
        (lambda files: {**files, LINKS: b"number,previous_hash,hash\r\n"}, "Entry 1 of the journal is not the one"),
        (lambda files: {**files, JOURNAL: files[JOURNAL].replace(b'"H-1"', b'"H-9"')}, "is not about H-1"),
        (lambda files: {**files, JOURNAL: b"[" * 100_000}, f"Line 1 of {JOURNAL} cannot be read"),
    ],
)
def test_whatever_was_changed_is_said_in_words(change: Callable[[Files], Files], said: str) -> None:
    assert any(said in problem for problem in problems(change(made())))


def test_a_line_changed_with_every_hash_made_anew_is_told_by_the_journal_inside_the_sealed_pdf() -> None:
    entries = chain()
    files = relined(made(), rehashed, 4)
    other = json.loads(files[JOURNAL].splitlines()[2])["hash"]
    files[LINKS] = files[LINKS].replace(entries[3].hash.encode(), other.encode())
    audit = "number,hash\r\n" + "".join(f"{e.number},{e.hash}\r\n" for e in entries if e.subject == "H-1")
    inside = {"record.json": CONTENT, "audit.csv": audit.encode()}
    assert f"Entry 4 of the journal is not the one that {RECORD_PDF} names in its audit.csv: one was changed." in (
        problems(summed(files), inside)
    )


@pytest.mark.parametrize(
    ("inside", "said"),
    [({}, "carries no record.json"), ({"record.json": b"{}"}, f"{RECORD_JSON} is not what {RECORD_PDF} carries")],
)
def test_the_record_is_compared_with_what_its_pdf_carries(inside: Mapping[str, bytes], said: str) -> None:
    assert any(said in problem for problem in problems(made(), inside))


@pytest.mark.parametrize("name", [SUMS, "manifest.json", JOURNAL])
def test_without_its_lists_it_is_no_archive(name: str) -> None:
    files = made()
    del files[name]
    with pytest.raises(NotAnArchive, match=name):
        problems(files)


def test_another_format_is_no_archive() -> None:
    with pytest.raises(NotAnArchive, match="format"):
        problems({**made(), "manifest.json": b'{"format":"bagit"}'})


def test_the_recipe_of_the_readme_runs_as_it_stands_and_finds_a_changed_line(tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir()
    printed = []
    for files in (made(), relined(made(), lambda line: line.update(actor="x"))):
        (tmp_path / JOURNAL).write_bytes(files[JOURNAL])
        command = [sys.executable, "-I", "-c", RECIPE]
        printed.append(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout)
    assert printed == [
        "1 holds\n2 holds\n4 holds\n6 holds\n7 holds\n",
        "1 holds\n2 WAS CHANGED\n4 holds\n6 holds\n7 holds\n",
    ]
    assert str(HASHED).replace("'", '"') in RECIPE
    assert len(RECIPE.splitlines()) <= 10
    text = readme().decode()
    assert text.count("\n   " + RECIPE.splitlines()[-1]) == 3
    assert "{recipe}" not in text
    assert all(word in text for word in ("sha256sum -c SHA256SUMS", "pdfdetach -list", "जर्नल", "জার্নাল"))


def test_the_release_is_the_one_of_the_project() -> None:
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    assert f'version = "{RELEASE}"' in project.read_text(encoding="utf-8")
