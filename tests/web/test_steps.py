"""Pages of steps at work: the form with time, note and file, the page of one's own steps, what blocks, with links."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.domain.test_evidence import PDF, png
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11, MONDAY_11_AT, booked, listed
from tests.services.ticking import steps_of, tick, version
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.evidence import MOST_BYTES
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Role
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, StepRow, StepState


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def requested(units: Units, world: World, actor: FindActor) -> str:
    mumbai = actor(Role.COORDINATOR, "mumbai")
    listed(units, world, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def reference(units: Units, requested: str, actor: FindActor) -> str:
    booked(units, requested, actor(Role.COORDINATOR, "mumbai"))
    return requested


@pytest.fixture
def clerk(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def uploaded(browser: Browser, path: str, content: bytes, values: dict[str, str], status: int = 303) -> str:
    """Send the form of the step with a file; where the answer leads, or its page as text."""
    fields = {name: found[0] for name, found in browser.get(path).fields(path).items() if found}
    file = FileStorage(BytesIO(content), filename="Rahima Khatun passport.pdf")
    boundary, body = encode_multipart({**fields, **values, "file": file})
    kind, headers = f"multipart/form-data; boundary={boundary}", {"Sec-Fetch-Site": "same-origin"}
    answer = browser.ask(path, "POST", data=body, headers=headers, content_type=kind)
    assert answer.status_code == status, answer.text
    return answer.headers.get("Location", "") or answer.text


def test_time_note_and_file_go_in_one_form_and_the_file_comes_back_as_nothing_a_browser_shows(
    units: Units, reference: str, signed_in: SignedIn, clock: FrozenClock
) -> None:
    path = f"/hearings/{reference}/checklist/C02"
    clock.advance(minutes=180)
    clerk = signed_in(Role.COORDINATOR, "mumbai")
    today = f"{clock.at + timedelta(hours=5, minutes=30) - timedelta(hours=2):%d/%m/%Y %H:%M}".split()
    told = {"what": "tick", "note": "By letter 12", "done_on": today[0], "done_time": today[1]}
    uploaded(clerk, path, PDF, told | {"description": "Letter of nomination"})
    step = steps_of(units)["C02"]
    assert (step.state, step.note, step.done_at) == (StepState.DONE, "By letter 12", clock.at - timedelta(hours=2))
    page = clerk.get(path)
    assert "Letter of nomination" in page.text
    assert "entered" in page.text
    assert "Rahima" not in page.response.text
    (link,) = [one for one in page.links() if "/files/" in one]
    for browser, status in (
        (clerk, 200),
        (signed_in(Role.INTERPRETER), 200),
        (signed_in(Role.COORDINATOR, "pune"), 404),
    ):
        answer = browser.ask(link)
        assert answer.status_code == status
    answer = clerk.ask(link)
    assert answer.data == PDF
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{reference}-C02-E-')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "description", "status", "said"),
    [
        (b"MZ\x00 a program", "A letter", 422, "no whole PDF"),
        (png(60_000, 60_000), "A letter", 422, "60000 by 60000 dots"),
        (PDF, "", 422, "What the file shows"),
        (b"", "A letter", 422, "Choose the file again"),
        (b"a" * (MOST_BYTES + 1), "A letter", 422, "larger than 10 MB"),
        (b"a" * (MOST_BYTES + 100_000), "A letter", 413, "too large"),
    ],
    ids=["program", "bomb", "no-words", "no-file", "large", "too-large-to-read"],
)
def test_a_file_that_cannot_be_kept_is_refused_in_words_and_the_note_stays(
    clerk: Browser, units: Units, reference: str, content: bytes, description: str, status: int, said: str
) -> None:
    path = f"/hearings/{reference}/checklist/C02"
    told = {"what": "tick", "note": "By letter 12", "description": description}
    text = uploaded(clerk, path, content, told, status)
    assert said in text
    assert status == 413 or "By letter 12" in text
    assert steps_of(units)["C02"].state is StepState.OPEN


def test_a_clock_that_shows_no_such_time_and_a_day_without_time_are_refused_beside_the_field(
    clerk: Browser, reference: str
) -> None:
    path = f"/hearings/{reference}/checklist/C02"
    page = clerk.sent(clerk.get(path), {"what": "tick", "done_on": "1/8/2026", "note": "n"}, to=path, status=422)
    assert "Write the time of day as well" in page.text
    page = clerk.sent(page, {"what": "tick", "done_time": "23:59", "done_on": "1/8/2027"}, to=path, status=422)
    assert "still to come" in page.text
    assert page.soup.select("details[open] #f-done_time")


def test_whoever_was_second_keeps_the_note_and_reads_who_was_first(
    clerk: Browser, units: Units, reference: str, actor: FindActor
) -> None:
    path = f"/hearings/{reference}/checklist/C02"
    mine = clerk.get(path)
    tick(units, reference, "C02", actor(Role.MISSION_OFFICIAL))
    page = clerk.sent(mine, {"what": "tick", "note": "The letter came today"}, to=path, status=409)
    assert f"already settled by {actor(Role.MISSION_OFFICIAL).name}" in page.text
    assert "The letter came today" in page.response.text


def test_a_step_before_its_turn_has_no_button_in_the_list_and_asks_for_a_note_on_its_page(
    clerk: Browser, units: Units, reference: str
) -> None:
    page = clerk.get(f"/hearings/{reference}/checklist?phase=T")
    assert not page.soup.select("#step-T04 button")
    assert page.soup.select("#step-T02 button")
    assert "Comes after (the order of the rules): T02" in page.text
    path = f"/hearings/{reference}/checklist/T04"
    refused = clerk.sent(clerk.get(path), {"what": "tick"}, to=path, status=422)
    assert "The rules put these before step T04" in refused.text
    clerk.send(refused, {"what": "tick", "note": "Tested with another hearing's line"}, to=path)
    assert steps_of(units)["T04"].state is StepState.DONE


def test_ones_own_steps_stand_by_when_they_are_due_and_the_first_page_leads_there(
    signed_in: SignedIn, reference: str, clock: FrozenClock
) -> None:
    clock.at = MONDAY_11_AT - timedelta(days=8)
    official, clerk = signed_in(Role.MISSION_OFFICIAL), signed_in(Role.COORDINATOR, "mumbai")
    home = official.get("/")
    assert "/steps" in home.links()
    page = official.get("/steps")
    overdue = page.soup.select_one("section[aria-labelledby=overdue]")
    assert overdue is not None
    assert "C02" in overdue.get_text()
    assert "C01" not in page.text
    assert "C01" in clerk.get("/steps").text
    assert "C02" not in clerk.get("/steps").text
    assert "C02" in clerk.get("/steps?whole=1").text
    assert "Everybody's, of the whole court" not in page.text
    board = clerk.get("/")
    assert "steps are overdue" in board.text
    assert f"/hearings/{reference}/checklist?open=1" in board.links()
    assert official.ask("/steps?whole=1").status_code == 200
    assert signed_in(Role.INTERPRETER).ask("/steps").status_code == 403


def test_what_was_due_before_the_hearing_was_entered_stands_below_what_became_overdue(
    clerk: Browser, units: Units, reference: str, world: World
) -> None:
    with units.writing() as unit:
        late = unit.session.scalars(sa.select(StepRow).where(StepRow.step_id == "C02")).one()
        late.due_at = unit.now - timedelta(hours=1)
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).created_at = unit.now - timedelta(hours=2)
    page = clerk.get("/steps?whole=1")
    told = [step.get_text() for step in page.soup.select("section[aria-labelledby=overdue] li")]
    assert told[0].startswith("C02")
    assert [("was due before" in text) for text in told] == [False, True, True, True]
    assert f"/hearings/{reference}/checklist?open=1" in page.links()


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_the_page_of_ones_own_steps_is_light_in_every_language(
    signed_in: SignedIn, reference: str, clock: FrozenClock, language: str
) -> None:
    clock.at = MONDAY_11_AT - timedelta(days=1)
    clerk = signed_in(Role.COORDINATOR, "mumbai")
    clerk.client.set_cookie("language", language, domain="127.0.0.1")
    assert f"/hearings/{reference}/checklist?open=1" in clerk.get("/steps?whole=1").links()


def blocked(page: Page, reference: str) -> set[str]:
    """The steps that the page names as open, by its links to them."""
    start = f"/hearings/{reference}/checklist/"
    return {link.removeprefix(start) for link in page.links() if link.startswith(start)}


def holding(units: Units, gate: str) -> set[str]:
    return {name for name, step in steps_of(units).items() if step.blocks == gate and step.state is StepState.OPEN}


def test_booking_names_what_it_waits_for(clerk: Browser, units: Units, requested: str) -> None:
    with units.writing() as unit:
        unit.session.execute(sa.update(StepRow).where(StepRow.step_id == "C01").values(blocks="book"))
    page = clerk.get(f"/hearings/{requested}/book?start={MONDAY_11:%Y-%m-%dT%H:%M}")
    assert blocked(page, requested) == {"C01"}
    assert [button["value"] for button in page.soup.select("main button[name=what]")] == ["hold"]


def test_confirming_starting_and_sealing_name_what_they_wait_for(
    clerk: Browser, units: Units, world: World, reference: str
) -> None:
    assert blocked(clerk.get(f"/hearings/{reference}/confirm"), reference) == holding(units, "confirm")
    for state, path, gate in (
        (State.CONFIRMED, "day", "start"),
        (State.COMPLETED, "record", "seal"),
        (State.COMPLETED, "seal", "seal"),
    ):
        with units.writing() as unit:
            unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = state
        named = blocked(clerk.get(f"/hearings/{reference}/{path}"), reference)
        assert named >= holding(units, gate), path
        assert holding(units, gate)


def test_the_version_of_a_page_is_the_steps_own(units: Units, clerk: Browser, reference: str) -> None:
    page = clerk.get(f"/hearings/{reference}/checklist/C02")
    assert page.fields(f"/hearings/{reference}/checklist/C02")["version"] == [str(version(units, "C02"))]
