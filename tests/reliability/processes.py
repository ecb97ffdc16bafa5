"""What each process of a run is: the service's own commands on the run's database, with the run's clock.

Each is forked from the conductor, where the application is ready: starting it anew costs no time, only what it does.
"""

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.process import BaseProcess
from pathlib import Path

from flask import Flask

from tests.fakes import FakeCalendars, week
from tests.reliability import clerk, mail_server
from tests.reliability.shared_clock import SharedClock
from tests.reliability.town import Town
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.outside import build_ports
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.web.context import EXTENSION

PATIENCE = 60
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a run lives: its folder, its database and the two ports."""

    folder: Path
    url: str
    web_port: int
    smtp_port: int

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every process of the service."""
        return {
            "VCT_INSTANCE": str(self.folder / "instance"),
            "VCT_DATABASE_URL": self.url,
            "PORT": str(self.web_port),
            "VCT_SMTP_HOST": "127.0.0.1",
            "VCT_SMTP_PORT": str(self.smtp_port),
            "VCT_SMTP_SECURITY": "none",
            "VCT_WORKER_IN_PROCESS": "no",
            "VCT_SESSION_IDLE_MINUTES": "1440",
            "VCT_SESSION_ABSOLUTE_MINUTES": "1440",
        }

    @property
    def clock(self) -> SharedClock:
        """What all of them go by."""
        return SharedClock(self.folder / "clock")


def opened(place: Place) -> Flask:
    """The application with the real outside world but for the clock and the courts' calendars, which are the tests'."""
    settings = Settings.from_env(place.environment)
    ports = replace(
        build_ports(settings, languages=Languages(FOLDER), wake=_nobody),
        clock=place.clock,
        calendars=FakeCalendars(
            {
                "mumbai-court": week("mumbai-court", "Asia/Kolkata"),
                "pune-court": week("pune-court", "Asia/Kolkata"),
                "dhaka-mission": week("dhaka-mission", "Asia/Dhaka", (6, 0, 1, 2, 3)),
            }
        ),
    )
    return create_app(settings, ports=ports)


def units_of(app: Flask) -> Units:
    """Transactions on the run's database."""
    units: Units = app.extensions[EXTENSION].units
    return units


def _nobody() -> None:
    """The workers are other processes: they look for themselves."""


def serve(app: Flask, place: Place) -> None:
    """`flask serve`."""
    _command(app, place, "serve")


def send(app: Flask, place: Place) -> None:
    """`flask worker`."""
    _command(app, place, "worker")


def _command(app: Flask, place: Place, name: str) -> None:
    _begin(place)
    app.test_cli_runner().invoke(args=[name], catch_exceptions=False)


def do_business(app: Flask, place: Place, town: Town, seed: int) -> None:
    """A clerk."""
    _begin(place)
    with app.app_context():
        clerk.work(units_of(app), town, port=place.web_port, seed=seed, note=place.folder / clerk.DONE)


def take_mail(_app: Flask, place: Place, seed: int) -> None:
    """The mail server."""
    _begin(place)
    mail_server.run(place.folder, place.smtp_port, seed)


def _begin(place: Place) -> None:
    """Whatever the process prints goes to one file of the run; whatever ends the run ends the process."""
    log = os.open(place.folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass(slots=True)
class Player:
    """One process that is killed and started again. With a `seed`, each of its lives gets another number from it."""

    kind: str
    work: Callable[..., None]
    words: tuple[object, ...]
    seed: int | None = None
    lives: int = 0
    kills: int = 0
    process: BaseProcess | None = field(default=None, repr=False)

    def start(self, app: Flask) -> None:
        """Begin the next life."""
        words = self.words if self.seed is None else (*self.words, self.seed + self.lives)
        self.lives += 1
        let_go(app)  # no connection may live on in two processes
        self.process = multiprocessing.get_context("fork").Process(target=self.work, args=(app, *words))
        self.process.start()

    def stop(self) -> None:
        """SIGKILL, and do not wait for its end."""
        if self.process is not None:
            self.process.kill()

    def kill(self) -> None:
        """SIGKILL, whatever it was doing."""
        if self.process is None:
            return
        self.process.kill()
        self.process.join(PATIENCE)
        self.process = None

    @property
    def died_by_itself(self) -> bool:
        """Whether it ended though nobody killed it."""
        return self.process is not None and not self.process.is_alive()


def let_go(app: Flask) -> None:
    """Let go of the connections of this process."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
