"""The one place that cites the rules which a transcript's way rests on, as the High Court of the case adopted them."""

from functools import partial

from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.people import Duty
from vctestimony.domain.record.cycle import Path
from vctestimony.domain.record.fields import Cite, Field, Group, Source, authority, code, model, of_court
from vctestimony.domain.sop import Numbering
from vctestimony.services.facts import facts_of
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

_RULES = {Path.DIGITAL: model("8.8", "8.8.1"), Path.PAPER: model("8.8", "8.8.2")}
_READING = (*code("313", "278"), Cite(Source.GUJARAT, "13(3)"))
_KERALA_COPY, _KERALA_DOCUMENT = Cite(Source.KERALA, "8(16)"), Cite(Source.KERALA, "7(2), 9(1)(b)")


def authorities(unit: Unit, hearing: HearingRow, *, path: Path, language: str) -> tuple[str, str, str]:
    """Of the reading over, of the signatures on that path, and of the hard copy: a line each."""
    copy = (*_RULES[path], _KERALA_COPY)
    if hearing.witness.facts.get("documents_remote"):
        copy = (*copy, *model("9.2"), _KERALA_DOCUMENT)
    word = partial(unit.ports.words.gettext, language)
    packs = {pack.id: pack.numbering for pack in unit.ports.packs()}

    def line(cites: tuple[Cite, ...]) -> str:
        return authority(
            Field(number=0, key="", group=Group.CLOSE, label="", cites=cites, supplied_by=(Duty.JUDGE,)),
            facts={**facts_of(hearing), **of_court(hearing.case.rule_pack)},
            high_court=word(HIGH_COURTS[hearing.case.rule_pack]),
            numbers_alike=packs.get(hearing.case.rule_pack) is Numbering.SAME,
            translate=word,
        )

    return line(_READING), line(_RULES[path]), line(copy)
