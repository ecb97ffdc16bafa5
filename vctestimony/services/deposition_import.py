"""The use-cases of bringing in a deposition typed elsewhere: read the file, show what would become what, take it over.

What was read waits as the person's own draft until they confirm; nothing of it stands in the deposition before.
"""

from dataclasses import dataclass

from vctestimony.domain import entered
from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.legacy_fonts import OldFont, likely_font
from vctestimony.domain.record.speech import STAGE_LABELS, Spoken, Stage
from vctestimony.domain.record.speech_reading import pasted
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
    """A line that the file would become; `stage_label` is marked with N_."""

    number: int
    stage_label: str
    spoken: Spoken


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
    pasted(text)
    fields = {"text": text, "stage": stage.value, "notices": " ".join(typed.notices)}
    deposition_drafts.drop(unit, hearing, IMPORTING, by=by)
    deposition_drafts.keep(unit, reference, IMPORTING, fields, line_version=0, window="", by=by)


def check(unit: Unit, reference: str, *, by: Actor, number: int = 1) -> ImportCheck:
    """What each part of the waiting text would become; Absent when nothing waits."""
    hearing = hearing_for(unit, reference, by=by, action=Action.TRANSCRIBE)
    kept = deposition_drafts.mine(unit, hearing, IMPORTING, by=by)
    if kept is None:
        raise Absent()
    text, stage = kept.fields["text"], Stage(kept.fields["stage"])
    spoken = pasted(text)
    first, _ = store.deposition_size(unit.session, hearing.id)
    lines = []
    for place, piece in enumerate(spoken, start=first + 1):
        stage = piece.stage or stage
        lines.append(WouldBe(place, STAGE_LABELS[stage], piece))
    pages = -(-len(lines) // ON_A_PAGE)
    number = min(max(number, 1), pages)
    return ImportCheck(
        reference=reference,
        lines=tuple(lines[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]),
        total=len(lines),
        questions=sum(bool(piece.question) for piece in spoken),
        passages=sum(not piece.question for piece in spoken),
        words=len(text.split()),
        translated=any(piece.question_translation or piece.answer_translation for piece in spoken),
        number=number,
        pages=pages,
        notices=tuple(NOTICE_LABELS[Notice(notice)] for notice in kept.fields["notices"].split()),
        font=likely_font(text),
        kept=kept.said,
    )


def enter(unit: Unit, reference: str, *, details: Details, by: Actor) -> int:
    """Add the lines that the check showed; how many."""
    hearing = held(unit, reference, by=by, action=Action.TRANSCRIBE)
    kept = deposition_drafts.mine(unit, hearing, IMPORTING, by=by)
    if kept is None:
        raise Absent()
    stage = Stage(kept.fields["stage"])
    text = kept.fields["text"]
    count = depositions.paste(unit, reference, stage=stage, text=text, by=by, details=details, letters_seen=True)
    deposition_drafts.drop(unit, hearing, IMPORTING, by=by)
    return count
