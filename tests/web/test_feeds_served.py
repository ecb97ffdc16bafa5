"""A feed over real HTTP, from the server that the service runs with, and judged by a checker that is not ours."""

import logging
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from tests.conftest import FindActor
from tests.services.fed import event, made
from tests.services.planned import answered, booked
from tests.world import World
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.feeds import FeedKind
from vctestimony.domain.people import Role
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.unit import Units

CHECKOUT = Path(__file__).parents[2]
CHECKER = CHECKOUT.parent / "shared" / "tools" / "calendar" / "check_feed.sh"
READERS = Path(os.environ.get("HARNESS_DEPS", CHECKOUT / ".venv" / "harness"))
CHECKED = pytest.mark.skipif(
    not CHECKER.exists() or not (READERS / ".core").exists(),
    reason="the foreign calendar readers are not set up (../shared/tools, HARNESS_DEPS)",
)


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """Where the application is really served; its loop ends before its sockets are closed."""
    sockets: dict[int, object] = {}
    server, stop = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=2, ident=None), Event()

    def serve() -> None:
        while not stop.is_set():
            wasyncore.loop(timeout=0.1, map=sockets, count=1)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield int(server.effective_port)
    stop.set()
    thread.join(timeout=5)
    server.task_dispatcher.shutdown()
    wasyncore.close_all(map=sockets)


@pytest.fixture
def paths(units: Units, world: World, actor: FindActor) -> dict[str, str]:
    """The addresses of the judge's feeds and of the courtroom's."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    own, judge = Holder(official_id=world.mumbai.judge_id), actor(Role.PRESIDING_OFFICER, "mumbai")
    tokens = {
        "own": made(units, own, judge),
        "busy": made(units, own, judge, FeedKind.BUSY),
        "room": made(units, Holder(room_id=world.mumbai.room_id), SYSTEM),
    }
    return {name: f"/feeds/{token}.ics" for name, token in tokens.items()}


def asked(port: int, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Accept-Encoding": "gzip", **named})
        answer = connection.getresponse()
        return answer, answer.read()


def test_a_program_reads_looks_and_learns_that_nothing_changed(
    port: int, paths: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        first, content = asked(port, paths["own"])
        again, nothing = asked(port, paths["own"], If_None_Match=first.headers["ETag"])
        head, no_body = asked(port, paths["own"], "HEAD")
        gone, sentence = asked(port, paths["own"].replace(".ics", "x.ics"))
    assert [first.status, again.status, head.status, gone.status] == [200, 304, 200, 404]
    assert (nothing, no_body) == (b"", b"")
    assert event(content)["STATUS"] == "CONFIRMED"
    assert first.headers["Content-Length"] == head.headers["Content-Length"] == str(len(content))
    assert "Content-Encoding" not in first.headers
    assert "Set-Cookie" not in {**first.headers, **gone.headers}
    assert paths["own"].removesuffix(".ics") not in sentence.decode() + caplog.text


@CHECKED
@pytest.mark.parametrize("feed", ["own", "busy", "room"])
def test_a_checker_that_is_not_ours_finds_nothing(port: int, paths: dict[str, str], feed: str) -> None:
    words = [word for name in ("PW-7", "State v.", "Meera", "BNS") for word in ("--forbid", name)]
    run = subprocess.run(
        [str(CHECKER), *words, f"http://127.0.0.1:{port}{paths[feed]}"],
        env={**os.environ, "HARNESS_DEPS": str(READERS)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
