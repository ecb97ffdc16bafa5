"""Of mail that is held after a restore some may leave, in the order in which each person is told things."""

import pytest

from tests.services.mails import stored
from tests.services.planned import answered, booked
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.services import held_mails
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store.models import OutboxRow, OutboxState


@pytest.mark.bad_day("R20")
def test_what_a_person_is_told_leaves_in_its_order_and_a_second_hold_takes_all_back(
    units: Units, world: World, mumbai: Actor
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    first = stored(units)[0]
    with units.writing() as unit:
        kept = {name: getattr(first, name) for name in ("kind", "hearing_id", "participant_id", "to_address", "body")}
        later = OutboxRow(
            message_id="<later@x>", state=OutboxState.PENDING, next_at=unit.now, created_at=unit.now, **kept
        )
        unit.session.add(later)
        unit.session.flush()
        second = later.id
        held_mails.hold(unit)
    with pytest.raises(held_mails.EarlierHeld), units.writing() as unit:
        held_mails.let_go(unit, [second], by=SYSTEM)
    with units.writing() as unit:
        assert held_mails.let_go(unit, [second, first.id], by=SYSTEM) == 2
        held_mails.hold(unit)
    assert not deliver_one(units, owner="one")
    with units.writing() as unit:
        assert held_mails.drop(unit, [first.id], by=SYSTEM) == 1
        assert held_mails.drop(unit, [first.id], by=SYSTEM) == 0
        held_mails.let_go(unit, [second], by=SYSTEM)
    assert deliver_one(units, owner="one")
    assert not deliver_one(units, owner="one")
