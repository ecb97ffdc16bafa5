"""The one place that makes lines of the deposition from what is entered, within their limits, and reads them back."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Invalid
from vctestimony.domain.instants import Reading
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.speech import SPEAKERS, TONGUE_LABELS, Spoken, Stage, Tongue, asker
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, logbook
from vctestimony.services.access import hearing_for
from vctestimony.services.pseudonymity import check_speech
from vctestimony.services.unit import Unit
from vctestimony.store import depositions as changes
from vctestimony.store import records as store
from vctestimony.store.models import DepositionRow, HearingRow

LONGEST, LONGEST_MARKS = 20_000, 200
MOST_LETTERS = 600_000
"""About a hundred thousand words with their translations: twice what can be spoken in a sitting of six hours."""
MOST_LINES = 5_000


class LineTooLong(Invalid):
    """A single question or answer has its limit, so that it can be shown and printed."""

    text = N_("One question or answer has {length} characters; at most {limit} fit. Divide it.")


class MarksTooLong(Invalid):
    """Marks of exhibits are marks."""

    text = N_("The marks of exhibits with one line have {length} characters; at most {limit} fit. Divide the line.")


class DepositionFull(Invalid):
    """The whole has its limit, so that it can be printed and sealed."""

    text = N_(
        "With this text the deposition of this hearing would have {lines} lines and {letters} characters; at most "
        "{most_lines} lines and {most_letters} characters fit. Nothing was added. Take down the rest at a continuation."
    )


class NotYetSaid(Invalid):
    """Nothing is taken down before it is said."""

    text = N_("This time has not come yet. Write when it was said, on your own clock.")


class TranslatorMissing(Invalid):
    """A translation is true only if somebody answers for it (BNSS 312)."""

    text = N_("Write who translated. A translation without a translator is not taken down.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a line tells besides its words. `speaker` is a duty, empty for who usually speaks; languages are codes."""

    speaker: str = ""
    question_language: str = ""
    answer_language: str = ""
    question_translation: str = ""
    answer_translation: str = ""
    translation_language: str = ""
    translated_by: str = ""
    exhibits: str = ""
    spoken_at: datetime | None = None

    @property
    def question_translated_into(self) -> str:
        """A question put in the language of the translations is translated for the witness."""
        same = self.question_language == self.translation_language
        return self.answer_language if same else self.translation_language


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
    ordinal: int
    details: Details
    told_by: str
    spoken: BothClocks | None
    own_clock: Reading | None
    written: BothClocks

    @property
    def is_translated(self) -> bool:
        """Whether any of it stands in two languages."""
        return bool(self.details.question_translation or self.details.answer_translation)

    @property
    def question_translation(self) -> str:
        """What stands beside the question."""
        return self.details.question_translation

    @property
    def answer_translation(self) -> str:
        """What stands beside the answer."""
        return self.details.answer_translation

    @property
    def exhibits(self) -> str:
        """What was shown with it, by its marks."""
        return self.details.exhibits


def said_at(
    unit: Unit, reference: str, wall: time | None, *, by: Actor, known: datetime | None = None
) -> datetime | None:
    """The instant of a time typed on the person's own clock; a line's `known` instant stays while its minute does."""
    if wall is None:
        return None
    hearing = hearing_for(unit, reference, by=by, action=Action.TRANSCRIBE)
    at = logbook.instant_of(hearing, Kind.STAGE_BEGAN, wall, by=by, now=unit.now)
    if at > unit.now:
        raise NotYetSaid(field="spoken")
    return known if known is not None and at <= known < at + timedelta(minutes=1) else at


def own_reading(hearing: HearingRow, at: datetime | None, *, by: Actor) -> Reading | None:
    """The instant on the clock on which the person types times."""
    return None if at is None else hearing_clocks.at_end(hearing, at, logbook.own_end(hearing, by))


def details_of(row: DepositionRow) -> Details:
    """What the stored line tells besides its words."""
    return Details(**{field.name: getattr(row, field.name) for field in fields(Details)})


def set_details(row: DepositionRow, details: Details) -> None:
    """Put them into the line."""
    for field in fields(Details):
        setattr(row, field.name, getattr(details, field.name))


