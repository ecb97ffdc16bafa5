"""The use-cases of proof, open to anybody: is a sealed record what was sealed, is a file its PDF?"""

import json
from dataclasses import dataclass

from vctestimony.domain.errors import Absent
from vctestimony.domain.journal import Entry, entry_hash
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record.content import digest
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, journal
from vctestimony.services.unit import Unit
from vctestimony.store import records as store
from vctestimony.store.models import HearingRow, SealedRecordRow

SEALED = "record.sealed"


class UnknownCode(Absent):
    """No record was sealed under this code."""

    text = N_("There is no sealed record with this code. Compare it letter by letter with the one on the paper.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the register says about a sealed record, without a word of its content.

    `content_holds`, `pdf_holds`: the stored bytes still give the hash of the seal. `journal_agrees`: the journal's own
    entry is unchanged and names the same hashes.
    """

    code: str
    sha256: str
    pdf_sha256: str
    sealed: BothClocks
    content_holds: bool
    pdf_holds: bool
    journal_agrees: bool

    @property
    def unchanged(self) -> bool:
        """Whether everything is as it was sealed."""
        return self.content_holds and self.pdf_holds and self.journal_agrees


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What the register says about a file: its hash, and the sealed record whose PDF it is, if there is one."""

    sha256: str
    verdict: Verdict | None


def as_code(typed: str) -> str:
    """The code as it was made, from however it was typed.

    >>> as_code(" r-7k3f 9qwO ")
    'R-7K3F9QW0'
    """
    plain = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(str.maketrans("OIL", "011"))
    return f"{plain[:1]}-{plain[1:]}"


def verify(unit: Unit, code: str) -> Verdict:
    """Whether the record sealed under this code is unchanged; UnknownCode when there is none."""
    row = store.sealed_as(unit.session, as_code(code))
    if row is None:
        raise UnknownCode()
    return _verdict(unit, row)


def verify_file(unit: Unit, content: bytes) -> FileVerdict:
    """Whether the file is the PDF of a sealed record, byte by byte, and whether that record is unchanged."""
    sha256 = digest(content)
    row = store.sealed_file(unit.session, sha256)
    return FileVerdict(sha256, _verdict(unit, row) if row else None)


def _verdict(unit: Unit, row: SealedRecordRow) -> Verdict:
    hearing = store.hearing_of(unit.session, row)
    return Verdict(
        code=row.code,
        sha256=row.content_sha256,
        pdf_sha256=row.pdf_sha256,
        sealed=hearing_clocks.both(hearing, row.sealed_at),
        content_holds=_holds(row.content.encode(), row.content_sha256),
        pdf_holds=_holds(row.pdf, row.pdf_sha256),
        journal_agrees=any(_agrees(entry, row) for entry in _seals(unit, hearing)),
    )


def _holds(stored: object, sha256: str) -> bool:
    """Whether the stored bytes give the hash; what is no longer bytes was changed by a foreign hand."""
    return isinstance(stored, bytes) and digest(stored) == sha256


def _seals(unit: Unit, hearing: HearingRow) -> tuple[Entry, ...]:
    return tuple(entry for entry in journal.history(unit, hearing.reference) if entry.action == SEALED)


def _agrees(entry: Entry, row: SealedRecordRow) -> bool:
    facts = json.loads(entry.facts)
    named = (facts.get("code"), facts.get("content"), facts.get("pdf"))
    right = entry_hash(
        previous_hash=entry.previous_hash,
        number=entry.number,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        facts=entry.facts,
    )
    return named == (row.code, row.content_sha256, row.pdf_sha256) and entry.hash == right
