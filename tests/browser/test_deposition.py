"""Typing survives a killed server and a reload; two people on one line lose nothing; without scripts it works too."""

import json
import os
import signal
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import telling
from tests.browser.conftest import NOW
from tests.browser.desk import Desk
from tests.browser.serving import Server
from vctestimony.demo.casework import MUMBAI_SATKHIRA

pytestmark = pytest.mark.browser
JUDGE = "judge@mumbai.court.example"
TYPED = "Q. Where were you then?\nA. আমি বাড়িতে ছিলাম।"


@pytest.fixture
def page(own_server: Server) -> str:
    """The deposition of the adjourned hearing of the demonstration."""
    listed = own_server.command("hearings", "list", "--json", at=NOW)
    found = next(one["reference"] for one in json.loads(listed.stdout) if one["state"] == "adjourned")
    return f"/hearings/{found}/deposition"


def seated(chromium: Browser, server: Server, email: str, *, javascript: bool = True) -> Desk:
    desk = Desk(chromium, server.url, javascript=javascript)
    desk.sign_in(email)
    return desk


def test_typing_survives_a_killed_server_and_a_reload(chromium: Browser, own_server: Server, page: str) -> None:
    clerk = seated(chromium, own_server, telling.COORDINATOR)
    clerk.go(page)
    clerk.fill(text=TYPED)
    kept = clerk.page.locator(".kept")
    expect(kept).to_contain_text("Kept", timeout=20_000)
    assert own_server.process is not None
    os.killpg(own_server.process.pid, signal.SIGKILL)
    own_server.process.wait()
    own_server.process = None
    with clerk.expecting(500):
        clerk.fill(text=f"{TYPED}\nTranslation: I was at home.")
        expect(kept).to_contain_text("kept in this browser", timeout=20_000)
    own_server.start(NOW + timedelta(minutes=2))
    clerk.go(page)
    assert clerk.page.locator("[name=text]").input_value().splitlines()[-1] == "Translation: I was at home."
    expect(kept).to_contain_text("Kept", timeout=20_000)
    clerk.press("Add to the deposition")
    assert "I was at home." in clerk.text()
    assert clerk.page.locator("[name=text]").input_value() == ""
    assert all("ERR_CONNECTION_REFUSED" in complaint for complaint in clerk.complaints)
    clerk.complaints.clear()
    clerk.close()


def test_two_people_on_one_line_see_each_other_and_lose_nothing(
    chromium: Browser, own_server: Server, page: str
) -> None:
    clerk, judge = (seated(chromium, own_server, email) for email in (telling.COORDINATOR, JUDGE))
    clerk.go(f"{page}/1")
    judge.go(f"{page}/1")
    clerk.fill(answer="Yes. He brought me from the bus stand to a house near the river.")
    expect(clerk.page.locator(".kept")).to_contain_text("Kept", timeout=20_000)
    expect(judge.page.locator(".writers li")).to_have_count(1, timeout=20_000)
    judge.fill(answer="Yes. He took me from the bus stand to a house near the canal.")
    with judge.page.expect_navigation():
        judge.page.locator("button[value=save]").click()
    clerk.press("Save the line", status=409)
    assert "near the canal." in clerk.text()
    assert "He brought me" in clerk.page.locator("[name=answer]").last.input_value()
    clerk.press("Take both together")
    assert "Yes. He brought me from the bus stand to a house near the canal." in clerk.text()
    assert [*clerk.complaints, *judge.complaints] == []
    plain = seated(chromium, own_server, telling.COORDINATOR, javascript=False)
    plain.go(page)
    plain.fill(text="Q. Typed without scripts?\nA. Yes.")
    plain.press("Add to the deposition")
    assert "Typed without scripts?" in plain.text()
    for desk in (clerk, judge, plain):
        desk.close()


def test_what_is_typed_stays_with_its_account_and_goes_with_it(
    chromium: Browser, own_server: Server, page: str
) -> None:
    clerk = seated(chromium, own_server, telling.COORDINATOR)
    kept, text, name = clerk.page.locator(".kept"), clerk.page.locator("[name=text]"), MUMBAI_SATKHIRA.identity[0]
    clerk.go(page)
    with clerk.expecting(422):
        clerk.fill(text=f"Q. Your name?\nA. {name}")
        expect(kept).to_contain_text("names the witness", timeout=20_000)
        assert remembered(clerk) == []
        clerk.press("Add to the deposition", status=422)
    with clerk.expecting(422):
        expect(kept).to_contain_text("names the witness", timeout=20_000)
        assert remembered(clerk) == []
    other = f"typing 0123456789ab {page}/typing/add"
    clerk.page.evaluate("name => localStorage.setItem(name, JSON.stringify({ text: 'Q. Of another' }))", other)
    clerk.go(page)
    assert text.input_value() == ""
    clerk.page.evaluate("name => localStorage.removeItem(name)", other)
    clerk.fill(text="Q. Not sent yet")
    clerk.page.once("dialog", lambda dialog: dialog.accept())
    clerk.press("Sign out")
    assert remembered(clerk) == []
    assert clerk.complaints == []
    clerk.close()


def remembered(desk: Desk) -> list[str]:
    """Under which names this browser keeps what was typed."""
    return [name for name in desk.page.evaluate("Object.keys(localStorage)") if name.startswith("typing ")]
