"""The one place that shows whom a hearing takes by order although they are taken."""

from dataclasses import dataclass

from vctestimony.domain.people import DUTY_LABELS
from vctestimony.services.unit import Unit
from vctestimony.store import options as store
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class Ordered:
    """The people whom a hearing takes by one order, as (duty, name) with marked duties; who ordered it and why."""

    people: tuple[tuple[str, str], ...]
    by: str
    reason: str


def ordered(unit: Unit, hearing: HearingRow) -> tuple[Ordered, ...]:
    """Whom the hearing takes by order, for its page; nobody who has left it since."""
    seats = {p.official.resource_id: p for p in hearing.participants if p.removed_at is None}
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in store.overlaps(unit.session, hearing.id):
        if row.resource_id in seats:
            seat = seats[row.resource_id]
            found.setdefault((row.by, row.reason), []).append((DUTY_LABELS[seat.duty], seat.official.name))
    return tuple(Ordered(tuple(people), by, reason) for (by, reason), people in found.items())
