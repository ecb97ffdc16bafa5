"""A request lapses when the last day of its order is over on the court's clock, and not a minute before."""

from datetime import UTC, date, datetime

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import answered, booked, hearing_of, held, options_of
from tests.world import World
from vctestimony.domain.hearing import State
from vctestimony.domain.options import OptionState
from vctestimony.domain.people import Role
from vctestimony.services import journal
from vctestimony.services.lapsing import lapse_overdue
from vctestimony.services.unit import Units
from vctestimony.store.models import OrderRow

LAST_ON = date(2026, 9, 14)
MIDNIGHT_AT = datetime(2026, 9, 14, 18, 30, tzinfo=UTC)  # the end of the 14th in Mumbai


@pytest.fixture
def limited(units: Units, world: World) -> World:
    """The order of the hearing in Mumbai allows nothing after LAST_ON; that in Pune has no last day."""
    with units.writing() as unit:
        answered(unit.session, world)
        unit.session.get_one(OrderRow, world.mumbai.order_id).not_after_on = LAST_ON
    return world


def lapsed(units: Units) -> int:
    with units.writing() as unit:
        return lapse_overdue(unit)


def test_it_lapses_at_midnight_of_the_court_and_not_a_minute_before(
    units: Units, limited: World, clock: FrozenClock
) -> None:
    clock.at = MIDNIGHT_AT
    clock.advance(minutes=-1)
    assert lapsed(units) == 0
    clock.advance(minutes=1)
    assert lapsed(units) == 1
    row = hearing_of(units, limited.mumbai.hearing)
    assert (row.state, row.starts_at) == (State.LAPSED, None)
    assert hearing_of(units, limited.pune.hearing).state is State.REQUESTED
    assert lapsed(units) == 0


def test_a_held_time_is_given_back_and_the_journal_says_why(
    units: Units, limited: World, clock: FrozenClock, actor: FindActor
) -> None:
    reference, by = limited.mumbai.hearing, actor(Role.COORDINATOR, "mumbai")
    held(units, reference, by)
    clock.at = MIDNIGHT_AT
    assert lapsed(units) == 1
    row = hearing_of(units, reference)
    assert (row.state, row.starts_wall, options_of(units, reference)[0].state) == (
        State.LAPSED,
        None,
        OptionState.EXPIRED,
    )
    with units.reading() as unit:
        last = list(journal.history(unit, reference))[-1]
    assert (last.action, last.actor) == ("hearing.lapsed", "vctestimony")


def test_a_booked_hearing_does_not_lapse(units: Units, limited: World, clock: FrozenClock, actor: FindActor) -> None:
    booked(units, limited.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    clock.at = MIDNIGHT_AT
    assert lapsed(units) == 0
    assert hearing_of(units, limited.mumbai.hearing).state is State.BOOKED
