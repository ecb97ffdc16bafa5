"""The one place that makes the checklists, the record and the deposition as documents."""

from dataclasses import replace

from vctestimony.domain.documents.checklist import ChecklistSheet
from vctestimony.domain.wording import N_
from vctestimony.services import checklist_paper, record_paper, redacting
from vctestimony.services.depositions import stages_of
from vctestimony.services.papers.making import Asked, Check, Made, Maker, NotForThisHearing
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as store
from vctestimony.store.models import HearingRow

_NO_STEP = N_("Its checklist has no step for this duty.")
_NOTHING_SAID = N_("Nothing was recorded.")


def checklist(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The whole checklist as it stands."""
    return Made(checklist_paper.sheet(unit, hearing, language=asked.language))


def checklist_form(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The same with boxes to tick on a screen."""
    return Made(replace(checklist_paper.sheet(unit, hearing, language=asked.language), fillable=True))


def checklist_of_role(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The steps of one person's duty, that person's clock first."""
    return Made(_of_role(unit, hearing, asked))


def checklist_form_of_role(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The same with boxes to tick on a screen."""
    return Made(replace(_of_role(unit, hearing, asked), fillable=True))


def _of_role(unit: Unit, hearing: HearingRow, asked: Asked) -> ChecklistSheet:
    sheet = checklist_paper.sheet_for(unit, hearing, asked.named, language=asked.language)
    if not sheet.phases:
        raise _refusal(unit, asked, _NO_STEP)
    return sheet


def record(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The record as far as it is, or the very file that was sealed."""
    return record_paper.made(unit, hearing, language=asked.language)


def transcript(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The deposition alone, in numbered lines; refused where nothing was taken down."""
    sheet = record_paper.transcript(unit, hearing, language=asked.language)
    if not sheet.deposition:
        raise _refusal(unit, asked, _NOTHING_SAID)
    return Made(sheet)


def _has_time(unit: Unit, hearing: HearingRow, asked: Asked) -> None:
    checklist_paper.heading(unit, hearing, language=asked.language)


def _has_steps(unit: Unit, hearing: HearingRow, asked: Asked) -> None:
    _has_time(unit, hearing, asked)
    if asked.named.duty not in store.roles_of(unit.session, hearing.id):
        raise _refusal(unit, asked, _NO_STEP)


def _has_deposition(unit: Unit, hearing: HearingRow, asked: Asked) -> None:
    _has_time(unit, hearing, asked)
    if not stages_of(unit, hearing):
        raise _refusal(unit, asked, _NOTHING_SAID)


def _refusal(unit: Unit, asked: Asked, why: str) -> NotForThisHearing:
    return NotForThisHearing(why=unit.ports.words.gettext(asked.language, why))


CHECKS: dict[str, Check] = {
    "checklist": _has_time,
    "checklist-role": _has_steps,
    "checklist-form": _has_time,
    "checklist-role-form": _has_steps,
    "record": _has_time,
    "record-redacted": redacting.check,
    "transcript": _has_deposition,
}
MAKERS: dict[str, Maker] = {
    "checklist": checklist,
    "checklist-role": checklist_of_role,
    "checklist-form": checklist_form,
    "checklist-role-form": checklist_form_of_role,
    "record": record,
    "record-redacted": redacting.made,
    "transcript": transcript,
}
