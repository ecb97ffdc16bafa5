"""The one place that ticks the steps of the checklist which a step of the transcript's way shows to be done."""

from collections.abc import Iterator
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.people import Duty
from vctestimony.domain.record.cycle import Path, Rung, Standing
from vctestimony.domain.record.cycle_words import INTERPRETED
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, step_order
from vctestimony.services.access import may_do
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as store
from vctestimony.store.models import HearingRow, StepState

_NOTE = N_("Entered with the signing of the transcript.")
_ALWAYS: dict[Rung, tuple[str, ...]] = {
    Rung.READ_OVER: ("X01",),
    Rung.CORRECTED: ("X03",),
    Rung.DISPATCHED: ("P01",),
    Rung.COPY_RECEIVED: ("P04",),
}
_ROUTE = {Path.DIGITAL: "X05", Path.PAPER: "X06"}


def tick(unit: Unit, hearing: HearingRow, stands: Standing, rung: Rung, *, at: datetime, by: Actor) -> None:
    """Tick what this step settles: same person, same time. What is settled stays so; nothing is ever taken back.

    Left open, for somebody to settle by hand: what is for another office, and what still waits for something before it.
    """
    if not may_do(hearing, Action.TICK, by=by):
        return
    note = unit.ports.words.gettext(by.language, _NOTE)
    # All of them are locked before the first is written down: the journal's end comes last in a transaction.
    rows = [store.locked_step(unit.session, hearing_id=hearing.id, step_id=one) for one in _settled_by(stands, rung)]
    for row in rows:
        if row is None or row.state is not StepState.OPEN:
            continue
        known = store.steps_by_id(unit.session, hearing_id=hearing.id, ids=step_order.names_before(row))
        waits = step_order.still_open(step_order.before(row, known))
        if not waits and checklists.is_theirs(by.role, (Duty(role) for role in row.roles)):
            reference, version = hearing.reference, row.version
            checklists.tick(unit, reference, row.step_id, version=version, note=note, by=by, done_at=at)


def _settled_by(stands: Standing, rung: Rung) -> Iterator[str]:
    """The steps in the order in which the checklist has them; `stands` holds this step already."""
    facts = stands.done[rung].facts
    yield from _ALWAYS.get(rung, ())
    if rung is Rung.READ_OVER and facts["manner"] == INTERPRETED:
        yield "X02"
    if rung is Rung.RECEIVED:
        yield _ROUTE[stands.path]
        if _initialled_and_in_full(stands):
            yield "X07"


def _initialled_and_in_full(stands: Standing) -> bool:
    """Whether the pages were initialled, the certificate signed, and the last page signed in full; on paper only."""
    judge, witness = stands.done.get(Rung.JUDGE_SIGNED), stands.done.get(Rung.WITNESS_SIGNED)
    if judge is None or witness is None:
        return False
    return judge.facts["initialled"] == "yes" and witness.facts["in_full"] == "yes"
