"""The one place for what was said: stages of the examination, a line of it, who speaks, in which languages."""

from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.errors import Invalid
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_


class Stage(StrEnum):
    """A stage of the examination (BNSS 311, BSA 142)."""

    CHIEF = "chief"
    CROSS = "cross"
    RE = "re"
    COURT = "court"


STAGE_LABELS: dict[Stage, str] = {
    Stage.CHIEF: N_("Examination in chief"),
    Stage.CROSS: N_("Cross-examination"),
    Stage.RE: N_("Re-examination"),
    Stage.COURT: N_("Questions by the court"),
}


class Tongue(StrEnum):
    """A language that can be taken down: one whose letters can be printed. Others are taken down in translation."""

    ENGLISH = "en"
    HINDI = "hi"
    BENGALI = "bn"
    ASSAMESE = "as"
    MARATHI = "mr"
    NEPALI = "ne"


TONGUE_LABELS: dict[Tongue, str] = {
    Tongue.ENGLISH: N_("English"),
    Tongue.HINDI: N_("Hindi"),
    Tongue.BENGALI: N_("Bengali"),
    Tongue.ASSAMESE: N_("Assamese"),
    Tongue.MARATHI: N_("Marathi"),
    Tongue.NEPALI: N_("Nepali"),
}

# Who may ask, or tell a passage, besides those who do so at the stage.
SPEAKERS = (
    Duty.JUDGE,
    Duty.PROSECUTION,
    Duty.DEFENCE,
    Duty.WITNESS,
    Duty.INTERPRETER,
    Duty.MAGISTRATE,
    Duty.SUPPORT_PERSON,
    Duty.PARTY,
)


class NothingSaid(Invalid):
    """There is no text to be taken down."""

    text = N_("There is no question, answer or passage in this text.")


class Unanswered(Invalid):
    """A question was pasted without what the witness said to it."""

    text = N_("This question has no answer: “{question}”. Add the answer, or write that the witness was silent.")


class Unasked(Invalid):
    """An answer was pasted without its question."""

    text = N_(
        "This answer has no question: “{answer}”. Add the question, or take the mark off to keep it as a passage."
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question with its answer, or a passage in the witness's own words when `question` is empty.

    Without a `stage` it belongs to that of the line before it.
    """

    question: str
    answer: str
    question_translation: str = ""
    answer_translation: str = ""
    exhibits: str = ""
    stage: Stage | None = None


def asker(stage: Stage, *, pseudonym: str) -> Duty:
    """Who asks at this stage: whoever called the witness in chief and again, the other side in cross-examination."""
    called_by_defence = pseudonym.casefold().startswith("dw")
    first, second = (Duty.DEFENCE, Duty.PROSECUTION) if called_by_defence else (Duty.PROSECUTION, Duty.DEFENCE)
    return {Stage.CHIEF: first, Stage.CROSS: second, Stage.RE: first, Stage.COURT: Duty.JUDGE}[stage]
