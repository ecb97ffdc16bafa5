"""Pages of the day and the record: run sheet, deposition, statements, seal, and the page where anybody compares."""

from io import BytesIO

import pytest

from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import ENTERED, NORMAL_DAY, confirmed, ready_to_seal
from tests.web.browsing import Browser, Page
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.kinds import Kind
from vctestimony.services.unit import Units

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} ‘’ শপথ"


@pytest.fixture
def hearing(world: World, units: Units, clock: FrozenClock) -> str:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    return world.mumbai.hearing


@pytest.fixture
def clerk(signed_in: SignedIn, hearing: str) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


@pytest.fixture
def sheet(hearing: str) -> str:
    return f"/hearings/{hearing}/day"


def opened(clerk: Browser, sheet: str) -> Page:
    return clerk.follow(clerk.send(clerk.get(sheet), {}, to=f"{sheet}/start"))


def logged(clerk: Browser, sheet: str, kind: Kind, **answers: str) -> Page:
    form = clerk.get(f"{sheet}/log/{kind}")
    return clerk.follow(clerk.send(form, answers, to=f"{sheet}/log/{kind}"))


def log_of(page: Page) -> list[str]:
    return [row[2] for row in page.rows() if row[0].isdecimal()]


def test_a_whole_day_is_walked_by_pages_alone(clerk: Browser, sheet: str, hearing: str) -> None:
    opened(clerk, sheet)
    for kind, answers in NORMAL_DAY:
        logged(clerk, sheet, kind, **answers)
    deposition = f"/hearings/{hearing}/deposition"
    clerk.send(clerk.get(deposition), {"stage": "chief", "text": "প্রশ্ন: কোথায়?\nউত্তর: খুলনায়।"}, to=deposition)
    clerk.send(clerk.get(f"{sheet}/end"), {}, to=f"{sheet}/complete")
    for key, value in ENTERED.items():
        address = f"/hearings/{hearing}/record/{key}"
        clerk.send(clerk.get(address), {"value": value, "what": "next"}, to=address)
    seal = f"/hearings/{hearing}/seal"
    page = clerk.follow(clerk.send(clerk.get(seal), {"language": "en"}, to=seal))
    assert "Sealed" in page.heading
    assert not [link for link in page.links() if "/record/" in link]


def test_one_press_writes_an_entry_with_the_present_time_on_both_clocks(
    clerk: Browser, sheet: str, clock: FrozenClock
) -> None:
    page = opened(clerk, sheet)
    clock.advance(minutes=7)
    page = clerk.follow(clerk.send(page, {}, to=f"{sheet}/log/link_connected"))
    newest = page.rows()[0]
    assert newest[:1] == ["2"]
    assert "11:07 Mumbai" in newest[1]
    assert "11:37 Dhaka" in newest[1]
    assert newest[2] == "Link connected by order of the court"


def test_every_button_has_a_letter_of_its_own(clerk: Browser, sheet: str) -> None:
    page = opened(clerk, sheet)
    letters = [control["data-key"] for control in page.soup.select("[data-key]")]
    assert sorted(letters) == sorted({entry.key for entry in ENTRIES.values() if entry.key})
    assert len(letters) == len(set(letters))


def test_the_same_form_sent_twice_writes_once(clerk: Browser, sheet: str) -> None:
    page = opened(clerk, sheet)
    clerk.send(page, {}, to=f"{sheet}/log/link_lost")
    page = clerk.follow(clerk.send(page, {}, to=f"{sheet}/log/link_lost"))
    assert log_of(page) == ["Link lost", "The court opened the hearing"]


def test_restoring_what_was_not_lost_is_refused_with_the_input_kept(clerk: Browser, sheet: str) -> None:
    opened(clerk, sheet)
    address = f"{sheet}/log/link_restored"
    answers = {"cause": HOSTILE, "undisturbed": "yes", "repeated": "no"}
    page = clerk.sent(clerk.get(address), answers, to=address, status=409)
    assert page.title.startswith("Error:")
    assert page.fields(address)["cause"] == [HOSTILE]


def test_a_time_is_typed_on_the_clock_of_the_person_who_types(
    clerk: Browser, sheet: str, signed_in: SignedIn, clock: FrozenClock
) -> None:
    opened(clerk, sheet)
    clock.advance(minutes=30)
    remote = signed_in(Role.MISSION_OFFICIAL)
    form = remote.get(f"{sheet}/log/link_lost")
    assert form.fields()["at"] == ["12:00"]
    page = remote.follow(remote.send(form, {"at": "11:45"}))
    assert "11:15 Mumbai" in page.rows()[0][1]
    assert "11:45 Dhaka" in page.rows()[0][1]


