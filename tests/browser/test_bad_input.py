"""What people and strangers type, press twice, keep open too long or make up: refused in words, nothing half done."""

import shutil

import pytest
from playwright.sync_api import Browser

from tests.browser import telling
from tests.browser.conftest import NOW, SitDown
from tests.browser.desk import Desk
from tests.browser.serving import PROJECT, Server

pytestmark = pytest.mark.browser
MARKUP = "<script>alert(1)</script><b onmouseover=alert(2)>\"'&amp;{{7*7}}"
SCRIPTS = ("শিউলি & রূপা", "मृणाल देशपांडे", "שרה כהן", "👩🏽‍⚖️ Zoë")


@pytest.fixture
def clerk(desk: SitDown) -> Desk:
    one: Desk = desk()
    one.sign_in(telling.COORDINATOR)
    return one


@pytest.fixture(scope="module")
def case(chromium: Browser, server: Server) -> str:
    """A case that all share; its title and its stage are whatever the last test made them."""
    one = Desk(chromium, server.url)
    one.sign_in(telling.COORDINATOR)
    found = telling.register(one)
    one.close()
    return found


@pytest.fixture(scope="module")
def hearing(chromium: Browser, server: Server, case: str) -> str:
    """A hearing of that case with its people named, which nobody books."""
    one = Desk(chromium, server.url)
    one.sign_in(telling.COORDINATOR)
    found = telling.plan(one, case)
    telling.name(one, found)
    one.close()
    return found


def planned(clerk: Desk) -> str:
    hearing = telling.plan(clerk, telling.register(clerk))
    telling.name(clerk, hearing)
    return hearing


def test_markup_stays_the_text_it_is_in_every_field(clerk: Desk) -> None:
    dialogs: list[str] = []
    clerk.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    typed = {"number": MARKUP[:80], "cause_title": MARKUP, "sections": MARKUP, "stage": MARKUP, "cnr": "<i>x</i>"}
    case = telling.register(clerk, case={**telling.CASE, **typed})
    clerk.go(f"/cases/{case}")
    assert MARKUP in clerk.text()
    assert "{{7*7}}" in clerk.text()
    hearing = telling.plan(clerk, case)
    telling.name(clerk, hearing)
    telling.book_first(clerk, hearing)
    clerk.go("/hearings")
    assert MARKUP[:80].split(maxsplit=1)[0] in clerk.text()
    assert clerk.page.locator("main script, main [onmouseover]").count() == 0
    assert dialogs == []


@pytest.mark.parametrize("words", SCRIPTS)
def test_a_title_in_any_script_comes_back_as_it_was_typed(clerk: Desk, case: str, words: str) -> None:
    clerk.go(f"/cases/{case}/edit")
    clerk.fill(cause_title=f"State v. {words}")
    clerk.press("Save the case")
    clerk.go(f"/cases/{case}/edit")
    assert clerk.page.locator("[name=cause_title]").input_value() == f"State v. {words}"


def test_a_null_character_is_refused_beside_its_field_and_the_rest_is_kept(clerk: Desk) -> None:
    clerk.go("/cases/new")
    clerk.fill(**telling.CASE)
    clerk.answer_all()
    clerk.page.locator("[name=sections]").evaluate("field => { field.value = 'BNS\\u0000143'; }")
    clerk.press("Save the case", status=422)
    assert clerk.page.title().startswith("Error")
    assert clerk.page.locator("#e-sections").count() == 1
    assert clerk.page.locator("[name=stage]").input_value() == telling.CASE["stage"]


def test_an_unanswered_question_is_never_taken_as_no(clerk: Desk) -> None:
    clerk.go("/cases/new")
    clerk.fill(**telling.CASE)
    clerk.press("Save the case", status=422)
    assert clerk.page.locator("#e-fact_trafficking").count() == 1


def test_an_order_that_ends_before_it_begins_is_refused(clerk: Desk, case: str) -> None:
    clerk.go(f"/cases/{case}/order")
    clerk.fill(**{**telling.ORDER, "not_before_on": "20/9/2026", "not_after_on": "19/9/2026"})
    clerk.answer_all()
    clerk.press("Save the order", status=422)
    assert "Sat 19 Sep 2026" in clerk.text()


