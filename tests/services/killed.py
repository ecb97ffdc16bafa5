"""A worker in a process of its own that takes one mail and never comes back from handing it over."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import sqlalchemy as sa
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.fakes import FrozenClock, MemorySender, fake_ports
from tests.services.warmed import forkserver
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store.db import engine_options, prepare

PATIENCE = 60
Handed = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class StuckSender:
    """Tells what it was given, then hangs as a mail server may."""

    told: Connection

    def send(self, message: bytes, *, to: str) -> None:
        """Tell, and hang."""
        self.told.send((to, message))
        time.sleep(PATIENCE)


def started_worker(url: str) -> tuple[BaseProcess, Callable[[], Handed]]:
    """The process, and a function that waits for the mail it has in hand."""
    context = forkserver()
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(url, theirs), daemon=True)
    worker.start()

    def handed_over() -> Handed:
        assert ours.poll(PATIENCE), "the worker took no mail"
        found: Handed = ours.recv()
        return found

    return worker, handed_over


def _work(url: str, told: Connection) -> None:
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    ports = replace(fake_ports(clock=FrozenClock(), sender=MemorySender()), sender=StuckSender(told))
    deliver_one(Units(scoped_session(sessionmaker(engine)), ports), owner="killed")
