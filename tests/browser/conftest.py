"""What tests with a real browser share.

`demonstration`  the folder of an installation with the demonstration in it, made once a run at NOW by `flask demo`.
`server`         the real service on a copy of it, running from NOW on (tests/browser/serving.py); the tests of one file
                 share it. Who stops it, or leaves traces that others would trip over, takes `own_server`.
`desk`           `desk(width=360, javascript=False)`: somebody at a browser (tests/browser/desk.py); at the end of the
                 test nothing may have been complained of in its console.

Skipped, visibly, where there is no Chromium or no `faketime`.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.desk import Desk
from tests.browser.serving import Server, copied
from tests.engines import alone, run_folder

NOW = datetime(2026, 9, 1, 4, 30, tzinfo=UTC)
"""Tuesday 1 September 2026, 10:00 in Mumbai."""
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SitDown = Callable[..., Desk]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    yield from launched(playwright)


def launched(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium of one's own."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.skip("no Chromium: apt-get install chromium")
    browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    if shutil.which("faketime") is None:
        pytest.skip("no faketime: apt-get install faketime")
    shared = run_folder(tmp_path_factory, worker_id)
    finished = shared / "demonstration"
    with alone(shared / "demonstration.lock"):
        if not finished.exists():
            server = Server(tmp_path_factory.mktemp("demonstration") / "instance")
            made = server.command("demo", at=NOW)
            assert made.returncode == 0, made.stderr
            server.folder.rename(finished)
    return finished


@pytest.fixture(scope="module")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from _running(demonstration, tmp_path_factory.mktemp("shared") / "instance")


@pytest.fixture
def own_server(demonstration: Path, tmp_path: Path) -> Iterator[Server]:
    yield from _running(demonstration, tmp_path / "instance")


def _running(demonstration: Path, folder: Path) -> Iterator[Server]:
    running = copied(demonstration, folder)
    running.start(NOW)
    yield running
    running.stop()


@pytest.fixture
def desk(chromium: Browser, server: Server) -> Iterator[SitDown]:
    taken: list[Desk] = []

    def sit_down(*, width: int = 1200, javascript: bool = True, bypass_csp: bool = False) -> Desk:
        taken.append(Desk(chromium, server.url, width=width, javascript=javascript, bypass_csp=bypass_csp))
        return taken[-1]

    yield sit_down
    for one in taken:
        one.close()
