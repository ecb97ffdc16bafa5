"""A signature or a step of the way that cannot be written: refused in words, nothing lost, and then done."""

import pytest

from tests.conftest import Database, FindActor
from tests.fakes import FrozenClock
from tests.services import cycling
from tests.services.dying_acts import DEEDS, done_together
from tests.services.planned import MONDAY_11_AT
from tests.services.shut import WAYS
from tests.services.sittings import confirmed, started
from tests.world import World
from vctestimony.domain.errors import Unavailable
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units


@pytest.mark.bad_day("R9", "R10")
def test_a_database_that_is_full_or_read_only_takes_nothing_says_so_and_takes_it_afterwards(
    units: Units, world: World, actor: FindActor, clock: FrozenClock, database: Database, engine_name: str
) -> None:
    judge, hearing = actor(Role.PRESIDING_OFFICER, "mumbai"), world.mumbai.hearing
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    started(units, hearing, judge)
    cycling.fixed(units, hearing, judge)
    for name in ("signature", "step of the way"):
        deed = DEEDS[name]
        deed.make_ready(units, hearing, judge)
        for how, shut in WAYS[engine_name].items():
            if how in ("full at the seal", "full at the commit", "no more pages"):
                continue  # these are of the table of seals; and what is as short as this may need no new page
            with shut(database.engine), pytest.raises(Unavailable) as refused:
                deed.act(units, hearing, judge)
            assert "Nothing was" in refused.value.sentence(), (name, how)
            assert deed.count(units, hearing) == 0, (name, how)
        deed.act(units, hearing, judge)
        assert deed.count(units, hearing) == 1


def test_two_processes_that_sign_one_field_at_once_keep_one_signature_and_the_other_is_told(
    units: Units, world: World, actor: FindActor, clock: FrozenClock, database: Database
) -> None:
    judge, hearing, deed = actor(Role.PRESIDING_OFFICER, "mumbai"), world.mumbai.hearing, DEEDS["signature"]
    for number in range(3):
        deed.make_ready(units, hearing, judge)
        outcomes = sorted(done_together(database.url, deed.act, hearing, judge, clock.at, 2))
        assert outcomes in (["", "SignedAlready"], ["", "SignedMeanwhile"])
        assert deed.count(units, hearing) == number + 1
