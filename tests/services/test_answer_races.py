"""An answer that comes in the very moment in which the hearing moves counts for the time it was given for, or not."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from tests.services.planned import KOLKATA, MONDAY_11_AT, MONDAY_14, answered, booked, version_of
from tests.services.proposed import link, person, standings
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Duty
from vctestimony.services import answers, scheduling
from vctestimony.services.answer_pages import MovedMeanwhile, Said, Way
from vctestimony.services.unit import Unit, Units

PATIENCE = 20
SEEN = MONDAY_11_AT.isoformat()
YES = Said(way=Way.ACCEPTED, seen=SEEN)
LATER = Said(way=Way.TIME, seen=SEEN, start_wall=MONDAY_14.replace(day=16))


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def both(units: Units, first: Callable[[Unit], None], second: Callable[[Unit], None]) -> list[str]:
    """Let the second begin while the first has done everything but commit; what each came to."""
    done, ended = Event(), dict.fromkeys(("first", "second"), "")

    def run(name: str, what: Callable[[Unit], None]) -> None:
        if name == "second":
            done.wait(PATIENCE)
        try:
            with units.writing() as unit:
                what(unit)
                if name == "first":
                    done.set()
                    other.join(0.4)
            ended[name] = "done"
        except MovedMeanwhile as refusal:
            ended[name] = refusal.code

    other = Thread(target=run, args=("second", second))
    other.start()
    run("first", first)
    other.join(PATIENCE)
    return list(ended.values())


@pytest.mark.parametrize("said", [YES, LATER], ids=["answer", "proposal"])
def test_who_answers_while_the_hearing_moves_is_asked_again(
    units: Units, reference: str, mumbai: Actor, said: Said
) -> None:
    version, token = version_of(units, reference), link(units, reference)
    outcome = both(
        units,
        lambda unit: scheduling.move(
            unit, reference, starts_wall=MONDAY_14, zone=KOLKATA, reason="The judge", version=version, by=mumbai
        ),
        lambda unit: answers.give(unit, token, said),
    )
    assert outcome == ["done", "moved_meanwhile"]
    assert (person(units, reference).answer, standings(units)) == ("NEEDS-ACTION", [])


def test_an_answer_that_was_a_moment_earlier_does_not_count_for_the_new_time(
    units: Units, reference: str, mumbai: Actor
) -> None:
    version, token = version_of(units, reference), link(units, reference)
    proposal = link(units, reference, Duty.DEFENCE)

    def reply(unit: Unit) -> None:
        answers.give(unit, token, YES)
        answers.give(unit, proposal, LATER)

    outcome = both(
        units,
        reply,
        lambda unit: scheduling.move(
            unit, reference, starts_wall=MONDAY_14, zone=KOLKATA, reason="The judge", version=version, by=mumbai
        ),
    )
    assert outcome == ["done", "done"]
    row = person(units, reference)
    assert (row.answer, row.answered_at, row.asked_since) == ("NEEDS-ACTION", None, 1)
    assert standings(units) == [("moot", "moved")]


def test_two_tabs_that_answer_at_once_leave_the_last_answer(units: Units, reference: str) -> None:
    token = link(units, reference)
    no = Said(way=Way.DECLINED, seen=SEEN, comment="ill")
    outcome = both(units, lambda unit: answers.give(unit, token, YES), lambda unit: answers.give(unit, token, no))
    assert outcome == ["done", "done"]
    assert person(units, reference).answer == "DECLINED"
