"""What the court sees of ticks that came by signed links: those that were not taken, and phones whose clock was off."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.field_ticks import REMARK_TEXTS, SKEW_SAID, Outcome, is_off
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.services import hearing_clocks
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.unit import Unit
from vctestimony.store import field_ticks as store
from vctestimony.store.models import FieldTickRow, HearingRow

MOST_SHOWN = 100
"""So many stand on one page, the newest of them; each step's own page has its own."""


@dataclass(frozen=True, slots=True)
class RemarkView:
    """One tick about which something is to be said (marked texts). `said` is what the phone's own clock showed.

    `minutes_off` is positive where that clock was ahead; 0 where it was near enough.
    """

    step: str
    who: str
    duty: str
    is_taken: bool
    why: str
    settled_by: str
    done: BothClocks
    said: BothClocks | None
    minutes_off: int
    received: BothClocks
    note: str


@dataclass(frozen=True, slots=True)
class OnChecklist:
    """What a page of the checklist says of phones, and whether whoever looks may hand the list out."""

    remarks: tuple[RemarkView, ...]
    may_hand_out: bool


def of_hearing(unit: Unit, reference: str, *, by: Actor) -> tuple[RemarkView, ...]:
    """The newest of them first, for whoever may see the hearing."""
    return _told(unit, hearing_for(unit, reference, by=by, action=Action.SEE_CHECKLIST))


def on_checklist(unit: Unit, reference: str, step_id: str, *, by: Actor) -> OnChecklist:
    """The same for a page of the checklist; of one step where one is named."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_CHECKLIST)
    return OnChecklist(_told(unit, hearing, step_id), may_do(hearing, Action.BOOK, by=by))


def _told(unit: Unit, hearing: HearingRow, step_id: str = "") -> tuple[RemarkView, ...]:
    rows = store.to_tell(unit.session, hearing.id, skew_seconds=SKEW_SAID, most=MOST_SHOWN, step_id=step_id)
    return tuple(_view(hearing, row) for row in rows)


def _view(hearing: HearingRow, row: FieldTickRow) -> RemarkView:
    person, is_wrong = row.participant, is_off(row.skew_seconds)
    return RemarkView(
        step=row.step_id,
        who=person.official.name,
        duty=DUTY_LABELS[person.duty],
        is_taken=row.outcome is Outcome.TAKEN,
        why=REMARK_TEXTS.get(row.outcome, ""),
        settled_by=row.settled_by,
        done=hearing_clocks.both(hearing, row.done_at, own=person.end),
        said=hearing_clocks.both(hearing, row.said_at, own=person.end) if row.said_at and is_wrong else None,
        minutes_off=-round(row.skew_seconds / 60) if is_wrong else 0,
        received=hearing_clocks.both(hearing, row.received_at, own=person.end),
        note=row.note,
    )
