"""One hearing from the order to the sealed record, in a real browser against the running service.

The story is told once; each test looks at one thing it left behind.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, FilePayload

from tests.browser import day, telling
from tests.browser.conftest import NOW
from tests.browser.desk import Desk
from tests.browser.serving import Server, body_of, calendar_of, copied

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: apt-get install poppler-utils"),
]
# Tuesday 8 September 2026, 10:50 in Mumbai: ten minutes before the people of the hearing are called.
ON_THE_DAY = datetime(2026, 9, 8, 5, 20, tzinfo=UTC)
WAIVED_FOR = "The mission's standing nomination is on file."
NUMBER = "Sessions Case 77/2026"


@dataclass(slots=True)
class Told:
    """What the story left behind: texts of pages by moment, files by name, the addresses that were visited."""

    server: Server
    hearing: str = ""
    moved_url: str = ""
    code: str = ""
    verdicts: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    visited: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def keep(self, desk: Desk) -> None:
        """Leave a desk, keeping what it saw."""
        self.visited += desk.visited
        self.complaints += desk.complaints
        desk.context.close()

    def fetch(self, desk: Desk, name: str, path: str) -> None:
        """Keep a file that the service offers for download."""
        answer = desk.context.request.get(path)
        assert answer.status == 200, answer.text()
        self.visited.append(f"{path} {answer.headers.get('content-disposition', '')}")
        self.files[name] = answer.body()


@pytest.fixture(scope="module")
def told(chromium: Browser, demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    server = copied(demonstration, tmp_path_factory.mktemp("story") / "instance")
    story = Told(server)
    server.start(NOW)
    try:
        before(story, chromium)
        server.start(ON_THE_DAY)
        on_the_day(story, chromium)
        compare(story, chromium)
    finally:
        server.stop()
    return story


def before(story: Told, chromium: Browser) -> None:
    """Plan, book, answer, move, answer again, settle, confirm; and call another hearing off."""
    server, clerk = story.server, Desk(chromium, story.server.url)
    clerk.sign_in(telling.COORDINATOR)
    story.hearing = hearing = telling.plan(clerk, telling.register(clerk, case={"number": NUMBER, **telling.CASE}))
    telling.name(clerk, hearing)
    telling.book_first(clerk, hearing)
    official = Desk(chromium, server.url, width=360, javascript=False)
    accept(official, telling.answer_link(server, telling.CONSUL, hearing), "Room kept free.")
    clerk.go(f"/hearings/{hearing}")
    story.pages["answered"] = clerk.text()
    clerk.go(f"/hearings/{hearing}/book?start=2026-09-08T11:00")
    clerk.fill(reason="The interpreter is at another court on Monday.")
    clerk.press("Move the hearing and write to everybody")
    story.pages["moved"] = clerk.text()
    accept(official, telling.answer_link(server, telling.CONSUL, hearing, sequence=1), "Tuesday is better.")
    telling.waive_first(clerk, hearing, "blocks confirming", reason=WAIVED_FOR)
    telling.close_gate(clerk, hearing, "blocks confirming")
    clerk.go(f"/hearings/{hearing}/confirm")
    clerk.press("Confirm")
    story.pages["confirmed"] = clerk.text()
    for language in ("en", "hi", "bn"):
        story.fetch(clerk, f"checklist-{language}.pdf", f"/hearings/{hearing}/checklist.pdf?lang={language}")
    cancel_another(story, clerk)
    story.keep(official)
    story.keep(clerk)


def accept(official: Desk, link: str, comment: str) -> None:
    """Say yes by the link of the mail, without signing in."""
    official.go(link)
    official.fill(choice="ACCEPTED", comment=comment)
    official.press("Send the answer")


def cancel_another(story: Told, clerk: Desk) -> None:
    """Call the demonstration's own booked hearing of this court and the mission in Dhaka off."""
    clerk.go("/hearings?state=booked")
    with clerk.page.expect_navigation():
        clerk.page.locator("main tbody tr:has-text('Dhaka') a[href^='/hearings/H-']").first.click()
    story.moved_url = telling.reference(clerk)
    clerk.go(f"/hearings/{story.moved_url}/cancel")
    clerk.fill(reason="The accused pleaded guilty.")
    clerk.press("Cancel the hearing")
    story.pages["cancelled"] = clerk.text()


def on_the_day(story: Told, chromium: Browser) -> None:
    """Open, log, take down, close, state the rest, seal."""
    clerk, hearing = Desk(chromium, story.server.url), story.hearing
    clerk.sign_in(telling.COORDINATOR)
    telling.close_gate(clerk, hearing, "blocks the start")
    day.write(clerk, hearing, day.READY)
    clerk.go(f"/hearings/{hearing}/day")
    story.pages["before"] = clerk.text()
    clerk.press("Open the hearing now")
    day.write(clerk, hearing, day.BEFORE)
    day.take_down(clerk, hearing, stage="chief", text=day.DEPOSITION)
    day.write(clerk, hearing, day.AFTER)
    clerk.go(f"/hearings/{hearing}/day")
    story.pages["run sheet"] = clerk.text()
    clerk.go(f"/hearings/{hearing}/day/end")
    clerk.press("Close the hearing")
    day.state_the_rest(clerk, hearing)
    story.fetch(clerk, "draft.pdf", f"/hearings/{hearing}/record.pdf?lang=en")
    telling.close_gate(clerk, hearing, "blocks the seal")
    story.code = day.seal(clerk, hearing, language="en")
    story.fetch(clerk, "record.pdf", f"/hearings/{hearing}/record.pdf")
    story.keep(clerk)


