"""The use-cases of a checklist at work: look, tick, take back, waive, and say which open steps hold a gate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Conflict, Invalid, NotAllowed
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import resolve, wall_of
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.wording import N_
from vctestimony.services import evidence, journal, step_order
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.checklist_making import compose_for, redate
from vctestimony.services.evidence import Sent
from vctestimony.services.logbook import own_end
from vctestimony.services.pseudonymity import check_unnamed
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as store
from vctestimony.store import evidence as files
from vctestimony.store.models import HearingRow, PostRow, StepRow, StepState

__all__ = [
    "GateOpen",
    "OpenStep",
    "add_evidence",
    "carry_over",
    "compose_for",
    "instant_told",
    "is_theirs",
    "open_steps",
    "own_post",
    "redate",
    "settle",
    "take_back",
    "tick",
    "waive",
]

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

    text = N_(
        "This time is before the hearing was entered here. Leave day and time empty, "
        "and say in the note when it was done."
    )


class TimeMissing(Invalid):
    """A day alone is half a moment."""

    text = N_("Write the time of day as well, or leave both empty if it is done now.")


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
        texts = ((step.id, step.text.get(language, step.text["en"])) for step in found)
        raise GateOpen(steps="; ".join(step_order.within_sentence(*text) for text in texts))


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
    known = store.steps_by_id(unit.session, hearing_id=hearing.id, ids=step_order.names_before(row))
    step_order.check_order(row, known, note=note, language=by.language)
    settle(unit, hearing, row, state=StepState.DONE, note=note, by=by, done_at=done_at)


def waive(
    unit: Unit, reference: str, step_id: str, *, version: int, reason: str, by: Actor, ordered_by: str = ""
) -> None:
    """Mark a step as not to be done, with the reason, by somebody who may or on an order that is named."""
    hearing, row = _step_for(unit, reference, step_id, by=by, action=Action.WAIVE)
    _check_unsettled(row, version=version)
    _check_reason(reason)
    step_order.check_waiver(row, ordered_by=ordered_by, by=by)
    check_unnamed(unit, hearing, ordered_by, field="ordered_by")
    settle(unit, hearing, row, state=StepState.WAIVED, note=reason, by=by, ordered_by=ordered_by.strip())


def take_back(unit: Unit, reference: str, step_id: str, *, version: int, reason: str, by: Actor) -> None:
    """Open a settled step again, with the reason; a waived one only by somebody who may waive."""
    hearing, row = _step_for(unit, reference, step_id, by=by, action=Action.TICK)
    if row.version != version or row.state is StepState.OPEN:
        raise StepChanged(step=step_id)
    if row.state is StepState.WAIVED and not may_do(hearing, Action.WAIVE, by=by):
        raise NotAllowed()
    _check_reason(reason)
    settle(unit, hearing, row, state=StepState.OPEN, note=reason, by=by)
    files.take_back(unit.session, hearing_id=hearing.id, step_id=step_id, at=unit.now)


def add_evidence(unit: Unit, reference: str, step_id: str, sent: Sent, *, by: Actor) -> None:
    """Keep a file that shows what was done of a settled step, with the tick or later."""
    hearing, row = _step_for(unit, reference, step_id, by=by, action=Action.TICK)
    evidence.attach(unit, hearing, row, sent, by=by)


def instant_told(unit: Unit, reference: str, on: date | None, at: time | None, *, by: Actor) -> datetime | None:
    """The instant that somebody tells by the clock of their own end; None for neither, today where no day is told.

    A time that this clock showed twice or never is refused with both readings.
    """
    if at is None:
        if on is not None:
            raise TimeMissing(field="done_time")
        return None
    zone = own_post(hearing_for(unit, reference, by=by, action=Action.TICK), by).zone
    try:
        return resolve(datetime.combine(on or wall_of(unit.now, zone).date(), at), zone)
    except Invalid as refusal:
        refusal.field = "done_time"
        raise


def own_post(hearing: HearingRow, by: Actor) -> PostRow:
    """The end by whose clock this person tells times."""
    return hearing.court if own_end(hearing, by) is End.COURT else hearing.remote


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
    row = store.locked_step(unit.session, hearing_id=hearing.id, step_id=step_id)
    if row is None:
        raise Absent()
    if not is_theirs(by.role, (Duty(role) for role in row.roles)):
        raise StepNotYours(step=step_id)
    return hearing, row


def is_theirs(role: Role | None, duties: Iterable[Duty]) -> bool:
    """Whether somebody in this role may settle a step of these duties; the court's own people settle any."""
    theirs = settled_by(role)
    return theirs is None or not theirs.isdisjoint(duties)


def settled_by(role: Role | None) -> frozenset[Duty] | None:
    """The duties whose steps somebody in this role may settle; None stands for every step."""
    return frozenset() if role is None else _THEIRS.get(role)


def _check_unsettled(row: StepRow, *, version: int) -> None:
    if row.state is not StepState.OPEN:
        raise StepSettled(step=row.step_id, who=row.acted_by)
    if row.version != version:
        raise StepChanged(step=row.step_id)


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < step_order.SHORTEST_REASON:
        raise ReasonNeeded(field="note")


def _check_time(unit: Unit, hearing: HearingRow, done_at: datetime) -> None:
    if done_at > unit.now + CLOCKS_DIFFER:
        raise DoneLater(field="done_time")
    if done_at + CLOCKS_DIFFER < hearing.created_at:
        raise DoneBefore(field="done_on")


def settle(
    unit: Unit,
    hearing: HearingRow,
    row: StepRow,
    *,
    state: StepState,
    note: str,
    by: Actor,
    done_at: datetime | None = None,
    ordered_by: str = "",
    entries: Sequence[int] = (),
) -> None:
    """Write down how a locked step stands now. Whoever calls has checked who may, when it was, and its order.

    `entries` are those of the running log that show it done, or do so no more.
    """
    check_unnamed(unit, hearing, note, field="note")
    row.state, row.note, row.acted_by, row.acted_at, row.done_at = state, note, by.name, unit.now, done_at
    row.ordered_by = ordered_by
    unit.session.flush()
    what = {StepState.DONE: "step.ticked", StepState.WAIVED: "step.waived", StepState.OPEN: "step.reopened"}[state]
    facts: dict[str, object] = {"step": row.step_id, "note": note}
    if done_at not in (None, unit.now):
        facts["done_at"] = done_at
    if ordered_by:
        facts["ordered_by"] = ordered_by
    if entries:
        facts["entries"] = list(entries)
    journal.write(unit, what, subject=hearing.reference, by=by, **facts)


def _open(row: StepRow) -> OpenStep:
    text = row.content["text"]
    if not isinstance(text, dict):
        raise TypeError(text)
    return OpenStep(row.step_id, dict(text), tuple(Duty(role) for role in row.roles))
