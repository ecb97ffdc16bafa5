"""Who guesses at what opens without signing in is stopped in every process together, and stops nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import cycle, islice

import pytest
from flask import Flask

from tests.lasting import engine_at, part_from
from tests.web.conftest import MakeApp
from tests.web.test_headers_everywhere import FROM_US, missing
from tests.world import World
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.web.context import EXTENSION, Service

GUESSES = 150
"""At each door; the doors together are guessed at more than a thousand times."""
DOORS = {
    "answers": "/answer/guess-{}",
    "options": "/options/guess-{}",
    "reminders": "/reminders/guess-{}",
    "phones": "/field/guess-{}",
    "feeds": "/feeds/guess-{}.ics",
    "new passwords": "/sign-in/link/guess-{}",
    "proofs": "/verify/GUESS-{}",
}
STRANGER, NEIGHBOUR = {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "192.0.2.8"}
BASE = "http://127.0.0.1:8000"


@pytest.fixture
def second_app(app: Flask, database_url: str, app_ports: Ports, make_app: MakeApp) -> Iterator[Flask]:
    """A second process's application on the same database."""
    made = make_app(database_url, frozenset({("VCT_SESSION_IDLE_MINUTES", "29")}))
    assert made is not app
    engine = engine_at(database_url)
    with made.app_context():
        db.engines[None] = engine  # type: ignore[index]
    service: Service = made.extensions[EXTENSION]
    made.extensions[EXTENSION] = replace(service, units=Units(db.session, app_ports), ports=app_ports)
    yield made
    part_from(engine)


@pytest.mark.abuse(26, 70)
@pytest.mark.threat("T15", "T17", "T21")
@pytest.mark.asvs("2.4.1")
@pytest.mark.parametrize("door", DOORS)
def test_a_thousand_guesses_are_stopped_in_two_processes_together(
    app: Flask, second_app: Flask, world: World, door: str
) -> None:
    clients = [one.test_client(use_cookies=False) for one in (app, second_app)]
    seen: list[int] = []
    for number, client in enumerate(islice(cycle(clients), GUESSES)):
        from_one_line = {"REMOTE_ADDR": f"2001:db8:1:2::{number:x}"}
        answer = client.get(DOORS[door].format(number), base_url=BASE, environ_overrides=from_one_line)
        seen.append(answer.status_code)
        if answer.status_code == 429:
            assert int(answer.headers["Retry-After"]) > 0
            assert missing(answer) == []
    assert seen == [404] * 30 + [429] * (GUESSES - 30)
    for client in clients:
        neighbour = client.get(DOORS[door].format("other"), base_url=BASE, environ_overrides=NEIGHBOUR)
        assert neighbour.status_code == 404


@pytest.mark.abuse(94)
@pytest.mark.threat("T25")
@pytest.mark.asvs("2.4.1", "5.2.1")
def test_whoever_compares_files_all_day_is_stopped_before_they_are_read(
    app: Flask, second_app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vctestimony.web.verify.MOST_COMPARED", 4)
    clients = [one.test_client(use_cookies=False) for one in (app, second_app)]
    told = {"base_url": BASE, "headers": FROM_US, "environ_overrides": STRANGER}
    for client in islice(cycle(clients), 4):
        sent = {"file": (BytesIO(b"%PDF-1.7 x"), "x.pdf")}
        assert client.post("/verify", data=sent, **told).status_code != 429

    class Unread(BytesIO):
        def read(self, *_sizes: int | None) -> bytes:
            raise AssertionError("the file was read")

    for path, client in zip(("/verify", "/verify/ABCDEF"), clients, strict=True):
        answer = client.post(
            path, input_stream=Unread(), content_length=10**6, content_type="multipart/form-data; boundary=x", **told
        )
        assert (answer.status_code, missing(answer)) == (429, [])
        assert int(answer.headers["Retry-After"]) > 0
