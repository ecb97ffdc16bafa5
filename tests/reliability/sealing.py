"""Whether a record is sealed whole whatever is killed: at every step, within the commit, and the web process at random.

Each seal is looked at by the same question as in the suite: the row, its entry in the journal and both hashes are
there, or nothing is.
"""

import random
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from flask import Flask

from tests.builders import add_hearing
from tests.fakes import NOW
from tests.reliability.processes import PATIENCE, Place, Player, let_go, opened, serve, units_of
from tests.reliability.visitor import FORM, NotThere, Visitor
from tests.services.dying_seals import Sealing, killed_in_commits, mortal_seals, sealed_together
from tests.services.planned import MONDAY_11_AT, answered
from tests.services.sealed_or_not import HalfSealed, check_chain, is_sealed
from tests.services.sittings import ready_to_seal
from tests.web.browsing import seated
from tests.world import World, build
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Role
from vctestimony.services.accounts import actor_of
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow

LONGEST_COMMIT, LONGEST_SEAL = 0.012, 2.5
"""Seconds after which a kill comes at the latest: after the commit began, and after the form was sent."""

HEADING = "# Is a record sealed whole?"
DOCUMENT = (
    HEADING
    + """

What `make reliability` printed last, on {place}.

A process that seals a record is killed with SIGKILL before each of its steps: before every statement, while it draws,
before its commit and after it; then at random moments within the commit, up to 12 ms after it began; then the web
process itself, up to 2.5 seconds after somebody has sent the form, with the real press. Four processes seal one record
at once. After each of these the record is sealed, with its row, its entry in the journal and both hashes as they must
be, or nothing of a seal is there and the record can be sealed (**half sealed** counts everything else, a broken chain
included).

{table}
"""
)


