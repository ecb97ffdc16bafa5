"""The way past a weekly holiday: an order that opens the day, entered with its source."""

from dataclasses import replace

import pytest

from tests.conftest import FindActor
from tests.services.kept import DHAKA, entered, entry
from tests.services.planned import FRIDAY_11, PlainTokens, answered, booked
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.calendar_entries import EntryKind
from vctestimony.domain.people import Role
from vctestimony.services import calendar_entries
from vctestimony.services.claims import TimeRefused
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import calendar_entries as store


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.mark.abuse(59)
def test_a_friday_in_dhaka_is_refused_until_an_order_opens_it_and_the_order_is_named(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    with pytest.raises(TimeRefused):
        booked(units, world.mumbai.hearing, mumbai, FRIDAY_11)
    administrator = actor(Role.ADMINISTRATOR)
    friday, order = FRIDAY_11.date(), "Order of 1 September 2026, Exh. 14"
    opened = entry(EntryKind.OPEN, friday, friday, label="Special sitting", source=order, stretches=((540, 1020),))
    entered(units, DHAKA, administrator, opened)
    booked(units, world.mumbai.hearing, mumbai, FRIDAY_11)
    with units.reading() as unit:
        kept = calendar_entries.kept_by(unit, DHAKA, by=administrator)
        assert [row.source for row in store.rows_of(unit.session, kept.keeper)] == [order]
