"""The one place that takes the rows of a hearing that stand in no paper for its archive: versions, moves, recordings.

Instants are given in UTC, as the journal has them.
"""

from collections.abc import Iterator
from datetime import datetime

from vctestimony.domain.access import Actor
from vctestimony.domain.archive.contents import ADDENDA, Member, as_json, both_ways
from vctestimony.services import cycle_files, recordings, witness_keys
from vctestimony.services.unit import Unit
from vctestimony.store import addenda, cycle, depositions
from vctestimony.store import recordings as recorded
from vctestimony.store.base import Base
from vctestimony.store.models import HearingRow

_RECORDINGS = (
    *("title", "number", "revision", "log_number", "name", "began_at", "ended_at", "seconds", "size", "algorithm"),
    *("digest", "custodian", "encryption", "key_place", "copies", "reason", "written_at", "by"),
)
_ENTRIES = ("number", "kind", "about", "replaces", "happened_at", "facts", "written_at", "by")
_MOVES = (*("number", "move", "rung", "path", "happened_at", "written_at", "by", "facts", "reason", "text_sha256"),)
_SCANS = ("public_id", "kind", "size", "pages", "sha256", "added_by", "added_at", "file")
_VERSIONS = ("change", "ordinal", "line_version", "done", "number", "content", "written_at", "by")
_FIXINGS = ("number", "fixed", "change", "sha256", "reason", "done_at", "by")


def added(unit: Unit, hearing: HearingRow) -> Iterator[Member]:
    """The very bytes of each addendum."""
    for row in addenda.of_hearing(unit.session, hearing.id):
        yield Member(f"{ADDENDA}{row.code}.pdf", bytes(row.pdf))
        yield Member(f"{ADDENDA}{row.code}.json", row.content.encode())


def versions(unit: Unit, hearing: HearingRow) -> Iterator[Member]:
    """Every state that a line of the deposition had, and when the text was fixed and opened again."""
    last = depositions.last_change(unit.session, hearing.id)
    changes = [_plain(row, _VERSIONS) for row in depositions.changes(unit.session, hearing.id, until=last)]
    fixings = [_plain(row, _FIXINGS) for row in depositions.fixings(unit.session, hearing.id)]
    if changes:
        yield Member("deposition/versions.json", as_json(changes))
    if fixings:
        yield Member("deposition/fixings.json", as_json(fixings))


def moves(unit: Unit, hearing: HearingRow, *, by: Actor, with_files: bool) -> Iterator[Member]:
    """The transcript's way to its signatures and back; its scans by their hash, themselves if asked for and there."""
    found = [_plain(row, _MOVES) for row in cycle.moves(unit.session, hearing.id)]
    if found:
        yield Member("cycle/moves.json", as_json(found))
    scans = []
    for row in cycle.files(unit.session, hearing.id).values():
        name = ""
        if with_files and not witness_keys.is_gone(unit, hearing.witness, row.key_id):
            name = f"cycle/scans/{row.public_id}.{row.kind}"
            yield Member(name, cycle_files.take(unit, hearing.reference, row.public_id, by=by).content)
        scans.append({**_plain(row, _SCANS[:-1]), "file": name})
    if scans:
        yield from both_ways("cycle/scans", scans, _SCANS)


def described(unit: Unit, hearing: HearingRow) -> Iterator[Member]:
    """What was said of each recording, every revision of it, and what was ordered, given and certified."""
    rows = [
        {"title": recordings.title_of(hearing, row.number), **_plain(row, _RECORDINGS[1:])}
        for row in recorded.revisions(unit.session, hearing.id)
    ]
    entries = [_plain(row, _ENTRIES) for row in recorded.entries(unit.session, hearing.id)]
    if rows:
        yield from both_ways("recordings/described", rows, _RECORDINGS)
    if entries:
        yield from both_ways("recordings/entries", entries, _ENTRIES)


def _plain(row: Base, columns: tuple[str, ...]) -> dict[str, object]:
    """Those columns of a row as data."""
    return {name: _said(getattr(row, name)) for name in columns}


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
