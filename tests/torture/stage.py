"""Where the longer forms play: an empty, migrated database on each engine, with the tests' world in it."""

import os
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.engines import NoPostgreSQL, PostgreSQL, migrated, shared_server
from tests.fakes import FrozenClock, MemorySender, fake_ports
from tests.services.planned import PlainTokens, answered
from tests.world import World, build
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services.accounts import actor_of
from vctestimony.services.unit import Units
from vctestimony.store.db import engine_options, prepare
from vctestimony.store.models import AccountRow


@dataclass(frozen=True, slots=True)
class Stage:
    """One engine's database."""

    name: str
    url: str
    folder: Path
    engine: Engine
    units: Units
    server: PostgreSQL | None = None

    def filled(self) -> tuple[World, Actor]:
        """The world with every question answered, and the coordinator of the court in Mumbai."""
        with self.units.writing() as unit:
            world = build(unit.session)
            answered(unit.session, world)
            account = unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, "mumbai"))
            return world, actor_of(account)


def stages(*names: str) -> Generator[Stage]:
    """Each engine that there is, or of these names."""
    with tempfile.TemporaryDirectory(prefix="vct-torture-") as name:
        folder = Path(name)
        if "sqlite" in (names or ("sqlite",)):
            url = f"sqlite:///{folder / 'records.sqlite'}"
            migrated(url)
            with _open("sqlite", url, folder) as stage:
                yield stage
        if "postgresql" not in (names or ("postgresql",)):
            return
        try:
            server = PostgreSQL(shared_server(folder, owner=os.getpid(), migrate=migrated), "torture")
        except NoPostgreSQL:
            return
        server.renew()
        with _open("postgresql", server.url, folder) as stage:
            yield replace(stage, server=server)


@contextmanager
def _open(name: str, url: str, folder: Path) -> Iterator[Stage]:
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    ports = fake_ports(clock=FrozenClock(), sender=MemorySender())
    sessions = scoped_session(sessionmaker(engine))
    yield Stage(name, url, folder, engine, Units(sessions, replace(ports, tokens=PlainTokens(), random=os.urandom)))
    sessions.remove()
    engine.dispose()
