"""A reader of the inbox in a process of its own that takes a mail up and never comes to the end of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.fakes import NOW, FrozenClock, MemorySender, fake_ports
from tests.services.warmed import forkserver
from vctestimony.adapters.inbox_folder import FolderInbox
from vctestimony.adapters.inbox_mime import MailReader
from vctestimony.domain.inbound import Arrived, Inbound
from vctestimony.services import inbox
from vctestimony.services.unit import Units
from vctestimony.store.db import engine_options, prepare

PATIENCE = 60
READ, STORED = "read", "stored"


@dataclass(frozen=True, slots=True)
class StuckReader:
    """Takes a mail apart, tells, and hangs."""

    told: Connection

    def read(self, arrived: Arrived) -> Inbound:
        """Tell, and hang."""
        mail = MailReader().read(arrived)
        _hang(self.told)
        return mail


@dataclass(frozen=True, slots=True)
class StuckInbox:
    """A folder whose mails are stored, and which hangs before it puts one away."""

    folder: FolderInbox
    told: Connection

    @property
    def name(self) -> str:
        """As the folder is called."""
        return self.folder.name

    def each(self, take: Callable[[Arrived], None]) -> int:
        """Let the mail be stored, tell, and hang."""

        def stuck(arrived: Arrived) -> None:
            take(arrived)
            _hang(self.told)

        return self.folder.each(stuck)


def killed_when(url: str, folder: Path, moment: str) -> BaseProcess:
    """Start a reader of the folder, wait until it is where it shall die, and kill it there."""
    context = forkserver()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(url, folder, moment, theirs), daemon=True)
    process.start()
    assert ours.poll(PATIENCE), "the reader took no mail"
    process.kill()
    process.join(PATIENCE)
    return process


def _work(url: str, folder: Path, moment: str, told: Connection) -> None:
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    box = FolderInbox(folder, lambda: NOW)
    ports = fake_ports(clock=FrozenClock(), sender=MemorySender())
    if moment == READ:
        ports = replace(ports, inbox=box, mails=StuckReader(told))
    else:
        ports = replace(ports, inbox=StuckInbox(box, told))
    inbox.read_once(Units(scoped_session(sessionmaker(engine)), ports))


def _hang(told: Connection) -> None:
    told.send("here")
    time.sleep(PATIENCE)
