"""Pages of a transcript's way: both paths walked by pages alone, bad scans beside their field, forms sent twice."""

from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from tests.adapters.test_scan_reading import SCRIPT, attached, encrypted, with_root
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services import cycling
from tests.services.cycling import ANSWERS, made_of, pdf, signed_on, stands
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.hearing import End
from vctestimony.domain.people import Role
from vctestimony.domain.record.cycle import LADDERS, Path, Rung
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.services.unit import Units


@pytest.fixture
def hearing(world: World, units: Units, clock: FrozenClock, actor: FindActor) -> str:
    court = actor(Role.COORDINATOR, "mumbai")
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    started(units, world.mumbai.hearing, court)
    clock.advance(minutes=60)
    cycling.fixed(units, world.mumbai.hearing, court)
    return world.mumbai.hearing


@pytest.fixture
def court(signed_in: SignedIn, hearing: str) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


@pytest.fixture
def remote(signed_in: SignedIn, hearing: str) -> Browser:
    return signed_in(Role.MISSION_OFFICIAL)


@pytest.fixture
def place(hearing: str) -> str:
    return f"/hearings/{hearing}/cycle"


def enter(browser: Browser, place: str, rung: Rung, *, content: bytes = b"", name: str = "scan.pdf") -> TestResponse:
    """Fill in the form of the step, as the page shows it, and send it."""
    page, address = browser.get(place), f"{place}/{rung}" if rung is not Rung.OFFERED else f"{place}/offer"
    data: dict[str, object] = {**page.fields(address), **ANSWERS.get(rung, {})}
    if RUNGS[rung].timed:
        data["began"] = "11:00"
    if content:
        data["file"] = (BytesIO(content), name)
    return browser.ask(address, "POST", data=data, headers={"Sec-Fetch-Site": "same-origin"})


def state_of(page: Page, rung: Rung) -> str:
    step = page.soup.select_one(f"#step-{rung}")
    assert step is not None
    return " ".join(step.get_text(" ").split())


@pytest.mark.parametrize("path", Path)
def test_a_transcript_is_taken_its_whole_way_by_pages_alone(
    court: Browser, remote: Browser, units: Units, hearing: str, place: str, path: Path
) -> None:
    signed_on(units, hearing, path)
    for number, rung in enumerate(LADDERS[path]):
        words = RUNGS[rung]
        mine, other = (court, remote) if words.end is End.COURT else (remote, court)
        if words.field:
            offered = Rung.OFFERED if rung is Rung.JUDGE_E_SIGNED else Rung.SCANNED_AT_REMOTE
            cycling.sign(units, stands(units, hearing).done[offered], rung)
        if words.end is End.COURT:
            assert not [
                form for form in other.get(place).soup.select("form") if f"{place}/{rung}" == form.get("action")
            ]
        answer = enter(mine, place, rung, content=pdf(number + 1) if words.scan else b"", name="../../x")
        assert answer.status_code == 303, answer.text
        assert "Done" in state_of(mine.get(place), rung)
    page = court.get(place)
    assert "Everything is done" in page.text
    assert "12:00" in state_of(page, Rung.WITNESS_SIGNED)
    assert "12:30" in state_of(page, Rung.WITNESS_SIGNED)
    taken = court.ask(next(link for link in page.links() if "/scans/" in link))
    assert taken.data.startswith(b"%PDF-")
    assert "x" not in taken.headers["Content-Disposition"].partition("filename=")[2].replace(hearing, "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (encrypted(), "This PDF is encrypted"),
        (with_root(OpenAction=SCRIPT), "JavaScript"),
        (attached(), "another file"),
        (with_root(AcroForm={"/Fields": [{"/FT": "/Tx"}]}), "fields that can be filled in"),
        (pdf(0), "This PDF has no page"),
        (pdf()[:-40] + b"%%EOF", "damaged or cut off"),
        (b"The witness signed.", "This is no scan"),
        (b"MZ\x90\x00", "no whole PDF"),
        (b"", "Choose the file again"),
    ],
)
def test_a_bad_scan_is_refused_beside_its_field_and_nothing_is_stored(
    court: Browser, units: Units, hearing: str, place: str, actor: FindActor, content: bytes, said: str
) -> None:
    by = actor(Role.COORDINATOR, "mumbai")
    cycling.walk(units, hearing, by, by, until=Rung.PARTIES_SIGNED)
    page = court.get(place)
    data = {**page.fields(f"{place}/{Rung.SCANNED_AT_COURT}"), "file": (BytesIO(content), "../../x")}
    answer = court.ask(f"{place}/{Rung.SCANNED_AT_COURT}", "POST", data=data)
    assert answer.status_code == 422
    assert said in answer.text
    assert stands(units, hearing).next is Rung.SCANNED_AT_COURT


def test_a_form_sent_twice_counts_once_and_a_stale_one_is_told_who_was_first(
    court: Browser, signed_in: SignedIn, units: Units, hearing: str, place: str
) -> None:
    page, judge = court.get(place), signed_in(Role.PRESIDING_OFFICER, "mumbai")
    theirs = judge.get(place)
    values = {**ANSWERS[Rung.READ_OVER], "began": "11:00"}
    for _ in range(2):
        court.send(page, values, to=f"{place}/read_over")
    assert len(made_of(units, hearing)) == 1
    refused = judge.sent(theirs, values, to=f"{place}/read_over", status=409)
    assert "was already entered by Coordinator mumbai.example" in refused.text


def test_going_back_and_changing_the_path_need_a_reason(
    court: Browser, signed_in: SignedIn, units: Units, hearing: str, place: str, actor: FindActor
) -> None:
    signed_on(units, hearing, Path.DIGITAL)
    by = actor(Role.COORDINATOR, "mumbai")
    cycling.walk(units, hearing, by, by, until=Rung.SENT)
    judge = signed_in(Role.PRESIDING_OFFICER, "mumbai")
    assert not [form for form in court.get(place).soup.select("form") if form.get("action") == f"{place}/path"]
    judge.sent(judge.get(place), {"why": ""}, to=f"{place}/path", status=422)
    page = judge.follow(judge.send(judge.get(place), {"why": "The token failed"}, to=f"{place}/path"))
    assert "On paper: printed, signed, scanned" in page.text
    court.sent(court.get(place), {"rung": "admitted", "reason": ""}, to=f"{place}/back", status=422)
    court.send(court.get(place), {"rung": "admitted", "reason": "She adds a word"}, to=f"{place}/back")
    assert stands(units, hearing).next is Rung.ADMITTED
