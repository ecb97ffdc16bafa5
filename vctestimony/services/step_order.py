"""The one place that says what a step of a checklist waits for, what rests on it, and who may waive it."""

from collections.abc import Mapping, Sequence

from vctestimony.domain import sop
from vctestimony.domain.access import Actor, StepWeight, waives_alone, weight_of
from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_
from vctestimony.store.models import StepRow, StepState

ALLOWED = "allowed by law"
SHORTEST_REASON = 5
_STOPS = ".।"
_GIVEN_BY_LAW = frozenset({sop.Basis.LAW.value, sop.Basis.SEQUENCE.value})


class NotInOrder(Invalid):
    """What comes first in good planning is still open."""

    text = N_(
        "Step {step} waits for what is still open: {steps}. "
        "Settle that first, or say in the note why it was done before."
    )


class NotInOrderOfLaw(NotInOrder):
    """What the law puts first is still open."""

    text = N_(
        "The rules put these before step {step}, and they are still open: {steps}. "
        "Settle them first, or say in the note why it was done before."
    )


class OrderNeeded(Invalid):
    """What is law, or holds a gate, is not waived on a coordinator's own word."""

    text = N_("Only the presiding officer waives step {step}. Name who ordered it, and the date of the order.")


def names_before(row: StepRow) -> tuple[str, ...]:
    """The ids of the steps that come before this one, whether the checklist has them or not."""
    after = row.content.get("after")
    return tuple(str(name) for name in after) if isinstance(after, list) else ()


def before(row: StepRow, known: Mapping[str, StepRow]) -> tuple[StepRow, ...]:
    """The steps of the same checklist that come before this one; what does not apply to the case is none."""
    return tuple(known[name] for name in names_before(row) if name in known)


def still_open(rows: Sequence[StepRow]) -> tuple[StepRow, ...]:
    """Those that nobody has done or waived."""
    return tuple(row for row in rows if row.state is StepState.OPEN)


def is_order_of_law(row: StepRow) -> bool:
    """Whether the law itself gives the order of this step, and it was read."""
    return bool(row.content["is_law"]) and str(row.content["basis"]) in _GIVEN_BY_LAW


def check_order(row: StepRow, known: Mapping[str, StepRow], *, note: str, language: str) -> None:
    """Refuse to tick a step before what it waits for, unless a note says why."""
    waits = still_open(before(row, known))
    if not waits or len(note.strip()) >= SHORTEST_REASON:
        return
    refusal = NotInOrderOfLaw if is_order_of_law(row) else NotInOrder
    raise refusal(field="note", step=row.step_id, steps="; ".join(words_of(one, language) for one in waits))


def weight(row: StepRow) -> StepWeight:
    """What rests on the step."""
    return weight_of(
        is_law=bool(row.content["is_law"]),
        is_optional=_is_only_allowed(row),
        holds_gate=row.blocks not in ("", sop.Gate.NONE),
    )


def is_duty_of_law(row: StepRow) -> bool:
    """Whether the law states it and does more than allow it."""
    return bool(row.content["is_law"]) and not _is_only_allowed(row)


def _is_only_allowed(row: StepRow) -> bool:
    return row.content["force"] == ALLOWED


def check_waiver(row: StepRow, *, ordered_by: str, by: Actor) -> None:
    """Refuse a waiver on the word of somebody whose word does not suffice."""
    if not waives_alone(by.role, weight(row)) and len(ordered_by.strip()) < SHORTEST_REASON:
        raise OrderNeeded(field="ordered_by", step=row.step_id)


def words_of(row: StepRow, language: str) -> str:
    """The step as it stands within a sentence: without a stop of its own."""
    return within_sentence(row.step_id, text_of(row, language))


def within_sentence(step_id: str, text: str) -> str:
    """The number and the text of a step, to stand among others.

    >>> within_sentence("X11", "Stop the recording.")
    'X11 Stop the recording'
    """
    return f"{step_id} {text.rstrip(_STOPS)}"


def text_of(row: StepRow, language: str) -> str:
    """What is to be done."""
    text = row.content["text"]
    if not isinstance(text, dict):
        raise TypeError(text)
    return str(text.get(language) or text["en"])
