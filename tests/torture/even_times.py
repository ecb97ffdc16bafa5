"""Abuse row 17, T3: how long the service takes to say no, for every reason that nobody is to learn.

A real server with its worker on each engine, a mail server beside it. Each kind is asked once in every
round, in an order that chance makes, so that whatever else the machine does falls on all of them alike.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from statistics import median

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from sqlalchemy.orm import Session

from tests.builders import PASSWORD, add_account
from tests.torture.serving import free_port
from tests.torture.stage import stages
from tests.torture.strangers import Answer, Stranger, address_of, best_guess, by_chance, largest_gap
from tests.web.browsing import seated
from tests.world import World, build
from vctestimony.adapters.passwords import Argon2Passwords
from vctestimony.composition import create_app
from vctestimony.config import PROJECT, Settings
from vctestimony.domain.people import Role
from vctestimony.services import signing_in
from vctestimony.services.unit import Units
from vctestimony.web.context import EXTENSION

AT_THE_DOOR_MS, OF_THINGS_MS = 20.0, 10.0
WRONG = "not the password at all"
STARTING_SECONDS = 180
_TRIES, _MAILS, _FROM_A_PLACE, _ASKED_FROM_A_PLACE = 8, 3, 150, 9
"""How often one account, or one place, is used: never so often that it is told to wait."""


@dataclass(frozen=True, slots=True)
class Door:
    """One thing to ask for, and every reason for which the answer is no; `most_ms` may lie between their medians."""

    name: str
    most_ms: float
    kinds: Mapping[str, Callable[[int, int], Answer]]
    """By the name of the reason: asks for the n-th time, as the so manieth of all."""


@dataclass(slots=True)
class Seen:
    """What came of one door: times by kind, and whatever else of the answers could differ."""

    door: Door
    times: dict[str, list[float]] = field(default_factory=dict)
    shapes: set[tuple[int, int]] = field(default_factory=set)

    @property
    def held(self) -> bool:
        """Whether nothing tells the reasons apart but the restlessness of the machine."""
        return len(self.shapes) == 1 and largest_gap(self.times) <= max(self.door.most_ms, by_chance(self.times))

    def line(self) -> str:
        """The figures in words."""
        middles = ", ".join(f"{kind} {median(times):.1f}" for kind, times in self.times.items())
        told = ", ".join(f"{status} with {length} bytes" for status, length in sorted(self.shapes))
        gap, guess = largest_gap(self.times), best_guess(self.times)
        apart = f"apart {gap:.1f} of {self.door.most_ms:.0f} ms (chance alone makes {by_chance(self.times):.1f})"
        return f"{self.door.name}: {middles}; {apart}, guessed {guess:.0%}, {told}"


def main(arguments: list[str]) -> int:
    """Print the medians in milliseconds of every door on each engine; 1 where one tells a reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=300, help="how often each reason is asked for at each door")
    parser.add_argument("--engines", nargs="*", default=[], help="sqlite, postgresql, or both")
    options = parser.parse_args(arguments)
    lines, held = [], True
    for stage in stages(*options.engines):
        with tempfile.TemporaryDirectory(prefix="vct-even-") as name, _served(Path(name), stage.url) as served:
            for door in _doors(*served, each=options.each):
                seen = _asked(door, options.each)
                held = held and seen.held
                lines.append(f"{stage.name}, {seen.line()}")
                sys.stderr.write(f"{lines[-1]}\n")
    sys.stdout.write(f"{options.each} of each; {'. '.join(lines)}\n")
    return 0 if held else 1


def _asked(door: Door, each: int) -> Seen:
    chance = random.Random(each)
    turns = [(kind, number) for number in range(each) for kind in chance.sample(list(door.kinds), len(door.kinds))]
    seen = Seen(door, {kind: [] for kind in door.kinds})
    for place, (kind, number) in enumerate(turns):
        answer = door.kinds[kind](number, place)
        seen.times[kind].append(answer.milliseconds)
        seen.shapes.add((answer.status, len(answer.content)))
    return seen


