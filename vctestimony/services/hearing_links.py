"""The one place that names the hearings booked within somebody's own time, for the pages of that person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.services.access import may_do
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class BookedHearing:
    """A hearing that must be moved or given to others. `reference` is empty for whoever may not see the hearing: they
    tell the court named here."""

    reference: str
    court: str


def named(unit: Unit, hearing_ids: Collection[int], *, by: Actor) -> Mapping[int, BookedHearing]:
    """Each of these hearings as this person may know of it, by time."""
    if not hearing_ids:
        return {}
    rows = hearings.listed(unit.session, HearingRow.id.in_(sorted(set(hearing_ids))))
    return {
        row.id: BookedHearing(row.reference if may_do(row, Action.SEE_HEARINGS, by=by) else "", row.court.name)
        for row in rows
    }
