"""The one place that says what must be logged first before a kind of entry can be logged now, by the rules that would
refuse it (course, fitting, gates)."""

from collections.abc import Iterable

from vctestimony.domain.record.course import PAIRS, Logged, counting
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.fitting import NEEDS_THE_LINK
from vctestimony.domain.record.gate_names import GATE_LABELS
from vctestimony.domain.record.gates import GateState, Standing, holds
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.waiting import WAITING
from vctestimony.domain.wording import N_

_BEGINS = {ends: begins for begins, ends in PAIRS.items()}
_WAITS_FOR = {
    Kind.GRIEVANCE_DECIDED: ENTRIES[Kind.GRIEVANCE].label,
    Kind.RULING: N_("an objection with its ruling reserved"),
}
UNANSWERED = N_("the answer about the case that is still missing")


def first(kind: Kind, log: Iterable[Logged], *, found: Iterable[Standing] | None) -> tuple[str, ...]:
    """What comes first, as marked texts; nothing where the entry can be logged now, if its answers can be taken.

    `found` are the gates as they stand; None where a question about the case keeps them unknown.
    """
    entries = tuple(log)
    return (*_of_a_pair(kind, entries), *_of_others(kind, entries), *_of_gates(kind, found))


def _of_a_pair(kind: Kind, entries: tuple[Logged, ...]) -> tuple[str, ...]:
    """What ends has begun, and what begins has ended; and nothing is done with the witness while the link is lost."""
    begins = _BEGINS.get(kind, kind)
    if kind in PAIRS or kind in _BEGINS:
        lasts = _lasts(begins, entries)
        needed = begins if not lasts else PAIRS[begins]
        return () if lasts == (kind in _BEGINS) else (ENTRIES[needed].label,)
    is_cut = kind in NEEDS_THE_LINK and _lasts(Kind.LINK_LOST, entries)
    return (ENTRIES[Kind.LINK_RESTORED].label,) if is_cut else ()


def _of_others(kind: Kind, entries: tuple[Logged, ...]) -> tuple[str, ...]:
    return () if kind not in WAITING or WAITING[kind](entries) else (_WAITS_FOR[kind],)


def _of_gates(kind: Kind, found: Iterable[Standing] | None) -> tuple[str, ...]:
    if found is None:
        return (UNANSWERED,) if holds(kind) else ()
    held = (one for one in found if one.state is GateState.OPEN and kind in one.gate.holds)
    return tuple(GATE_LABELS[one.gate.key] for one in held)


def _lasts(begins: Kind, entries: tuple[Logged, ...]) -> bool:
    last = next((one for one in reversed(counting(entries)) if one.kind in (begins, PAIRS[begins])), None)
    return last is not None and last.kind is begins
