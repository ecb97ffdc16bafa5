"""The list of every hearing one may see, filtered, a page at a time: in the end a court has thousands of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
    found = [one for one in _timed(unit, filters, by=by) if _is_within(one, filters)]
    if filters.words:
        found = _worded(unit, found, filters.words, by=by)
    pages = max(1, -(-len(found) // PAGE))
    wanted = number or (1 if filters != Filters() else _near(found, now=unit.now) // PAGE + 1)
    own = min(wanted, pages)
    rows = _whole(unit, found[(own - 1) * PAGE : own * PAGE])
    return Listed(_lines(unit, rows, by=by), len(found), own, pages)


def _timed(unit: Unit, filters: Filters, *, by: Actor) -> list[_Timed]:
    condition = seen(by)
    if filters.state is not None:
        condition &= HearingRow.state == filters.state
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


def _near(found: Sequence[_Timed], *, now: datetime) -> int:
    """How many of them are over; of none that is near, the first."""
    near = (place for place, one in enumerate(found) if not one.starts or one.starts[0] > now - STILL_NEAR)
    return next(near, 0)


def _whole(unit: Unit, found: Sequence[_Timed]) -> Sequence[HearingRow]:
    return hearings.listed(unit.session, HearingRow.id.in_([one.id for one in found]))


def _lines(unit: Unit, rows: Sequence[HearingRow], *, by: Actor) -> tuple[HearingLine, ...]:
    held = held_times(unit, rows)
    return tuple(line_of(unit, row, held, by=by) for row in rows)
