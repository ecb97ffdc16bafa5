"""The use-case of booking what a plan proposes: one hearing after the other, each a transaction of its own.

The plan may be of yesterday: every booking asks the same claims as any other, so nothing is ever booked twice, and
what the plan was to heed is looked at anew.
"""

from collections.abc import Iterable

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.backlog.asked import Asked
from vctestimony.domain.errors import Refusal
from vctestimony.domain.instants import wall_of
from vctestimony.domain.wording import N_
from vctestimony.services import backlog, backlog_limits, journal, scheduling
from vctestimony.services.access import hearing_for
from vctestimony.services.backlog_reasons import Why, of_refusal
from vctestimony.services.claims import SlotTaken, TimeRefused
from vctestimony.services.unit import Unit, Units
from vctestimony.store import backlog as store
from vctestimony.store.models import LineOutcome, PlanLineRow

MOST_AT_ONCE = 25
TAKEN_MEANWHILE = N_("Taken meanwhile. Nothing was booked and nobody was written to.")
_OPEN = frozenset({LineOutcome.PROPOSED, LineOutcome.REFUSED})


def book(units: Units, reference: str, line_ids: Iterable[int], *, by: Actor) -> int:
    """Book the proposed time of each of these lines; returns how many were. A line that is booked stays as it is."""
    return sum(_book_line(units, reference, number, by=by) for number in tuple(line_ids)[:MOST_AT_ONCE])


def _book_line(units: Units, reference: str, line_id: int, *, by: Actor) -> bool:
    try:
        with units.writing() as unit:
            line = _line(unit, reference, line_id, by=by)
            if line is None or line.starts_at is None or line.outcome not in _OPEN:
                return False
            hearing = hearing_for(unit, line.hearing.reference, by=by, action=Action.BOOK)
            backlog_limits.check(unit, hearing, line.starts_at, Asked.from_raw(line.plan.asked))
            scheduling.book(
                unit,
                hearing.reference,
                starts_wall=wall_of(line.starts_at, hearing.court.zone),
                zone=hearing.court.zone,
                version=hearing.version,
                by=by,
                chosen=[(need, who) for need, who in line.chosen],
            )
            line.outcome, line.whys, line.others = LineOutcome.BOOKED, [], []
            journal.write(unit, "plan.line_booked", subject=reference, by=by, hearing=hearing.reference)
    except Refusal as refusal:
        _refused(units, reference, line_id, refusal, by=by)
        return False
    return True


def _refused(units: Units, reference: str, line_id: int, refusal: Refusal, *, by: Actor) -> None:
    """Write down why not, and the nearest times that are still free."""
    with units.writing(wakes=False) as unit:
        line = _line(unit, reference, line_id, by=by)
        if line is not None and line.outcome is not LineOutcome.BOOKED:
            why = Why(TAKEN_MEANWHILE) if isinstance(refusal, SlotTaken) else of_refusal(refusal)
            line.outcome, line.whys = LineOutcome.REFUSED, [why.to_raw()]
            others = refusal.alternatives if isinstance(refusal, SlotTaken | TimeRefused) else ()
            line.others = [one.court.at.isoformat() for one in others]


def _line(unit: Unit, reference: str, line_id: int, *, by: Actor) -> PlanLineRow | None:
    plan = backlog.plan_for(unit, reference, by=by)
    return store.line(unit.session, plan_id=plan.id, line_id=line_id)
