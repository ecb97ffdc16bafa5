"""The use-cases of the numbers of a court: count each month once it is over, keep them, and show the court its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.archive.contents import as_csv
from vctestimony.domain.errors import NotAllowed
from vctestimony.domain.instants import from_min, wall_of
from vctestimony.domain.local_days import local_day
from vctestimony.domain.numbers import (
    KEPT_AFTER_DAYS,
    SMALL,
    Counted,
    Figure,
    Measure,
    figures,
    month_of,
    next_month,
    shown,
)
from vctestimony.domain.people import COURTS
from vctestimony.domain.record import course
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import logbook
from vctestimony.services.unit import Unit, Units
from vctestimony.store import accounts
from vctestimony.store import numbers as store
from vctestimony.store.models import HearingRow, PostRow

MOST_MONTHS = 24
COLUMNS = ("month", "what", "of_which", "value")


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the court; `is_kept` says that it is counted for good."""

    month_on: date
    figures: tuple[Figure, ...]
    is_kept: bool


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """The months of one court, the newest first. What is less than `small` is not told."""

    court: str
    months: tuple[Month, ...]
    small: int


def page(unit: Unit, *, by: Actor) -> NumbersPage:
    """The own court's numbers; nobody sees another court's. What is no court has none."""
    court = accounts.post(unit.session, by.post_id) if by.post_id is not None else None
    allowed = by.role is not None and may_ever(by.role, Action.SEE_NUMBERS)
    if court is None or not allowed:
        raise NotAllowed()
    if court.kind not in COURTS:
        return NumbersPage(court.name, (), SMALL)
    kept = store.kept(unit.session, court.id)
    this_month = month_of(_today(unit, court))
    live = [one for one in _months(unit, court, until=next_month(this_month)) if one not in kept]
    found = {**kept, **{one: _counted(unit, court, one) for one in live[-MOST_MONTHS:]}}
    newest = sorted(found, reverse=True)[:MOST_MONTHS]
    months = tuple(Month(one, shown(found[one]), one in kept) for one in newest)
    return NumbersPage(court.name, months, SMALL)


def table(unit: Unit, *, language: str, by: Actor) -> bytes:
    """The same as a file for programs for tables; what is small stands there as "<3"."""
    word = unit.ports.words.gettext
    rows = [
        {
            "month": f"{month.month_on:%Y-%m}",
            "what": word(language, one.label),
            "of_which": word(language, one.cause) if one.cause else "",
            "value": f"<{SMALL}" if one.value is None else one.value,
        }
        for month in page(unit, by=by).months
        for one in month.figures
    ]
    return as_csv(rows, COLUMNS)


def keep(units: Units) -> None:
    """Count every month that is over and not kept yet, of every court, before anything is erased."""
    with units.reading() as unit:
        missing = [(court.id, month) for court in store.courts(unit.session) for month in _missing(unit, court)]
    for court_id, month in missing:
        with units.writing(wakes=False) as unit:
            accounts.lock_name(unit.session, f"numbers of {court_id}")
            court = accounts.post(unit.session, court_id)
            if court is not None and month not in store.kept(unit.session, court_id):
                store.keep(unit.session, court_id, month, _counted(unit, court, month), now=unit.now)


def _missing(unit: Unit, court: PostRow) -> Iterator[date]:
    over_on = _today(unit, court) - timedelta(days=KEPT_AFTER_DAYS)
    kept = store.kept(unit.session, court.id)
    return (month for month in _months(unit, court, until=month_of(over_on)) if month not in kept)


def _months(unit: Unit, court: PostRow, *, until: date) -> Iterator[date]:
    """Every month from that of the court's first hearing to the one before."""
    first_at = store.first_at(unit.session, court.id)
    if first_at is None:
        return
    month = month_of(wall_of(first_at, court.zone).date())
    while month < until:
        yield month
        month = next_month(month)


def _counted(unit: Unit, court: PostRow, month: date) -> Mapping[Measure, int]:
    first, until = _start_of(court, month), _start_of(court, next_month(month))
    rows = store.hearings_between(unit.session, court.id, first=first, until=until)
    return figures(_one(unit, row) for row in rows)


def _one(unit: Unit, row: HearingRow) -> Counted:
    totals, entries = None, tuple[course.Logged, ...]()
    if row.started_at is not None:
        entries = tuple(logbook.entries(unit, row))
        totals = course.totals(entries, session=logbook.session_of(row), now=unit.now)
    why = next((one.facts.get("cause", "") for one in reversed(entries) if one.kind is Kind.ADJOURNED), "")
    days = None
    if row.starts_at is not None and row.started_at is not None:
        days = (wall_of(row.starts_at, row.court.zone).date() - row.order.made_on).days
    return Counted(
        state=row.state,
        losses=totals.losses if totals else 0,
        lost_minutes=totals.without_link if totals else 0,
        order_days=days,
        cause=why,
    )


def _start_of(court: PostRow, on: date) -> datetime:
    return from_min(local_day(on, court.zone).start_min)


def _today(unit: Unit, court: PostRow) -> date:
    return wall_of(unit.now, court.zone).date()
