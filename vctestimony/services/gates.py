"""The one place that says what still stands before a hearing can be confirmed: open steps and unfilled duties."""

from collections.abc import Iterable
from dataclasses import dataclass

from vctestimony.domain.hearing import RequiredDuty
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.required import missing, required_duties
from vctestimony.domain.wording import N_
from vctestimony.services import checklists
from vctestimony.services.facts import facts_of
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

BOOK, CONFIRM = "book", "confirm"


@dataclass(frozen=True, slots=True)
class Need:
    """A duty as pages show it: all marked texts."""

    label: str
    why: str
    authority: str
    required: bool


_NOBODY = N_("nobody is named as: {duty}")


def required_of(hearing: HearingRow) -> tuple[RequiredDuty, ...]:
    """Whose presence the law or the order asks for at this hearing."""
    return required_duties(facts_of(hearing), remote_kind=hearing.remote.kind, high_court=hearing.case.rule_pack)


def missing_of(hearing: HearingRow) -> tuple[RequiredDuty, ...]:
    """The required duties for which nobody is named."""
    return missing(required_of(hearing), (p.duty for p in hearing.participants if p.removed_at is None))


def shown(duties: Iterable[RequiredDuty]) -> tuple[Need, ...]:
    """The duties as pages show them."""
    return tuple(Need(DUTY_LABELS[one.duty], one.why, one.authority, one.required) for one in duties)


def check_confirm(unit: Unit, hearing: HearingRow, *, language: str) -> None:
    """Pass when nothing stands in the way of confirming; else GateOpen names every step and every duty."""
    steps = checklists.open_steps(unit, hearing, CONFIRM)
    said = [f"{step.id} {step.text.get(language, step.text['en'])}" for step in steps]
    for duty in missing_of(hearing):
        translated = unit.ports.words.gettext(language, DUTY_LABELS[duty.duty])
        said.append(unit.ports.words.gettext(language, _NOBODY).format(duty=translated))
    if said:
        raise checklists.GateOpen(steps="; ".join(said))
