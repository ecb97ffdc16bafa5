"""The worker: every mail leaves, the very bytes that were written, once unless a worker died, and in order."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
import sqlalchemy as sa

from tests.fakes import NOW, FrozenClock, MemorySender
from tests.services.mails import stored
from tests.services.planned import MONDAY_14, answered, booked, moved_to
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.letters import PermanentFailure, TemporaryFailure
from vctestimony.domain.retries import GIVE_UP
from vctestimony.services import journal
from vctestimony.services.post_office import LEASE, deliver_one
from vctestimony.services.unit import Units
from vctestimony.store import outbox
from vctestimony.store.models import OutboxRow, OutboxState

DOWN = TemporaryFailure("the server is down", code=451)
UNKNOWN = PermanentFailure("no such mailbox", code=550)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing just booked: seven mails wait."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def only_one_waits(units: Units) -> OutboxRow:
    """Let all but the oldest mail be gone."""
    first = min(row.id for row in stored(units))
    with units.writing() as unit:
        unit.session.execute(sa.update(OutboxRow).where(OutboxRow.id != first).values(state=OutboxState.SENT))
    return the_one(units)


def the_one(units: Units) -> OutboxRow:
    return stored(units)[0]


def claimed(units: Units, *, owner: str) -> int:
    """Claim as a worker does that dies before it can say what came of it."""

    class Died(BaseException):
        """SIGKILL, as far as the code is concerned."""

    class DyingSender:
        def send(self, message: bytes, *, to: str) -> None:
            raise Died

    with pytest.raises(Died):
        deliver_one(units.with_ports(replace(units.ports, sender=DyingSender())), owner=owner)
    return next(row.id for row in stored(units) if row.owner == owner)


def test_everything_leaves_with_the_very_bytes_that_were_written(
    units: Units, reference: str, sender: MemorySender
) -> None:
    written = [(row.to_address, row.body) for row in stored(units)]
    while deliver_one(units, owner="one"):
        pass
    assert sender.sent == written
    assert {(row.state, row.sent_at, row.attempts, row.owner) for row in stored(units)} == {
        (OutboxState.SENT, NOW, 1, "")
    }


def test_one_call_sends_one_mail(units: Units, reference: str, sender: MemorySender) -> None:
    assert deliver_one(units, owner="one")
    assert len(sender.sent) == 1
    assert [row.state for row in stored(units)].count(OutboxState.PENDING) == 6


def test_with_nothing_to_send_nothing_is_written(units: Units, world: World) -> None:
    assert not deliver_one(units, owner="one")


def test_every_mail_sent_is_in_the_journal_by_its_message_id(units: Units, reference: str) -> None:
    row = only_one_waits(units)
    deliver_one(units, owner="one")
    with units.reading() as unit:
        (entry,) = [entry for entry in journal.history(unit, reference) if entry.action == "mail.sent"]
    assert row.message_id in entry.facts
    assert row.to_address not in entry.facts


@pytest.mark.bad_day("R7")
@pytest.mark.parametrize(("minutes", "leaves"), [(-1, False), (0, True), (1, True)])
def test_the_mail_of_a_worker_that_died_leaves_when_its_lease_is_over(
    units: Units, reference: str, sender: MemorySender, clock: FrozenClock, minutes: int, leaves: bool
) -> None:
    before = only_one_waits(units)
    claimed(units, owner="dead")
    assert not deliver_one(units, owner="alive")
    clock.at = NOW + LEASE + timedelta(minutes=minutes)
    assert deliver_one(units, owner="alive") is leaves
    assert sender.sent == ([(before.to_address, before.body)] if leaves else [])
    after = the_one(units)
    assert (after.message_id, after.body) == (before.message_id, before.body)
    assert after.attempts == (2 if leaves else 1)


@pytest.mark.bad_day("R7")
def test_a_worker_that_comes_back_late_does_not_overrule_the_one_that_took_over(
    units: Units, reference: str, clock: FrozenClock
) -> None:
    only_one_waits(units)

    @dataclass
    class SlowSender:
        """Takes longer than the lease; meanwhile another worker sends the mail."""

        taken_over: list[bool] = field(default_factory=list)

        def send(self, message: bytes, *, to: str) -> None:
            clock.at += LEASE
            self.taken_over.append(deliver_one(units, owner="second"))
            raise PermanentFailure("refused", code=550)

    slow = SlowSender()
    deliver_one(units.with_ports(replace(units.ports, sender=slow)), owner="first")
    assert slow.taken_over == [True]
    assert the_one(units).state is OutboxState.SENT


@pytest.mark.bad_day("R6")
def test_workers_side_by_side_never_send_one_mail_twice(units: Units, reference: str, mumbai: Actor) -> None:
    barrier = Barrier(4)
    sender = MemorySender()
    shared = units.with_ports(replace(units.ports, sender=sender))

    def work(number: int) -> int:
        barrier.wait()
        done = 0
        while deliver_one(shared, owner=f"worker {number}"):
            done += 1
        return done

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) >= 1
    while deliver_one(shared, owner="the last"):  # a row that was locked when all looked
        pass
    assert sorted(sender.sent) == sorted((row.to_address, row.body) for row in stored(units))
    assert {row.attempts for row in stored(units)} == {1}


def test_what_one_worker_holds_another_does_not_see(units: Units, reference: str) -> None:
    held = {claimed(units, owner=f"worker {number}") for number in range(7)}
    assert len(held) == 7
    assert not deliver_one(units, owner="one too many")


@pytest.mark.bad_day("R3")
@pytest.mark.parametrize(
    ("attempt", "shortest", "longest"),
    [(1, 48, 72), (7, 2880, 4320)],
)
def test_the_pause_doubles_up_to_an_hour_with_a_fifth_more_or_less(
    units: Units, reference: str, sender: MemorySender, attempt: int, shortest: int, longest: int
) -> None:
    sender.failure = DOWN
    only_one_waits(units)
    for share in (0, 128, 255):
        with units.writing() as unit:
            reset = {"tries": attempt - 1, "next_at": NOW, "state": OutboxState.PENDING}
            unit.session.execute(sa.update(OutboxRow).where(OutboxRow.id == the_one_id(unit.session)).values(**reset))
        assert deliver_one(units.with_ports(replace(units.ports, random=partial(chance, share))), owner="one")
        row = the_one(units)
        assert (row.state, row.tries, row.last_error) == (OutboxState.PENDING, attempt, str(DOWN))
        pause = (row.next_at - NOW).total_seconds()
        assert shortest - 1 <= pause <= longest + 1
        if share in (0, 255):
            assert abs(pause - (shortest if share == 0 else longest)) < 1


def chance(share: int, length: int) -> bytes:
    return bytes([share] * length)


def the_one_id(session: sa.orm.Session) -> int:
    return session.scalars(sa.select(sa.func.min(OutboxRow.id))).one()


@pytest.mark.bad_day("R3")
def test_a_mail_waits_out_its_pause_and_leaves_unchanged(
    units: Units, reference: str, sender: MemorySender, clock: FrozenClock
) -> None:
    before = only_one_waits(units)
    sender.failure = DOWN
    deliver_one(units, owner="one")
    sender.failure = None
    due_at = the_one(units).next_at
    clock.at = due_at - timedelta(seconds=1)
    assert not deliver_one(units, owner="one")
    clock.at = due_at
    assert deliver_one(units, owner="one")
    assert sender.sent == [(before.to_address, before.body)]
    assert (the_one(units).state, the_one(units).last_error) == (OutboxState.SENT, "")


@pytest.mark.bad_day("R5")
@pytest.mark.parametrize("reason", ["no such mailbox", ""])
def test_a_final_refusal_is_final_and_in_the_journal(
    units: Units, reference: str, sender: MemorySender, clock: FrozenClock, reason: str
) -> None:
    only_one_waits(units)
    sender.failure = PermanentFailure(reason, code=None)
    deliver_one(units, owner="one")
    assert the_one(units).state is OutboxState.FAILED
    clock.advance(days=1)
    assert not deliver_one(units, owner="one")
    with units.reading() as unit:
        assert "mail.failed" in {entry.action for entry in journal.history(unit, reference)}


@pytest.mark.bad_day("R3")
@pytest.mark.parametrize(
    ("minutes", "state"), [(-1, OutboxState.PENDING), (0, OutboxState.FAILED), (1, OutboxState.FAILED)]
)
def test_after_three_days_a_mail_is_given_up(
    units: Units, reference: str, sender: MemorySender, clock: FrozenClock, minutes: int, state: OutboxState
) -> None:
    only_one_waits(units)
    sender.failure = DOWN
    clock.at = NOW + GIVE_UP + timedelta(minutes=minutes)
    deliver_one(units, owner="one")
    assert (the_one(units).state, the_one(units).last_error) == (state, str(DOWN))


def test_to_one_person_mails_leave_in_the_order_they_were_written(
    units: Units, reference: str, mumbai: Actor, sender: MemorySender, clock: FrozenClock
) -> None:
    for number in range(7):
        claimed(units, owner=f"dead {number}")
    moved_to(units, reference, mumbai, MONDAY_14)
    assert len(stored(units, OutboxState.PENDING)) == 7
    assert not deliver_one(units, owner="one"), "the younger mail must not overtake the older one that may be leaving"
    clock.at = NOW + LEASE
    while deliver_one(units, owner="one"):
        pass
    for address in {row.to_address for row in stored(units)}:
        assert sender.to(address) == [row.body for row in stored(units) if row.to_address == address]


def test_a_fault_of_ours_in_one_mail_delays_only_that_mail(units: Units, reference: str) -> None:
    first, *others = stored(units)

    @dataclass
    class BrokenSender:
        sent: list[str] = field(default_factory=list)

        def send(self, message: bytes, *, to: str) -> None:
            if to == first.to_address:
                raise UnicodeError("a fault of ours")
            self.sent.append(to)

    sender = BrokenSender()
    broken = units.with_ports(replace(units.ports, sender=sender))
    while deliver_one(broken, owner="one"):
        pass
    assert sorted(sender.sent) == sorted(row.to_address for row in others)
    assert (the_one(units).state, the_one(units).last_error) == (OutboxState.PENDING, "UnicodeError")


def test_overdue_mail_is_measured_from_when_it_was_due(units: Units, reference: str) -> None:
    with units.reading() as unit:
        assert outbox.seconds_overdue(unit.session, now=NOW + timedelta(minutes=16)) == 16 * 60
        assert outbox.seconds_overdue(unit.session, now=NOW - timedelta(minutes=1)) == 0
