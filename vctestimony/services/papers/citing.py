"""The one place that says how rules are cited on the papers of a hearing, and who is named there."""

from functools import partial

from vctestimony.domain.documents.citing import Citing
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import Numbering
from vctestimony.services.checklist_making import court_in_a_sentence
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ParticipantRow


def citing(unit: Unit, hearing: HearingRow, *, language: str) -> Citing:
    """Rules as the High Court of the case adopted them."""
    word = partial(unit.ports.words.gettext, language)
    numbering = {pack.id: pack.numbering for pack in unit.ports.packs()}
    return Citing(
        rule_pack=hearing.case.rule_pack,
        high_court=court_in_a_sentence(hearing.case.rule_pack, language=language, translate=word),
        numbers_alike=numbering.get(hearing.case.rule_pack) is Numbering.SAME,
        translate=word,
    )


def holder_of(hearing: HearingRow, duty: Duty) -> ParticipantRow | None:
    """The first who is named for the duty; None while nobody is."""
    return next((p for p in hearing.participants if p.removed_at is None and p.duty is duty), None)


def name_of(hearing: HearingRow, duty: Duty) -> str:
    """Name and designation of whoever has the duty; empty while nobody has, so that it is ruled."""
    found = holder_of(hearing, duty)
    return f"{found.official.name}, {found.official.designation}" if found else ""
