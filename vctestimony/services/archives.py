"""The use-case of giving a whole hearing away as one archive that anybody can verify with standard tools.

What is printed for it is drawn first, outside any transaction. Then everything is gathered in one transaction in which
nobody else can write: what stands in the archive stood in the register at one instant. Its hash is in the journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from vctestimony.domain.access import SYSTEM, Action, Actor
from vctestimony.domain.archive.contents import README, Member, put_together
from vctestimony.domain.archive.readme import readme
from vctestimony.domain.documents import REDACTED
from vctestimony.domain.errors import Absent, Conflict, NotAllowed, Refusal
from vctestimony.domain.release import RELEASE
from vctestimony.domain.wording import N_
from vctestimony.services import archive_journal, archive_signed, journal, printing
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.archive_parts import PARTS, Asked, Paper
from vctestimony.services.archive_signed import Examined
from vctestimony.services.bundle_files import zipped
from vctestimony.services.printing import Draft, Printed
from vctestimony.services.unit import Unit, Units
from vctestimony.store import hearings, records
from vctestimony.store.models import HearingRow

EXPORTED = "archive.exported"
_PAPERS = ("record", REDACTED, "transcript", "checklist")


class ChangedMeanwhile(Conflict):
    """Somebody changed the hearing between the print and the archive."""

    text = N_("Somebody changed this hearing while it was being printed. No archive was made; ask for it again.")


@dataclass(frozen=True, slots=True)
class _Printed:
    """What was printed for the archive, and why the rest was not."""

    papers: Mapping[str, Paper]
    left_out: Mapping[str, str]
    signed: Mapping[str, Examined]


def export(units: Units, reference: str, *, language: str, by: Actor, with_files: bool = False) -> Printed:
    """The archive of the hearing, its papers in one language, for whoever may print and read the journal of it.

    `with_files` adds the files that show that steps were done. They may name the witness: for whoever may open the
    vault, and never from the command line, where nobody stands who could be named for it.
    """
    printed = _print(units, reference, language=language, by=by, with_files=with_files)
    with units.writing() as unit:
        journal.queue(unit)
        hearing = _exportable(unit, reference, by=by)
        if with_files and not may_do(hearing, Action.OPEN_VAULT, by=by):
            raise NotAllowed()
        _check_unchanged(unit, hearing, printed, language=language, with_files=with_files)
        asked = Asked(unit, hearing, language, by, printed.papers, with_files, printed.signed)
        content = _archive(asked, left_out=printed.left_out)
        facts = {"sha256": sha256(content).hexdigest(), "size": len(content), "files": with_files}
        journal.write(unit, EXPORTED, subject=reference, by=by, **facts)
    return Printed(f"hearing-{reference}.zip", content)


def may_export(hearing: HearingRow, *, by: Actor) -> bool:
    """Whether this person may have the archive: the journal is in it, and what only the own court prints."""
    return may_do(hearing, Action.READ_RECORD, by=by) and may_do(hearing, Action.READ_JOURNAL, by=by)


def _print(units: Units, reference: str, *, language: str, by: Actor, with_files: bool) -> _Printed:
    drafts: dict[str, Draft] = {}
    left_out: dict[str, str] = {}
    with units.reading() as unit:
        hearing = _exportable(unit, reference, by=by)
        is_sealed = records.is_sealed(unit.session, hearing.id)
        for kind in _PAPERS[1:] if is_sealed else _PAPERS:
            try:
                drafts[kind] = _drafted(unit, hearing, kind, language=language)
            except Refusal as refusal:
                left_out[kind] = refusal.sentence()
        signed = archive_signed.examined(unit, hearing, with_files=with_files)
    papers = {kind: Paper(draft.made, printing.issue(units, draft, by=by).content) for kind, draft in drafts.items()}
    return _Printed(papers, left_out, signed)


def _drafted(unit: Unit, hearing: HearingRow, kind: str, *, language: str) -> Draft:
    """The redacted copy is in the language of the seal, whatever that of the archive is."""
    sealed = records.sealed(unit.session, hearing.id) if kind == REDACTED else None
    return printing.drafted(unit, hearing, kind, lang=sealed.language if sealed else language)


def _check_unchanged(unit: Unit, hearing: HearingRow, printed: _Printed, *, language: str, with_files: bool) -> None:
    for kind, paper in printed.papers.items():
        if _drafted(unit, hearing, kind, language=language).made != paper.made:
            raise ChangedMeanwhile()
    if not archive_signed.is_unchanged(unit, hearing, printed.signed, with_files=with_files):
        raise ChangedMeanwhile()


def _archive(asked: Asked, *, left_out: Mapping[str, str]) -> bytes:
    members = [member for part in PARTS for member in part(asked)]
    stated = {**_stated(asked), "left_out": [{"paper": kind, "why": why} for kind, why in left_out.items()]}
    whole = put_together([*members, Member(README, readme())], stated)
    return zipped((member.name, member.content) for member in whole)


def _stated(asked: Asked) -> dict[str, object]:
    unit, hearing = asked.unit, asked.hearing
    sealed = records.sealed(unit.session, hearing.id)
    return {
        "hearing": hearing.reference,
        "case": hearing.case.number,
        "witness": hearing.witness.pseudonym,
        "state": hearing.state.value,
        "sealed": sealed.code if sealed else None,
        "language": asked.language,
        "exported_at": unit.now.isoformat(),
        "exported_by": asked.by.name,
        "service": unit.ports.addresses.public_url,
        "release": RELEASE,
        "with_files": asked.with_files,
        "journal": archive_journal.standing(unit),
    }


def _exportable(unit: Unit, reference: str, *, by: Actor) -> HearingRow:
    if by is SYSTEM:
        hearing = hearings.by_reference(unit.session, reference)
        if hearing is None:
            raise Absent()
        return hearing
    hearing = hearing_for(unit, reference, by=by, action=Action.READ_RECORD)
    if not may_export(hearing, by=by):
        raise NotAllowed()
    return hearing
