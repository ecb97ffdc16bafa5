"""The one place that ticks the steps of the checklist which an entry of the running log shows to be done.

Who may write the entry settles the step with it: the log has rules of its own on that, and on the order of the day. A
step that somebody settled by hand stays as it is, and one that somebody opened again by hand is theirs from then on.
"""

import json
from collections.abc import Iterable, Mapping

from vctestimony.domain.access import Actor
from vctestimony.domain.record.gate_steps import STEPS, TELLING, Shown, shown
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, journal, logbook
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as store
from vctestimony.store.models import HearingRow, StepRow, StepState

_NOTE = N_("Shown by the running log: entry {numbers}.")
_REASON = N_("Entry {wrong} of the running log does not count any more: entry {number} corrects it.")
_MOVES = frozenset({"step.ticked", "step.waived", "step.reopened"})


def lock(unit: Unit, hearing: HearingRow) -> Mapping[str, StepRow]:
    """The steps that the log can tick, by id, which nobody else settles until this transaction ends.

    Whoever writes several entries in one transaction calls it before the first: the end of the journal comes last.
    """
    return store.locked_steps(unit.session, hearing_id=hearing.id, ids=STEPS)


def tick(unit: Unit, hearing: HearingRow, kind: Kind, *, number: int, by: Actor) -> None:
    """Tick what the new entry shows to be done, by itself or with others before it. To be called before the journal."""
    if kind in TELLING:
        rows = lock(unit, hearing)
        _tick(unit, hearing, rows, [one for one in _shown(unit, hearing) if number in one.numbers], by=by)


def take_back(unit: Unit, hearing: HearingRow, *, wrong: int, number: int, by: Actor) -> None:
    """Open again what the entry `wrong` had ticked, now that the correction `number` says that it does not count.

    Where another entry shows the same, the step is ticked by that one.
    """
    rows, moved = lock(unit, hearing), _last_moves(unit, hearing)
    rested = [row for one, row in rows.items() if row.state is StepState.DONE and wrong in moved.get(one, ())]
    reason = unit.ports.words.gettext(by.language, _REASON).format(wrong=wrong, number=number)
    for row in rested:
        checklists.settle(unit, hearing, row, state=StepState.OPEN, note=reason, by=by, entries=(number,))
    ids = {row.step_id for row in rested}
    _tick(unit, hearing, rows, [one for one in _shown(unit, hearing) if one.step_id in ids], by=by)


def _tick(unit: Unit, hearing: HearingRow, rows: Mapping[str, StepRow], found: Iterable[Shown], *, by: Actor) -> None:
    note = unit.ports.words.gettext(by.language, _NOTE)
    for one in found:
        row = rows.get(one.step_id)
        if row is not None and row.state is StepState.OPEN:
            said = note.format(numbers=", ".join(str(number) for number in one.numbers))
            checklists.settle(
                unit, hearing, row, state=StepState.DONE, note=said, done_at=one.done_at, entries=one.numbers, by=by
            )


def _shown(unit: Unit, hearing: HearingRow) -> tuple[Shown, ...]:
    return shown(logbook.entries(unit, hearing), since=logbook.prepared_from(hearing))


def _last_moves(unit: Unit, hearing: HearingRow) -> dict[str, tuple[int, ...]]:
    """By which entries of the log each step came to stand as it does; none for what somebody did by hand."""
    found: dict[str, tuple[int, ...]] = {}
    for entry in journal.history(unit, hearing.reference):
        if entry.action in _MOVES:
            facts = json.loads(entry.facts)
            found[facts["step"]] = tuple(facts.get("entries", ()))
    return found
