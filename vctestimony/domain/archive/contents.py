"""The one place for how an archive is put together: its members, its manifest and its list of hashes.

Nothing here reads a clock or a folder: the same members and the same statement give the same bytes.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vctestimony.domain.journal import Entry
from vctestimony.domain.record.content import digest

FORMAT = "vctestimony-archive/1"
MANIFEST, SUMS, README = "manifest.json", "SHA256SUMS", "README.txt"
JOURNAL, LINKS = "journal/journal.jsonl", "journal/links.csv"
RECORD_PDF, RECORD_JSON = "record/record.pdf", "record/record.json"
ADDENDA = "addenda/"
"""Each addendum to a sealed record as PDF and as JSON; they are told apart by the hashes that the journal names."""
SIGNED, REDACTED = "signed/", "redacted/record-redacted.pdf"
REDACTED_DATA = "redacted/record-redacted.json"
"""Each file with the signatures that it has, and a report of them; the copy that others may read."""
DRAFT_PDF, DRAFT_JSON = "draft/record-draft.pdf", "draft/record-draft.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
# A program for tables takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive, under a name of our own."""

    name: str
    content: bytes


def is_own_name(name: str) -> bool:
    """Whether we could have given that name: plain letters, folders going down only.

    >>> is_own_name("journal/journal.jsonl"), is_own_name("../../x"), is_own_name("/etc/x"), is_own_name("a\\\\b")
    (True, False, False, False)
    """
    return _NAME.fullmatch(name) is not None


def put_together(members: Iterable[Member], stated: Mapping[str, object]) -> tuple[Member, ...]:
    """The members in the order of their names, with a manifest that lists them and the hashes of all."""
    found = sorted(members, key=lambda member: member.name)
    names = [member.name for member in found]
    if len(set(names)) < len(names) or not all(map(is_own_name, names)):
        raise ValueError("an archive holds each name once, and only names of our own")
    listed = [{"name": m.name, "size": len(m.content), "sha256": digest(m.content)} for m in found]
    manifest = Member(MANIFEST, as_json({"format": FORMAT, **stated, "members": listed}))
    found = sorted([*found, manifest], key=lambda member: member.name)
    lines = "".join(f"{digest(member.content)}  {member.name}\n" for member in found)
    return (*found, Member(SUMS, lines.encode()))


def as_json(value: object) -> bytes:
    """JSON for programs that people can read too; equal values give equal bytes.

    >>> as_json({"b": 1, "a": "শপথ"}).decode().split()
    ['{', '"a":', '"শপথ",', '"b":', '1', '}']
    """
    return (json.dumps(value, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def as_csv(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> bytes:
    """The same rows for programs for tables: one line of names, no value that is taken for a formula.

    >>> as_csv([{"a": "=1+1", "b": None}], ("a", "b"))
    b"a,b\\r\\n'=1+1,\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue().encode()


def both_ways(name: str, rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> tuple[Member, Member]:
    """A list as JSON and as a table; `name` without its ending."""
    return Member(f"{name}.json", as_json(list(rows))), Member(f"{name}.csv", as_csv(rows, columns))


def journal_line(entry: Entry) -> str:
    """One entry of the journal with everything that its hash was made of, in one line."""
    fields = {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "facts": entry.facts,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text