@pytest.mark.parametrize(("typed", "status"), [("11:30", 422), ("11:29", 303), ("11:00", 303), ("10:59", 422)])
def test_an_entry_happened_neither_before_the_start_nor_in_the_future(
    clerk: Browser, sheet: str, clock: FrozenClock, typed: str, status: int
) -> None:
    opened(clerk, sheet)
    clock.advance(minutes=29)
    form = clerk.get(f"{sheet}/log/link_lost")
    clerk.send(form, {"at": typed}, to=f"{sheet}/log/link_lost", status=status)


def test_the_mission_cannot_log_what_only_the_court_may_nor_close(
    clerk: Browser, sheet: str, signed_in: SignedIn
) -> None:
    opened(clerk, sheet)
    remote = signed_in(Role.MISSION_OFFICIAL)
    page = remote.get(sheet)
    assert f"{sheet}/end" not in page.links()
    assert not remote.get(f"{sheet}/end").soup.select(f'form[action="{sheet}/complete"]')
    assert f"{sheet}/log/objection" not in page.links()
    form = remote.get(f"{sheet}/log/objection")
    answers = {"raised_by": "a", "ground": "b", "ruling": "allowed"}
    refused = remote.sent(form, answers, to=f"{sheet}/log/objection", status=403)
    assert refused.text.count("Ask ") == 1
    assert refused.links() == [sheet, "/"]


def test_adjourning_without_a_reason_is_refused_at_the_field(clerk: Browser, sheet: str) -> None:
    opened(clerk, sheet)
    page = clerk.sent(clerk.get(f"{sheet}/end"), {"reason": " "}, to=f"{sheet}/adjourn", status=422)
    assert page.soup.select_one("#e-reason") is not None


def test_the_presiding_officer_adjourns_and_the_coordinator_is_waited_for(
    clerk: Browser, sheet: str, signed_in: SignedIn
) -> None:
    opened(clerk, sheet)
    judge = signed_in(Role.PRESIDING_OFFICER, "mumbai")
    page = judge.follow(
        judge.send(judge.get(f"{sheet}/end"), {"cause": "other", "reason": "Late"}, to=f"{sheet}/adjourn")
    )
    assert "Waiting for the coordinator of the court, who finds the next time." in page.text
    assert "Plan the continuation" in clerk.get(sheet).text


def test_an_oath_before_its_turn_names_what_is_open_and_keeps_what_was_typed(clerk: Browser, sheet: str) -> None:
    opened(clerk, sheet)
    address = f"{sheet}/log/oath"
    form = clerk.get(address)
    assert "Identity of the witness" in form.text
    answers = {"form": "oath", "administered_by": HOSTILE, "language": "Bengali"}
    page = clerk.sent(form, answers, to=address, status=409)
    assert "only the presiding officer can pass it" in page.text
    assert page.fields(address)["administered_by"] == [HOSTILE]


def test_a_coordinator_is_told_who_passes_a_gate_and_the_presiding_officer_passes_it_once(
    clerk: Browser, sheet: str, signed_in: SignedIn
) -> None:
    opened(clerk, sheet)
    address = f"{sheet}/pass/identity"
    told = clerk.get(address)
    assert "Only the presiding officer can pass it" in told.text
    assert not told.soup.select(f'form[action="{address}"]')
    judge = signed_in(Role.PRESIDING_OFFICER, "mumbai")
    form = judge.get(address)
    judge.send(form, {"reason": "The consul vouches"})
    page = judge.follow(judge.send(form, {"reason": "The consul vouches"}))
    assert log_of(page)[0].startswith("Passed by the presiding officer, though open")
    assert len(log_of(page)) == 2
    assert "The consul vouches" in clerk.get(f"{sheet}/gates").text
    judge.get(address, status=404)
    judge.get(f"{sheet}/pass/nothing", status=404)


def test_the_remote_official_s_sheet_says_what_is_theirs_and_what_the_court_owes(
    clerk: Browser, sheet: str, signed_in: SignedIn, clock: FrozenClock
) -> None:
    remote = signed_in(Role.MISSION_OFFICIAL)
    page = remote.get(sheet)
    now = page.soup.select_one("#now")
    assert now is not None
    assert [head.get_text(" ", strip=True) for head in now.select("h3, summary")] == [
        "Everybody ready at the Remote Point 15 minutes late",
        "After it, for you",
        "Waiting for: Court Point Coordinator 1",
    ]
    page = remote.follow(remote.send(page, {}, to=f"{sheet}/log/ready_remote"))
    assert log_of(page) == ["Everybody is ready at the Remote Point"]
    opened(clerk, sheet)
    assert "Room of the witness looked through" in remote.get(sheet).text


