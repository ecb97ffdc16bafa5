"""The use-case of comparing a file, open to anybody: is it what was sealed or printed here, or altered since?

What is said tells no word of any content. That a file begins with what was sealed proves that nothing before was
changed; what was added after it may be a signature, and may also cover what is printed.
"""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from vctestimony.domain.record.claims import claimed
from vctestimony.services import paper_register, verification
from vctestimony.services.paper_register import PaperVerdict
from vctestimony.services.unit import Unit
from vctestimony.services.verification import Verdict
from vctestimony.store import addenda
from vctestimony.store import records as store

_END = b"%%EOF"
_MOST_ENDS = 100


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


def compare(unit: Unit, content: bytes) -> FileVerdict:
    """What the file is; the first that fits, from the whole file to what it claims."""
    digest = sha256(content).hexdigest()
    if verdict := _sealed(unit, digest):
        return FileVerdict(digest, What.SEALED, verdict)
    if (row := store.sealed_data(unit.session, digest)) is not None:
        return FileVerdict(digest, What.DATA, verification.of_record(unit, row))
    if printed := paper_register.with_file(unit, digest):
        return FileVerdict(digest, What.PRINTED, printed=printed)
    for length, beginning in _beginnings(content):
        if verdict := _sealed(unit, beginning):
            return FileVerdict(digest, What.EXTENDED, verdict, added=len(content) - length)
    for code in claimed(content):
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


def _beginnings(content: bytes) -> list[tuple[int, str]]:
    """Length and hash of every state that the file went through, the newest first: each ends with the mark of PDF."""
    found: list[tuple[int, str]] = []
    running, place = sha256(), 0
    at = content.find(_END)
    while at >= 0 and len(found) < _MOST_ENDS:
        for end in {at + len(_END), at + len(_END) + 1, at + len(_END) + 2}:
            if end < len(content) and content[at + len(_END) : end].strip(b"\r\n") == b"":
                part = running.copy()
                part.update(content[place:end])
                found.append((end, part.hexdigest()))
        running.update(content[place : at + len(_END)])
        place = at + len(_END)
        at = content.find(_END, place)
    return found[::-1]
