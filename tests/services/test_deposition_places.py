"""Lines are put between others and moved; every former moment of the deposition reads as it was."""

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Stale
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.record.parts import Part, PartKind
from vctestimony.domain.record.speech import Stage, Unanswered
from vctestimony.services import (
    deposition_import,
    deposition_parts,
    deposition_places,
    deposition_versions,
    depositions,
)
from vctestimony.services.deposition_fixing import TextFixed, fix
from vctestimony.services.deposition_lines import Details, MarksTooLong
from vctestimony.services.deposition_parts import Change, Edit
from vctestimony.services.deposition_places import LineGone, NoOtherPlace
from vctestimony.services.unit import Units


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World, clock: FrozenClock) -> Actor:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    by = actor(Role.COORDINATOR, "mumbai")
    started(units, world.mumbai.hearing, by)
    return by


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


def pasted(units: Units, hearing: str, text: str, by: Actor, after: int | None = None) -> None:
    with units.writing() as unit:
        depositions.paste(unit, hearing, stage=Stage.CHIEF, text=text, by=by, after=after)


def told(units: Units, hearing: str, by: Actor) -> list[str]:
    with units.reading() as unit:
        stages = depositions.page(unit, hearing, by=by).stages
        lines = [line for stage in stages for line in stage.lines]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    return [line.answer for line in lines]


def moved(units: Units, hearing: str, ordinal: int, after: int, by: Actor, *, change: int | None = None) -> int:
    with units.writing() as unit:
        known = depositions.page(unit, hearing, by=by).change if change is None else change
        return deposition_places.move(unit, hearing, ordinal=ordinal, after=after, change=known, by=by)


def test_lines_between_others_and_moved_ones_leave_every_former_moment_as_it_was(
    units: Units, hearing: str, mumbai: Actor, clock: FrozenClock
) -> None:
    seen: list[tuple[int, list[str]]] = []

    def look() -> None:
        with units.reading() as unit:
            seen.append((depositions.page(unit, hearing, by=mumbai).change, told(units, hearing, mumbai)))
        clock.advance(minutes=1)

    pasted(units, hearing, "one\n\ntwo\n\nthree", mumbai)
    look()
    pasted(units, hearing, "first\n\nsecond", mumbai, after=1)
    look()
    assert moved(units, hearing, 3, 0, mumbai) == 1
    look()
    assert moved(units, hearing, 1, 5, mumbai) == 5
    with units.writing() as unit:
        depositions.strike(unit, hearing, 2, version=1, by=mumbai)
    look()
    assert [lines for _, lines in seen] == [
        ["one", "two", "three"],
        ["one", "first", "second", "two", "three"],
        ["three", "one", "first", "second", "two"],
        ["three", "second", "two", "one"],
    ]
    with units.reading() as unit:
        for change, lines in seen:
            since_then = deposition_versions.compare(unit, hearing, first=0, last=change, by=mumbai)
            assert [one.differences[-1].runs[0].text for one in since_then.lines] == lines
        between = deposition_versions.compare(unit, hearing, first=seen[1][0], last=seen[2][0], by=mumbai)
        versions = deposition_versions.of_line(unit, hearing, 1, by=mumbai)
    assert [(one.label, one.before, one.after) for one in between.lines] == [("Moved", 5, 1)]
    assert [(one.label, one.place) for one in versions] == [("Taken down", 0), ("Moved", 1)]


def test_a_place_is_named_by_what_the_person_saw(units: Units, hearing: str, mumbai: Actor) -> None:
    pasted(units, hearing, "one\n\ntwo\n\nthree", mumbai)
    for after in (1, 2, 4):
        with pytest.raises(NoOtherPlace):
            moved(units, hearing, 2, after, mumbai)
    pasted(units, hearing, "four", mumbai)
    with pytest.raises(Stale):
        moved(units, hearing, 2, 3, mumbai, change=3)
    with units.writing() as unit:
        depositions.strike(unit, hearing, 1, version=1, by=mumbai)
        assert deposition_places.number_of(unit, hearing, 2, by=mumbai) == 1
        with pytest.raises(LineGone):
            deposition_places.number_of(unit, hearing, 1, by=mumbai)
    with units.writing() as unit:
        fix(unit, hearing, version=depositions.page(unit, hearing, by=mumbai).change, by=mumbai)
    with pytest.raises(TextFixed):
        moved(units, hearing, 2, 2, mumbai)
    assert told(units, hearing, mumbai) == ["two", "three", "four"]


def test_what_a_file_was_read_as_is_put_right_before_it_is_added(units: Units, hearing: str, mumbai: Actor) -> None:
    text = "Q. Where?\nA. In Khulna.\nWhen? In winter."
    with units.writing() as unit:
        deposition_import.read(unit, hearing, text.encode(), stage=Stage.CHIEF, by=mumbai)

    def done(place: int, edit: int, what: Edit, at: str = "", **typed: str) -> int:
        with units.writing() as unit:
            part = deposition_parts.line(unit, hearing, place, by=mumbai).part
            values = {name: typed.get(name, getattr(part, name)) for name in Part.__slots__}
            change = Change(part=Part(**values), what=what, kind=PartKind.QUESTION, at=at)
            return deposition_parts.change(unit, hearing, place, change, edit=edit, by=mumbai)

    assert done(1, 1, Edit.DIVIDE, at="answer-11") == 2
    with pytest.raises(Stale):
        done(2, 1, Edit.SAVE)
    assert done(2, 2, Edit.KIND) == 2
    with units.writing() as unit, pytest.raises(Unanswered):
        deposition_import.enter(unit, hearing, details=Details(), by=mumbai)
    assert done(2, 3, Edit.SAVE, question="When?", answer="In winter.", speaker=Duty.JUDGE, answer_language="bn") == 2
    with pytest.raises(MarksTooLong), units.writing() as unit:
        deposition_parts.change(
            unit,
            hearing,
            1,
            Change(
                part=Part("chief", "Where?", "In Khulna.", exhibits="P" * 201), what=Edit.SAVE, kind=PartKind.ANSWER
            ),
            edit=4,
            by=mumbai,
        )
        deposition_import.enter(unit, hearing, details=Details(), by=mumbai)
    with units.writing() as unit:
        assert deposition_import.enter(unit, hearing, details=Details(answer_language="en"), by=mumbai) == 2
        found = [depositions.line(unit, hearing, number, by=mumbai) for number in (1, 2)]
    assert [(one.question, one.answer) for one in found] == [("Where?", "In Khulna."), ("When?", "In winter.")]
    assert [one.details.answer_language for one in found] == ["en", "bn"]
    assert found[1].details.speaker == Duty.JUDGE
