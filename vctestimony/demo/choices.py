"""The hearing of the demonstration for which others would do as well, with a room of its own before the examination."""

from vctestimony.demo import casework
from vctestimony.demo.people import KEEPER
from vctestimony.demo.stage import Stage, Story, row_of
from vctestimony.demo.stories import MUMBAI, USUAL, court_seats, registered
from vctestimony.domain.hearing import End, Part
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.services import alternatives, places
from vctestimony.services.part_rooms import room_of_part

MISSION = "ahci-rajshahi"
_SECOND = f"{MUMBAI}/second-interpreter"
_TURNAROUND = 20


def any_of_two(stage: Stage) -> Story:
    """Mumbai and Rajshahi: either interpreter will do, any link, and the witness waits in the quiet room."""
    yield stage.day(-33, 12)
    conference, quiet = stage.places.rooms[MISSION]
    with stage.units.writing() as unit:
        by = stage.actor(KEEPER)
        places.rename(unit, conference, "Conference room", gap_minutes=_TURNAROUND, by=by)
        places.rename(unit, quiet, "Quiet room", gap_minutes=_TURNAROUND, by=by)
    yield stage.day(-12, 14)
    known = registered(stage, MUMBAI, casework.MUMBAI_RAJSHAHI, days=-16)
    seats = court_seats(MUMBAI) | {
        f"{MISSION}/consular": Duty.REMOTE_COORDINATOR,
        f"{MUMBAI}/interpreter": Duty.INTERPRETER,
    }
    own = {room_of_part(End.REMOTE, Part.PRE): quiet}
    hearing = stage.plan(MUMBAI, MISSION, known, seats, lengths=USUAL, own=own)
    yield stage.day(-11, 12)
    _name_others(stage, hearing)
    yield stage.day(-9, 13)
    stage.book(MUMBAI, hearing, stage.offered(MUMBAI, hearing, first=14, last=60)[0])
    yield stage.day(-8, 11)
    stage.answer(hearing, Duty.REMOTE_COORDINATOR, comment="The quiet room has its own door to the yard.")


def _name_others(stage: Stage, hearing: str) -> None:
    """Say that the part-time interpreter would do too, and every other link."""
    by, second = stage.actor(f"{MUMBAI}/coordinator"), stage.actor(_SECOND).name
    with stage.units.writing() as unit:
        page = alternatives.open_page(unit, hearing, by=by)
        people = next(need for need in page.needs if need.label == DUTY_LABELS[Duty.INTERPRETER])
        link = next(need for need in page.needs if need.need == "link")
        others = {
            people.need: [number for number, text in people.offered if text.startswith(second)],
            link.need: [number for number, _ in link.offered],
        }
        alternatives.name(unit, hearing, others, version=row_of(unit, hearing).version, by=by)
