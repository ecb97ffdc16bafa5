"""The one place that turns an addendum into its paper."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from vctestimony.domain.access import Actor
from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.documents.record import AddendumSheet, SignatureBox, Stated
from vctestimony.domain.hearing import End
from vctestimony.domain.paper import Imprint
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.record.addenda import ADDENDA, AddendumKind, lines
from vctestimony.domain.record.fields import authority
from vctestimony.domain.wording import N_
from vctestimony.services.checklist_paper import heading
from vctestimony.services.papers.citing import name_of
from vctestimony.services.record_basis import basis_of
from vctestimony.services.record_content import journal_head
from vctestimony.services.record_paper import seal_of
from vctestimony.services.statements import field_facts, numbers_alike
from vctestimony.services.unit import Unit
from vctestimony.store import addenda as store
from vctestimony.store.models import HearingRow, SealedRecordRow

_FIRST = N_("It is the first addendum to that record.")
_AFTER = N_("Before it stands addendum {number}, {code}; SHA-256 of that addendum as data: {sha256}")
_SIGNERS = (Duty.JUDGE, Duty.COURT_COORDINATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An addendum that is about to be sealed: what it states, under which code, when, in which language, by whom."""

    kind: AddendumKind
    stated: Mapping[str, str]
    code: str
    sealed_at: datetime
    language: str
    by: Actor


def addendum_sheet(unit: Unit, hearing: HearingRow, record: SealedRecordRow, added: Added) -> AddendumSheet:
    """Everything the paper says, in finished words; the hash of its data is put in when that is known."""
    language, kind = added.language, added.kind
    word = partial(unit.ports.words.gettext, language)
    head = journal_head(unit, hearing)
    seal = replace(
        seal_of(unit, hearing, sha256="", code=added.code, sealed_at=added.sealed_at),
        journal_number=int(str(head["number"])),
        journal_head=str(head["hash"]),
    )
    imprint = Imprint(number=added.code, version=1, printed=seal.sealed, verify_url=seal.verify_url)
    said = lines(
        kind, added.stated, translate=word, on=lambda day: unit.ports.words.day(language, date.fromisoformat(day))
    )
    sealed = {"sha256": record.content_sha256, "code": record.code, "sealed_at": record.sealed_at}
    return AddendumSheet(
        heading=replace(heading(unit, hearing, language=language), imprint=imprint),
        number=len(store.of_hearing(unit.session, hearing.id)) + 1,
        title=word(ADDENDA[kind].label),
        authority=_authority(unit, hearing, kind, language=language),
        stated=tuple(Stated(label=label, value=value) for label, value in said),
        record=seal_of(unit, hearing, **sealed),  # type: ignore[arg-type]  # one table of values of two types
        before=_before(unit, hearing, word=word),
        by=added.by.name,
        signatures=tuple(_box(hearing, duty, word=word) for duty in _SIGNERS),
        seal=seal,
    )


def _authority(unit: Unit, hearing: HearingRow, kind: AddendumKind, *, language: str) -> str:
    basis = basis_of(unit, hearing, language=language)
    return authority(
        ADDENDA[kind].rests_on,
        facts=field_facts(basis),
        high_court=basis.word(HIGH_COURTS[hearing.case.rule_pack]),
        numbers_alike=numbers_alike(unit, hearing),
        translate=basis.word,
    )


def _before(unit: Unit, hearing: HearingRow, *, word: partial[str]) -> str:
    known = store.of_hearing(unit.session, hearing.id)
    if not known:
        return word(_FIRST)
    last = known[-1]
    return word(_AFTER).format(number=last.number, code=last.code, sha256=last.content_sha256)


def _box(hearing: HearingRow, duty: Duty, *, word: partial[str]) -> SignatureBox:
    return SignatureBox(
        key=duty.value.lower(), title=word(DUTY_LABELS[duty]), name=name_of(hearing, duty), end=End.COURT
    )
