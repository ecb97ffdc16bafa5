"""After a witness's key is destroyed: pages and the archive say in words what is gone, and give its hash."""

import json
from hashlib import sha256

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services import cycling
from tests.services.cycling import signed_on, stands
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.services.test_archives import unpacked
from tests.services.test_forgotten_files import MAIL, destroyed, incoming
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.domain.record.cycle import Path, Rung
from vctestimony.services import archives, inbox, witness_keys
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow

GONE = "sealed for good"


@pytest.fixture
def court(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def code(units: Units, world: World, clock: FrozenClock, court: Actor, actor: FindActor) -> str:
    """The code of a scan that the coordinator signed, on the digital way; and a mail about the hearing."""
    hearing = world.mumbai.hearing
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    started(units, hearing, court)
    clock.advance(minutes=60)
    signed_on(units, hearing, Path.DIGITAL)
    cycling.fixed(units, hearing, court)
    cycling.walk(units, hearing, court, actor(Role.MISSION_OFFICIAL), until=Rung.SCANNED_AT_REMOTE)
    offered = stands(units, hearing).done[Rung.SCANNED_AT_REMOTE]
    cycling.sign(units, offered, Rung.COORDINATOR_E_SIGNED)
    with units.writing() as unit:
        row, witness = incoming(unit, "M-1"), unit.session.get_one(HearingRow, world.mumbai.hearing_id).witness
        place = inbox.sealed_place("M-1")
        row.key_id, row.sealed = witness_keys.seal(unit, witness, MAIL.decode("latin-1"), bound_to=place)
        row.hearing_id = world.mumbai.hearing_id
        unit.session.add(row)
    return offered.facts["code"]


@pytest.mark.threat("T27")
def test_pages_and_archive_say_in_words_what_went_with_her_key(
    signed_in: SignedIn, units: Units, world: World, code: str, court: Actor, actor: FindActor
) -> None:
    hearing = world.mumbai.hearing
    browser, place = signed_in(Role.COORDINATOR, "mumbai"), f"/hearings/{hearing}/cycle"
    (scan,) = (str(link["href"]) for link in browser.get(place).soup.select(f'a[href^="{place}/scans/"]'))
    digest = sha256(browser.ask(scan).data).hexdigest()
    assert "She is Rahima." in browser.get("/inbox/M-1").text
    destroyed(units, world.mumbai.witness, actor(Role.PRESIDING_OFFICER, "mumbai"))
    page = browser.get(place)
    assert GONE in page.text.lower()
    assert digest in page.text
    assert scan not in page.links()
    taken = browser.get(scan, status=410)
    assert "destroyed by order" in taken.text
    assert "tell the administrator" not in taken.text
    signing = browser.get(f"/hearings/{hearing}/signing/{code}")
    assert GONE in signing.text
    assert f"{code}/file.pdf" not in signing.response.text
    mail = browser.get("/inbox/M-1")
    assert GONE in mail.text
    assert "Rahima" not in mail.response.text
    browser.send(mail, {"why": "Nobody can read it any more"}, to="/inbox/M-1/aside")
    files = unpacked(archives.export(units, hearing, language="en", by=court, with_files=True).content)
    (kept,) = json.loads(files["cycle/scans.json"])
    assert (kept["sha256"], kept["file"]) == (digest, "")
    told = json.loads(files[f"signed/{code}.json"])
    assert (told["original_sha256"], GONE in told["trouble"]) == (digest, True)
    assert f"signed/{code}.pdf" not in files
