"""The one place that shows the hearings of one witness as what they are together: sittings of one testimony."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor, relations_needed
from vctestimony.domain.hearing import STATE_LABELS, State
from vctestimony.services.hearing_clocks import Clocks, clocks_of
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class Sitting:
    """One of them; without `clocks` it has no time. `is_this` is the one whose page is open, `continues_this` the one
    that goes on where that ended."""

    reference: str
    state: State
    label: str
    clocks: Clocks | None
    is_this: bool
    continues_this: bool


def sittings(unit: Unit, hearing: HearingRow, *, by: Actor) -> tuple[Sitting, ...]:
    """Every hearing of the witness that this person may see, by time; nothing when there is no other."""
    if by.role is None:
        return ()
    seen = hearings.seen_by(by, relations_needed(by.role, Action.SEE_HEARINGS))
    rows = hearings.of_witness(unit.session, hearing.witness_id, seen)
    if len(rows) < 2:
        return ()
    return tuple(
        Sitting(
            reference=row.reference,
            state=row.state,
            label=STATE_LABELS[row.state],
            clocks=clocks_of(row, row.starts_at),
            is_this=row.id == hearing.id,
            continues_this=row.continues_id == hearing.id,
        )
        for row in rows
    )
