"""The list of every hearing one may see, filtered, a page at a time: in the end a court has thousands of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import wall_of
from vctestimony.domain.waiting import Cause
from vctestimony.services import court_tasks, hearing_words
from vctestimony.services.access import seen
from vctestimony.services.hearing_lines import HearingLine, lines_of
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, options
from vctestimony.store.models import HearingRow

PAGE = 50
STILL_NEAR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show of the list: a state, the days of the Court Point's clock, words of reference, case or witness, and
    by what a hearing waits for the reader."""

    state: State | None = None
    from_on: date | None = None
    to_on: date | None = None
    words: str = ""
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list: the page `number` of `pages`, of `total` hearings."""

    lines: tuple[HearingLine, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Timed:
    """A hearing of which only this is known yet; `starts` are all that are held while none is booked."""

    id: int
    starts: tuple[datetime, ...]
    zone: str


def listed(unit: Unit, filters: Filters, *, number: int | None = None, by: Actor) -> Listed:
    """The hearings this person may see that fit the filters: with a time first, by time.

    Without a number and without filters, the page on which what is near begins; what is over lies before it.
    """
    condition = _condition(unit, filters, by=by)
    if filters.from_on is None and filters.to_on is None:
        near = _near(unit, condition) if filters == Filters() else 0
        total = hearings.count(unit.session, condition)
        own, pages = _page(total, number, near=near)
        rows = hearings.listed(unit.session, condition, skipped=(own - 1) * PAGE, most=PAGE)
        return Listed(lines_of(unit, rows, by=by), total, own, pages)
    found = [one for one in _timed(unit, condition) if _is_within(one, filters)]
    own, pages = _page(len(found), number)
    rows = _whole(unit, found[(own - 1) * PAGE : own * PAGE])
    return Listed(lines_of(unit, rows, by=by), len(found), own, pages)


def _page(total: int, number: int | None, *, near: int = 0) -> tuple[int, int]:
    """Which page is shown, of how many: the wanted one or the last, or the one where what comes after `near` stands."""
    pages = max(1, -(-total // PAGE))
    return min(number or near // PAGE + 1, pages), pages


def _condition(unit: Unit, filters: Filters, *, by: Actor) -> sa.ColumnElement[bool]:
    found = seen(by)
    if filters.state is not None:
        found &= HearingRow.state == filters.state
    if filters.cause is not None:
        found &= court_tasks.condition(unit, filters.cause, by=by)
    return found & hearing_words.condition(unit, filters.words, by=by) if filters.words else found


def _near(unit: Unit, condition: sa.ColumnElement[bool]) -> int:
    """How many of them are over; of none that is near, the first."""
    over = hearings.count(unit.session, condition & (HearingRow.starts_at <= unit.now - STILL_NEAR))
    return over if over < hearings.count(unit.session, condition) else 0


def _timed(unit: Unit, condition: sa.ColumnElement[bool]) -> list[_Timed]:
    rows = hearings.times_of(unit.session, condition)
    held = options.held_by_hearing(unit.session, [number for number, state, _, _ in rows if state is State.PROPOSED])
    return [
        _Timed(number, (at,) if at else tuple(one.starts_at for one in held.get(number, ())), zone)
        for number, _, at, zone in rows
    ]


def _is_within(one: _Timed, filters: Filters) -> bool:
    """Whether one of its days, on the clock of the Court Point, is among those asked for."""
    first_on, last_on = filters.from_on or date.min, filters.to_on or date.max
    return any(first_on <= wall_of(at, one.zone).date() <= last_on for at in one.starts)


def _whole(unit: Unit, found: Sequence[_Timed]) -> Sequence[HearingRow]:
    return hearings.listed(unit.session, HearingRow.id.in_([one.id for one in found]))
