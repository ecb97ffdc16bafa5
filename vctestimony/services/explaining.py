"""The use-case of one day in detail: a lane for everybody and everything, and why each start is not offered."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from vctestimony.domain.access import Actor
from vctestimony.domain.instants import Reading, from_min, read, wall_of
from vctestimony.domain.slot_explaining import Run, explain
from vctestimony.services.board_days import in_detail
from vctestimony.services.finding import FindPage, ask, page_of
from vctestimony.services.mending import Mend, Mends
from vctestimony.services.reasons import WhyNot, told
from vctestimony.services.timetables import STEP_MINUTES, Timetable
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Against:
    """One cause, and where those who look may mend it."""

    why: WhyNot
    mends: tuple[Mend, ...]


@dataclass(frozen=True, slots=True)
class StartRun:
    """Starts in a row with the same causes, from the first to the last on both clocks; no causes: offered."""

    first_court: Reading
    last_court: Reading
    first_remote: Reading
    last_remote: Reading
    count: int
    against: tuple[Against, ...]


@dataclass(frozen=True, slots=True)
class DayPage:
    """The search of one day, its board in detail, and every start of the grid in runs.

    `around` are the day before and the day after, where they can be searched.
    """

    found: FindPage
    runs: tuple[StartRun, ...]
    around: tuple[date, ...]


def day_page(unit: Unit, reference: str, on: date, *, step_minutes: int = STEP_MINUTES, by: Actor) -> DayPage:
    """The day in detail; one query for everything that is taken, as in a search of many days."""
    question = ask(unit, reference, from_on=on, to_on=on, step_minutes=step_minutes, by=by)
    hearing, timetable = question.hearing, question.timetable
    found = page_of(question)
    mends = Mends(hearing, timetable, by=by)
    runs = [run for day in explain(question.search, timetable.pattern, timetable.resources) for run in day.runs]
    return DayPage(
        found=replace(found, days=tuple(in_detail(hearing, timetable, day) for day in found.days)),
        runs=tuple(_run(hearing, timetable, run, mends) for run in runs),
        around=tuple(day for day in (on - _DAY, on + _DAY) if _can_be_searched(unit, hearing, day)),
    )


def _can_be_searched(unit: Unit, hearing: HearingRow, on: date) -> bool:
    """Whether the day is neither past nor outside the days of the order."""
    today_on = wall_of(unit.now, hearing.court.zone).date()
    order = hearing.order
    return max(today_on, order.not_before_on or today_on) <= on <= (order.not_after_on or on)


def _run(hearing: HearingRow, timetable: Timetable, run: Run, mends: Mends) -> StartRun:
    court, remote = hearing.court, hearing.remote
    first, last = from_min(run.starts[0]), from_min(run.starts[-1])
    return StartRun(
        first_court=read(first, court.zone, court.city),
        last_court=read(last, court.zone, court.city),
        first_remote=read(first, remote.zone, remote.city),
        last_remote=read(last, remote.zone, remote.city),
        count=len(run.starts),
        against=tuple(Against(why, mends.of(why)) for why in told(run.causes, timetable)),
    )
