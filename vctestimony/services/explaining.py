"""The use-case of one day in detail: a lane for everybody and everything, and why each start is not offered."""

from dataclasses import dataclass, replace
from datetime import date

from vctestimony.domain.access import Actor
from vctestimony.domain.instants import Reading, from_min, read
from vctestimony.domain.slot_explaining import Run, explain
from vctestimony.services.board_days import in_detail
from vctestimony.services.finding import FindPage, ask, page_of
from vctestimony.services.mending import Mend, Mends
from vctestimony.services.reasons import WhyNot, told
from vctestimony.services.timetables import STEP_MINUTES, Timetable
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow


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
    """The search of one day, its board in detail, and every start of the grid in runs."""

    found: FindPage
    runs: tuple[StartRun, ...]


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
    )


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
