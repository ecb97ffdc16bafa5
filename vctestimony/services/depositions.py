"""The use-cases of taking down what was said: type or paste it, correct a line, strike a line out before the seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Stale
from vctestimony.domain.legacy_fonts import LegacyFont, likely_font
from vctestimony.domain.record.speech import STAGE_LABELS, Spoken, Stage
from vctestimony.domain.record.speech_reading import pasted
from vctestimony.services import deposition_drafts, deposition_fixing, deposition_stages, hearing_clocks, journal
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.deposition_drafts import ADDING, Kept
from vctestimony.services.deposition_fixing import Fixing
from vctestimony.services.deposition_keeping import Done, keep
from vctestimony.services.deposition_lines import (
    LONGEST,
    Details,
    LineTooLong,
    LineView,
    check,
    details_of,
    rows_of,
    set_details,
    view,
)
from vctestimony.services.deposition_stages import Beside
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, held
from vctestimony.store import records as store
from vctestimony.store.models import DepositionRow, HearingRow

__all__ = ["LONGEST", "Details", "LineTooLong", "LineView"]

ON_A_PAGE = 40


@dataclass(frozen=True, slots=True)
class StageView:
    """The lines of one stretch of a stage, in the order in which they were said."""

    stage: Stage
    label: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class DepositionView:
    """The deposition of a hearing, as much of it as fits on one page; `usual` is what the last line told besides.

    `beside` is what the log and the list of people tell whoever may write.
    """

    reference: str
    case_number: str
    pseudonym: str
    stages: tuple[StageView, ...]
    total: int
    number: int
    pages: int
    change: int
    can_write: bool
    can_reopen: bool
    sealed: bool
    opened: bool
    fixing: Fixing | None
    draft: Kept | None
    others: tuple[str, ...]
    usual: Details
    beside: Beside
    zones: tuple[tuple[str, str], ...]

    @property
    def fixed(self) -> bool:
        """Whether no line can change."""
        return self.fixing is not None and self.fixing.fixed


def page(unit: Unit, reference: str, *, by: Actor, number: int = 0) -> DepositionView:
    """What was taken down so far, for a person who may print the record; page 0 is the last."""
    hearing = hearing_for(unit, reference, by=by, action=Action.READ_RECORD)
    sealed, opened = store.is_sealed(unit.session, hearing.id), hearing.state in HELD
    fixing = next(reversed(deposition_fixing.fixings(unit, hearing)), None)
    rows = store.deposition(unit.session, hearing.id)
    pages = max(1, -(-len(rows) // ON_A_PAGE))
    number = min(number, pages) or pages
    may_write = opened and not sealed and may_do(hearing, Action.TRANSCRIBE, by=by)
    fixed = fixing is not None and fixing.fixed
    return DepositionView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        stages=_stages(hearing, rows[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]),
        total=len(rows),
        number=number,
        pages=pages,
        change=deposition_fixing.version_of(unit, hearing),
        can_write=may_write and not fixed,
        can_reopen=may_write and fixed and may_do(hearing, Action.REOPEN, by=by),
        sealed=sealed,
        opened=opened,
        fixing=fixing,
        draft=deposition_drafts.mine(unit, hearing, ADDING, by=by) if may_write else None,
        others=deposition_drafts.others(unit, hearing, by=by) if may_write else (),
        usual=details_of(rows[-1]) if rows else Details(),
        beside=deposition_stages.beside(unit, hearing, rows) if may_write else Beside(),
        zones=hearing_clocks.zones_of(hearing),
    )


@dataclass(frozen=True, slots=True)
class TypingState:
    """What somebody who types should know: who else does, the last change, and whether the text is fixed by now."""

    others: tuple[str, ...]
    change: int
    fixed: str


def state(unit: Unit, reference: str, *, by: Actor) -> TypingState:
    """The same page in a few words, asked for every few seconds."""
    hearing = hearing_for(unit, reference, by=by, action=Action.TRANSCRIBE)
    others = deposition_drafts.others(unit, hearing, by=by)
    fixed = deposition_fixing.fixed_sentence(unit, hearing, by=by)
    return TypingState(others, deposition_fixing.version_of(unit, hearing), fixed)


def stages_of(unit: Unit, hearing: HearingRow) -> tuple[StageView, ...]:
    """The lines in order; a new stretch begins wherever the stage changes."""
    return _stages(hearing, store.deposition(unit.session, hearing.id))


def _stages(hearing: HearingRow, rows: Sequence[DepositionRow]) -> tuple[StageView, ...]:
    found: list[tuple[Stage, list[LineView]]] = []
    for row in rows:
        line = view(row, hearing)
        if not found or found[-1][0] is not line.stage:
            found.append((line.stage, []))
        found[-1][1].append(line)
    return tuple(StageView(stage, STAGE_LABELS[stage], tuple(lines)) for stage, lines in found)


def line(unit: Unit, reference: str, number: int, *, by: Actor, ordinal: int | None = None) -> LineView:
    """One line, to be corrected; the one of that name, where a form was opened before numbers moved."""
    hearing = hearing_for(unit, reference, by=by, action=Action.TRANSCRIBE)
    return view(row_of(unit, hearing, number, ordinal=ordinal), hearing, by=by)


def draft_of(unit: Unit, reference: str, found: LineView, *, by: Actor) -> Kept | None:
    """What this person typed into the line and has not saved."""
    hearing = hearing_for(unit, reference, by=by, action=Action.TRANSCRIBE)
    return deposition_drafts.mine(unit, hearing, str(found.ordinal), by=by)


def paste(
    unit: Unit,
    reference: str,
    *,
    stage: Stage,
    text: str,
    by: Actor,
    details: Details | None = None,
    after: int | None = None,
) -> int:
    """Add pasted text as numbered questions, answers and passages; how many lines came of it.

    At the end, or `after` the line with that number. Text for an old font is refused.
    """
    hearing = open_text(unit, reference, by=by)
    font = likely_font(text)
    if font is not None:
        language = unit.ports.words.gettext(by.language, font.language)
        raise LegacyFont(field="text", font=font.name, language=language)
    return add(unit, hearing, tuple(zip(pasted(text), repeat(details or Details()))), stage=stage, by=by, after=after)


def take_down(
    unit: Unit,
    reference: str,
    *,
    stage: Stage,
    question: str,
    answer: str,
    by: Actor,
    details: Details | None = None,
) -> None:
    """Add one question with its answer, or a passage when there is no question."""
    hearing, told = open_text(unit, reference, by=by), details or Details()
    spoken = Spoken(question, answer, told.question_translation, told.answer_translation, told.exhibits)
    add(unit, hearing, ((spoken, told),), stage=stage, by=by)


def revise(
    unit: Unit,
    reference: str,
    number: int,
    *,
    stage: Stage,
    question: str,
    answer: str,
    version: int,
    by: Actor,
    details: Details | None = None,
) -> None:
    """Correct a line, unless somebody else did since it was opened. Without `details` the line keeps its own."""
    hearing = open_text(unit, reference, by=by)
    row = row_of(unit, hearing, number)
    if row.version != version:
        raise Stale()
    told = details or details_of(row)
    spoken = Spoken(question, answer, told.question_translation, told.answer_translation, told.exhibits)
    check(unit, hearing, (spoken,), told, field="answer")
    deposition_drafts.drop(unit, hearing, str(row.ordinal), by=by)
    if (row.stage, row.question, row.answer, details_of(row)) == (stage.value, question, answer, told):
        return
    row.stage, row.question, row.answer, row.written_at, row.by = stage.value, question, answer, unit.now, by.name
    set_details(row, told)
    unit.session.flush()
    keep(unit, (row,), Done.REVISED, by=by)
    journal.write(unit, "deposition.revised", subject=reference, by=by, number=number)


def strike(unit: Unit, reference: str, number: int, *, version: int, by: Actor) -> None:
    """Take out a line that should not be there; those after it move up."""
    hearing = open_text(unit, reference, by=by)
    row = row_of(unit, hearing, number)
    if row.version != version:
        raise Stale()
    keep(unit, (row,), Done.STRUCK, by=by)
    deposition_drafts.drop(unit, hearing, str(row.ordinal), by=by)
    unit.session.delete(row)
    unit.session.flush()
    store.shift(unit.session, hearing_id=hearing.id, after=number, by=-1)
    journal.write(unit, "deposition.struck", subject=reference, by=by, number=number)


def row_of(unit: Unit, hearing: HearingRow, number: int, *, ordinal: int | None = None) -> DepositionRow:
    """The stored line with this number, or with that lasting name whatever its number; Absent when there is none."""
    if ordinal is not None:
        row = store.line_named(unit.session, hearing_id=hearing.id, ordinal=ordinal)
    else:
        row = store.line(unit.session, hearing_id=hearing.id, number=number)
    if row is None:
        raise Absent()
    return row


def open_text(unit: Unit, reference: str, *, by: Actor) -> HearingRow:
    """The hearing, locked, if its text can still change."""
    hearing = held(unit, reference, by=by, action=Action.TRANSCRIBE)
    deposition_fixing.check_open(unit, hearing, by=by)
    return hearing


def add(
    unit: Unit,
    hearing: HearingRow,
    told: Sequence[tuple[Spoken, Details]],
    *,
    stage: Stage,
    by: Actor,
    after: int | None = None,
) -> int:
    """Add lines to an open text, at the end or after a line; how many."""
    rows = rows_of(unit, hearing, told, stage=stage, by=by, after=after)
    keep(unit, rows, Done.WRITTEN, by=by)
    if after is None:  # what is put between is not what was typed for the end
        deposition_drafts.drop(unit, hearing, ADDING, by=by)
    facts = {"stage": stage.value, "first": rows[0].number, "lines": len(rows)}
    journal.write(unit, "deposition.written", subject=hearing.reference, by=by, **facts)
    return len(rows)
