"""The use-cases of a checklist at work: look, tick, take back, waive, and say which open steps hold a gate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Conflict, Invalid, NotAllowed
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.checklist_making import compose_for, redate
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as store
from vctestimony.store.models import HearingRow, StepRow, StepState

__all__ = [
    "GateOpen",
    "OpenStep",
    "carry_over",
    "compose_for",
    "is_theirs",
    "open_steps",
    "redate",
    "take_back",
    "tick",
    "waive",
]

SHORTEST_REASON = 5
CLOCKS_DIFFER = timedelta(minutes=1)
"""So far ahead the clock of somebody else's device may be."""
_THEIRS: dict[Role, frozenset[Duty]] = {
    Role.MISSION_OFFICIAL: frozenset(
        {Duty.REMOTE_COORDINATOR, Duty.MAGISTRATE, Duty.WITNESS, Duty.SUPPORT_PERSON, Duty.TECHNICIAN, Duty.EVERYONE}
    ),
    Role.LEGAL_STAFF: frozenset(
        {Duty.LEGAL_STAFF, Duty.WITNESS, Duty.SUPPORT_PERSON, Duty.INTERPRETER, Duty.PROSECUTION, Duty.EVERYONE}
    ),
}


class StepNotYours(NotAllowed):
    """The step belongs to somebody at the other end or in another office."""

    text = N_("Step {step} is for somebody else to tick. Ask the coordinator of the court.")


class StepSettled(Conflict):
    """Somebody settled the step since the page was opened; theirs stands."""

    text = N_("Step {step} was already settled by {who}. Nothing was changed; look at it again.")


class StepChanged(Conflict):
    """The step is still open, but not as the page showed it: moved, reworded, or settled and opened again."""

    text = N_("Step {step} has changed since this page was opened. Nothing was stored; look at it again.")


class ReasonNeeded(Invalid):
    """Waiving or taking back is read later by people who were not there."""

    text = N_("Say why, in a few words. The reason is kept in the journal.")


class DoneLater(Invalid):
    """A step that is done in the future is not done."""

    text = N_("This time is still to come. Tick a step when it is done.")


class DoneBefore(Invalid):
    """Nothing was done for a hearing that nobody had asked for."""

    text = N_("This time is before the hearing was entered here. Look at the date again.")


