"""The use-cases of taking down what was said: type or paste it, correct a line, strike a line out before the seal."""

from collections.abc import Sequence
from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Invalid, Stale
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.record.speech import STAGE_LABELS, Spoken, Stage, asker, pasted
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.deposition_fixing import check_open
from vctestimony.services.deposition_keeping import Done, keep
from vctestimony.services.pseudonymity import check_unnamed
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, held
from vctestimony.store import depositions as changes
from vctestimony.store import records as store
from vctestimony.store.models import DepositionRow, HearingRow

LONGEST = 20_000


class LineTooLong(Invalid):
    """A single question or answer has its limit, so that it can be shown and printed."""

    text = N_("One question or answer has {length} characters; at most {limit} fit. Divide it.")


@dataclass(frozen=True, slots=True)
class LineView:
    """One question with its answer, or a passage when `question` is empty; labels are marked with N_."""

    number: int
    stage: Stage
    question: str
    answer: str
    asked_by: str
    by: str
    version: int


@dataclass(frozen=True, slots=True)
class StageView:
    """The lines of one stretch of a stage, in the order in which they were said."""

    stage: Stage
    label: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class DepositionView:
    """The deposition of a hearing."""

    reference: str
    case_number: str
    pseudonym: str
    stages: tuple[StageView, ...]
    total: int
    can_write: bool
    sealed: bool
    opened: bool


def page(unit: Unit, reference: str, *, by: Actor) -> DepositionView:
    """What was taken down so far, for a person who may print the record."""
    hearing = hearing_for(unit, reference, by=by, action=Action.PRINT)
    sealed, opened = store.is_sealed(unit.session, hearing.id), hearing.state in HELD
    stages = stages_of(unit, hearing)
    return DepositionView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        stages=stages,
        total=sum(len(stage.lines) for stage in stages),
        can_write=opened and not sealed and may_do(hearing, Action.TRANSCRIBE, by=by),
        sealed=sealed,
        opened=opened,
    )


def stages_of(unit: Unit, hearing: HearingRow) -> tuple[StageView, ...]:
    """The lines in order; a new stretch begins wherever the stage changes."""
    found: list[StageView] = []
    for row in store.deposition(unit.session, hearing.id):
        line = _view(row, pseudonym=hearing.witness.pseudonym)
        if found and found[-1].stage is line.stage:
            found[-1] = StageView(line.stage, found[-1].label, (*found[-1].lines, line))
        else:
            found.append(StageView(line.stage, STAGE_LABELS[line.stage], (line,)))
    return tuple(found)


def line(unit: Unit, reference: str, number: int, *, by: Actor) -> LineView:
    """One line, to be corrected."""
    hearing = hearing_for(unit, reference, by=by, action=Action.TRANSCRIBE)
    return _view(_row(unit, hearing, number), pseudonym=hearing.witness.pseudonym)


def paste(unit: Unit, reference: str, *, stage: Stage, text: str, by: Actor) -> int:
    """Add pasted text as numbered questions, answers and passages; how many lines came of it."""
    hearing = _open_text(unit, reference, by=by)
    return _add(unit, hearing, pasted(text), stage=stage, by=by)


def take_down(unit: Unit, reference: str, *, stage: Stage, question: str, answer: str, by: Actor) -> None:
    """Add one question with its answer, or a passage when there is no question."""
    hearing = _open_text(unit, reference, by=by)
    _add(unit, hearing, (Spoken(question, answer),), stage=stage, by=by)


def revise(
    unit: Unit, reference: str, number: int, *, stage: Stage, question: str, answer: str, version: int, by: Actor
) -> None:
    """Correct a line, unless somebody else did since it was opened."""
    hearing = _open_text(unit, reference, by=by)
    row = _row(unit, hearing, number)
    if row.version != version:
        raise Stale()
    _check_length(question, answer)
    check_unnamed(unit, hearing, question, answer, field="answer")
    if (row.stage, row.question, row.answer) == (stage.value, question, answer):
        return
    row.stage, row.question, row.answer, row.written_at, row.by = stage.value, question, answer, unit.now, by.name
    unit.session.flush()
    keep(unit, (row,), Done.REVISED, by=by)
    journal.write(unit, "deposition.revised", subject=reference, by=by, number=number)


def strike(unit: Unit, reference: str, number: int, *, version: int, by: Actor) -> None:
    """Take out a line that should not be there; those after it move up."""
    hearing = _open_text(unit, reference, by=by)
    row = _row(unit, hearing, number)
    if row.version != version:
        raise Stale()
    keep(unit, (row,), Done.STRUCK, by=by)
    unit.session.delete(row)
    unit.session.flush()
    store.close_gap(unit.session, hearing_id=hearing.id, number=number)
    journal.write(unit, "deposition.struck", subject=reference, by=by, number=number)


def _open_text(unit: Unit, reference: str, *, by: Actor) -> HearingRow:
    """The hearing, locked, if its text can still change."""
    hearing = held(unit, reference, by=by, action=Action.TRANSCRIBE)
    check_open(unit, hearing, by=by)
    return hearing


def _add(unit: Unit, hearing: HearingRow, spoken: Sequence[Spoken], *, stage: Stage, by: Actor) -> int:
    check_unnamed(unit, hearing, *(text for piece in spoken for text in (piece.question, piece.answer)), field="text")
    first = len(store.deposition(unit.session, hearing.id)) + 1
    ordinal = changes.last_ordinal(unit.session, hearing.id)
    rows = [
        _row_of(unit, hearing, piece, stage=stage, number=first + count, ordinal=ordinal + count + 1, by=by)
        for count, piece in enumerate(spoken)
    ]
    unit.session.add_all(rows)
    unit.session.flush()
    keep(unit, rows, Done.WRITTEN, by=by)
    facts = {"stage": stage.value, "first": first, "lines": len(spoken)}
    journal.write(unit, "deposition.written", subject=hearing.reference, by=by, **facts)
    return len(spoken)


def _row_of(
    unit: Unit, hearing: HearingRow, piece: Spoken, *, stage: Stage, number: int, ordinal: int, by: Actor
) -> DepositionRow:
    _check_length(piece.question, piece.answer)
    return DepositionRow(
        hearing_id=hearing.id,
        number=number,
        ordinal=ordinal,
        stage=stage.value,
        question=piece.question,
        answer=piece.answer,
        written_at=unit.now,
        by=by.name,
    )


def _check_length(question: str, answer: str) -> None:
    for length in (len(question), len(answer)):
        if length > LONGEST:
            raise LineTooLong(field="answer", length=length, limit=LONGEST)


def _row(unit: Unit, hearing: HearingRow, number: int) -> DepositionRow:
    row = store.line(unit.session, hearing_id=hearing.id, number=number)
    if row is None:
        raise Absent()
    return row


def _view(row: DepositionRow, *, pseudonym: str) -> LineView:
    stage = Stage(row.stage)
    return LineView(
        number=row.number,
        stage=stage,
        question=row.question,
        answer=row.answer,
        asked_by=DUTY_LABELS[asker(stage, pseudonym=pseudonym)],
        by=row.by,
        version=row.version,
    )
