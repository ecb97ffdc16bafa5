"""The one place that says which kinds of entry somebody may log now, each with its key and what comes first."""

from collections.abc import Callable
from dataclasses import dataclass

from vctestimony.domain.facts import MissingFact
from vctestimony.domain.hearing import State
from vctestimony.domain.record import course, gates, ready
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.entries import ENTRIES, GROUPS
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import logbook
from vctestimony.services.unsealed import HELD
from vctestimony.store.models import HearingRow

First = Callable[[Kind], tuple[str, ...]]
"""What must be logged before such an entry can be, as marked texts."""


@dataclass(frozen=True, slots=True)
class ButtonView:
    """A kind of entry that this person may log; the label is marked with N_.

    `first`: what the log lacks before it can be logged now, marked too; with an earlier time it still may be.
    """

    kind: Kind
    label: str
    key: str
    at_once: bool
    times: int
    first: tuple[str, ...] = ()


def nothing_first(_kind: Kind) -> tuple[str, ...]:
    """Where nothing is known of the log."""
    return ()


def first_of(hearing: HearingRow, log: tuple[Logged, ...]) -> First:
    """What comes first at this hearing now; of a session that is over, only for what happens after it."""
    try:
        facts = logbook.gate_facts(hearing)
    except MissingFact:
        found = None
    else:
        found = gates.standings(log, facts=facts, since=logbook.prepared_from(hearing))

    def first(kind: Kind) -> tuple[str, ...]:
        is_past = hearing.ended_at is not None and not ENTRIES[kind].after_end
        return () if is_past else ready.first(kind, log, found=found)

    return first


def may_log(kind: Kind, state: State, *, court: bool) -> bool:
    """Whether somebody at this end may log the kind in a hearing that stands so."""
    entry = ENTRIES[kind]
    is_time = state in HELD or (state is State.CONFIRMED and entry.before_start)
    return is_time and bool(entry.key) and (court or entry.by_remote)


def button(kind: Kind, state: State, *, court: bool, times: int = 0, first: tuple[str, ...] = ()) -> ButtonView:
    """The button of a kind. One press is enough unless something is asked or comes first, or it happened when the
    session lasted.

    The court is asked who reported what the Remote Point states.
    """
    entry = ENTRIES[kind]
    is_past = state in (State.COMPLETED, State.ADJOURNED) and not entry.after_end
    is_asked = is_past or (court and entry.of_remote)
    at_once = entry.at_once and not is_asked and not first
    return ButtonView(kind, entry.label, entry.key, at_once, times, first)


def past(log: tuple[Logged, ...]) -> int:
    """How many groups of buttons the day has left behind: only what comes before the examination, once that began.

    The link can be lost until the end, so those for the examination stay where they are when the text is read over.
    """
    return 1 if any(entry.kind is Kind.STAGE_BEGAN for entry in course.counting(log)) else 0


def groups(
    log: tuple[Logged, ...], state: State, *, court: bool, first: First = nothing_first
) -> tuple[tuple[str, tuple[ButtonView, ...]], ...]:
    """Every button, with how often it was pressed: first what belongs to now, groups without a button left out."""
    counted = [entry.kind for entry in course.counting(log)]
    found = (
        (
            title,
            tuple(
                button(kind, state, court=court, times=counted.count(kind), first=first(kind))
                for kind in kinds
                if may_log(kind, state, court=court)
            ),
        )
        for title, kinds in GROUPS
    )
    shown = [(title, buttons) for title, buttons in found if buttons]
    before = past(log)
    return (*shown[before:], *shown[:before])
