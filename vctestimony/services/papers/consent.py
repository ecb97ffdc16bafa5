"""The one place that makes the form in which the witness says that she is willing to be heard by video."""

from collections.abc import Mapping

from vctestimony.domain.documents.cards import ConsentSheet
from vctestimony.domain.documents.citing import Citing, Statement
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_
from vctestimony.services.checklist_paper import heading
from vctestimony.services.facts import facts_of
from vctestimony.services.papers.citing import citing, name_of
from vctestimony.services.papers.making import Asked, Made, Maker
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

_TOLD = N_("I was told in my language what a hearing by video is, where I go, and on which day and at what time.")
_WHO = N_("I know that the judge and the lawyers of both sides ask me questions, and that the accused hears me.")
_WILLING = N_("I am willing to give evidence in this way. Nobody threatened me, paid me or promised me anything.")
_RIGHTS = N_("I can ask for a break, for a question to be put again or more simply, and for an interpreter.")
_NAME = N_("I was told how the court keeps my name and my address from being told, and whom to ask about it.")
_STOP = N_("If I do not want to go on I may say so to the court, which then decides.")
_IS_RECORDED = N_("The court records the hearing. Taking part is consent to this recording by the court.")
_IF_RECORDED = N_("As the order stands the court does not record. If it does, taking part is consent to it.")
_NOBODY_ELSE = N_("Nobody else may record, at either end, with whatever device.")
_NO_COPY = N_("This paper asks for no consent to any other recording; the service that printed it records nothing.")
_CONFIRMED = N_("Counsel calling the witness confirms each of these to the court before the order is made.")


def willingness(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """In plain words; her name is added by hand, in the sealed cover, and never printed."""
    facts, cite = facts_of(hearing), citing(unit, hearing, language=asked.language)
    return Made(
        ConsentSheet(
            heading=heading(unit, hearing, language=asked.language),
            languages=hearing.witness.languages,
            points=tuple(cite.recommended(text) for text in (_TOLD, _WHO, _WILLING, _RIGHTS, _NAME, _STOP)),
            recording=_recording(cite, facts),
            confirmed=cite.required(_CONFIRMED, cite.model("12.5")),
            counsel=name_of(hearing, Duty.PROSECUTION),
            interpreter=name_of(hearing, Duty.INTERPRETER),
            is_child=facts["child"],
        )
    )


def _recording(cite: Citing, facts: Mapping[str, bool]) -> tuple[Statement, ...]:
    recorded = _IS_RECORDED if facts["recorded"] else _IF_RECORDED
    return (
        cite.stated(recorded, cite.model("14.5")),
        cite.required(_NOBODY_ELSE, cite.model("3(vi)")),
        cite.recommended(_NO_COPY),
    )


MAKERS: dict[str, Maker] = {"consent": willingness}
