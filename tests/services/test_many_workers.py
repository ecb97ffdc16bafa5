"""Four workers at once: two hundred mails, each exactly once, and to each person in order."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Barrier, Lock

import pytest
import sqlalchemy as sa

from tests.conftest import Database
from tests.fakes import NOW
from tests.services.mails import stored
from tests.world import World
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store import outbox
from vctestimony.store.models import OutboxRow, OutboxState, ParticipantRow

MAILS, WORKERS = 200, 4


@dataclass
class Postbox:
    """Keeps what comes in, in the order in which it comes; and which mails were on their way at the same time."""

    came: list[tuple[str, bytes]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def send(self, message: bytes, *, to: str) -> None:
        """Keep it."""
        with self._lock:
            self.came.append((to, message))


@pytest.fixture
def written(units: Units, world: World) -> list[tuple[str, bytes]]:
    """Two hundred mails to the people of one hearing, in turn."""
    with units.writing() as unit:
        people = unit.session.scalars(
            sa.select(ParticipantRow).where(ParticipantRow.hearing_id == world.mumbai.hearing_id)
        ).all()
        for number in range(MAILS):
            person = people[number % len(people)]
            unit.session.add(
                OutboxRow(
                    message_id=f"<{number}@court.example>",
                    kind="update",
                    hearing_id=person.hearing_id,
                    participant_id=person.id,
                    to_address=person.official.email,
                    body=f"{number}".encode(),
                    state=OutboxState.PENDING,
                    next_at=NOW,
                    created_at=NOW,
                )
            )
    return [(row.to_address, row.body) for row in stored(units)]


@pytest.mark.bad_day("R6")
def test_two_hundred_mails_by_four_workers_each_once_and_in_order(
    units: Units, written: list[tuple[str, bytes]]
) -> None:
    postbox, barrier = Postbox(), Barrier(WORKERS)
    shared = units.with_ports(replace(units.ports, sender=postbox))

    def work(number: int) -> int:
        barrier.wait()
        done = 0
        while len(postbox.came) < MAILS:
            done += deliver_one(shared, owner=f"worker {number}")
        return done

    with ThreadPoolExecutor(WORKERS) as pool:
        shares = list(pool.map(work, range(WORKERS)))
    assert sum(shares) == MAILS
    assert sorted(postbox.came) == sorted(written)
    by_reader: dict[str, list[int]] = defaultdict(list)
    for to, body in postbox.came:
        by_reader[to].append(int(body))
    assert len(by_reader) > WORKERS
    assert all(numbers == sorted(numbers) for numbers in by_reader.values())
    assert {(row.state, row.attempts) for row in stored(units)} == {(OutboxState.SENT, 1)}


def statements_of(database: Database, units: Units) -> list[str]:
    found: list[str] = []
    sa.event.listen(
        database.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: found.append(statement)
    )
    deliver_one(units, owner="one")
    return found


class TestOnPostgreSQL:
    """Rows are locked, and locked rows are passed over."""

    pytestmark = pytest.mark.postgresql

    @pytest.fixture
    def engine_name(self) -> str:
        return "postgresql"

    @pytest.mark.bad_day("R6")
    def test_the_claim_skips_what_is_locked(
        self, units: Units, database: Database, written: list[tuple[str, bytes]]
    ) -> None:
        assert "FOR UPDATE SKIP LOCKED" in " ".join(statements_of(database, units))

    def test_the_claim_sorts_what_waits_without_reading_what_it_says(
        self, units: Units, database: Database, written: list[tuple[str, bytes]]
    ) -> None:
        claims = [one for one in statements_of(database, units) if "SKIP LOCKED" in one]
        assert claims
        assert "outbox.body" not in " ".join(claims)

    def test_a_worker_does_not_wait_for_a_row_that_another_is_claiming(
        self, units: Units, database: Database, written: list[tuple[str, bytes]]
    ) -> None:
        first = min(row.id for row in stored(units))
        with database.engine.connect() as other, other.begin():
            other.execute(sa.select(OutboxRow.id).where(OutboxRow.id == first).with_for_update())
            with units.reading() as unit:
                found = outbox.next_due(unit.session, now=NOW)
                assert found is not None
                assert found.id == first + 1


class TestOnSQLite:
    """A claim is an immediate transaction: there is one writer at a time, from the first look on."""

    @pytest.fixture
    def engine_name(self) -> str:
        return "sqlite"

    @pytest.mark.bad_day("R6")
    def test_the_claim_takes_the_write_lock_before_it_looks(
        self, units: Units, database: Database, written: list[tuple[str, bytes]]
    ) -> None:
        begun: list[str] = []
        sa.event.listen(
            database.engine,
            "begin",
            lambda connection: begun.append(connection.get_execution_options()["sqlite_begin"]),
        )
        deliver_one(units, owner="one")
        assert begun == ["IMMEDIATE", "IMMEDIATE"]