def _doors(units: Units, world: World, port: int, *, each: int) -> Iterator[Door]:
    stranger, cookie = Stranger(port), seated(units, world.account_id(Role.COORDINATOR, "mumbai"))
    of_mumbai = Stranger(port, cookie)
    yield _signing_in(units, world, stranger, each=each)
    yield _asking_for_links(units, world, stranger, each=each)
    for name, way, theirs in (
        ("hearings", "/hearings/{}", world.pune.hearing),
        ("cases", "/cases/{}", world.pune.case),
        ("witnesses", "/witnesses/{}/identity", world.pune.witness),
    ):
        absent = theirs.replace("PUNE", "NONE")
        kinds = {
            "not there": _looking(of_mumbai, way.format(absent)),
            "not theirs": _looking(of_mumbai, way.format(theirs)),
        }
        yield Door(name, OF_THINGS_MS, kinds)


def _looking(visitor: Stranger, page: str) -> Callable[[int, int], Answer]:
    return lambda _number, _turn: visitor.get(page)


def _signing_in(units: Units, world: World, stranger: Stranger, *, each: int) -> Door:
    accounts = -(-each // _TRIES)
    places = -(-each * 5 // _FROM_A_PLACE)
    with units.writing() as unit:
        for number in range(accounts):
            for letter, changes in (
                ("w", {}),
                ("d", {"is_active": False}),
                ("u", {"password_hash": ""}),
                ("k", {}),
            ):
                _account(unit.session, world, _name(letter, number), **changes)
    for number in range(accounts):
        for place in range(places):
            signing_in.sign_in(units, email=_name("k", number), password=PASSWORD, address=address_of(place))
    fields = stranger.fields("/sign-in", "/sign-in")

    def refused(letter: str, password: str = WRONG) -> Callable[[int, int], Answer]:
        return lambda number, turn: stranger.post(
            "/sign-in",
            fields | {"email": _name(letter, number % accounts), "password": password},
            place=turn // _FROM_A_PLACE,
        )

    kinds = {
        "no account": refused("n"),
        "wrong password": refused("w"),
        "wrong password where it signed in before": refused("k"),
        "disabled": refused("d", PASSWORD),
        "no password yet": refused("u"),
    }
    return Door("signing in", AT_THE_DOOR_MS, kinds)


def _asking_for_links(units: Units, world: World, stranger: Stranger, *, each: int) -> Door:
    accounts = -(-each // _MAILS)
    with units.writing() as unit:
        for number in range(accounts):
            _account(unit.session, world, _name("m", number))
            _account(unit.session, world, _name("c", number), is_active=False)
    fields = stranger.fields("/sign-in/lost", "/sign-in/lost")

    def asked(letter: str) -> Callable[[int, int], Answer]:
        return lambda number, turn: stranger.post(
            "/sign-in/lost",
            fields | {"email": _name(letter, number % accounts)},
            place=300 + turn // _ASKED_FROM_A_PLACE,
        )

    return Door("links", AT_THE_DOOR_MS, {"no account": asked("x"), "an account": asked("m"), "disabled": asked("c")})


def _name(letter: str, number: int) -> str:
    return f"{letter}{number:05}@mumbai.example"


def _account(session: Session, world: World, email: str, **changes: object) -> None:
    row = add_account(session, Role.COORDINATOR, email, post_id=world.mumbai.post_id)
    row.password_hash = _REAL_HASH
    for name, value in changes.items():
        setattr(row, name, value)


_REAL_HASH = Argon2Passwords().hash(PASSWORD)


@contextmanager
def _served(folder: Path, url: str) -> Iterator[tuple[Units, World, int]]:
    """The service as it comes, in a process of its own, with the tests' world in its database."""
    mail = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    mail.start()
    own = {
        "VCT_INSTANCE": str(folder / "instance"),
        "VCT_DATABASE_URL": url,
        "PORT": str(free_port()),
        "VCT_SMTP_HOST": "127.0.0.1",
        "VCT_SMTP_PORT": str(mail.port),
        "VCT_SMTP_SECURITY": "none",
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VCT_")} | own
    app = create_app(Settings.from_env(environment))
    with (folder / "service.log").open("wb") as log, app.app_context():
        units: Units = app.extensions[EXTENSION].units
        with units.writing() as unit:
            world = build(unit.session)
        command = (sys.executable, "-m", "flask", "--app", "wsgi", "serve")
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=PROJECT)
        try:
            _wait_for(int(own["PORT"]))
            yield units, world, int(own["PORT"])
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=STARTING_SECONDS)
            mail.stop()


def _wait_for(port: int) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while True:
        try:
            Stranger(port).get("/sign-in")
        except (OSError, HTTPException):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
