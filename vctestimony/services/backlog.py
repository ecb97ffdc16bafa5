"""The use-cases of asking for a plan: which hearings wait, ask, cancel. A plan promises nothing until it is booked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vctestimony.domain.access import Action, Actor, may_ever, relations_needed
from vctestimony.domain.backlog.asked import Asked
from vctestimony.domain.errors import Absent, Conflict, Invalid
from vctestimony.domain.instants import wall_of
from vctestimony.domain.wording import N_
from vctestimony.services import backlog_problem, journal
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit
from vctestimony.store import backlog as store
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, LineOutcome, PlanLineRow, PlanRow, PlanState

MOST_HEARINGS = 200
WEEKS, MOST_DAYS = 6, 62
_IN_HAND = frozenset({PlanState.QUEUED, PlanState.RUNNING})


class NothingChosen(Invalid):
    """A plan of no hearing."""

    text = N_("Tick at least one hearing.")


class TooManyChosen(Invalid):
    """More than one plan takes."""

    text = N_("A plan takes at most {most} hearings. Use the filters, or plan the most pressing first.")


class WindowRefused(Invalid):
    """Days that cannot be planned."""

    text = N_("Choose days from tomorrow on, the last not before the first, and at most {most} days.")


class CognizanceMissing(Invalid):
    """The law's time for a child's evidence counts from a day that nobody entered."""

    text = N_(
        "The day of cognizance is not entered in {cases}. Enter it in the case: the time for a child's evidence "
        "counts from it."
    )


class NotInHand(Conflict):
    """A plan that is made already, or was cancelled."""

    text = N_("This plan is not being made any more.")


@dataclass(frozen=True, slots=True)
class Request:
    """What the form asks: hearings by number with their priorities, days, and what to heed."""

    priorities: Mapping[int, int]
    from_on: date
    to_on: date
    asked: Asked


def waiting(unit: Unit, *, by: Actor) -> Sequence[HearingRow]:
    """Every hearing without a time that this person may book."""
    if by.role is None:
        return ()
    return store.waiting(unit.session, hearings.seen_by(by, relations_needed(by.role, Action.BOOK)))


def tomorrow(unit: Unit, zone: str) -> date:
    """The first day that can be planned."""
    return wall_of(unit.now, zone).date() + timedelta(days=1)


def ask(unit: Unit, request: Request, *, by: Actor) -> str:
    """Queue a plan for these hearings; returns its reference. Priorities are kept with the hearings."""
    rows = [row for row in waiting(unit, by=by) if row.id in request.priorities]
    _check(unit, request, rows, zone=by.zone)
    if by.post_id is None:
        raise Absent()
    plan = PlanRow(
        reference=new_reference(unit, "P"),
        court_id=by.post_id,
        asked_by=by.name,
        created_at=unit.now,
        from_on=request.from_on,
        to_on=request.to_on,
        asked=request.asked.to_raw(),
        state=PlanState.QUEUED,
    )
    unit.session.add(plan)
    for row in rows:
        _prioritise(unit, row, request.priorities[row.id], by=by)
        plan.lines.append(PlanLineRow(hearing=row, outcome=LineOutcome.WAITING))
    unit.session.flush()
    journal.write(unit, "plan.asked", subject=plan.reference, by=by, hearings=len(rows))
    return plan.reference


def cancel(unit: Unit, reference: str, *, by: Actor) -> None:
    """Stop the planning; what was found until now stays to be used. The worker notices within a second."""
    plan = plan_for(unit, reference, by=by)
    if plan.state not in _IN_HAND:
        raise NotInHand()
    plan.state, plan.ended_at, plan.owner, plan.leased_until = PlanState.CANCELLED, unit.now, "", None
    journal.write(unit, "plan.cancelled", subject=reference, by=by)


def exported(unit: Unit, reference: str, *, by: Actor) -> None:
    """Write down that the plan was given away as a table, and of how many hearings."""
    plan = plan_for(unit, reference, by=by)
    journal.write(unit, "plan.exported", subject=reference, by=by, rows=len(plan.lines))


def plan_for(unit: Unit, reference: str, *, by: Actor) -> PlanRow:
    """The plan, if it is of this person's own court; another court's is not there."""
    plan = store.plan_by_reference(unit.session, reference)
    if plan is None or by.role is None or by.post_id != plan.court_id or not may_ever(by.role, Action.BOOK):
        raise Absent()
    return plan


def _prioritise(unit: Unit, row: HearingRow, priority: int, *, by: Actor) -> None:
    if row.priority != priority:
        journal.write(unit, "hearing.prioritised", subject=row.reference, by=by, was=row.priority, priority=priority)
        row.priority = priority


def _check(unit: Unit, request: Request, rows: Sequence[HearingRow], *, zone: str) -> None:
    if not rows:
        raise NothingChosen(field="hearing")
    if len(rows) > MOST_HEARINGS:
        raise TooManyChosen(field="hearing", most=MOST_HEARINGS)
    days = (request.to_on - request.from_on).days + 1
    if request.from_on < tomorrow(unit, zone or "UTC") or not 1 <= days <= MOST_DAYS:
        raise WindowRefused(field="to_on", most=MOST_DAYS)
    lacking = sorted({row.case.number for row in rows if backlog_problem.lacks_cognizance(row)})
    if lacking:
        raise CognizanceMissing(field="hearing", cases=", ".join(lacking))
