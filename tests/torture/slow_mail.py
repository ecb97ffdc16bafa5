"""R3, R4, R5: a mail server that is down, that takes 30 seconds for each answer, or says yes three minutes late."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from socket import create_server, socket

from tests.reliability.visitor import Visitor
from tests.services.mails import stored
from tests.services.planned import MONDAY_11, TUESDAY_11, booked, hearing_of, moved_to
from tests.torture.serving import Served, free_port, served
from tests.torture.stage import Stage, stages
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.store.models import OutboxState

TARPIT, LATE, PAUSES = 30.0, 180.0, timedelta(minutes=10)
WORKERS, PEOPLE, ROUNDS, PATIENCE = 8, 7, 20, 400


class Tarpit:
    """Takes every mail in the end: `each` seconds before each answer, `last` before it says that it has one."""

    def __init__(self, port: int, *, each: float) -> None:
        self.each, self.last, self.taken = each, 0.0, Counter[bytes]()
        self._listening = create_server(("127.0.0.1", port), backlog=64)

    def run(self) -> None:
        """Talk with everybody at once, until it is closed."""
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def close(self) -> None:
        """Be no more."""
        self._listening.close()

    def _talk(self, connection: socket) -> None:
        with connection, connection.makefile("rb") as said:
            self._say(connection, b"220 mail.example")
            for line in said:
                if line.upper().startswith(b"DATA"):
                    self._say(connection, b"354 go on")
                    mail = b"".join(iter(said.readline, b".\r\n"))
                    time.sleep(self.last)
                    self.taken[mail] += 1
                    self._say(connection, b"250 taken")
                elif line.upper().startswith(b"QUIT"):
                    return
                else:
                    self._say(connection, b"250 ok")

    def _say(self, connection: socket, words: bytes) -> None:
        time.sleep(self.each)
        try:
            connection.sendall(words + b"\r\n")
        except OSError:
            return


@contextmanager
def _tarpit(port: int, *, each: float) -> Iterator[Tarpit]:
    server = Tarpit(port, each=each)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield server
    finally:
        server.close()


def main() -> None:
    """Print p95 of the booking page and what arrived, on each engine."""
    sys.stdout.write("; ".join(_on(stage) for stage in stages(*sys.argv[1:])) + "\n")


def _on(stage: Stage) -> str:
    world, by = stage.filled()
    port = free_port()
    with served(stage, world, workers=WORKERS, smtp_port=port) as service:
        still = p95(service.visitor, world)
        booked(service.units, world.mumbai.hearing, by)
        down = p95(service.visitor, world)  # nobody listens yet
        service.place.clock.put_forward(PAUSES)
        began = time.monotonic()
        with _tarpit(port, each=TARPIT) as server:
            slow = p95(service.visitor, world)
            _all_left(service)
            up = time.monotonic() - began
            assert (len(server.taken), set(server.taken.values())) == (PEOPLE, {1})
            server.each, server.last = 0.0, LATE
            _move(service, world, by)
            late = p95(service.visitor, world)
            _all_left(service)
            assert (len(server.taken), set(server.taken.values())) == (2 * PEOPLE, {1})
    return (
        f"{stage.name}, {WORKERS} workers: p95 of the booking page {still:.0f} ms at rest, {down:.0f} while the server "
        f"is down, {slow:.0f} with {TARPIT:.0f} s for each answer, {late:.0f} with a yes {LATE:.0f} s late; all "
        f"{2 * PEOPLE} mails left, each once; {up:.0f} s from down to all gone through the tarpit"
    )


def _move(service: Served, world: World, by: Actor) -> None:
    assert hearing_of(service.units, world.mumbai.hearing).starts_wall == MONDAY_11
    moved_to(service.units, world.mumbai.hearing, by, TUESDAY_11)


def p95(visitor: Visitor, world: World) -> float:
    """Of the page that books the hearing at another time, in milliseconds."""
    at, taken = f"/hearings/{world.mumbai.hearing}", []
    for _ in range(ROUNDS):
        began = time.monotonic()
        visitor.opened(f"{at}/book?start={TUESDAY_11.isoformat()}", f"{at}/move")
        taken.append(time.monotonic() - began)
    return sorted(taken)[int(ROUNDS * 0.95) - 1] * 1000


def _all_left(service: Served) -> None:
    until, put_at = time.monotonic() + PATIENCE, time.monotonic()
    while not {row.state for row in stored(service.units)} <= {OutboxState.SENT}:
        assert time.monotonic() < until, [row.state for row in stored(service.units)]
        time.sleep(1)
        if not any(row.state is OutboxState.SENDING for row in stored(service.units)) and time.monotonic() - put_at > 5:
            service.place.clock.put_forward(PAUSES)
            put_at = time.monotonic()


if __name__ == "__main__":
    main()