def rows_of(
    unit: Unit,
    hearing: HearingRow,
    told: Sequence[tuple[Spoken, Details]],
    *,
    stage: Stage,
    by: Actor,
    after: int | None = None,
) -> list[DepositionRow]:
    """New lines, behind those that are there or `after` the one with that number; those behind them move down.

    Each keeps the stage of the one before unless it says so.
    """
    for piece, details in told:
        check(unit, hearing, (piece,), details, field="text")
    count, letters = store.deposition_size(unit.session, hearing.id)
    _check_size(count + len(told), letters + sum(_letters(piece) for piece, _ in told))
    ordinal = changes.last_ordinal(unit.session, hearing.id)
    first = count if after is None else after
    store.shift(unit.session, hearing_id=hearing.id, after=first, by=len(told))
    rows = []
    for place, (piece, details) in enumerate(told, start=1):
        stage = piece.stage or stage
        row = DepositionRow(
            hearing_id=hearing.id,
            number=first + place,
            ordinal=ordinal + place,
            stage=stage.value,
            question=piece.question,
            answer=piece.answer,
            written_at=unit.now,
            by=by.name,
        )
        set_details(row, _of_piece(piece, details))
        rows.append(row)
    unit.session.add_all(rows)
    unit.session.flush()
    return rows


def _of_piece(piece: Spoken, details: Details) -> Details:
    translated = bool(piece.question_translation or piece.answer_translation)
    return replace(
        details,
        question_translation=piece.question_translation,
        answer_translation=piece.answer_translation,
        exhibits=piece.exhibits or details.exhibits,
        question_language=details.question_language if piece.question else "",
        translation_language=details.translation_language if translated else "",
        translated_by=details.translated_by if translated else "",
    )


def check(unit: Unit, hearing: HearingRow, spoken: Sequence[Spoken], details: Details, *, field: str) -> None:
    """Refuse what is too long, names the witness, or is translated by nobody."""
    texts = [text for piece in spoken for text in _texts(piece)]
    check_speech(unit, hearing, *texts, details.exhibits, field=field)
    check_speech(unit, hearing, details.translated_by, field="translated_by")
    for marks in (details.exhibits, *(piece.exhibits for piece in spoken)):
        if len(marks) > LONGEST_MARKS:
            raise MarksTooLong(field=field, length=len(marks), limit=LONGEST_MARKS)
    for text in texts:
        if len(text) > LONGEST:
            raise LineTooLong(field=field, length=len(text), limit=LONGEST)
    if any(piece.question_translation or piece.answer_translation for piece in spoken) and not details.translated_by:
        raise TranslatorMissing(field="translated_by")


def _check_size(lines: int, letters: int) -> None:
    if lines > MOST_LINES or letters > MOST_LETTERS:
        raise DepositionFull(
            field="text", lines=lines, letters=letters, most_lines=MOST_LINES, most_letters=MOST_LETTERS
        )


def _texts(piece: Spoken) -> tuple[str, ...]:
    return (piece.question, piece.answer, piece.question_translation, piece.answer_translation, piece.exhibits)


def _letters(piece: Spoken) -> int:
    return sum(map(len, _texts(piece)[:4]))


def view(row: DepositionRow, hearing: HearingRow, *, by: Actor | None = None) -> LineView:
    """The line with its words for who asked, who told, and when; `by` is whose clock times are typed on."""
    stage, speaker = Stage(row.stage), Duty(row.speaker) if row.speaker else None
    return LineView(
        number=row.number,
        stage=stage,
        question=row.question,
        answer=row.answer,
        asked_by=DUTY_LABELS[speaker or asker(stage, pseudonym=hearing.witness.pseudonym)],
        by=row.by,
        version=row.version,
        ordinal=row.ordinal,
        details=details_of(row),
        told_by=told_by(row.question, row.speaker),
        spoken=hearing_clocks.both(hearing, row.spoken_at) if row.spoken_at else None,
        own_clock=own_reading(hearing, row.spoken_at, by=by) if by else None,
        written=hearing_clocks.both(hearing, row.written_at),
    )


def told_by(question: str, speaker: str) -> str:
    """The label of who tells a passage where it is not the witness; empty for the witness."""
    return "" if question or speaker in ("", Duty.WITNESS) else DUTY_LABELS[Duty(speaker)]


def offered_speakers() -> dict[str, str]:
    """Who may ask, or tell a passage; the empty choice is whoever usually does so at the stage."""
    return {"": N_("As usual at this stage"), **{duty.value: DUTY_LABELS[duty] for duty in SPEAKERS}}


def offered_tongues() -> dict[str, str]:
    """The languages that can be taken down as spoken; the empty choice says nothing of the language."""
    return {"": N_("Not stated"), **{tongue.value: TONGUE_LABELS[tongue] for tongue in Tongue}}