def test_a_correction_strikes_the_entry_out_and_leaves_it_readable(clerk: Browser, sheet: str) -> None:
    opened(clerk, sheet)
    logged(clerk, sheet, Kind.LINK_LOST)
    form = clerk.get(f"{sheet}/correct/2")
    page = clerk.follow(clerk.send(form, {"text": "Pressed by mistake", "effect": "withdrawn"}))
    assert log_of(page)[1] == "Link lost does not count"
    assert "Correction (entry 2)" in log_of(page)[0]


@pytest.mark.parametrize("text", [HOSTILE, "x" * 4999, "ক\u200dষ", "العربية", "👩🏽‍⚖️"])
def test_whatever_is_written_is_shown_as_text(clerk: Browser, sheet: str, text: str) -> None:
    opened(clerk, sheet)
    page = logged(clerk, sheet, Kind.NOTE, text=text)
    assert not page.soup.select("main script")
    assert text in page.response.text.replace("&lt;", "<").replace("&gt;", ">")


def test_a_stale_line_of_the_deposition_is_not_overwritten(clerk: Browser, sheet: str, hearing: str) -> None:
    opened(clerk, sheet)
    address = f"/hearings/{hearing}/deposition"
    clerk.send(clerk.get(address), {"stage": "chief", "text": "Q. a\nA. b"}, to=address)
    first, second = clerk.get(f"{address}/1"), clerk.get(f"{address}/1")
    clerk.send(first, {"answer": "theirs", "what": "save"})
    page = clerk.sent(second, {"answer": "mine", "what": "save"}, status=409)
    assert "theirs" in page.text
    assert "theirs" in clerk.get(address).text


@pytest.mark.parametrize(
    ("role", "at", "path", "status"),
    [
        (Role.COORDINATOR, "pune", "day", 404),
        (Role.COORDINATOR, "pune", "record", 404),
        (Role.COORDINATOR, "pune", "deposition", 404),
        (Role.INTERPRETER, "", "record", 403),
        (Role.INTERPRETER, "", "deposition", 403),
        (Role.SUPPORT, "", "day", 403),
        (Role.LEGAL_STAFF, "mumbai", "day", 403),
        (Role.LEGAL_STAFF, "mumbai", "record", 200),
        (Role.MISSION_OFFICIAL, "", "record", 200),
        (Role.MISSION_OFFICIAL, "", "record/costs", 403),
        (Role.MISSION_OFFICIAL, "", "seal", 403),
    ],
)
def test_who_may_see_which_page(signed_in: SignedIn, hearing: str, role: Role, at: str, path: str, status: int) -> None:
    signed_in(role, at).get(f"/hearings/{hearing}/{path}", status=status)


def sealed(units: Units, clerk: Browser, hearing: str, by: Actor) -> str:
    ready_to_seal(units, hearing, by)
    seal = f"/hearings/{hearing}/seal"
    page = clerk.follow(clerk.send(clerk.get(seal), {"language": "en"}, to=seal))
    return next(link for link in page.links() if link.startswith("/verify/"))


def test_anybody_can_compare_and_sees_nothing_of_the_case(
    units: Units, clerk: Browser, browser: Browser, hearing: str, actor: object
) -> None:
    by = actor(Role.COORDINATOR, "mumbai")  # type: ignore[operator]  # the fixture's own callable
    address = sealed(units, clerk, hearing, by)
    page = browser.get(address)
    assert "Unchanged" in page.heading
    for secret in ("PW-7", "12/2025", "State v.", hearing, "Meera", "খুলনায়"):
        assert secret not in page.response.text
    pdf = clerk.ask(f"/hearings/{hearing}/record.pdf").data
    for content, answer in ((pdf, "Yes: the file is this record"), (pdf + b" ", "No: the file is not this record")):
        data = {**page.fields(address), "file": (BytesIO(content), "record.pdf")}
        assert answer in browser.ask(address, "POST", data=data).text
        everywhere = browser.get("/verify")
        data = {**everywhere.fields("/verify"), "file": (BytesIO(content), "x.pdf")}
        assert answer[:3].rstrip(":") in browser.ask("/verify", "POST", data=data).text


def test_an_upload_without_the_form_s_token_is_refused(browser: Browser, hearing: str) -> None:
    assert browser.ask("/verify", "POST", data={"file": (BytesIO(b"x"), "x.pdf")}).status_code == 400


def test_an_unknown_code_has_a_page_that_says_so(browser: Browser) -> None:
    assert browser.get("/verify/R-ZZZZZZZZ", status=404).heading == "No such code"
    assert browser.ask("/verify/code?code=r+zzzz%20zzzz").headers["Location"] == "/verify/R-ZZZZZZZZ"


def test_no_file_is_an_error_beside_the_field(browser: Browser, hearing: str) -> None:
    page = browser.get("/verify")
    again = browser.sent(page, {}, to="/verify", status=422)
    assert "Choose the PDF file" in again.text
