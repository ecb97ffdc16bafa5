"""The use-cases of ticking by a signed link: each tick judged by itself, stored once, and kept whatever came of it.

What is not taken changes nothing and stays as a remark on its step (services/field_remarks.py), unless somebody floods.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from vctestimony.domain.devices import seconds_of, skew_of
from vctestimony.domain.errors import Absent, Conflict, Invalid, NotAllowed, Refusal
from vctestimony.domain.field_ticks import (
    OUTCOME_TEXTS,
    Outcome,
    Sending,
    SentTick,
    put_right,
)
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, field_links, journal
from vctestimony.services.checklists import StepChanged, StepSettled
from vctestimony.services.field_links import Holder
from vctestimony.services.pseudonymity import RealName, check_unnamed
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as steps
from vctestimony.store import field_ticks as store
from vctestimony.store.models import FieldTickRow, StepRow, StepState

TAKE_BACK = timedelta(minutes=15)
"""So long the holder of a link may take a tick back; later the coordinator does."""
MOST_KEPT = 300
"""So many ticks of one person's that were not taken are kept as remarks; those after them are answered only."""


class TooLate(Conflict):
    """It may have been relied upon since."""

    text = N_("A tick can be taken back here within {minutes} minutes only. Ask the coordinator of the court.")


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one tick. `text` is marked, to be filled with `who`."""

    key: str
    outcome: Outcome
    who: str = ""

    @property
    def text(self) -> str:
        """The sentence for the holder of the link."""
        return OUTCOME_TEXTS[self.outcome]


def take(unit: Unit, token: str, sending: Sending) -> tuple[Answered, ...]:
    """Judge the ticks in their order, one by one; what came before under the same id is answered as it was then."""
    return _taken(unit, token, sending.ticks, skew=skew_of(sending.sent_at, now=unit.now))


def take_here(unit: Unit, token: str, step_id: str, *, version: int, note: str, once: str) -> Answered:
    """One tick made on the page with the network, now; the same form sent twice is one."""
    key = sha256(json.dumps([once, step_id, version]).encode()).hexdigest()
    return _taken(unit, token, [SentTick(key, step_id, version, note=note)], skew=timedelta())[0]


def take_back(unit: Unit, token: str, step_id: str, *, version: int, reason: str) -> None:
    """Open a step again that was ticked by this link a moment ago, with the reason."""
    journal.queue(unit)
    holder = field_links.open_holder(unit, token)
    row = steps.step(unit.session, hearing_id=holder.hearing.id, step_id=step_id)
    last = own_ticks(store.of_participant(unit.session, holder.person.id)).get(step_id)
    if row is None or not may_take_back(holder, row, last, now=unit.now):
        raise TooLate(minutes=TAKE_BACK // timedelta(minutes=1))
    check_unnamed(unit, holder.hearing, reason, field="note")
    checklists.take_back(unit, holder.hearing.reference, step_id, version=version, reason=reason, by=holder.actor)


def own_ticks(rows: Iterable[FieldTickRow]) -> dict[str, FieldTickRow]:
    """The newest tick by the link for each step."""
    return {row.step_id: row for row in rows}


def may_take_back(holder: Holder, row: StepRow, last: FieldTickRow | None, *, now: datetime) -> bool:
    """Whether the step stands as the link ticked it, and that was not long ago."""
    return (
        last is not None
        and last.outcome is Outcome.TAKEN
        and row.state is StepState.DONE
        and row.acted_by == holder.actor.name
        and now - last.received_at <= TAKE_BACK
    )


def is_own(holder: Holder, row: StepRow) -> bool:
    """Whether the step is on the checklist of this person: of their duty, or of everyone, and theirs to tick."""
    duties = {Duty(role) for role in row.roles}
    own = {holder.person.duty, Duty.EVERYONE}
    return not own.isdisjoint(duties) and checklists.is_theirs(holder.actor.role, duties)


def _taken(unit: Unit, token: str, ticks: Iterable[SentTick], *, skew: timedelta) -> tuple[Answered, ...]:
    journal.queue(unit)
    holder, wanted = field_links.holder_of(unit, token), tuple(ticks)
    known = store.by_keys(unit.session, holder.person.id, {one.key for one in wanted})
    left = MOST_KEPT - store.count_not_taken(unit.session, holder.person.id)
    new: list[FieldTickRow] = []
    for one in wanted:
        if one.key not in known:
            row = known[one.key] = _judged(unit, holder, one, skew=skew)
            is_taken = row.outcome is Outcome.TAKEN
            if is_taken or left > 0:
                unit.session.add(row)
                new.append(row)
                left -= not is_taken
    unit.session.flush()
    if new:
        kept = [row.step_id for row in new if row.outcome is not Outcome.TAKEN]
        facts = {"taken": len(new) - len(kept), "kept": kept, "clock_off_seconds": seconds_of(skew)}
        journal.write(unit, "field.ticks_came", subject=holder.hearing.reference, by=holder.actor, **facts)
    return tuple(Answered(one.key, known[one.key].outcome, known[one.key].settled_by) for one in wanted)


def _judged(unit: Unit, holder: Holder, tick: SentTick, *, skew: timedelta) -> FieldTickRow:
    done_at = put_right(tick.said_at or unit.now, skew, since=holder.link.made_at, now=unit.now)
    outcome, who = _outcome(unit, holder, tick, done_at)
    return FieldTickRow(
        hearing_id=holder.hearing.id,
        participant_id=holder.person.id,
        key=tick.key,
        step_id=tick.step,
        version=tick.version,
        said_at=tick.said_at,
        skew_seconds=seconds_of(skew),
        done_at=done_at or unit.now,
        received_at=unit.now,
        outcome=outcome,
        settled_by=who,
        note="" if outcome is Outcome.NAMED else tick.note,
    )


def _outcome(unit: Unit, holder: Holder, tick: SentTick, done_at: datetime | None) -> tuple[Outcome, str]:
    """Tick the step if it can be ticked; else why not, and who was first.

    What is no answer about the tick, such as a vault without its key, undoes the whole: the phone sends it again.
    """
    try:
        check_unnamed(unit, holder.hearing, tick.note, field="note")
        if not holder.is_open:
            return Outcome.WITHDRAWN, ""
        row = steps.step(unit.session, hearing_id=holder.hearing.id, step_id=tick.step)
        if row is None or not is_own(holder, row):
            return Outcome.REFUSED, ""
        if done_at is None:
            return Outcome.MISTIMED, ""
        checklists.tick(
            unit,
            holder.hearing.reference,
            tick.step,
            version=tick.version,
            note=tick.note,
            by=holder.actor,
            done_at=done_at,
        )
    except StepSettled as settled:
        return Outcome.SETTLED, str(settled.facts["who"])
    except (Absent, Conflict, Invalid, NotAllowed) as refusal:
        return _why(refusal), ""
    return Outcome.TAKEN, ""


def _why(refusal: Refusal) -> Outcome:
    """What else is wrong: with its time, or with a note that should say why it was done out of order."""
    if isinstance(refusal, Invalid) and not isinstance(refusal, RealName) and refusal.field == "note":
        return Outcome.WAITING
    kinds: tuple[tuple[type[Refusal], Outcome], ...] = (
        (RealName, Outcome.NAMED),
        (StepChanged, Outcome.CHANGED),
        (Invalid, Outcome.MISTIMED),
    )
    return next((outcome for kind, outcome in kinds if isinstance(refusal, kind)), Outcome.REFUSED)
