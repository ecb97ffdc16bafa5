"""The one place that says what waits for somebody about hearings: which, counted by query, and the first of each kind.

A court has thousands of hearings. Of each cause the first page reads so many as it shows; the list of hearings shows
all of them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.waiting import LABELS, OF_THE_COURT, TASKS, Cause
from vctestimony.services import gates, people_states, rules_ahead
from vctestimony.services.access import acted_on, seen
from vctestimony.services.hearing_lines import HearingLine, held_times, line_of
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, planning, proposals
from vctestimony.store import waiting as store
from vctestimony.store.models import HearingRow

MOST_SHOWN = {"bad": 20, "warn": 10, "ok": 10}
"""Of each cause, by how pressing it is."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that somebody should do now: about which hearing, what (a marked text), and how pressing."""

    hearing: HearingLine
    what: str
    tone: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class More:
    """A cause by which more hearings wait than are shown: how many wait in all. The label is marked with N_."""

    cause: Cause
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Tasks:
    """What waits for a court: the first of it, the most pressing first, and where there is more."""

    shown: tuple[Waiting, ...]
    more: tuple[More, ...]


def offered(*, by: Actor) -> tuple[Cause, ...]:
    """By what the hearings that wait for this person can be listed."""
    keeps_court = by.role is not None and may_ever(by.role, Action.BOOK)
    own = (Cause.OWN_ANSWER,) if by.official_id is not None else ()
    return (*(OF_THE_COURT if keeps_court else ()), *own)


def condition(unit: Unit, cause: Cause, *, by: Actor) -> sa.ColumnElement[bool]:
    """The hearings that wait for this person by this cause."""
    if cause is Cause.OWN_ANSWER:
        return unanswered(unit, by=by)
    return _of_court(unit, cause, acted_on(unit, Action.BOOK, by=by))


def unanswered(unit: Unit, *, by: Actor) -> sa.ColumnElement[bool]:
    """Those that ask this person and have neither an answer nor a proposal of theirs."""
    if by.official_id is None:
        return sa.false()
    return seen(by) & store.unanswered(by.official_id, now=unit.now)


def tasks(unit: Unit, *, by: Actor) -> Tasks:
    """What waits for whoever books for the court; nothing for anybody else."""
    if by.role is None or not may_ever(by.role, Action.BOOK):
        return Tasks((), ())
    own = acted_on(unit, Action.BOOK, by=by)
    found = {cause: _first(unit, cause, _of_court(unit, cause, own)) for cause in OF_THE_COURT}
    shown: dict[Cause, frozenset[int]] = {cause: frozenset(ids) for cause, (ids, _) in found.items()}
    rows = hearings.listed(unit.session, HearingRow.id.in_(sorted(frozenset[int]().union(*shown.values()))))
    waiting = _tasks(unit, rows, shown, by=by)
    more = (More(cause, LABELS[cause], count) for cause, (ids, count) in found.items() if count > len(ids))
    return Tasks(tuple(sorted(waiting, key=lambda one: one.tone != "bad")), tuple(more))


def _of_court(unit: Unit, cause: Cause, own: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    if cause is Cause.RULES:
        touched = rules_ahead.touched(unit, own & HearingRow.state.not_in(store.OVER))
        return own & HearingRow.id.in_(sorted(touched))
    return own & store.condition(cause, now=unit.now)


def _first(unit: Unit, cause: Cause, condition: sa.ColumnElement[bool]) -> tuple[Sequence[int], int]:
    tone, _ = TASKS[cause]
    return hearings.first_of(unit.session, condition, most=MOST_SHOWN[tone])


def _tasks(
    unit: Unit, rows: Sequence[HearingRow], shown: Mapping[Cause, Collection[int]], *, by: Actor
) -> list[Waiting]:
    held = held_times(unit, rows)
    steps = planning.open_steps(unit.session, shown[Cause.STEPS], gate=gates.CONFIRM)
    proposed = proposals.open_counts(unit.session, shown[Cause.PROPOSED])
    found = []
    for row in rows:
        line = line_of(unit, row, held, by=by)
        counts = {
            Cause.DECLINED: {"declined": len(people_states.who_stop(row))},
            Cause.STEPS: {"steps": steps.get(row.id, 0)},
            Cause.PROPOSED: {"proposals": proposed.get(row.id, 0)},
        }
        for cause, (tone, what) in TASKS.items():
            if row.id in shown[cause] and not (cause is Cause.READY and gates.missing_of(row)):
                found.append(Waiting(line, what, tone, counts.get(cause, {})))
    return found
