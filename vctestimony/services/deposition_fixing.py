"""The use-cases of fixing the deposition after the read-over, and of opening it again by the presiding officer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict, NotAllowed, Stale
from vctestimony.domain.hearing import ReasonMissing
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record.content import canonical, digest
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, journal
from vctestimony.services.access import may_do
from vctestimony.services.pseudonymity import check_unnamed
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import held
from vctestimony.store import depositions as store
from vctestimony.store import records
from vctestimony.store.models import DepositionFixingRow, DepositionRow, HearingRow

OPEN_FOR = timedelta(minutes=2)
"""Somebody whose typing was kept within this time still holds the text open."""


class TextFixed(Conflict):
    """After the read-over no line changes until the presiding officer opens the text again."""

    text = N_(
        "The text of the deposition was fixed by {by} at {when}. No line can be changed or added until the presiding "
        "officer opens it again. What you typed was not added; it stays in this form."
    )


class NotFixed(Conflict):
    """Only a fixed text can be opened again."""

    text = N_("The text of the deposition is open already. Nothing was changed.")


class NothingToFix(Conflict):
    """A fixed text is what was read over; there must be some."""

    text = N_("Nothing was taken down yet, so there is no text to be fixed.")


class OnlyThePresidingOfficer(NotAllowed):
    """A text that was read over and fixed is opened again by the court alone."""

    text = N_("Only the presiding officer can open the text again.")


@dataclass(frozen=True, slots=True)
class Fixing:
    """How the text stands: since when it is fixed or open again, who did it and why; `sha256` is of the fixed text."""

    fixed: bool
    by: str
    done: BothClocks
    reason: str
    sha256: str
    change: int


def fix(unit: Unit, reference: str, *, version: int, by: Actor) -> tuple[str, ...]:
    """Let no line change any more; who else holds the text open, and is told by the page they type on.

    `version` is the number of the last change that was read over (`version_of`); Stale when a line changed since.
    """
    hearing = held(unit, reference, by=by, action=Action.TRANSCRIBE)
    check_open(unit, hearing, by=by)
    lines = records.deposition(unit.session, hearing.id)
    if not lines:
        raise NothingToFix()
    if store.last_change(unit.session, hearing.id) != version:
        raise Stale()
    sha256 = digest(canonical({"lines": [content_of(line) for line in lines]}).encode())
    _add(unit, hearing, fixed=True, change=version, sha256=sha256, reason="", by=by)
    journal.write(unit, "deposition.fixed", subject=reference, by=by, change=version, lines=len(lines), sha256=sha256)
    return holders(unit, hearing, but=by)


def reopen(unit: Unit, reference: str, *, reason: str, by: Actor) -> None:
    """Let lines change again, with the presiding officer's reason."""
    hearing = held(unit, reference, by=by, action=Action.TRANSCRIBE)
    if not may_do(hearing, Action.REOPEN, by=by):
        raise OnlyThePresidingOfficer()
    if not reason.strip():
        raise ReasonMissing(field="reason")
    check_unnamed(unit, hearing, reason, field="reason")
    if not is_fixed(unit, hearing):
        raise NotFixed()
    change = version_of(unit, hearing)
    _add(unit, hearing, fixed=False, change=change, sha256="", reason=reason.strip(), by=by)
    journal.write(unit, "deposition.reopened", subject=reference, by=by, change=change, reason=reason.strip())


def is_fixed(unit: Unit, hearing: HearingRow) -> bool:
    """Whether no line can change."""
    last = store.last_fixing(unit.session, hearing.id)
    return last is not None and last.fixed


def version_of(unit: Unit, hearing: HearingRow) -> int:
    """The number of the last change of any line; a form that shows the text to be fixed carries it."""
    return store.last_change(unit.session, hearing.id)


def fixings(unit: Unit, hearing: HearingRow) -> tuple[Fixing, ...]:
    """Every fixing and reopening, the first first; the last one tells how the text stands."""
    return tuple(
        Fixing(
            fixed=row.fixed,
            by=row.by,
            done=hearing_clocks.both(hearing, row.done_at),
            reason=row.reason,
            sha256=row.sha256,
            change=row.change,
        )
        for row in store.fixings(unit.session, hearing.id)
    )


def check_open(unit: Unit, hearing: HearingRow, *, by: Actor) -> None:
    """TextFixed, in the words and on the clocks of the person, when no line can change."""
    last = store.last_fixing(unit.session, hearing.id)
    if last is not None and last.fixed:
        raise fixed_refusal(unit, hearing, last, by=by)


def fixed_sentence(unit: Unit, hearing: HearingRow, *, by: Actor) -> str:
    """The same told to somebody who is typing; empty while the text is open."""
    last = store.last_fixing(unit.session, hearing.id)
    if last is None or not last.fixed:
        return ""
    refusal = fixed_refusal(unit, hearing, last, by=by)
    return refusal.sentence(lambda text: unit.ports.words.gettext(by.language, text))


def fixed_refusal(unit: Unit, hearing: HearingRow, last: DepositionFixingRow, *, by: Actor) -> TextFixed:
    """Who fixed it, and when on both clocks."""
    return TextFixed(by=last.by, when=said(unit, hearing, last.done_at, language=by.language))


def said(unit: Unit, hearing: HearingRow, at: datetime, *, language: str, form: str = "%H:%M") -> str:
    """An instant in a sentence, on both clocks with their cities."""
    both = hearing_clocks.both(hearing, at)
    readings = (both.own.reading, both.other.reading)
    return " / ".join(f"{one.wall.strftime(form)} {unit.ports.words.gettext(language, one.city)}" for one in readings)


def holders(unit: Unit, hearing: HearingRow, *, but: Actor) -> tuple[str, ...]:
    """Who else is typing just now."""
    rows = store.drafts(unit.session, hearing.id, since=unit.now - OPEN_FOR)
    return tuple(sorted({row.by for row in rows if row.account_id != but.account_id}))


def content_of(row: DepositionRow) -> dict[str, object]:
    """Everything a line says, as data: what is compared, kept and hashed."""
    return {
        "stage": row.stage,
        "speaker": row.speaker,
        "question": row.question,
        "question_language": row.question_language,
        "question_translation": row.question_translation,
        "answer": row.answer,
        "answer_language": row.answer_language,
        "answer_translation": row.answer_translation,
        "translation_language": row.translation_language,
        "translated_by": row.translated_by,
        "exhibits": row.exhibits,
        "spoken_at": row.spoken_at.isoformat() if row.spoken_at else "",
    }


def _add(
    unit: Unit, hearing: HearingRow, *, fixed: bool, change: int, sha256: str, reason: str, by: Actor
) -> DepositionFixingRow:
    last = store.last_fixing(unit.session, hearing.id)
    row = DepositionFixingRow(
        hearing_id=hearing.id,
        number=(last.number if last else 0) + 1,
        fixed=fixed,
        change=change,
        sha256=sha256,
        reason=reason,
        done_at=unit.now,
        by=by.name,
    )
    unit.session.add(row)
    unit.session.flush()
    return row
