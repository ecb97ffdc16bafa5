"""The use-cases of legal hold: while a case is on hold, nothing of it is deleted or destroyed, by whatever hand.

A hold and whatever deletes or destroys queue for each other (`queue`): what was begun before is finished before the
hold is there, and what begins afterwards finds it.
"""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.errors import Absent, Conflict
from vctestimony.domain.instants import Reading
from vctestimony.domain.wording import N_
from vctestimony.services import journal, vault
from vctestimony.services.cases import case_for
from vctestimony.services.clocks import both_clocks
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit
from vctestimony.store import accounts
from vctestimony.store import legal_holds as store
from vctestimony.store.models import CaseRow, LegalHoldRow

_QUEUE = "legal holds"


class OnHold(Conflict):
    """The case is on legal hold."""

    text = N_(
        "This case is on legal hold ({hold}) by the order {order}. While it lasts nothing of the case is deleted or "
        "destroyed. Let the court lift the hold first."
    )


class LiftedAlready(Conflict):
    """Somebody was quicker."""

    text = N_("This hold was lifted already, by {who}.")


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold, in force or lifted."""

    public_id: str
    order: str
    reason: str
    placed_by: str
    placed: tuple[Reading, Reading]
    lift_order: str
    lift_reason: str
    lifted_by: str
    lifted: tuple[Reading, Reading] | None


@dataclass(frozen=True, slots=True)
class HoldPage:
    """The page of the case's court: what holds now, what held once."""

    reference: str
    case_number: str
    may_see_case: bool
    holds: tuple[Hold, ...]
    lifted: tuple[Hold, ...]


def queue(unit: Unit) -> None:
    """Wait until nobody else places a hold, deletes or destroys, and keep them waiting until the unit ends."""
    accounts.lock_name(unit.session, _QUEUE)


def check_free(unit: Unit, case_id: int) -> None:
    """Refuse while the case is on hold, naming the hold. The caller has queued where it destroys something."""
    row = store.in_force(unit.session, case_id)
    if row is not None:
        raise OnHold(hold=row.public_id, order=row.order_reference)


def page(unit: Unit, reference: str, *, by: Actor) -> HoldPage:
    """The holds of the case, for whoever may place one."""
    case = _case(unit, reference, by=by)
    rows = [_hold(row, by=by) for row in store.of_case(unit.session, case.id)]
    return HoldPage(
        reference=case.reference,
        case_number=case.number,
        may_see_case=by.role is not None and may_ever(by.role, Action.REGISTER),
        holds=tuple(row for row in rows if row.lifted is None),
        lifted=tuple(row for row in rows if row.lifted is not None),
    )


def place(unit: Unit, reference: str, *, order_reference: str, reason: str, by: Actor) -> str:
    """Put the case on hold from now on; gives the number of the hold. Several may hold at once."""
    case = _case(unit, reference, by=by)
    order, why = _nameless(unit, case, order_reference), _nameless(unit, case, reason)
    queue(unit)
    row = LegalHoldRow(public_id=new_reference(unit, "LH"), case_id=case.id, order_reference=order, reason=why)
    row.placed_by, row.placed_at = by.name, unit.now
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, "hold.placed", subject=reference, by=by, hold=row.public_id, order=order, reason=why)
    return row.public_id


def lift(unit: Unit, reference: str, public_id: str, *, order_reference: str, reason: str, by: Actor) -> None:
    """End one hold; the schedule counts on as if there had been none."""
    case = _case(unit, reference, by=by)
    order, why = _nameless(unit, case, order_reference), _nameless(unit, case, reason)
    queue(unit)
    row = store.named(unit.session, case_id=case.id, public_id=public_id)
    if row is None:
        raise Absent()
    if row.lifted_at is not None:
        raise LiftedAlready(who=row.lifted_by)
    row.lift_order, row.lift_reason, row.lifted_by, row.lifted_at = order, why, by.name, unit.now
    unit.session.flush()
    journal.write(unit, "hold.lifted", subject=reference, by=by, hold=public_id, order=order, reason=why)


def _case(unit: Unit, reference: str, *, by: Actor) -> CaseRow:
    return case_for(unit, reference, by=by, action=Action.HOLD_CASE)


def _nameless(unit: Unit, case: CaseRow, text: str) -> str:
    """The text with the pseudonym wherever somebody wrote the name of a witness of the case."""
    for witness in case.witnesses:
        text = vault.nameless(unit, witness, text)
    return text


def _hold(row: LegalHoldRow, *, by: Actor) -> Hold:
    return Hold(
        public_id=row.public_id,
        order=row.order_reference,
        reason=row.reason,
        placed_by=row.placed_by,
        placed=both_clocks(row.placed_at, by=by),
        lift_order=row.lift_order,
        lift_reason=row.lift_reason,
        lifted_by=row.lifted_by,
        lifted=both_clocks(row.lifted_at, by=by) if row.lifted_at is not None else None,
    )
