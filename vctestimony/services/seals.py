"""The use-case of the seal: what was recorded is fixed, hashed, printed and never changed again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict
from vctestimony.domain.record.content import digest
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, hearing_clocks, journal, seal_shown, signing
from vctestimony.services.fixed_paper import paper_of
from vctestimony.services.records import SEALABLE
from vctestimony.services.references import new_reference
from vctestimony.services.sealing_paper import fixed
from vctestimony.services.statements import missing_of, statements
from vctestimony.services.unit import Unit, Units
from vctestimony.services.unsealed import unsealed
from vctestimony.services.verification import SEALED
from vctestimony.store import records as store
from vctestimony.store.models import HearingRow, SealedRecordRow

GATE = "seal"


class NotOver(Conflict):
    """What is still going on cannot be sealed."""

    text = N_("Only the record of a hearing that was closed or adjourned can be sealed. Close the hearing first.")


class RecordIncomplete(Conflict):
    """A fact that nobody has given is never taken as “none”."""

    text = N_("The record cannot be sealed yet. Missing: {missing}")


class ChangedMeanwhile(Conflict):
    """Somebody changed the record between the print and the seal."""

    text = N_("Somebody changed this record while it was being printed. Nothing was sealed; look at it and seal again.")


class ClockSetBack(Conflict):
    """A seal that is older than what it seals would prove nothing."""

    text = N_(
        "Nothing was sealed. The clock of this service stands at {now} ({city}), before the last entry of this hearing "
        "({last}). Have the clock set right, then seal again."
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    """The record made ready to be sealed; drawing it takes a second or more and holds no transaction."""

    code: str
    sealed_at: datetime
    content: str
    draw: Callable[[], bytes]


def seal(units: Units, reference: str, *, language: str, by: Actor, seen: str | None = None) -> str:
    """Seal the record of a hearing that is over, in one language; returns the code under which anybody can verify it.

    `seen` is the mark of the record on the page from which it is sealed (services/seal_shown.py); None without a page.
    Refuses what is not as it was shown (Overtaken), while a statement is missing or a step that holds the seal is open
    (GateOpen), when it is sealed already (AlreadySealed), when anything of it changed while it was printed
    (ChangedMeanwhile), and when the clock was set back (ClockSetBack).
    """
    with units.reading() as unit:
        draft = _prepare(unit, reference, language=language, by=by, seen=seen)
    pdf = draft.draw()
    with units.writing() as unit:
        hearing = _sealable(unit, reference, language=language, by=by)
        check_clock(unit, hearing, draft.sealed_at)
        again = fixed(unit, hearing, language=language, code=draft.code, sealed_at=draft.sealed_at)
        if again != draft.content:
            raise ChangedMeanwhile()
        _keep(unit, hearing, draft, pdf=pdf, language=language, by=by)
    return draft.code


def _prepare(unit: Unit, reference: str, *, language: str, by: Actor, seen: str | None) -> _Draft:
    hearing = _sealable(unit, reference, language=language, by=by)
    if seen is not None:
        seal_shown.check(unit, hearing, seen, language=by.language)
    code, sealed_at = new_reference(unit, "R"), unit.now
    content = fixed(unit, hearing, language=language, code=code, sealed_at=sealed_at)
    paper = paper_of(content)
    draw = partial(unit.ports.press.paper, "record", paper.sheet, lang=language, attachments=paper.attachments)
    return _Draft(code, sealed_at, content, draw)


def _sealable(unit: Unit, reference: str, *, language: str, by: Actor) -> HearingRow:
    hearing = unsealed(unit, reference, by=by, action=Action.SEAL)
    if hearing.state not in SEALABLE:
        raise NotOver()
    lacking = missing_of(statements(unit, hearing, language=language))
    if lacking:
        raise RecordIncomplete(
            missing="; ".join(
                f"{statement.number} {statement.label} ({statement.supplied_by})" for statement in lacking
            )
        )
    checklists.require(unit, hearing, GATE, language=language)
    check_clock(unit, hearing)
    return hearing


def check_clock(unit: Unit, hearing: HearingRow, *printed: datetime) -> None:
    """Refuse to seal at an instant before something that the record or the journal holds already (ClockSetBack).

    `printed` are instants that stand on what was printed to be sealed.
    """
    last = [*printed, *[entry.at for entry in journal.history(unit, hearing.reference)][-1:]]
    last += [row.written_at for row in store.log(unit.session, hearing.id)]
    last += [hearing.ended_at] if hearing.ended_at else []
    if last and unit.now < max(last):
        said = hearing_clocks.both(hearing, unit.now).own.reading
        latest = hearing_clocks.both(hearing, max(last)).own.reading
        raise ClockSetBack(now=said.wall, last=latest.wall, city=said.city)


def _keep(unit: Unit, hearing: HearingRow, draft: _Draft, *, pdf: bytes, language: str, by: Actor) -> None:
    content_sha256, pdf_sha256 = digest(draft.content.encode()), digest(pdf)
    signing.offer(unit, hearing, purpose="record", content=pdf, language=language, by=by)
    entry = journal.write(
        unit,
        SEALED,
        subject=hearing.reference,
        by=by,
        code=draft.code,
        content=content_sha256,
        pdf=pdf_sha256,
        language=language,
    )
    unit.session.add(
        SealedRecordRow(
            hearing_id=hearing.id,
            code=draft.code,
            content=draft.content,
            content_sha256=content_sha256,
            pdf=pdf,
            pdf_sha256=pdf_sha256,
            journal_head=entry.hash,
            language=language,
            sealed_at=draft.sealed_at,
            by=by.name,
        )
    )
    unit.session.flush()
