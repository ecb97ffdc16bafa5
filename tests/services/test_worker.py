"""The worker as a whole: over a real mail server, in a loop, and killed in the middle of a mail."""

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.adapters.test_mail import free_port
from tests.conftest import Database, FindActor
from tests.fakes import NOW, FrozenClock, MemorySender
from tests.services.killed import started_worker
from tests.services.mails import real_letters, stored
from tests.services.planned import answered, booked
from tests.world import World
from vctestimony.adapters.mail import Security, SmtpSender
from vctestimony.domain.errors import Stale
from vctestimony.domain.people import Role
from vctestimony.services import post_office
from vctestimony.services.ports import Ports
from vctestimony.services.post_office import LEASE, deliver_one
from vctestimony.services.unit import Units
from vctestimony.store.models import OutboxState


@pytest.fixture
def reference(units: Units, world: World, actor: FindActor) -> str:
    """A hearing just booked: seven mails wait."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    return world.mumbai.hearing


@dataclass
class Sink:
    """An SMTP server that keeps what it is given."""

    got: list[tuple[list[str], bytes]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        assert isinstance(envelope.original_content, bytes)
        self.got.append((list(envelope.rcpt_tos), envelope.original_content))
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, controller.port
    controller.stop()


class TestOverSmtp:
    """With the letters and the sender that the service runs with."""

    @pytest.fixture
    def ports(self, ports: Ports, sink: tuple[Sink, int]) -> Ports:
        smtp = SmtpSender(host="127.0.0.1", port=sink[1], security=Security.NONE)
        return replace(ports, sender=smtp, letters=real_letters())

    def test_a_real_server_receives_the_very_bytes_each_for_one_recipient(
        self, units: Units, reference: str, sink: tuple[Sink, int]
    ) -> None:
        while deliver_one(units, owner="one"):
            pass
        assert sink[0].got == [([row.to_address], row.body) for row in stored(units)]


def nothing(units: Units) -> None:
    return


def working(units: Units, wake: Event, stop: Event, *, chores: Callable[[Units], None] = nothing) -> Thread:
    thread = Thread(
        target=post_office.run,
        args=(units,),
        kwargs={"owner": "one", "wake": wake, "stop": stop, "chores": chores},
        daemon=True,
    )
    thread.start()
    return thread


def test_the_worker_sends_what_is_there_and_stops_when_told(units: Units, reference: str, sender: MemorySender) -> None:
    wake, stop, seven = Event(), Event(), Event()

    class CountingSender:
        def send(self, message: bytes, *, to: str) -> None:
            sender.send(message, to=to)
            if len(sender.sent) == 7:
                seven.set()

    thread = working(units.with_ports(replace(units.ports, sender=CountingSender())), wake, stop)
    assert seven.wait(10)
    stop.set()
    wake.set()
    thread.join(10)
    assert not thread.is_alive()
    assert {row.state for row in stored(units)} == {OutboxState.SENT}


@pytest.mark.bad_day("R3")
def test_the_worker_outlives_a_database_that_fails_for_a_while(
    units: Units, reference: str, sender: MemorySender
) -> None:
    wake, stop, failed, sent = Event(), Event(), Event(), Event()

    class LimpingClock:
        """The first reading of the clock, within the unit, fails as the driver does."""

        def now(self) -> datetime:
            if not failed.is_set():
                failed.set()
                raise sa.exc.OperationalError("SELECT", {}, Exception("the connection is gone"))
            return NOW

    class TellingSender:
        def send(self, message: bytes, *, to: str) -> None:
            sent.set()

    thread = working(units.with_ports(replace(units.ports, clock=LimpingClock(), sender=TellingSender())), wake, stop)
    assert failed.wait(10)
    while not sent.wait(0.05):
        wake.set()
    stop.set()
    wake.set()
    thread.join(10)
    assert not thread.is_alive()


def test_the_worker_outlives_a_chore_that_fails(units: Units, reference: str, sender: MemorySender) -> None:
    wake, stop, sent = Event(), Event(), Event()
    tries: list[Units] = []

    class TellingSender:
        def send(self, message: bytes, *, to: str) -> None:
            sent.set()

    def chores(given: Units) -> None:
        tries.append(given)
        if len(tries) == 1:
            raise Stale()

    thread = working(units.with_ports(replace(units.ports, sender=TellingSender())), wake, stop, chores=chores)
    while not sent.wait(0.05):
        wake.set()
    stop.set()
    wake.set()
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.bad_day("R1")
def test_a_worker_killed_between_claim_and_settlement_costs_one_lease_and_no_mail(
    units: Units, reference: str, database: Database, sender: MemorySender, clock: FrozenClock
) -> None:
    written = {row.message_id: (row.to_address, row.body) for row in stored(units)}
    worker, handed_over = started_worker(database.url)
    in_flight = handed_over()
    worker.kill()
    worker.join(10)
    assert worker.exitcode == -signal.SIGKILL
    (held,) = stored(units, OutboxState.SENDING)
    assert (held.to_address, held.body) == in_flight == written[held.message_id]
    while deliver_one(units, owner="survivor"):
        pass
    assert in_flight not in sender.sent
    clock.at = NOW + LEASE + timedelta(minutes=1)
    while deliver_one(units, owner="survivor"):
        pass
    assert sender.sent[-1] == in_flight
    assert sorted(sender.sent) == sorted(written.values())
    assert {row.state for row in stored(units)} == {OutboxState.SENT}