class GateOpen(Conflict):
    """Steps that the law or the order puts first are still open."""

    text = N_("This cannot be done yet. Still open: {steps}")


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that holds a gate: its id, its text by language, and whose it is."""

    id: str
    text: dict[str, str]
    duties: tuple[Duty, ...]


def open_steps(unit: Unit, hearing: HearingRow, gate: str) -> tuple[OpenStep, ...]:
    """The open steps that hold `gate` (book, confirm, start or seal), in order."""
    rows = store.open_at_gate(unit.session, hearing_id=hearing.id, gate=gate)
    return tuple(_open(row) for row in rows)


def require(unit: Unit, hearing: HearingRow, gate: str, *, language: str = "en") -> None:
    """Pass when no step holds the gate, else refuse and name every one that does."""
    found = open_steps(unit, hearing, gate)
    if found:
        raise GateOpen(steps="; ".join(f"{step.id} {step.text.get(language, step.text['en'])}" for step in found))


def tick(
    unit: Unit,
    reference: str,
    step_id: str,
    *,
    version: int,
    note: str,
    by: Actor,
    done_at: datetime | None = None,
) -> None:
    """Mark a step done by this person: now, or at the instant they say. When it was entered is kept beside it."""
    hearing, row = _step_for(unit, reference, step_id, by=by, action=Action.TICK)
    _check_unsettled(row, version=version)
    done_at = done_at or unit.now
    _check_time(unit, hearing, done_at)
    _settle(unit, hearing, row, state=StepState.DONE, note=note, by=by, done_at=done_at)


def waive(unit: Unit, reference: str, step_id: str, *, version: int, reason: str, by: Actor) -> None:
    """Mark a step as not to be done, with the reason, by somebody who may."""
    hearing, row = _step_for(unit, reference, step_id, by=by, action=Action.WAIVE)
    _check_unsettled(row, version=version)
    _check_reason(reason)
    _settle(unit, hearing, row, state=StepState.WAIVED, note=reason, by=by)


def take_back(unit: Unit, reference: str, step_id: str, *, version: int, reason: str, by: Actor) -> None:
    """Open a settled step again, with the reason; a waived one only by somebody who may waive."""
    hearing, row = _step_for(unit, reference, step_id, by=by, action=Action.TICK)
    if row.version != version or row.state is StepState.OPEN:
        raise StepChanged(step=step_id)
    if row.state is StepState.WAIVED and not may_do(hearing, Action.WAIVE, by=by):
        raise NotAllowed()
    _check_reason(reason)
    _settle(unit, hearing, row, state=StepState.OPEN, note=reason, by=by)


def carry_over(unit: Unit, hearing: HearingRow, continuation: HearingRow, *, gate: str, by: Actor) -> None:
    """Settle the steps that hold `gate` for the continuation as they were settled for the hearing it continues."""
    known = store.at_gate(unit.session, hearing_id=hearing.id, gate=gate)
    settled = {row.step_id: row for row in known if row.state is not StepState.OPEN}
    for row in store.open_at_gate(unit.session, hearing_id=continuation.id, gate=gate):
        past = settled.get(row.step_id)
        if past is not None:
            row.state, row.note, row.acted_by, row.acted_at = past.state, past.note, past.acted_by, past.acted_at
            row.done_at, row.ordered_by = past.done_at, past.ordered_by
            facts = {"step": row.step_id, "of": hearing.reference}
            journal.write(unit, "step.carried_over", subject=continuation.reference, by=by, **facts)
    unit.session.flush()


def _step_for(unit: Unit, reference: str, step_id: str, *, by: Actor, action: Action) -> tuple[HearingRow, StepRow]:
    hearing = hearing_for(unit, reference, by=by, action=action)
    row = store.step(unit.session, hearing_id=hearing.id, step_id=step_id)
    if row is None:
        raise Absent()
    if not is_theirs(by.role, (Duty(role) for role in row.roles)):
        raise StepNotYours(step=step_id)
    return hearing, row


def is_theirs(role: Role | None, duties: Iterable[Duty]) -> bool:
    """Whether somebody in this role may settle a step of these duties; the court's own people settle any."""
    if role is None:
        return False
    theirs = _THEIRS.get(role)
    return theirs is None or not theirs.isdisjoint(duties)


def _check_unsettled(row: StepRow, *, version: int) -> None:
    if row.state is not StepState.OPEN:
        raise StepSettled(step=row.step_id, who=row.acted_by)
    if row.version != version:
        raise StepChanged(step=row.step_id)


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded(field="note")


def _check_time(unit: Unit, hearing: HearingRow, done_at: datetime) -> None:
    if done_at > unit.now + CLOCKS_DIFFER:
        raise DoneLater(field="done_time")
    if done_at + CLOCKS_DIFFER < hearing.created_at:
        raise DoneBefore(field="done_on")


def _settle(
    unit: Unit,
    hearing: HearingRow,
    row: StepRow,
    *,
    state: StepState,
    note: str,
    by: Actor,
    done_at: datetime | None = None,
) -> None:
    row.state, row.note, row.acted_by, row.acted_at, row.done_at = state, note, by.name, unit.now, done_at
    unit.session.flush()
    what = {StepState.DONE: "step.ticked", StepState.WAIVED: "step.waived", StepState.OPEN: "step.reopened"}[state]
    facts: dict[str, object] = {"step": row.step_id, "note": note}
    if done_at not in (None, unit.now):
        facts["done_at"] = done_at
    journal.write(unit, what, subject=hearing.reference, by=by, **facts)


def _open(row: StepRow) -> OpenStep:
    text = row.content["text"]
    if not isinstance(text, dict):
        raise TypeError(text)
    return OpenStep(row.step_id, dict(text), tuple(Duty(role) for role in row.roles))
