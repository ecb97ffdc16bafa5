"""The one place that makes the checklist and the record as documents."""

from vctestimony.services import checklist_paper, record_paper
from vctestimony.services.papers.making import Asked, Made, Maker
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow


def checklist(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The whole checklist as it stands."""
    return Made(checklist_paper.sheet(unit, hearing, language=asked.language))


def record(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """The record as far as it is, or the very file that was sealed."""
    return record_paper.made(unit, hearing, language=asked.language)


MAKERS: dict[str, Maker] = {"checklist": checklist, "record": record}
