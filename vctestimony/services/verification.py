"""The use-cases of proof, open to anybody: is a sealed record, or an addendum to one, still what was sealed?"""

import json
from dataclasses import dataclass

from vctestimony.domain.errors import Absent
from vctestimony.domain.journal import Entry, entry_hash
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record.content import digest
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, journal
from vctestimony.services.references import is_reference
from vctestimony.services.unit import Unit
from vctestimony.store import addenda
from vctestimony.store import records as store
from vctestimony.store.models import AddendumRow, HearingRow, SealedRecordRow

SEALED, ADDED = "record.sealed", "record.added"


class UnknownCode(Absent):
    """No record was sealed under this code."""

    text = N_("There is no sealed record with this code. Compare it letter by letter with the one on the paper.")


@dataclass(frozen=True, slots=True)
class AddendumMark:
    """That there is an addendum, and when it was sealed; nothing of what it says."""

    code: str
    number: int
    sealed: BothClocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the register says about a seal, without a word of its content.

    `content_holds`, `pdf_holds`: the stored bytes still give the hash of the seal. `journal_agrees`: the journal's own
    entry is unchanged and names the same hashes. `chain_holds`: an addendum still names the hashes of its record and
    of the addendum before it. `number` and `of_record` are of an addendum; a record has `addenda`.
    """

    code: str
    sha256: str
    pdf_sha256: str
    sealed: BothClocks
    content_holds: bool
    pdf_holds: bool
    journal_agrees: bool
    chain_holds: bool = True
    number: int = 0
    of_record: str = ""
    addenda: tuple[AddendumMark, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether everything is as it was sealed."""
        return self.content_holds and self.pdf_holds and self.journal_agrees and self.chain_holds


def as_code(typed: str) -> str:
    """The code as it was made, from however it was typed.

    >>> as_code(" r-7k3f 9qwO ")
    'R-7K3F9QW0'
    """
    plain = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(str.maketrans("OIL", "011"))
    return f"{plain[:1]}-{plain[1:]}"


def is_code(code: str) -> bool:
    """Whether it has the shape of a code: of a record, an addendum, a signed file or a printed document."""
    return is_reference(code, "RASD")


def verify(unit: Unit, code: str) -> Verdict:
    """Whether the record or the addendum sealed under this code is unchanged; UnknownCode when there is none."""
    own = as_code(code)
    if (addendum := addenda.sealed_as(unit.session, own)) is not None:
        return of_addendum(unit, addendum)
    row = store.sealed_as(unit.session, own)
    if row is None:
        raise UnknownCode()
    return of_record(unit, row)


def of_record(unit: Unit, row: SealedRecordRow) -> Verdict:
    """What the register says about a sealed record."""
    hearing = store.hearing_of(unit.session, row)
    return Verdict(
        code=row.code,
        sha256=row.content_sha256,
        pdf_sha256=row.pdf_sha256,
        sealed=hearing_clocks.both(hearing, row.sealed_at),
        content_holds=_holds(row.content.encode(), row.content_sha256),
        pdf_holds=_holds(row.pdf, row.pdf_sha256),
        journal_agrees=_journal_agrees(unit, hearing, row, SEALED),
        addenda=tuple(
            AddendumMark(one.code, one.number, hearing_clocks.both(hearing, one.sealed_at))
            for one in addenda.of_hearing(unit.session, hearing.id)
        ),
    )


def of_addendum(unit: Unit, row: AddendumRow) -> Verdict:
    """The same about an addendum."""
    hearing = unit.session.get_one(HearingRow, row.hearing_id)
    record = unit.session.get_one(SealedRecordRow, row.record_id)
    return Verdict(
        code=row.code,
        sha256=row.content_sha256,
        pdf_sha256=row.pdf_sha256,
        sealed=hearing_clocks.both(hearing, row.sealed_at),
        content_holds=_holds(row.content.encode(), row.content_sha256),
        pdf_holds=_holds(row.pdf, row.pdf_sha256),
        journal_agrees=_journal_agrees(unit, hearing, row, ADDED),
        chain_holds=_chain_holds(unit, row, record),
        number=row.number,
        of_record=record.code,
    )


def _chain_holds(unit: Unit, row: AddendumRow, record: SealedRecordRow) -> bool:
    """Whether the addendum names the record and the addendum before it as they are."""
    before = next((o for o in addenda.of_hearing(unit.session, row.hearing_id) if o.number == row.number - 1), None)
    try:
        content = json.loads(row.content)
        links = content["record"], content["before"]
    except (KeyError, TypeError, ValueError):
        return False
    wanted = _link(record), _link(before) if before else None
    return links == wanted and (before is not None) == (row.number > 1)


def _link(row: SealedRecordRow | AddendumRow) -> dict[str, str]:
    return {"code": row.code, "content_sha256": row.content_sha256, "pdf_sha256": row.pdf_sha256}


def _holds(stored: object, sha256: str) -> bool:
    """Whether the stored bytes give the hash; what is no longer bytes was changed by a foreign hand."""
    return isinstance(stored, bytes) and digest(stored) == sha256


def _journal_agrees(unit: Unit, hearing: HearingRow, row: SealedRecordRow | AddendumRow, action: str) -> bool:
    own = (entry for entry in journal.history(unit, hearing.reference) if entry.action == action)
    return any(_agrees(entry, row) for entry in own)


def _agrees(entry: Entry, row: SealedRecordRow | AddendumRow) -> bool:
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
