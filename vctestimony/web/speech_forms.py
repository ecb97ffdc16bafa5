"""The one place that reads and shows what the form of a line of the deposition asks besides the words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.people import Duty
from vctestimony.domain.record.speech import Tongue
from vctestimony.services.deposition_lines import Details, LineView
from vctestimony.web.forms import Form

LONGEST_MARKS, LONGEST_NAME = 200, 200


@dataclass(frozen=True, slots=True)
class Besides:
    """What was typed besides the words; the time is still one of the person's own clock."""

    details: Details
    spoken_wall: dt.time | None


def besides(form: Form, *, longest: int = 0) -> Besides:
    """Languages, translator, speaker, exhibits and time; translations too where the form has fields for them."""

    def language(name: str) -> str:
        found = form.optional_choice(name, Tongue)
        return found.value if found else ""

    def translation(name: str) -> str:
        return form.optional_long_text(name, limit=longest) if longest else ""

    speaker = form.optional_choice("speaker", Duty)
    details = Details(
        speaker=speaker.value if speaker else "",
        question_language=language("question_language"),
        answer_language=language("answer_language"),
        question_translation=translation("question_translation"),
        answer_translation=translation("answer_translation"),
        translation_language=language("translation_language"),
        translated_by=form.optional_text("translated_by", limit=LONGEST_NAME),
        exhibits=form.optional_text("exhibits", limit=LONGEST_MARKS),
    )
    return Besides(details, form.optional_clock("spoken"))


def stored(line: LineView) -> Mapping[str, object]:
    """The line as the fields of its form."""
    return {
        "stage": line.stage.value,
        "question": line.question,
        "answer": line.answer,
        **languages(line.details),
        "speaker": line.details.speaker,
        "question_translation": line.details.question_translation,
        "answer_translation": line.details.answer_translation,
        "exhibits": line.details.exhibits,
        "spoken": line.own_clock.wall.time() if line.own_clock else None,
    }


def languages(details: Details) -> Mapping[str, object]:
    """What usually stays the same from line to line."""
    return {
        "question_language": details.question_language,
        "answer_language": details.answer_language,
        "translation_language": details.translation_language,
        "translated_by": details.translated_by,
    }
