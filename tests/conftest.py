"""What all tests share. Domain tests take none of it; everything else starts from these fixtures.

`clock`      a FrozenClock (tests/fakes.py) that stands at NOW; `clock.advance(minutes=31)`.
`sender`     a MemorySender: `sender.sent`, `sender.to(address)`, `sender.failure = TemporaryFailure(…)`.
`ports`      the whole outside world, faked; override this fixture in a file with `dataclasses.replace(ports, …)`.
`database`   an empty, migrated database; a test that asks for it runs twice, on SQLite and on a real PostgreSQL
             (skipped, visibly, where there is none). A file that needs only one of them overrides `engine_name`.
             What an engine remembers of statements lasts from test to test (tests/lasting.py); no row does.
`units`      `with units.writing() as unit: …` on that database, safe to use from several threads.
`canary`     tests/canary_server.py: a server on this machine that hostile texts name; asked once, the run fails.
`world`      tests/world.py: courts in Mumbai and Pune, the mission in Dhaka, people, accounts, a requested hearing
             each. It holds numbers and references, never rows: `world.mumbai.hearing`, `world.dhaka.room_id`;
             single rows are made by tests/builders.py.
`actor`      `actor(Role.COORDINATOR, "pune")`: the Actor of that account, for `by=`; `mumbai` is the coordinator there.

Tests of pages have more in tests/web/conftest.py: the real application, and a browser that checks every page it gets.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from sqlalchemy.engine import Engine
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.canary_server import CanaryServer
from tests.engines import PostgreSQL, alone, migrated, postgresql, run_folder
from tests.fakes import FrozenClock, MemorySender, fake_ports
from tests.lasting import engine_at, part_from
from tests.world import World, build
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services.accounts import actor_of
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow

__all__ = ["postgresql"]

FindActor = Callable[..., Actor]

MEMORY = Path("/dev/shm")
LONGEST = (
    *("test_story.py", "test_pages.py", "test_paper_story.py", "test_demo.py", "test_bad_input.py"),
    *("test_deposition.py", "test_running_log.py", "test_documents.py", "test_pdf_pool.py"),
    *("test_reliability.py", "test_board.py", "test_matrix_walk.py", "test_bench.py", "test_racing.py"),
    *("test_passkeys.py", "test_recordings.py", "test_bundles.py", "test_booking.py", "test_dying.py", "test_field.py"),
    *("test_starting.py", "test_encrypted_backup.py", "test_hostile_forms.py", "test_reminding.py", "test_archives.py"),
)
"""Files of a minute and more, the longest first: what begins last must be short, or one worker waits for the other."""

# What Python gives back in circles it looks for every 700 new objects, among all that a worker has loaded: a tenth of
# the time of the tests. They are short, and leave little.
gc.set_threshold(20_000, 10, 10)
# How long one example takes says more of what else the machine does than of the code.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@dataclass(frozen=True, slots=True)
class Database:
    """A database of its own for one test."""

    url: str
    engine: Engine


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole files are given to the workers one by one: the longest first, so that all end at the same time."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end of the run: nothing of it need be looked through again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def canary() -> Iterator[CanaryServer]:
    """A server whose address hostile texts hold. Whatever was done with them in this run, nobody may have asked it."""
    made = CanaryServer()
    yield made
    made.close()
    assert made.asked == []


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def sender() -> MemorySender:
    return MemorySender()


@pytest.fixture
def ports(clock: FrozenClock, sender: MemorySender) -> Ports:
    return fake_ports(clock=clock, sender=sender)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """An empty, migrated SQLite file, made once a run and copied for each test."""
    shared = run_folder(tmp_path_factory, worker_id)
    path = shared / "migrated.sqlite"
    with alone(shared / "migrated.lock"):
        if not path.exists():
            made = tmp_path_factory.mktemp("template") / "migrated.sqlite"
            migrated(f"sqlite:///{made}")
            made.rename(path)
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def sqlite_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where this worker's SQLite file lies, always under the same address, made anew for each test: in memory where
    the system has a place for that, since no test cuts the power."""
    beneath = MEMORY if os.access(MEMORY, os.W_OK) else tmp_path_factory.mktemp("sqlite")
    with TemporaryDirectory(prefix="vct-sqlite-", dir=beneath) as folder:
        yield Path(folder) / "file"


@pytest.fixture
def database_url(engine_name: str, request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database that no other test sees."""
    if engine_name == "sqlite":
        folder: Path = request.getfixturevalue("sqlite_folder")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "vctestimony.sqlite")
        return f"sqlite:///{folder / 'vctestimony.sqlite'}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    server.renew()
    return server.url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    engine = engine_at(database_url)
    yield Database(database_url, engine)
    part_from(engine)


@pytest.fixture
def units(database: Database, ports: Ports) -> Iterator[Units]:
    sessions = scoped_session(sessionmaker(database.engine))
    yield Units(sessions, ports)
    sessions.remove()


@pytest.fixture
def world(units: Units) -> World:
    with units.writing() as unit:
        return build(unit.session)


@pytest.fixture
def actor(units: Units, world: World) -> FindActor:
    def find(role: Role, at: str = "") -> Actor:
        with units.reading() as unit:
            row = unit.session.get_one(AccountRow, world.account_id(role, at))
            return actor_of(row)

    return find


@pytest.fixture
def judge(actor: FindActor) -> Actor:
    """The presiding officer of the court in Mumbai."""
    return actor(Role.PRESIDING_OFFICER, "mumbai")


@pytest.fixture
def official(actor: FindActor) -> Actor:
    """The official of the mission in Dhaka."""
    return actor(Role.MISSION_OFFICIAL)


@pytest.fixture
def mumbai(actor: FindActor) -> Actor:
    """The coordinator of the court in Mumbai."""
    return actor(Role.COORDINATOR, "mumbai")
