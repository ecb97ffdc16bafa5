"""The one place that makes the documents of the family `domain/documents/cards.py`."""

from vctestimony.domain.documents.cards import OathCard
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_
from vctestimony.services.checklist_paper import heading
from vctestimony.services.papers.making import Asked, Made, Maker
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

_INTERPRETERS = N_("Oaths Act 1969, s. 4(1)(b) and Schedule, form 3")


def oath_of_interpreter(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """For whoever interprets at this hearing; ruled where nobody is named yet."""
    found = next((p for p in hearing.participants if p.removed_at is None and p.duty is Duty.INTERPRETER), None)
    return Made(
        OathCard(
            heading=heading(unit, hearing, language=asked.language),
            name=f"{found.official.name}, {found.official.designation}" if found else "",
            languages=hearing.witness.languages,
            authority=unit.ports.words.gettext(asked.language, _INTERPRETERS),
        )
    )


MAKERS: dict[str, Maker] = {"oath-interpreter": oath_of_interpreter}
