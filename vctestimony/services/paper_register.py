"""The use-case of comparing a paper with the register: which number and version it is, and whether it still holds.

Open to anybody who holds the paper, so it tells no word of its content: not the case, not the place, not a time in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.documents import KINDS, REDACTED
from vctestimony.domain.errors import Absent
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.wording import N_
from vctestimony.services.unit import Unit
from vctestimony.store import documents as store
from vctestimony.store import records
from vctestimony.store.models import DocumentRow, HearingRow, PostRow

_OFF = frozenset({State.CANCELLED, State.LAPSED})


class UnknownNumber(Absent):
    """Nothing was printed under this number."""

    text = N_("No document was printed under this number. Compare it letter by letter with the one on the paper.")


class Standing(StrEnum):
    """Whether what a paper says of its time still holds."""

    HOLDS = "holds"
    REPLACED = "replaced"
    MOVED = "moved"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class PrintedVersion:
    """One version: when it was printed, on the clock of the court or post that printed it, and the hash of its file."""

    version: int
    printed: Reading
    sha256: str


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """What the register says of a number: the kind (a marked text), its versions, and how the asked one stands.

    `knows_start`: when it was printed the hearing had a time, which `standing` was compared with. `source` is the code
    of the sealed record of which it is a redacted copy.
    """

    number: str
    title: str
    language: str
    asked: PrintedVersion
    versions: tuple[PrintedVersion, ...]
    standing: Standing
    knows_start: bool
    source: str = ""

    @property
    def latest(self) -> PrintedVersion:
        """The newest version."""
        return self.versions[-1]


def look(unit: Unit, number: str, *, version: int | None = None) -> PaperVerdict:
    """What was printed under that number: the asked version, or else the newest; UnknownNumber when nothing was."""
    rows = store.versions(unit.session, number)
    if not rows:
        raise UnknownNumber()
    row = next((row for row in rows if row.version == version), None) if version is not None else rows[-1]
    if row is None:
        raise UnknownNumber()
    shown = tuple(_shown(unit, one) for one in rows)
    return PaperVerdict(
        number=number,
        title=KINDS[row.kind].title_outside if row.kind in KINDS else row.kind,
        language=row.language,
        asked=next(one for one in shown if one.version == row.version),
        versions=shown,
        standing=_standing(unit, row, rows),
        knows_start=row.starts_at is not None,
        source=_source(unit, row),
    )


def with_file(unit: Unit, sha256: str) -> PaperVerdict | None:
    """The document whose file has this hash, if it was printed here."""
    row = store.with_hash(unit.session, sha256)
    return look(unit, row.number, version=row.version) if row else None


def _source(unit: Unit, row: DocumentRow) -> str:
    if row.kind != REDACTED or row.hearing_id is None:
        return ""
    sealed = records.sealed(unit.session, row.hearing_id)
    return sealed.code if sealed else ""


def _shown(unit: Unit, row: DocumentRow) -> PrintedVersion:
    post = _printed_at(unit, row)
    return PrintedVersion(row.version, read(row.printed_at, post.zone, post.city), row.sha256)


def _printed_at(unit: Unit, row: DocumentRow) -> PostRow:
    if row.hearing_id is not None:
        return unit.session.get_one(HearingRow, row.hearing_id).court
    return unit.session.get_one(PostRow, row.post_id)


def _standing(unit: Unit, row: DocumentRow, rows: Sequence[DocumentRow]) -> Standing:
    if row.hearing_id is not None:
        hearing = unit.session.get_one(HearingRow, row.hearing_id)
        if hearing.state in _OFF:
            return Standing.CALLED_OFF
        if row.starts_at is not None and row.starts_at != hearing.starts_at:
            return Standing.MOVED
    return Standing.HOLDS if row is rows[-1] else Standing.REPLACED
