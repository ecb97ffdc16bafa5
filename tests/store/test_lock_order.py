"""Locks on PostgreSQL: claims come before the journal, and two changes that cross all the same are tried again."""

from threading import Barrier, Thread

import pytest

from tests.engines import OutOfOrder
from tests.world import World
from vctestimony.domain.access import SYSTEM
from vctestimony.services import journal
from vctestimony.services.unit import Crossed, NotSaved, Units
from vctestimony.store import accounts, occupancy
from vctestimony.web.context import TRIES, _tried_again

pytestmark = pytest.mark.postgresql


@pytest.fixture
def engine_name() -> str:
    return "postgresql"


def test_a_transaction_that_claims_after_the_journal_is_found_out_in_any_test(units: Units, world: World) -> None:
    with pytest.raises(OutOfOrder), units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
        occupancy.lock(unit.session, [world.mumbai.room_id])


def test_the_next_transaction_begins_anew(units: Units, world: World) -> None:
    for _ in range(2):
        with units.writing() as unit:
            occupancy.lock(unit.session, [world.mumbai.room_id])
            journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)


def test_of_two_changes_that_wait_for_each_other_one_is_undone_and_told_apart(units: Units) -> None:
    both, found = Barrier(2), []

    def change(first: str, second: str) -> None:
        try:
            with units.writing() as unit:
                accounts.lock_name(unit.session, first)
                both.wait(20)
                accounts.lock_name(unit.session, second)
        except NotSaved as crossed:
            found.append(type(crossed))

    threads = [Thread(target=change, args=names) for names in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [Crossed]


def test_a_page_tries_again_what_was_crossed_but_not_for_ever() -> None:
    tried = []

    def answer() -> str:
        tried.append(1)
        if len(tried) < TRIES:
            raise Crossed()
        return "booked"

    assert _tried_again(answer) == "booked"

    def never() -> str:
        tried.append(1)
        raise Crossed()

    tried.clear()
    with pytest.raises(Crossed):
        _tried_again(never)
    assert len(tried) == TRIES
