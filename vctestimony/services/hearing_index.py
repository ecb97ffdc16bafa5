"""The list of every hearing one may see, filtered, a page at a time: in the end a court has thousands of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import wall_of
from vctestimony.services.access import seen
from vctestimony.services.hearing_lists import HearingLine, held_times, line_of
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, options
from vctestimony.store.models import HearingRow

PAGE = 50
STILL_NEAR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show of the list: a state, the days of the Court Point's clock, words of reference, case or witness."""

    state: State | None = None
    from_on: date | None = None
    to_on: date | None = None
    words: str = ""


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
    condition = _condition(filters, by=by)
    if filters.from_on is None and filters.to_on is None and not filters.words:
        near = _near(unit, condition) if filters == Filters() else 0
        total = hearings.count(unit.session, condition)
        own, pages = _page(total, number, near=near)
        rows = hearings.listed(unit.session, condition, skipped=(own - 1) * PAGE, most=PAGE)
        return Listed(_lines(unit, rows, by=by), total, own, pages)
    found = [one for one in _timed(unit, condition) if _is_within(one, filters)]
    if filters.words:
        found = _worded(unit, found, filters.words, by=by)
    own, pages = _page(len(found), number)
    rows = _whole(unit, found[(own - 1) * PAGE : own * PAGE])
    return Listed(_lines(unit, rows, by=by), len(found), own, pages)


def _page(total: int, number: int | None, *, near: int = 0) -> tuple[int, int]:
    """Which page is shown, of how many: the wanted one or the last, or the one where what comes after `near` stands."""
    pages = max(1, -(-total // PAGE))
    return min(number or near // PAGE + 1, pages), pages


def _condition(filters: Filters, *, by: Actor) -> sa.ColumnElement[bool]:
    return seen(by) if filters.state is None else seen(by) & (HearingRow.state == filters.state)


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
    if filters.from_on is None and filters.to_on is None:
        return True
    first_on, last_on = filters.from_on or date.min, filters.to_on or date.max
    return any(first_on <= wall_of(at, one.zone).date() <= last_on for at in one.starts)


def _worded(unit: Unit, found: Sequence[_Timed], words: str, *, by: Actor) -> list[_Timed]:
    """Those with all these words in what the reader is shown, and in nothing else."""
    lines = dict(zip(found, _lines(unit, _whole(unit, found), by=by), strict=True))
    return [one for one, line in lines.items() if _has(line, words)]


def _has(line: HearingLine, words: str) -> bool:
    text = " ".join((line.reference, line.case_number, line.pseudonym, line.court, line.remote)).casefold()
    return all(word in text for word in words.casefold().split())


def _whole(unit: Unit, found: Sequence[_Timed]) -> Sequence[HearingRow]:
    return hearings.listed(unit.session, HearingRow.id.in_([one.id for one in found]))


def _lines(unit: Unit, rows: Sequence[HearingRow], *, by: Actor) -> tuple[HearingLine, ...]:
    held = held_times(unit, rows)
    return tuple(line_of(unit, row, held, by=by) for row in rows)
