"""The use-cases of bringing in a deposition typed elsewhere: read the file, show what would become what, take it over.

What was read waits as the person's own draft until they confirm; nothing of it stands in the deposition before.
"""

from dataclasses import dataclass, replace

from vctestimony.domain import entered
from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.legacy_fonts import OldFont, likely_font
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.record.parts import Part, as_fields, from_fields, parts_of
from vctestimony.domain.record.speech import STAGE_LABELS, TONGUE_LABELS, Stage, Tongue, Unanswered
from vctestimony.domain.record.speech_reading import pasted, shortened
from vctestimony.domain.typed_files import NOTICE_LABELS, Notice
from vctestimony.services import deposition_drafts, depositions
from vctestimony.services.access import hearing_for
from vctestimony.services.deposition_drafts import IMPORTING
from vctestimony.services.deposition_fixing import check_open
from vctestimony.services.deposition_lines import MOST_LETTERS, Details
from vctestimony.services.transcripts import head
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import held
from vctestimony.store import records as store

ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class WouldBe:
    """A line that the file would become; labels are marked with N_, and empty where nothing was said of it."""

    number: int
    place: int
    stage_label: str
    part: Part
    speaker_label: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportCheck:
    """What would become of the file, as much as fits on one page."""

    reference: str
    lines: tuple[WouldBe, ...]
    total: int
    questions: int
    passages: int
    words: int
    translated: bool
    number: int
    pages: int
    notices: tuple[str, ...]
    font: OldFont | None
    kept: str
    waiting: tuple[int, ...]


def read(unit: Unit, reference: str, content: bytes, *, stage: Stage, by: Actor) -> None:
    """Read the file into the person's draft, or refuse it; what is there can be looked at by `check`."""
    hearing = held(unit, reference, by=by, action=Action.TRANSCRIBE)
    check_open(unit, hearing, by=by)
    typed = unit.ports.typed.read(content)
    try:
        text = entered.paragraphs(typed.text, limit=MOST_LETTERS).removeprefix(head(hearing))
    except (entered.Unreadable, entered.TooLong) as refusal:
        refusal.field = "file"
        raise
    parts = parts_of(pasted(text), stage=stage)
    fields = {**as_fields(parts), "edit": "1", "notices": " ".join(typed.notices)}
    deposition_drafts.drop(unit, hearing, IMPORTING, by=by)
    deposition_drafts.keep(unit, reference, IMPORTING, fields, line_version=0, window="", by=by)


def check(unit: Unit, reference: str, *, by: Actor, number: int = 1) -> ImportCheck:
    """What each part of the waiting text would become; Absent when nothing waits."""
    hearing = hearing_for(unit, reference, by=by, action=Action.TRANSCRIBE)
    kept = deposition_drafts.mine(unit, hearing, IMPORTING, by=by)
    if kept is None:
        raise Absent()
    parts = from_fields(dict(kept.fields))
    text = "\n".join(word for part in parts for word in _words(part))
    first, _ = store.deposition_size(unit.session, hearing.id)
    lines = [_would_be(first + place, place, part) for place, part in enumerate(parts, start=1)]
    pages = -(-len(lines) // ON_A_PAGE)
    number = min(max(number, 1), pages)
    return ImportCheck(
        reference=reference,
        lines=tuple(lines[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]),
        total=len(lines),
        questions=sum(bool(part.question) for part in parts),
        passages=sum(not part.question for part in parts),
        words=len(text.split()),
        translated=any(part.question_translation or part.answer_translation for part in parts),
        number=number,
        pages=pages,
        notices=tuple(NOTICE_LABELS[Notice(notice)] for notice in kept.fields["notices"].split()),
        font=likely_font(text),
        kept=kept.said,
        waiting=tuple(line.number for line in lines if line.part.waits),
    )


def enter(unit: Unit, reference: str, *, details: Details, by: Actor) -> int:
    """Add the lines that the check showed; how many."""
    hearing = held(unit, reference, by=by, action=Action.TRANSCRIBE)
    kept = deposition_drafts.mine(unit, hearing, IMPORTING, by=by)
    if kept is None:
        raise Absent()
    check_open(unit, hearing, by=by)
    parts = from_fields(dict(kept.fields))
    for part in parts:
        if part.waits:
            raise Unanswered(question=shortened(part.question))
    told = tuple((part.spoken, _details(part, details)) for part in parts)
    count = depositions.add(unit, hearing, told, stage=Stage(parts[0].stage), by=by)
    deposition_drafts.drop(unit, hearing, IMPORTING, by=by)
    return count


def _would_be(number: int, place: int, part: Part) -> WouldBe:
    return WouldBe(
        number=number,
        place=place,
        stage_label=STAGE_LABELS[Stage(part.stage)],
        part=part,
        speaker_label=DUTY_LABELS[Duty(part.speaker)] if part.speaker else "",
        languages=tuple(TONGUE_LABELS[Tongue(code)] for code in _tongues(part)),
    )


def _details(part: Part, details: Details) -> Details:
    """What the line says of itself, and what was said for all where it does not."""
    return replace(
        details,
        speaker=part.speaker,
        question_language=part.question_language or details.question_language,
        answer_language=part.answer_language or details.answer_language,
    )


def _tongues(part: Part) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (part.question_language, part.answer_language))))


def _words(part: Part) -> tuple[str, ...]:
    return (part.question, part.question_translation, part.answer, part.answer_translation)
