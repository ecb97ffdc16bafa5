"""Looks at and settles the steps of the one checklist of a test, as pages opened now or earlier do."""

import sqlalchemy as sa

from vctestimony.domain.access import Actor
from vctestimony.services import checklists
from vctestimony.services.unit import Units
from vctestimony.store.models import StepRow


def steps_of(units: Units) -> dict[str, StepRow]:
    """The steps by id, in their order, detached."""
    with units.reading() as unit:
        rows = {row.step_id: row for row in unit.session.scalars(sa.select(StepRow).order_by(StepRow.place))}
        unit.session.expunge_all()
        return rows


def version(units: Units, step: str) -> int:
    """The version that a page opened now shows."""
    return steps_of(units)[step].version


def tick(units: Units, reference: str, step: str, by: Actor, *, seen: int | None = None, note: str = "") -> None:
    """Tick the step as a page opened now shows it, or as an older one did."""
    seen = seen or version(units, step)
    with units.writing() as unit:
        checklists.tick(unit, reference, step, version=seen, note=note, by=by)


def waive(
    units: Units, reference: str, step: str, reason: str, by: Actor, *, seen: int | None = None, ordered_by: str = ""
) -> None:
    """Waive it, likewise."""
    seen = seen or version(units, step)
    with units.writing() as unit:
        checklists.waive(unit, reference, step, version=seen, reason=reason, by=by, ordered_by=ordered_by)


def take_back(units: Units, reference: str, step: str, reason: str, by: Actor, *, seen: int | None = None) -> None:
    """Take it back, likewise."""
    seen = seen or version(units, step)
    with units.writing() as unit:
        checklists.take_back(unit, reference, step, version=seen, reason=reason, by=by)
