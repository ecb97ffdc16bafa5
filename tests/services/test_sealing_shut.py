"""A seal that cannot be written, or whose clock was set back: refused in words, nothing lost, and then done."""

from dataclasses import replace

import pytest

from tests.conftest import Database
from tests.fakes import FrozenClock
from tests.services.sealed_or_not import check_chain, is_sealed
from tests.services.shut import WAYS
from tests.services.sittings import confirmed, ready_to_seal
from tests.services.test_seals import SlowPress
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Unavailable
from vctestimony.services import seals
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units


@pytest.fixture
def press() -> SlowPress:
    return SlowPress()


@pytest.fixture
def ports(ports: Ports, press: SlowPress) -> Ports:
    return replace(ports, press=press)


@pytest.fixture
def hearing(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing that is over, of which everything is given."""
    confirmed(units, world)
    ready_to_seal(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


@pytest.mark.bad_day("R9", "R10")
def test_a_database_that_is_full_or_read_only_takes_no_seal_says_so_and_takes_it_afterwards(
    units: Units, hearing: str, mumbai: Actor, database: Database, engine_name: str
) -> None:
    for how, shut in WAYS[engine_name].items():
        with shut(database.engine), pytest.raises(Unavailable) as refused:
            seals.seal(units, hearing, language="en", by=mumbai)
        assert "Nothing was" in refused.value.sentence(), how
        assert not is_sealed(units, hearing), how
    seals.seal(units, hearing, language="en", by=mumbai)
    assert is_sealed(units, hearing)
    check_chain(units)


@pytest.mark.bad_day("R11")
def test_a_clock_set_back_between_print_and_seal_is_noticed(
    units: Units, hearing: str, mumbai: Actor, press: SlowPress, clock: FrozenClock
) -> None:
    clock.advance(seconds=1)
    press.meanwhile = lambda: clock.advance(seconds=-1)
    with pytest.raises(seals.ClockSetBack, match="The clock of this service stands at"):
        seals.seal(units, hearing, language="en", by=mumbai)
    press.meanwhile = lambda: None
    clock.advance(seconds=-1)
    with pytest.raises(seals.ClockSetBack, match="before the last entry of this hearing"):
        seals.seal(units, hearing, language="en", by=mumbai)
    assert not is_sealed(units, hearing)
    clock.advance(seconds=1)
    seals.seal(units, hearing, language="en", by=mumbai)
    assert is_sealed(units, hearing)
    check_chain(units)
