"""The one place that shows whom a hearing takes by order although they are taken."""

from dataclasses import dataclass

from vctestimony.domain.people import DUTY_LABELS
from vctestimony.services.unit import Unit
from vctestimony.store import options as store
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class Ordered:
    """Somebody whom a hearing takes by order: name and duty, who ordered it, why."""

    name: str
    duty: str
    by: str
    reason: str


def ordered(unit: Unit, hearing: HearingRow) -> tuple[Ordered, ...]:
    """Whom the hearing takes by order, for its page."""
    seats = {p.official.resource_id: p for p in hearing.participants if p.removed_at is None}
    return tuple(
        Ordered(row.resource.name, DUTY_LABELS[seats[row.resource_id].duty], row.by, row.reason)
        for row in store.overlaps(unit.session, hearing.id)
        if row.resource_id in seats
    )
