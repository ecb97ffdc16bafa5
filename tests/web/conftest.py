"""What tests of pages share: the real application on a database of the test's own, and a browser that checks pages.

`app`        create_app with the faked ports of tests/conftest.py; mail is kept in a folder (`app_ports.sender`).
`browser`    a Browser (tests/web/browsing.py) that nobody is signed in with. `browser.get("/cases")` fetches a page,
             fails when the status is not 200 or the page breaks a rule every page keeps, and gives a Page;
             `browser.send(page, {"name": "…"})` posts the page's form with its hidden fields, token included.
`other`      a second browser.
`signed_in`  `signed_in(Role.COORDINATOR, "pune")`: a browser in which that account of the `world` is signed in.

These tests run on SQLite; one that must also hold on PostgreSQL says so:

    @pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tests.fakes import FrozenClock, MemorySender, fake_ports
from tests.lasting import engine_at, part_from
from tests.web.browsing import Browser
from tests.world import World
from vctestimony.adapters.mail import MailboxSender
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.domain.people import Role
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.web.context import EXTENSION, Service

SIGN_IN = "/sign-in"
SignedIn = Callable[..., Browser]
MakeApp = Callable[[str, frozenset[tuple[str, str]]], Flask]


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """SQLite, unless the test asks for another."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def app_ports(ports: Ports, tmp_path: Path) -> Ports:
    """The faked outside world, with mail kept in a folder as where no mail server is set."""
    return replace(ports, sender=MailboxSender(tmp_path / "mailbox"))


@pytest.fixture
def environment() -> dict[str, str]:
    """Settings besides database and folder; override it in a file to run under https or as a demonstration."""
    return {}


@pytest.fixture(scope="session")
def make_app(tmp_path_factory: pytest.TempPathFactory) -> MakeApp:
    """An application is built once a worker for each database address and environment, and lent to test after test:
    to write down its routes, statements and templates takes longer than most tests."""

    @cache
    def make(database_url: str, environment: frozenset[tuple[str, str]]) -> Flask:
        own = {"VCT_INSTANCE": str(tmp_path_factory.mktemp("instance")), "VCT_DATABASE_URL": database_url}
        settings = Settings.from_env({**own, "VCT_WORKER_IN_PROCESS": "no", **dict(environment)})
        app = create_app(settings, ports=fake_ports(clock=FrozenClock(), sender=MemorySender()))
        app.testing = True
        return app

    return make


@pytest.fixture
def app(database_url: str, app_ports: Ports, environment: dict[str, str], make_app: MakeApp) -> Iterator[Flask]:
    made = make_app(database_url, frozenset(environment.items()))
    engine = engine_at(database_url)
    with made.app_context():
        db.engines[None] = engine  # type: ignore[index]
    service: Service = made.extensions[EXTENSION]
    made.extensions[EXTENSION] = replace(service, units=Units(db.session, app_ports), ports=app_ports)
    yield made
    part_from(engine)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def other(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def signed_in(app: Flask, world: World) -> SignedIn:
    def enter(role: Role, at: str = "") -> Browser:
        browser = Browser(app)
        browser.seat(world.account_id(role, at))
        return browser

    return enter