NOBODY_WORKS = {
    "past": ("1/6/2026", "11:00"),
    "without notice": ("1/9/2026", "11:00"),
    "a weekend": ("12/9/2026", "11:00"),
    "at night": ("7/9/2026", "03:00"),
}


def test_a_time_nobody_works_is_refused_with_reasons_and_other_times(clerk: Desk, hearing: str) -> None:
    for why, (on, at) in NOBODY_WORKS.items():
        clerk.go(f"/hearings/{hearing}/book?on={on}&at={at}")
        assert "This hearing cannot be at this time." in clerk.text(), why
        assert clerk.page.get_by_role("button", name="Book and send the invitations").count() == 0, why
        assert clerk.page.locator("main a[href*='/book?start=']").count() >= 3, why


def test_a_time_that_cannot_be_read_is_refused(clerk: Desk, hearing: str) -> None:
    for query in ("on=31/2/2026&at=11:00", "on=7/9/2026&at=3pm", "start=2026-09-07T11:00Z", ""):
        clerk.go(f"/hearings/{hearing}/book?{query}", status=422)


def test_a_double_click_books_once(server: Server, clerk: Desk) -> None:
    hearing = planned(clerk)
    clerk.go(f"/hearings/{hearing}/book?start=2026-09-09T11:00")
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("button", name="Book and send the invitations").dblclick(no_wait_after=True)
    clerk.go(f"/hearings/{hearing}")
    assert clerk.text().count("Booked Tue 1 Sep") == 1
    server.mail(telling.CONSUL, hearing=hearing, method="REQUEST", sequence=0)
    assert len(server.mails(telling.CONSUL, hearing=hearing)) == 1


def test_the_second_of_two_open_forms_is_shown_what_the_first_one_saved(clerk: Desk, desk: SitDown, case: str) -> None:
    other = desk()
    other.sign_in(telling.COORDINATOR)
    for one, stage in ((clerk, "First"), (other, "Second")):
        one.go(f"/cases/{case}/edit")
        one.fill(stage=stage)
    clerk.press("Save the case")
    other.press("Save the case", status=409)
    assert "First" in other.text()
    assert other.page.locator("[name=stage]").input_value() == "Second"
    clerk.go(f"/cases/{case}")
    assert "First" in clerk.text()


def test_another_courts_hearing_and_case_look_as_if_they_were_not_there(desk: SitDown, case: str, hearing: str) -> None:
    stranger = desk()
    stranger.sign_in("coordinator@kolkata.court.example")
    stranger.go("/hearings/H-00000000", status=404)
    made_up = stranger.text()
    for part in ("/find", "/checklist", "/day", "/record", "/checklist.pdf", ""):
        stranger.go(f"/hearings/{hearing}{part}", status=404)
    assert stranger.text() == made_up
    stranger.go(f"/cases/{case}", status=404)


def test_a_forged_link_opens_nothing_and_guessing_is_slowed_down(server: Server, clerk: Desk, desk: SitDown) -> None:
    hearing = planned(clerk)
    telling.book_first(clerk, hearing)
    genuine = telling.answer_link(server, telling.CONSUL, hearing)
    stranger = desk()
    altered = genuine[:-3] + ("AAA" if genuine[-3:] != "AAA" else "BBB")
    stranger.go(altered, status=404)
    stranger.go("/answer/nothing", status=404)
    for _ in range(40):
        stranger.context.request.get(altered)
    stranger.go(altered, status=429)
    stranger.go(genuine)


def test_a_broken_rule_pack_stops_the_start_and_its_line_is_named(own_server: Server) -> None:
    own_server.stop()
    sop = own_server.folder.with_name("sop")
    shutil.copytree(PROJECT / "sop", sop)
    broken = sop / "overseas.toml"
    lines = broken.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("evidence"))
    lines[at] = 'evidence = "certain"'
    broken.write_text("\n".join(lines), encoding="utf-8")
    own_server.settings["VCT_SOP"] = str(sop)
    done = own_server.command("serve", at=NOW)
    assert done.returncode != 0
    assert f"overseas.toml:{at + 1}" in done.stderr + done.stdout
