"""The one place for what travels inside a record: content, transcript, calendar entry and the lines of the journal."""

import csv
import io
from collections.abc import Iterator

from vctestimony.domain.feeds import Reader
from vctestimony.services import feed_entries, journal
from vctestimony.services.fixed_paper import RECORD_JSON
from vctestimony.services.record_basis import Basis
from vctestimony.services.transcripts import plain_text
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

_COLUMNS = ("number", "at", "by", "action", "facts", "hash")
# A program for tables takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_OF_PAPER = ("document.", "bundle.", "archive.")


def enclosed(unit: Unit, hearing: HearingRow, *, content: str, basis: Basis, language: str) -> dict[str, bytes]:
    """The machine-readable twins of a record."""
    return {**beside(unit, hearing, basis=basis, language=language), RECORD_JSON: content.encode()}


def beside(unit: Unit, hearing: HearingRow, *, basis: Basis, language: str) -> dict[str, bytes]:
    """What travels beside the content; no calendar entry before a time is fixed."""
    reader = Reader(language, hearing.court.city, hearing.court.zone)
    entry = feed_entries.whole(hearing, reader, unit.ports.addresses)
    files = {
        "audit.csv": "".join(_lines_of(unit, hearing)).encode(),
        "transcript.txt": plain_text(basis, language=language).encode(),
    }
    return files if entry is None else {**files, "hearing.ics": unit.ports.feeds.download(entry)}


def _lines_of(unit: Unit, hearing: HearingRow) -> Iterator[str]:
    """The journal of the hearing as a table, without the prints: or each print would change the next."""
    yield _line(_COLUMNS)
    for entry in journal.history(unit, hearing.reference):
        if not entry.action.startswith(_OF_PAPER):
            yield _line((str(entry.number), entry.at.isoformat(), entry.actor, entry.action, entry.facts, entry.hash))


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return out.getvalue()
