"""A later mail takes the place of every earlier one that has not arrived, and never overtakes one that is leaving."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Event

import pytest
import sqlalchemy as sa

from tests.fakes import NOW, FrozenClock, MemorySender
from tests.services.mails import stored
from tests.services.planned import MONDAY_11, MONDAY_14, TUESDAY_11, answered, booked, moved_to, version_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Stale
from vctestimony.domain.letters import PermanentFailure, TemporaryFailure
from vctestimony.services import invitations, outgoing, scheduling
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow, OutboxRow, OutboxState, ParticipantRow

DOWN = TemporaryFailure("the server is down", code=451)
UNKNOWN = PermanentFailure("5.1.1 no such mailbox", code=550)
INTERPRETER = "nasrin.alam@dhaka.example"
PENDING, SENT, FAILED, SUPERSEDED = (
    OutboxState.PENDING,
    OutboxState.SENT,
    OutboxState.FAILED,
    OutboxState.SUPERSEDED,
)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing just booked; of its mails only the interpreter's has still to leave."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        others = sa.update(OutboxRow).where(OutboxRow.to_address != INTERPRETER)
        unit.session.execute(others.values(state=SENT, attempts=1))
    return world.mumbai.hearing


def hers(units: Units) -> list[tuple[str, OutboxState]]:
    """Kind and state of every mail to the interpreter, the oldest first."""
    return [(row.kind, row.state) for row in stored(units) if row.to_address == INTERPRETER]


def cancelled(units: Units, reference: str, by: Actor) -> None:
    version = version_of(units, reference)
    with units.writing() as unit:
        scheduling.cancel(unit, reference, reason="The witness is ill", version=version, by=by)


def everything_leaves(units: Units) -> None:
    while deliver_one(units, owner="one"):
        pass


@pytest.mark.parametrize(("failure", "left_in"), [(DOWN, PENDING), (UNKNOWN, FAILED)])
def test_a_mail_that_waits_for_a_retry_or_was_given_up_is_superseded(
    units: Units,
    reference: str,
    mumbai: Actor,
    sender: MemorySender,
    failure: TemporaryFailure | PermanentFailure,
    left_in: OutboxState,
) -> None:
    sender.failure = failure
    everything_leaves(units)
    assert hers(units) == [("invitation", left_in)]
    sender.failure = None
    moved_to(units, reference, mumbai, MONDAY_14)
    assert hers(units) == [("invitation", SUPERSEDED), ("update", PENDING)]
    everything_leaves(units)
    assert [row.sequence for row in stored(units, SENT) if row.to_address == INTERPRETER] == [1]


@pytest.mark.bad_day("R18")
def test_who_may_have_been_told_is_told_of_the_cancellation(
    units: Units, reference: str, mumbai: Actor, sender: MemorySender
) -> None:
    sender.failure = DOWN  # the connection may have broken after the server took the mail
    everything_leaves(units)
    cancelled(units, reference, mumbai)
    assert hers(units) == [("invitation", SUPERSEDED), ("cancellation", PENDING)]


def test_who_may_have_been_told_of_an_earlier_time_is_told_too(
    units: Units, reference: str, mumbai: Actor, sender: MemorySender
) -> None:
    sender.failure = DOWN
    everything_leaves(units)
    moved_to(units, reference, mumbai, MONDAY_14)  # the change has not begun to leave
    cancelled(units, reference, mumbai)
    assert hers(units) == [("invitation", SUPERSEDED), ("update", SUPERSEDED), ("cancellation", PENDING)]


@pytest.mark.bad_day("R18")
def test_a_cancellation_that_never_left_tells_nobody_the_end(
    units: Units, reference: str, mumbai: Actor, world: World
) -> None:
    """Invited, uninvited, invited again and called off while no mail leaves: the first invitation still stands."""
    everything_leaves(units)
    for removed in (True, False):
        with units.writing() as unit:
            hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
            person = next(one for one in hearing.participants if one.official.email == INTERPRETER)
            person.removed_at = unit.now if removed else None
            invitations.announce(unit, hearing, by=mumbai)
    assert hers(units) == [("invitation", SENT), ("cancellation", SUPERSEDED), ("invitation", PENDING)]
    cancelled(units, reference, mumbai)
    assert hers(units)[-2:] == [("invitation", SUPERSEDED), ("cancellation", PENDING)]


@pytest.mark.parametrize("failure", [None, DOWN, UNKNOWN])
def test_what_is_leaving_stays_in_order_and_its_failure_is_of_no_account(
    units: Units, reference: str, mumbai: Actor, sender: MemorySender, failure: TemporaryFailure | None
) -> None:
    @dataclass
    class Meanwhile:
        """The hearing moves while the mail is being handed over; another worker finds nothing that may leave."""

        found: bool = True

        def send(self, message: bytes, *, to: str) -> None:
            moved_to(units, reference, mumbai, MONDAY_14)
            with units.writing() as unit:
                others = sa.update(OutboxRow).where(OutboxRow.to_address != INTERPRETER)
                unit.session.execute(others.values(state=SENT))
            self.found = deliver_one(units, owner="second")
            if failure is not None:
                raise failure

    meanwhile = Meanwhile()
    deliver_one(units.with_ports(replace(units.ports, sender=meanwhile)), owner="first")
    assert not meanwhile.found
    assert hers(units) == [("invitation", SENT if failure is None else SUPERSEDED), ("update", PENDING)]
    everything_leaves(units)
    assert hers(units)[-1] == ("update", SENT)


def test_a_new_address_is_not_kept_waiting_by_the_old_one(
    units: Units, reference: str, mumbai: Actor, sender: MemorySender, world: World
) -> None:
    everything_leaves(units)
    with units.writing() as unit:
        unit.session.get_one(OfficialRow, world.dhaka.interpreter_id).email = "nasrin@new.example"
        invitations.announce(unit, unit.session.get_one(HearingRow, world.mumbai.hearing_id), by=mumbai)
    sender.failure = DOWN
    assert deliver_one(units, owner="one")
    sender.failure = None
    everything_leaves(units)
    newest = [(row.to_address, row.kind, row.state) for row in stored(units)][-2:]
    assert newest == [(INTERPRETER, "cancellation", PENDING), ("nasrin@new.example", "invitation", SENT)]


def test_a_mail_never_tells_of_a_hearing_that_was_changed_meanwhile(units: Units, reference: str, world: World) -> None:
    with pytest.raises(Stale), units.writing() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        unit.session.execute(sa.text("UPDATE hearing SET version = version + 1"))
        outgoing.lay_down(unit, kind="reminder", to=INTERPRETER, compose=lambda **_: b"", hearing=hearing)


def test_a_mail_is_tried_until_its_hearing_begins(units: Units, reference: str, mumbai: Actor) -> None:
    assert {row.until_at for row in stored(units)} == {NOW + timedelta(hours=72)}
    with units.writing() as unit:
        person = unit.session.scalars(sa.select(ParticipantRow)).first()
        assert person is not None
        hearing = person.hearing
        hearing.starts_at = NOW + timedelta(hours=2)
        row = outgoing.lay_down(unit, kind="x", to=INTERPRETER, compose=lambda **_: b"", hearing=hearing)
        assert row.until_at == NOW + timedelta(hours=2)


@pytest.mark.bad_day("R17")
def test_five_moves_while_the_server_is_down_end_in_one_mail(
    units: Units, reference: str, mumbai: Actor, sender: MemorySender, clock: FrozenClock
) -> None:
    sender.failure = DOWN
    for wall in (MONDAY_14, MONDAY_11, TUESDAY_11, MONDAY_14, MONDAY_11):
        clock.advance(minutes=5)
        everything_leaves(units)
        moved_to(units, reference, mumbai, wall)
    sender.failure = None
    everything_leaves(units)
    assert len(sender.to(INTERPRETER)) == 1
    assert hers(units) == [("invitation", SUPERSEDED), *[("update", SUPERSEDED)] * 4, ("update", SENT)]


@dataclass
class Flaky:
    """Of three mails it refuses the first, takes the second and breaks off, takes the third: the worst there is."""

    came: dict[str, list[int]]
    works: bool = False
    calls: int = 0

    def send(self, message: bytes, *, to: str) -> None:
        """Keep the SEQUENCE of the letter, or fail, or both."""
        self.calls += 1
        turn = 0 if self.works else self.calls % 3
        if turn != 1:
            self.came.setdefault(to, []).append(sequence_of(message))
        if turn in {1, 2}:
            raise DOWN


def sequence_of(message: bytes) -> int:
    found = re.search(rb"sequence=(\d+)", message)
    assert found is not None
    return int(found[1])


@pytest.mark.bad_day("R17")
def test_whatever_moves_while_workers_send_everybody_ends_with_the_last_time(
    units: Units, reference: str, mumbai: Actor, clock: FrozenClock
) -> None:
    server, over = Flaky({}), Event()
    shared = units.with_ports(replace(units.ports, sender=server))

    def work(number: int) -> None:
        while not over.is_set():
            deliver_one(shared, owner=f"worker {number}")

    with ThreadPoolExecutor(3) as pool:
        at_work = [pool.submit(work, number) for number in range(3)]
        for number in range(12):
            moved_to(units, reference, mumbai, (MONDAY_14, TUESDAY_11, MONDAY_11)[number % 3])
            clock.advance(seconds=20)
        over.set()
    assert [done.result() for done in at_work] == [None] * 3
    server.works = True
    clock.advance(hours=2)
    everything_leaves(shared)
    assert len(server.came) == 7
    assert {numbers[-1] for numbers in server.came.values()} == {12}
    assert all(numbers == sorted(numbers) for numbers in server.came.values())
    assert {row.state for row in stored(units)} == {SENT, SUPERSEDED}
