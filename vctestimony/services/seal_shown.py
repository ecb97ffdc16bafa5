"""The one place that says whether a record is still what the page of the seal showed, and what of it is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Stale
from vctestimony.domain.record.content import canonical
from vctestimony.domain.record.required import FIELDS
from vctestimony.domain.record.shown import another_since, mark_of
from vctestimony.domain.wording import N_
from vctestimony.services.access import hearing_for
from vctestimony.services.record_basis import basis_of
from vctestimony.services.record_content import content_of
from vctestimony.services.statements import Statement, statements
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

_LANGUAGE = "en"
"""In which the parts are compared, whatever the reader's, so that reading in another changes nothing."""
_STATEMENTS = "statements"
_LEFT_OUT = frozenset({"journal", "format", "language", _STATEMENTS})
"""The journal grows by every look at the record, and changes nothing of it."""
_LABELS: Mapping[str, str] = {
    "hearing": N_("Hearing: its times, rooms or places"),
    "case": N_("Case or order"),
    "persons": N_("People of the hearing"),
    "facts": N_("Answers about the case"),
    "log": N_("Running log"),
    "deposition": N_("Deposition"),
    "checklist": N_("Checklist"),
}


@dataclass(frozen=True, slots=True)
class New:
    """A part of the record that is not as it was shown: what it is, marked with N_, and what it says now if that is
    short enough to be said."""

    label: str
    says: str


class Overtaken(Stale):
    """What was never shown is not sealed."""

    text = N_(
        "The record is not what this page showed: somebody changed it since. Nothing was sealed. Look at what is new, "
        "then seal."
    )

    def __init__(self, new: tuple[New, ...], *, subject: str) -> None:
        self.new = new
        super().__init__(subject=subject)


def shown(unit: Unit, reference: str, *, by: Actor) -> str:
    """The mark of the record as it is now, for the form."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEAL)
    return mark_of(_parts(unit, hearing))


def check(unit: Unit, hearing: HearingRow, seen: str, *, language: str) -> None:
    """Refuse what is not as the mark has it, with every part that is new in the reader's language (Overtaken)."""
    names = another_since(seen, _parts(unit, hearing))
    if not names:
        return
    found = {one.key: one for one in statements(unit, hearing, language=language)}
    raise Overtaken(tuple(_new(name, found) for name in names), subject=hearing.reference)


def _parts(unit: Unit, hearing: HearingRow) -> dict[str, str]:
    basis = basis_of(unit, hearing, language=_LANGUAGE)
    found = statements(unit, hearing, language=_LANGUAGE, basis=basis)
    content = content_of(unit, hearing, basis=basis, found=found, language=_LANGUAGE, mark={})
    parts = {name: canonical({name: value}) for name, value in content.items() if name not in _LEFT_OUT}
    said = cast("list[dict[str, object]]", content[_STATEMENTS])
    return parts | {str(one["key"]): canonical(one) for one in said}


def _new(name: str, found: Mapping[str, Statement]) -> New:
    if name in _LABELS:
        return New(_LABELS[name], "")
    if name in found:
        return New(found[name].label, found[name].value)
    return New(next((field.label for field in FIELDS if field.key == name), name), "")
