"""Several workers, and workers killed with SIGKILL: each notice is given once, with its mail, and none is lost."""

import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import Database, FindActor
from tests.fakes import FrozenClock
from tests.services.reminded import everybody_accepts, invited, notices, reminding
from tests.services.reminding_workers import COMMIT, COMMITTED, NEVER, STATEMENT, all_at_once, killed_before
from tests.world import World
from vctestimony.services import journal
from vctestimony.services.reminding import remind
from vctestimony.services.unit import Units

THURSDAY_IN_MUMBAI = datetime(2026, 9, 3, 3, 30, tzinfo=UTC)


@pytest.fixture
def reference(units: Units, world: World, actor: FindActor) -> str:
    return invited(units, world, actor)


def check_whole(units: Units, *, people: int) -> None:
    """Every notice has its key and its mail, every mail its notice, and nobody has two."""
    found, mails = notices(units), reminding(units)
    assert len(found) == len({row.key for row in found}) == people
    assert Counter(row.outbox_id for row in found) == Counter(mail.id for mail in mails)
    assert max(Counter(mail.to_address for mail in mails).values(), default=0) <= 1
    with units.reading() as unit:
        assert journal.verify(unit)[1] is None


def test_of_four_workers_at_one_instant_one_reminds_each_person(
    units: Units, reference: str, database: Database
) -> None:
    counts = all_at_once(database.url, THURSDAY_IN_MUMBAI, workers=4)
    # Workers who meet over one person may both give way; that person's turn comes in the next round.
    left = all_at_once(database.url, THURSDAY_IN_MUMBAI, workers=1)
    assert sum(counts) + sum(left) == 7
    check_whole(units, people=7)


def test_killed_anywhere_a_worker_has_written_key_and_mail_or_neither(
    units: Units, reference: str, database: Database, clock: FrozenClock, engine_name: str
) -> None:
    everybody_accepts(units, reference, but=(f"{reference}-DEF",))
    clock.at = THURSDAY_IN_MUMBAI - timedelta(minutes=1)
    quiet = killed_before(database.url, clock.at, NEVER)
    clock.at = THURSDAY_IN_MUMBAI
    points, last = 0, []
    for point in range(len(quiet) - 1, NEVER):
        points += 1
        last = killed_before(database.url, clock.at, point)
        if last[-1] == COMMIT:
            break
        check_whole(units, people=0)
    assert set(last[:-1]) == {STATEMENT}
    check_whole(units, people=1)
    assert remind(units) == 0
    check_whole(units, people=1)
    assert quiet[-1] == COMMITTED
    sys.stdout.write(f"\n{points} kills on {engine_name}: before each statement that writes; 0 half, 0 twice\n")
