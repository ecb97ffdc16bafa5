"""Whatever is typed into any form: no fault, the same headers, nothing kept half-way, and only text comes back."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from html import escape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.adapters.delivered_packs import PACKS
from tests.canary_server import CanaryServer
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.web.hostile_forms import CALCULATED, COUNTED, EVERYWHERE, FOREIGN, STORABLE, Reader, Typed, forms
from tests.web.matrix_known import known_in
from tests.web.matrix_walk import Object
from tests.web.staged import Stage
from tests.web.test_headers_everywhere import FROM_US, missing
from tests.world import World
from vctestimony.adapters.fetching import CalendarFetcher
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services import journal
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units

WHO = (
    (Role.COORDINATOR, "mumbai", tuple(Stage)),
    (Role.PRESIDING_OFFICER, "mumbai", (Stage.OPEN, Stage.OVER)),
    (Role.ADMINISTRATOR, "", ()),
    (Role.MISSION_OFFICIAL, "", (Stage.OPEN,)),
)
FINE = {200, 302, 303, 400, 401, 403, 404, 409, 410, 413, 422, 428, 429, 503}
CALCULATED_NOW = re.compile(rf"{CALCULATED}[$%]|\}}{CALCULATED}".encode())
UNCOUNTED = {"attempt", "web_session", "sqlite_sequence"}
# A sign-in, a proof and a look into the vault that fail are written down.
TELLS_OF_FAILURE = {
    *("account.enter", "person_data.take_of_witness", "proof.give", "sealed_papers.give", "witnesses.look"),
}
FEWEST_FORMS, FEWEST_KEPT = 40, 20


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS, fetcher=CalendarFetcher())


class Kept:
    """The database as it was, to be put back after each thing that was kept."""

    def __init__(self, database_url: str) -> None:
        self._live = sqlite3.connect(database_url.removeprefix("sqlite:///"))
        self._kept = sqlite3.connect(":memory:")
        self._live.backup(self._kept)
        names = [name for (name,) in self._live.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if name not in UNCOUNTED]
        self._count = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables)
        self.rows = self.counted()

    def counted(self) -> dict[str, int]:
        """How many rows each table has, but for what may grow by being refused."""
        return dict(self._live.execute(self._count).fetchall())

    def put_back(self) -> None:
        """As it was."""
        self._kept.backup(self._live)

    def is_whole(self) -> bool:
        """Whether every row has what it belongs to."""
        return self._live.execute("PRAGMA foreign_key_check").fetchall() == []

    def close(self) -> None:
        """Let go of both."""
        self._live.close()
        self._kept.close()


@pytest.fixture
def lenient(app: Flask) -> Iterator[Flask]:
    """Faults are answered as people see them, and forms need no token, which is tested elsewhere."""
    app.config |= {"WTF_CSRF_ENABLED": False, "PROPAGATE_EXCEPTIONS": False}
    yield app
    app.config |= {"WTF_CSRF_ENABLED": True, "PROPAGATE_EXCEPTIONS": None}


def faults(answer: TestResponse) -> list[str]:
    """What is wrong with an answer, whatever was sent."""
    found = [str(answer.status_code)] if answer.status_code not in FINE else []
    found += [f"header {name}" for name in missing(answer)]
    body = answer.data
    found += ["a traceback"] * (b"Traceback" in body)
    found += ["an element that was typed"] * (f'<b class="{FOREIGN}'.encode() in body)
    found += ["something was calculated"] * bool(CALCULATED_NOW.search(body))
    is_shown_back = answer.status_code in {409, 422}
    found += ["a mark that turns the text around"] * (not is_shown_back and "\u202e".encode() in body)
    found += ["a header that was typed"] * ("Bcc" in answer.headers)
    return found


class Walk:
    """Types everything into one form after the other."""

    def __init__(self, kept: Kept, units: Units, canary: CanaryServer) -> None:
        self.kept, self.units, self.canary = kept, units, canary
        self.walked, self.tally, self.wrong = set[str](), Counter[str](), list[str]()

    def type_into(self, form: Typed, browser: Browser) -> None:
        """Every text, in every field and then in the free ones; whatever is kept is looked at and taken back."""
        self.kept.put_back()
        for name, text in EVERYWHERE.items():
            said = text.replace("@canary@", self.canary.address)
            for only_free in (False, True) if name in STORABLE else (False,):
                self._send(form, browser, name, form.body(said, only_free=only_free))
        now = self.kept.counted()
        grown = {name: now[name] - count for name, count in self.kept.rows.items() if now[name] != count}
        if grown.keys() - ({"journal"} if form.endpoint in TELLS_OF_FAILURE else set()):
            self.wrong.append(f"{form.endpoint}: something was kept of what was refused: {grown}")

    def _send(self, form: Typed, browser: Browser, name: str, body: bytes) -> None:
        sort = "application/x-www-form-urlencoded"
        answer = browser.ask(form.address, "POST", data=body, content_type=sort, headers=FROM_US)
        self._note(form, name, faults(answer))
        self.tally["sent"] += 1
        self.tally["literal"] += escape(COUNTED).encode() in answer.data
        if answer.status_code not in {200, 303}:
            return
        self.tally["kept"] += 1
        if answer.status_code == 303:
            self._note(form, f"{name}, looked at", faults(browser.ask(str(answer.headers["Location"]))))
        with self.units.reading() as unit:
            _, broken = journal.verify(unit)
        self._note(form, name, ["not whole"] * (broken is not None or not self.kept.is_whole()))
        self.kept.put_back()

    def _note(self, form: Typed, name: str, found: list[str]) -> None:
        self.wrong += [f"{form.endpoint}, {name}: {', '.join(found)}"] if found else []


@pytest.mark.abuse(38, 40, 41, 43, 44, 46, 49)
@pytest.mark.threat("T20", "T28")
@pytest.mark.asvs("1.2.1", "1.3.7", "1.3.11", "2.2.3", "16.5.1")
def test_whatever_is_typed_into_any_form_is_kept_as_text_or_refused(
    lenient: Flask,
    signed_in: SignedIn,
    world: World,
    units: Units,
    mumbai: Actor,
    database_url: str,
    canary: CanaryServer,
) -> None:
    known = known_in(units, world, mumbai)
    others = {what: (reference,) for what, reference in known.references.items()}
    readers = [
        (signed_in(role, at), Reader(role, known.values, {**others, Object.HEARING: stages}))
        for role, at, stages in WHO
    ]
    with closing(Kept(database_url)) as kept:
        walk = Walk(kept, units, canary)
        for browser, reader in (*readers, (Browser(lenient), Reader(None, {}, {}))):
            for form in forms(lenient, browser, reader, walk.walked):
                walk.type_into(form, browser)
    assert walk.wrong == [], "\n".join(walk.wrong)
    assert canary.asked == []
    print(len(walk.walked), dict(walk.tally))  # noqa: T201 - the count is what docs/abuse.md tells how to see
    assert len(walk.walked) >= FEWEST_FORMS
    assert walk.tally["kept"] >= FEWEST_KEPT