def compare(story: Told, chromium: Browser) -> None:
    """Compare the sealed file, and the same with one byte altered, as anybody may who holds it."""
    anybody, whole = Desk(chromium, story.server.url), story.files["record.pdf"]
    middle = len(whole) // 2
    altered = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for name, content in (("as sealed", whole), ("altered", altered)):
        anybody.go(f"/verify/{story.code}")
        file = FilePayload(name="record.pdf", mimeType="application/pdf", buffer=content)
        anybody.page.set_input_files("main input[type=file]", file)
        anybody.press("Compare the file")
        story.verdicts[name] = anybody.text()
    story.keep(anybody)


def words_of(pdf: bytes) -> str:
    """The text of a PDF as a reader copies it, blanks joined."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").split())


def test_the_browser_had_nothing_to_complain_of(told: Told) -> None:
    assert told.complaints == []


def test_the_coordinator_sees_the_answer_and_a_move_asks_anew(told: Told) -> None:
    assert "Room kept free." in told.pages["answered"]
    assert "Tue 8 Sep 2026, 11:00" in told.pages["moved"]
    assert "Tue 8 Sep 2026, 11:30" in told.pages["moved"]
    assert "Room kept free." not in told.pages["moved"]


def test_the_move_is_told_with_a_raised_sequence_and_both_times(told: Told) -> None:
    first = told.server.mail(telling.CONSUL, hearing=told.hearing, method="REQUEST", sequence=0)
    update = told.server.mail(telling.CONSUL, hearing=told.hearing, method="REQUEST", sequence=1)
    assert "DTSTART:20260907T093000Z" in calendar_of(first)
    assert "DTSTART:20260908T053000Z" in calendar_of(update)
    assert uid_of(calendar_of(first)) == uid_of(calendar_of(update))
    for time in ("15:00", "15:30", "11:00", "11:30"):
        assert time in body_of(update)


def uid_of(calendar: str) -> list[str]:
    """The identifier of the event."""
    return [line for line in calendar.splitlines() if line.startswith("UID:")]


def test_calling_off_takes_the_event_out_of_the_calendars(told: Told) -> None:
    mail = told.server.mail(telling.CONSUL, hearing=told.moved_url, method="CANCEL", sequence=1)
    assert "STATUS:CANCELLED" in calendar_of(mail)
    assert "Cancelled" in told.pages["cancelled"]


def test_the_hearing_is_confirmed_when_every_step_before_it_is_settled(told: Told) -> None:
    assert "Confirmed" in told.pages["confirmed"]


@pytest.mark.parametrize(("language", "heading"), [("en", "Court Point Coordinator"), ("hi", "मुंबई"), ("bn", "মুম্বই")])
def test_the_checklist_on_paper_can_be_read_in_each_language(told: Told, language: str, heading: str) -> None:
    words = words_of(told.files[f"checklist-{language}.pdf"])
    assert heading in words
    assert "PW-11" in words
    assert told.hearing in words


def test_the_log_stands_on_both_clocks(told: Told) -> None:
    sheet = told.pages["run sheet"]
    assert "Link lost" in sheet
    found = re.findall(r"Tue 8 Sep, (\d\d):(\d\d) Mumbai Tue 8 Sep, (\d\d):(\d\d) Dhaka", sheet)
    clocks = [(int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in found]
    assert clocks
    assert all(dhaka - mumbai == 30 and mumbai >= 10 * 60 + 50 for mumbai, dhaka in clocks)


def test_what_makes_the_hearing_ready_is_logged_before_it_is_opened(told: Told) -> None:
    assert "Trial of the link" in told.pages["before"]
    assert "Nothing is open for you now." in told.pages["before"]


def test_the_record_on_paper_states_what_was_said_and_who_read_it_over(told: Told) -> None:
    words = words_of(told.files["record.pdf"])
    for expected in ("There was a locked house.", "PW-11", told.code, NUMBER, "Power cut"):
        assert expected in words


def test_the_sealed_file_is_known_and_an_altered_byte_is_found(told: Told) -> None:
    assert "Yes: the file is this record, byte by byte." in told.verdicts["as sealed"]
    assert "No: the file is not this record." in told.verdicts["altered"]


def test_the_journal_of_the_whole_story_is_unbroken(told: Told) -> None:
    done = told.server.command("journal", "verify", at=ON_THE_DAY)
    assert done.returncode == 0, done.stderr
    assert "all in place and unchanged" in done.stdout


def test_what_is_in_the_vault_is_nowhere_else(told: Told) -> None:
    canaries = [*telling.IDENTITY.values(), "কেনারী", "Canaryfather"]
    kept = told.server.folder
    mails = [mail for path in kept.glob("mailbox/*.eml") for mail in [path.read_bytes().decode("utf-8")]]
    calendars = [calendar_of(mail) + body_of(mail) for mail in told.server.mails("@", hearing="")]
    papers = [words_of(pdf) for pdf in told.files.values()]
    about = [
        subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode("utf-8", "replace")
        for pdf in told.files.values()
    ]
    names = [str(path) for path in kept.rglob("*")]
    log = told.server.log.read_text(encoding="utf-8", errors="replace")
    for text in (*mails, *calendars, *papers, *about, *names, *map(unquote, told.visited), log):
        assert not [canary for canary in canaries if canary in text]
    for file in [path for path in kept.rglob("*") if path.is_file()]:
        content = file.read_bytes()
        assert not [canary for canary in canaries if canary.encode() in content], file
