"""The one place that turns the lines of the deposition into those of a document, in the document's language."""

from vctestimony.domain.documents.record import DepositionLine, DepositionPart
from vctestimony.domain.wording import N_
from vctestimony.services.deposition_lines import LineView
from vctestimony.services.record_values import Basis


def deposition_parts(basis: Basis) -> tuple[DepositionPart, ...]:
    """Stage by stage, as spoken, with the translations."""
    return tuple(
        DepositionPart(title=basis.word(stage.label), lines=tuple(_line(basis, line) for line in stage.lines))
        for stage in basis.stages
    )


def _line(basis: Basis, line: LineView) -> DepositionLine:
    more = line.details
    return DepositionLine(
        number=line.number,
        question=line.question,
        answer=line.answer,
        asked_by=basis.word(line.asked_by) if line.question else "",
        answered_by=basis.word(line.told_by) if line.told_by else basis.hearing.witness.pseudonym,
        note=_note(basis, line),
        question_lang=more.question_language,
        answer_lang=more.answer_language,
        question_translation=more.question_translation,
        question_translation_lang=more.question_translated_into if more.question_translation else "",
        answer_translation=more.answer_translation,
        answer_translation_lang=more.translation_language if more.answer_translation else "",
    )


def _note(basis: Basis, line: LineView) -> str:
    """Marks of exhibits, who translated, and when it was said where that was written down."""
    notes = []
    if line.exhibits:
        notes.append(basis.word(N_("Exhibits: {marks}.")).format(marks=line.exhibits))
    if line.is_translated:
        notes.append(basis.word(N_("Translated by {who}.")).format(who=line.details.translated_by))
    if line.spoken:
        faces = (line.spoken.own.reading, line.spoken.other.reading)
        when = " / ".join(f"{face.wall:%H:%M} {basis.word(face.city)}" for face in faces)
        notes.append(basis.word(N_("Said at {when}.")).format(when=when))
    return " ".join(notes)
