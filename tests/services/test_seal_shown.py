"""What was added to a record since the page of the seal was shown is not sealed unseen, and is named."""

from collections.abc import Callable

import pytest

from tests.services.sittings import confirmed, ready_to_seal
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.shown import MARK_LIMIT
from vctestimony.domain.record.speech import Stage
from vctestimony.services import conduct, depositions, journal, records, seal_shown, seals
from vctestimony.services.seal_shown import Overtaken
from vctestimony.services.unit import Unit, Units

Change = Callable[[Unit, str, Actor], object]


def stated(unit: Unit, hearing: str, by: Actor) -> None:
    records.fill(unit, hearing, "costs", value="Rs 500", version=1, by=by)


def noted(unit: Unit, hearing: str, by: Actor) -> None:
    conduct.log(unit, hearing, Kind.NOTE, answers={"text": "The lamp fell"}, by=by)


def answered_otherwise(unit: Unit, hearing: str, by: Actor) -> None:
    depositions.revise(unit, hearing, 1, stage=Stage.CHIEF, question="Where?", answer="Here.", version=1, by=by)


def test_what_was_added_since_is_named_and_the_record_sealed_only_as_shown_anew(
    units: Units, world: World, mumbai: Actor
) -> None:
    confirmed(units, world)
    hearing = world.mumbai.hearing
    ready_to_seal(units, hearing, mumbai)
    changes: dict[str, Change] = {"Costs": stated, "Running log": noted, "Deposition": answered_otherwise}
    for label, change in changes.items():
        seen = shown(units, hearing, mumbai)
        with units.writing() as unit:
            change(unit, hearing, mumbai)
        with pytest.raises(Overtaken) as overtaken:
            seals.seal(units, hearing, language="en", seen=seen, by=mumbai)
        assert label in {one.label.partition(":")[0] for one in overtaken.value.new}
    seen = shown(units, hearing, mumbai)
    with units.writing() as unit:
        journal.write(unit, "joining.opened", subject=hearing, by=mumbai)
    assert seals.seal(units, hearing, language="bn", seen=seen, by=mumbai)


def shown(units: Units, hearing: str, by: Actor) -> str:
    with units.reading() as unit:
        mark = seal_shown.shown(unit, hearing, by=by)
    assert len(mark) < MARK_LIMIT
    return mark
