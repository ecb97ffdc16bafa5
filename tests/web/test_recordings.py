"""Pages of the court's recordings, and the command that compares a file."""

import hashlib
from pathlib import Path

import pytest

from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import completed, confirmed, logged, started
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.services.unit import Units

CONTENT = b"\x00\x01 what the recorder wrote" * 50_000
DIGEST = hashlib.sha256(CONTENT).hexdigest()
TYPED = {
    "began_on": "14/9/2026",
    "began_time": "11:00",
    "ended_on": "14/9/2026",
    "ended_time": "12:00",
    "length": "01:00:00",
    "size": str(len(CONTENT)),
    "encryption": "AES-256",
    "key_place": "Envelope 7",
    "copies": "none",
}
STOPPED = {"file_id": "cam‘1’ <b>", "sha256": DIGEST, "duration": "about an hour", "custodian": "Record keeper"}


@pytest.fixture
def place(world: World, units: Units, clock: FrozenClock, mumbai: Actor) -> str:
    """The page of the recordings of a hearing that is over, with the recorder's stop logged."""
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    started(units, world.mumbai.hearing, mumbai)
    clock.advance(minutes=70)
    logged(units, world.mumbai.hearing, Kind.RECORDING_STOPPED, mumbai, **STOPPED)
    completed(units, world.mumbai.hearing, mumbai)
    clock.advance(hours=3)
    return f"/hearings/{world.mumbai.hearing}/recordings"


@pytest.fixture
def clerk(signed_in: SignedIn, place: str) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def test_what_the_log_says_stands_in_the_form_and_all_that_is_wrong_is_told_at_once(clerk: Browser, place: str) -> None:
    (address,) = [link for link in clerk.get(place).links() if "new?log=" in link]
    page = clerk.get(address)
    fields = page.fields(address)
    assert (fields["name"], fields["digest"], fields["began_time"]) == ([STOPPED["file_id"]], [DIGEST], ["11:00"])
    wrong = {**TYPED, "length": "an hour", "size": "big", "began_time": "11 am", "key_place": ""}
    page = clerk.sent(page, wrong, to=address, status=422)
    assert {link for link in page.links() if link.startswith("#f-")} == {
        "#f-length",
        "#f-size",
        "#f-began_time",
        "#f-key_place",
    }
    assert page.fields(address)["custodian"] == [STOPPED["custodian"]]
    page = clerk.follow(clerk.send(page, TYPED, to=address))
    assert "REC-1" in page.text
    assert "11:00 · Mumbai" in page.text
    assert "11:30 · Dhaka" in page.text
    assert "echo" in page.text


def test_a_request_is_entered_and_shown_and_pressed_twice_it_stands_once(clerk: Browser, place: str) -> None:
    clerk.send(clerk.get(f"{place}/new"), {**TYPED, "name": "a", "digest": DIGEST, "custodian": "b"}, to=f"{place}/new")
    form = clerk.get(f"{place}/enter/access")
    answers = {
        "recording": "1",
        "asked_by": "<i>Counsel</i>",
        "asked_on": "14/9/2026",
        "decision": "refused",
        "order_number": "Order 9",
        "order_on": "14/9/2026",
        "ordered_by": "The presiding officer",
        "recipient": "party",
    }
    page = clerk.sent(form, {**answers, "decision": "granted"}, to=f"{place}/enter/access", status=422)
    assert [link for link in page.links() if link.startswith("#f-")] == ["#f-person"]
    clerk.send(form, answers, to=f"{place}/enter/access")
    page = clerk.follow(clerk.send(form, answers, to=f"{place}/enter/access"))
    assert page.text.count("<i>Counsel</i>") == 1
    assert "not allowed" in page.text


def test_the_far_end_reads_and_cannot_enter(signed_in: SignedIn, place: str) -> None:
    remote = signed_in(Role.MISSION_OFFICIAL)
    assert not [link for link in remote.get(place).links() if "/new" in link or "/enter/" in link]
    assert remote.ask(f"{place}/new").status_code == 403


def test_the_command_tells_the_file_from_another_by_its_exit_code(
    clerk: Browser, place: str, world: World, tmp_path: Path
) -> None:
    clerk.send(clerk.get(f"{place}/new"), {**TYPED, "name": "a", "digest": DIGEST, "custodian": "b"}, to=f"{place}/new")
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_bytes(CONTENT)
    wrong.write_bytes(CONTENT[:-1] + b"!")
    run = clerk.app.test_cli_runner()
    hearing = world.mumbai.hearing
    for reference, file, code, said in (
        (hearing, right, 0, f"This file is the recording {hearing}-REC-1, unchanged"),
        (f"{hearing}-REC-1", wrong, 1, "was changed"),
        (f"{hearing}-REC-2", right, 2, "No recording is described"),
        ("H-NOTHING0", right, 2, "No recording is described"),
        (hearing, tmp_path / "absent", 2, "does not exist"),
    ):
        result = run.invoke(args=["recording", "check", reference, str(file)])
        assert (result.exit_code, said in result.output) == (code, True), result.output
