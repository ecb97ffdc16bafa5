"""What people of the demonstration say instead of a plain answer: another time, somebody else, and a refusal."""

from datetime import timedelta

from vctestimony.demo.choices import MISSION
from vctestimony.demo.stage import Stage, Story, row_of
from vctestimony.demo.stories import MUMBAI
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import wall_of
from vctestimony.domain.itip import PartStat
from vctestimony.domain.people import Duty
from vctestimony.services import access, answers
from vctestimony.services.answer_pages import Said, Way

_DHAKA = "hci-dhaka"


def given(stage: Stage) -> Story:
    """Mumbai and Dhaka: the lawyer proposes a day later, the superintendent names his deputy. With Rajshahi: the
    interpreter declines, for whom somebody else would do."""
    yield stage.day(-3, 16, 20)
    hearing = _booked_with(stage, _DHAKA)
    with stage.units.reading() as unit:
        row = row_of(unit, hearing)
        if row.starts_at is None:
            raise LookupError(f"{hearing} has no time")
        later_wall = wall_of(row.starts_at, row.remote.zone) + timedelta(days=1)
    comment = "I am at a custody hearing in Jashore that day; the day after suits."
    _say(stage, hearing, Duty.LEGAL_STAFF, Way.TIME, comment=comment, start_wall=later_wall)
    deputy = {"name": "S. Kadam", "designation": "Deputy Superintendent", "address": "deputy@taloja.prison.example"}
    _say(stage, hearing, Duty.PRISON, Way.SUBSTITUTE, comment="I am on leave; my deputy knows the room.", **deputy)
    yield stage.day(-3, 17)
    with_rajshahi = _booked_with(stage, MISSION)
    stage.answer(with_rajshahi, Duty.INTERPRETER, PartStat.DECLINED, "I am in the High Court that whole day.")


def _booked_with(stage: Stage, remote: str) -> str:
    """The hearing of the court in Mumbai that is booked with that place."""
    with stage.units.reading() as unit:
        rows = access.hearings_of(unit, by=stage.actor(f"{MUMBAI}/coordinator"))
        found = (row.reference for row in rows if row.remote.code == remote and row.state is State.BOOKED)
        return next(found)


def _say(stage: Stage, hearing: str, duty: Duty, way: Way, **said: object) -> None:
    """Let whoever has that duty send the form behind the link of their mail."""
    with stage.units.writing() as unit:
        person = next(p for p in row_of(unit, hearing).participants if p.duty is duty)
        token = unit.ports.tokens.issue(person.public_id, sequence=person.sent_sequence or 0, now=unit.now)
        seen = answers.page(unit, token).court.at.isoformat()
        answers.give(unit, token, Said(way=way, seen=seen, **said))  # type: ignore[arg-type]  # by name
