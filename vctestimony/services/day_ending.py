"""The use-case of going on another day: the date that the search suggests, and its continuation."""

from dataclasses import dataclass
from datetime import date

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Refusal
from vctestimony.domain.instants import resolve
from vctestimony.domain.paper import BothClocks
from vctestimony.services import finding, hearing_clocks, planning
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.unit import Unit


@dataclass(frozen=True, slots=True)
class NextDate:
    """The first time that both ends could go on, by the search as it is now; nothing is held by it."""

    on: date
    starts: BothClocks


def suggested(unit: Unit, reference: str, *, by: Actor) -> NextDate | None:
    """The first day from tomorrow on which everybody could go on; None for whoever does not book, or without one."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CONDUCT)
    if not may_do(hearing, Action.BOOK, by=by):
        return None
    try:
        offered = finding.find(unit, reference, by=by).offered
    except Refusal:
        return None
    if not offered:
        return None
    start_wall = offered[0].time.start_wall
    return NextDate(start_wall.date(), hearing_clocks.both(hearing, resolve(start_wall, hearing.court.zone)))


def continued(unit: Unit, reference: str, *, by: Actor) -> str:
    """The continuation of an adjourned hearing, set up at once for whoever plans: its reference, else nothing."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CONDUCT)
    return planning.continue_part_heard(unit, reference, by=by) if may_do(hearing, Action.PLAN, by=by) else ""
