"""The use-case of comparing a file, open to anybody: is it what was sealed or printed here, or altered since?

What is said tells no word of any content. That a file begins with what was sealed proves that nothing before was
changed; what was added after it may be a signature, and may also cover what is printed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from vctestimony.services import paper_register, verification
from vctestimony.services.paper_register import PaperVerdict
from vctestimony.services.unit import Unit
from vctestimony.services.verification import Verdict
from vctestimony.store import addenda
from vctestimony.store import records as store
from vctestimony.store.models import AddendumRow, SealedRecordRow

_END = b"%%EOF"
_MOST_ENDS = 20


class What(StrEnum):
    """What a file is. `EXTENDED` begins with what was sealed, `ALTERED` only claims to be it."""

    SEALED = "sealed"
    DATA = "data"
    EXTENDED = "extended"
    PRINTED = "printed"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What the register says about a file, and about the seal or the print that it is, extends or claims to be."""

    sha256: str
    what: What
    verdict: Verdict | None = None
    printed: PaperVerdict | None = None
    added: int = 0

    @property
    def holds(self) -> bool:
        """Whether it is, byte by byte, what was sealed or printed here, and that is unchanged."""
        unchanged = self.printed is not None or (self.verdict is not None and self.verdict.unchanged)
        return unchanged and self.what in {What.SEALED, What.DATA, What.PRINTED}


def compare(unit: Unit, content: bytes, *, codes: Sequence[str] = ()) -> FileVerdict:
    """What the file is; the first that fits, from the whole file to what it claims.

    `codes` are those that it claims (domain/record/claims.py), read out of it before any unit is open.
    """
    digest = sha256(content).hexdigest()
    if verdict := _sealed(unit, digest):
        return FileVerdict(digest, What.SEALED, verdict)
    if (row := store.sealed_data(unit.session, digest)) is not None:
        return FileVerdict(digest, What.DATA, verification.of_record(unit, row))
    if printed := paper_register.with_file(unit, digest):
        return FileVerdict(digest, What.PRINTED, printed=printed)
    lengths = dict(_beginnings(content))
    if (found := _begun(unit, lengths)) is not None:
        return FileVerdict(digest, What.EXTENDED, found[1], added=len(content) - lengths[found[0]])
    for code in codes:
        try:
            return FileVerdict(digest, What.ALTERED, verification.verify(unit, code))
        except verification.UnknownCode:
            continue
    return FileVerdict(digest, What.UNKNOWN)


def _sealed(unit: Unit, digest: str) -> Verdict | None:
    if (row := store.sealed_file(unit.session, digest)) is not None:
        return verification.of_record(unit, row)
    addendum = addenda.with_file(unit.session, digest)
    return verification.of_addendum(unit, addendum) if addendum is not None else None


def _begun(unit: Unit, lengths: Mapping[str, int]) -> tuple[str, Verdict] | None:
    """The newest of these states that was sealed here, by its hash, and what the register says of it."""
    rows: tuple[SealedRecordRow | AddendumRow, ...] = (
        *store.sealed_files(unit.session, lengths),
        *addenda.with_files(unit.session, lengths),
    )
    newest = max(rows, key=lambda row: lengths[row.pdf_sha256], default=None)
    if newest is None:
        return None
    if isinstance(newest, SealedRecordRow):
        return newest.pdf_sha256, verification.of_record(unit, newest)
    return newest.pdf_sha256, verification.of_addendum(unit, newest)


def _beginnings(content: bytes) -> list[tuple[str, int]]:
    """Hash and length of the last states that the file went through: each ends with the mark of PDF."""
    found: list[tuple[str, int]] = []
    running, place = sha256(), 0
    for at in _last_ends(content):
        for end in {at + len(_END), at + len(_END) + 1, at + len(_END) + 2}:
            if end < len(content) and content[at + len(_END) : end].strip(b"\r\n") == b"":
                part = running.copy()
                part.update(content[place:end])
                found.append((part.hexdigest(), end))
        running.update(content[place : at + len(_END)])
        place = at + len(_END)
    return found


def _last_ends(content: bytes) -> list[int]:
    found: list[int] = []
    at = content.rfind(_END)
    while at >= 0 and len(found) < _MOST_ENDS:
        found.append(at)
        at = content.rfind(_END, 0, at)
    return found[::-1]
