"""The hearing of the demonstration that the presiding officer orders for a time at which they are away."""

from datetime import timedelta

from vctestimony.demo import casework
from vctestimony.demo.places import KOLKATA as INDIAN_TIME
from vctestimony.demo.stage import Stage, Story, row_of
from vctestimony.demo.stories import MUMBAI, SHORT, court_seats, registered
from vctestimony.domain.instants import resolve
from vctestimony.domain.people import Duty
from vctestimony.services import officials, overlaps
from vctestimony.services.overlaps import Order

_REASON = "The witness leaves Bangladesh for work abroad that night. I shall leave the academy for this sitting."


def ordered(stage: Stage) -> Story:
    """Mumbai and Khulna: the judge is at the academy that day, and comes back for the witness by their own order."""
    yield stage.day(-6, 14)
    known = registered(stage, MUMBAI, casework.MUMBAI_ABROAD, days=-8)
    seats = court_seats(MUMBAI) | {
        "ahci-khulna/consular": Duty.REMOTE_COORDINATOR,
        f"{MUMBAI}/interpreter": Duty.INTERPRETER,
    }
    hearing = stage.plan(MUMBAI, "ahci-khulna", known, seats, lengths=SHORT, link=1)
    yield stage.day(-2, 16)
    start_wall = stage.offered(MUMBAI, hearing, first=18, last=60)[0]
    judge, by = f"{MUMBAI}/judge", stage.actor(f"{MUMBAI}/coordinator")
    with stage.units.writing() as unit:
        midnight_wall = start_wall.replace(hour=0, minute=0)
        ends_wall = midnight_wall + timedelta(days=1)
        officials.add_leave(unit, stage.people.officials[judge], starts_wall=midnight_wall, ends_wall=ends_wall, by=by)
    yield stage.day(-2, 16, 40)
    with stage.units.writing() as unit:
        row = row_of(unit, hearing)
        ways = overlaps.ways_of(unit, row, starts_at=resolve(start_wall, INDIAN_TIME))
        order = Order(starts_wall=start_wall, zone=INDIAN_TIME, reason=_REASON, clashes_seen=ways.mark)
        overlaps.book(unit, hearing, order, version=row.version, by=stage.actor(judge))