@dataclass(slots=True)
class Sealed:
    """What one engine was put through, and what came of it."""

    engine: str
    at_steps: int = 0
    in_commit: int = 0
    of_web: int = 0
    whole_after_kill: int = 0
    races: int = 0
    sealed: int = 0
    half: int = 0
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing that must not be."""
        return self.half == 0


_ROWS: tuple[tuple[str, Callable[[Sealed], object]], ...] = (
    ("kills at the steps of a seal", lambda one: one.at_steps),
    ("kills within the commit", lambda one: one.in_commit),
    ("kills of the web process over the form", lambda one: one.of_web),
    ("of these two, sealed all the same", lambda one: one.whole_after_kill),
    ("races of four", lambda one: one.races),
    ("records sealed in the end", lambda one: one.sealed),
    ("seconds", lambda one: f"{one.seconds:.0f}"),
    ("half sealed", lambda one: one.half),
)


@dataclass(frozen=True, slots=True)
class _Stage:
    """A database with a court in it, and hearings that are over and wait for their seal, one at a time."""

    units: Units
    world: World
    by: Actor

    def hearing(self, name: str) -> str:
        """One more that everything is given of."""
        with self.units.writing() as unit:
            world = self.world
            row = add_hearing(unit.session, world.mumbai, world.dhaka, world.link_id, reference=f"H-{name}")
            row.state, row.starts_at, row.starts_wall = State.CONFIRMED, MONDAY_11_AT, MONDAY_11_AT.replace(tzinfo=None)
        ready_to_seal(self.units, f"H-{name}", self.by)
        return f"H-{name}"


def run(engine: str, *, url: str, folder: Path, kills: int, seed: int) -> Sealed:
    """Everything on one empty, migrated database; so many kills within commits, and one in four of the web process."""
    place = Place(folder=folder, url=url, web_port=_free_port(), smtp_port=_free_port())
    place.clock.start(NOW, rate=1.0)
    app, dice, found = opened(place), random.Random(seed), Sealed(engine)
    began = time.monotonic()
    with app.app_context():
        units = units_of(app)
        with units.writing() as unit:
            world = build(unit.session)
            answered(unit.session, world)
            by = actor_of(unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, "mumbai")))
        stage = _Stage(units, world, by)
        try:
            _at_every_step(stage, url, found)
            _within_commits(stage, url, found, kills=kills, dice=dice)
            _by_web(stage, app, place, found, kills=max(kills // 4, 1), dice=dice)
            check_chain(units)
        except HalfSealed:
            found.half += 1
    let_go(app)
    found.seconds = time.monotonic() - began
    return found


def _at_every_step(stage: _Stage, url: str, found: Sealed) -> None:
    reference = stage.hearing("STEPS")
    with mortal_seals(url, _sealing(stage)) as killed_before:
        point = 0
        while not is_sealed(stage.units, reference):
            killed_before(reference, point)
            point, found.at_steps = point + 1, found.at_steps + 1
    found.sealed += 1


def _within_commits(stage: _Stage, url: str, found: Sealed, *, kills: int, dice: random.Random) -> None:
    while found.in_commit < kills:
        reference = stage.hearing(f"COMMIT{found.in_commit}")
        with killed_in_commits(url, _sealing(stage)) as killed_in_commit:  # at a time after what was entered last
            while found.in_commit < kills and not is_sealed(stage.units, reference):
                killed_in_commit(reference, dice.uniform(0, LONGEST_COMMIT))
                found.in_commit += 1
        if is_sealed(stage.units, reference):
            found.whole_after_kill, found.sealed = found.whole_after_kill + 1, found.sealed + 1
    reference = stage.hearing("TOGETHER")
    sealed_together(url, _sealing(stage), reference, 4)
    found.races += 1
    if not is_sealed(stage.units, reference):
        raise HalfSealed(reference)
    found.sealed += 1


def _by_web(stage: _Stage, app: Flask, place: Place, found: Sealed, *, kills: int, dice: random.Random) -> None:
    """The form is sent to the real server with the real press, which is killed at some moment until the answer."""
    web, number = Player("web", serve, (place,)), 0
    reference = stage.hearing("WEB0")
    for _ in range(kills):
        web.start(app)
        _send(stage, place, reference, web, after=dice.uniform(0, LONGEST_SEAL))
        found.of_web += 1
        if is_sealed(stage.units, reference):
            found.whole_after_kill, found.sealed, number = found.whole_after_kill + 1, found.sealed + 1, number + 1
            reference = stage.hearing(f"WEB{number}")
    web.start(app)
    _send(stage, place, reference, web, after=PATIENCE)
    if not is_sealed(stage.units, reference):
        raise HalfSealed(reference, "not sealed though nobody was killed")
    found.sealed += 1


def _send(stage: _Stage, place: Place, reference: str, web: Player, *, after: float) -> None:
    """Send the form, and kill the server so many seconds after that, whether it has answered or not."""
    address = f"/hearings/{reference}/seal"
    death = Timer(after, web.kill)
    _until_served(place.web_port)
    with suppress(NotThere):
        _Clerk(stage, place, address, death.start).send(address, address, language="en")
    death.join(0 if after == PATIENCE else None)
    death.cancel()
    web.kill()


class _Clerk(Visitor):
    """Lets something begin when the form is sent."""

    def __init__(self, stage: _Stage, place: Place, address: str, begin: Callable[[], None]) -> None:
        super().__init__(place.web_port, enter=lambda: seated(stage.units, stage.by.account_id or 0))
        self._address, self._begin = address, begin

    def _ask(self, method: str, path: str, body: str | bytes | None = None, kind: str = FORM) -> tuple[int, str]:
        if (method, path) == ("POST", self._address):
            self._begin()
        return super()._ask(method, path, body, kind)


def _sealing(stage: _Stage) -> Sealing:
    with stage.units.reading() as unit:
        return Sealing(stage.by, unit.now)


def _until_served(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def document(outcomes: Sequence[Sealed], *, place: str) -> str:
    """The section of the page: what was done, and the figures."""
    lines = [["", *(one.engine for one in outcomes)], ["---", *("---:" for _ in outcomes)]]
    lines += [[name, *(str(figure(one)) for one in outcomes)] for name, figure in _ROWS]
    return DOCUMENT.format(place=place, table="\n".join(f"| {' | '.join(line)} |" for line in lines))
