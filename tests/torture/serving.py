"""The service itself in processes of its own over a stage's database, and a coordinator at a browser."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.fakes import NOW
from tests.reliability.processes import Place, Player, let_go, opened, send, serve, units_of
from tests.reliability.visitor import NotThere, Visitor
from tests.torture.stage import Stage
from tests.web.browsing import seated
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units

STARTING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Served:
    """A running service."""

    place: Place
    units: Units
    visitor: Visitor
    web_pid: int


@contextmanager
def served(stage: Stage, world: World, *, workers: int = 0, smtp_port: int = 0, rate: float = 1.0) -> Iterator[Served]:
    """The web process and so many workers, until the end."""
    folder = stage.folder / f"served-{stage.name}-{workers}-{time.monotonic_ns()}"
    folder.mkdir()
    place = Place(folder=folder, url=stage.url, web_port=free_port(), smtp_port=smtp_port or free_port())
    place.clock.start(NOW, rate=rate)
    app = opened(place)
    players = [Player("web", serve, (place,)), *(Player("worker", send, (place,)) for _ in range(workers))]
    account = world.account_id(Role.COORDINATOR, "mumbai")
    stage.units._session_of().close()
    stage.engine.dispose()
    with app.app_context():
        units = units_of(app)
        cookie = seated(units, account)
        let_go(app)
        for player in players:
            player.start(app)
        visitor = Visitor(place.web_port, enter=lambda: cookie, patience=150)
        try:
            _wait_for(visitor)
            process = players[0].process
            assert process is not None
            yield Served(place, units, visitor, process.pid or 0)
        finally:
            for player in players:
                player.kill()
            let_go(app)


def _wait_for(visitor: Visitor) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while True:
        try:
            visitor.opened("/sign-in", "/sign-in")
        except NotThere:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def free_port() -> int:
    """One that nobody uses just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
