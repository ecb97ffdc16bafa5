"""The story of a transcript that is signed on paper, from the readiness of the hearing to the hard copy, told once.

The hearing is one of the demonstration, booked at the mission in Khulna; what was done before that morning is its own.
"""

from datetime import UTC, datetime

from playwright.sync_api import Browser

from tests.browser import day, ending, telling
from tests.browser.desk import Desk
from tests.browser.story import JUDGE, Told, seated

# Monday 21 September 2026, 10:50 in Mumbai: ten minutes before the examination is to begin.
MORNING = datetime(2026, 9, 21, 5, 20, tzinfo=UTC)
NUMBER = "Sessions Case 152/2025"
KHULNA = "consular@khulna.mission.example"


def tell(story: Told, chromium: Browser) -> None:
    """The whole story; the server is left running."""
    story.trust_own()
    story.server.start(MORNING)
    people = {who: seated(story, chromium, who) for who in (telling.COORDINATOR, JUDGE, KHULNA)}
    clerk, consul = people[telling.COORDINATOR], people[KHULNA]
    story.hearing = found(clerk)
    ready(story.hearing, clerk, consul)
    heard(story.hearing, clerk, consul)
    signed_in_ink(story, clerk, consul)
    sealed(story, people)
    hard_copy(story, clerk, consul)
    for desk in people.values():
        story.keep(desk)


def found(clerk: Desk) -> str:
    """The reference of the hearing, from the list."""
    clerk.go("/hearings?state=booked")
    with clerk.page.expect_navigation():
        clerk.page.locator(f"main tbody tr:has-text('{NUMBER}') a[href^='/hearings/H-']").first.click()
    return telling.reference(clerk)


def ready(hearing: str, clerk: Desk, consul: Desk) -> None:
    """Confirmed, and ready at both ends, each by its own officer."""
    telling.close_gate(clerk, hearing, "blocks confirming")
    clerk.go(f"/hearings/{hearing}/confirm")
    clerk.fill(all_the_same="yes")
    clerk.press("Confirm")
    telling.close_gate(clerk, hearing, "blocks the start")
    day.write(consul, hearing, day.READY[:1])
    day.write(clerk, hearing, day.READY[1:])


def heard(hearing: str, clerk: Desk, consul: Desk) -> None:
    """Opened, logged at both ends, taken down, read over, closed, and the text fixed."""
    clerk.go(f"/hearings/{hearing}/day")
    clerk.press("Open the hearing now")
    day.write(clerk, hearing, day.BEFORE)
    day.take_down(clerk, hearing, stage="chief", text=day.DEPOSITION)
    day.take_down(clerk, hearing, stage="cross", text=day.CROSS, **day.TRANSLATED)
    day.write(clerk, hearing, day.AFTER[:-1])
    day.write(consul, hearing, day.AFTER[-1:])
    clerk.go(f"/hearings/{hearing}/day/end")
    clerk.press("Close the hearing")
    ending.fix(clerk, hearing)


def signed_in_ink(story: Told, clerk: Desk, consul: Desk) -> None:
    """Printed, signed, scanned and sent at the court; the same at the Remote Point, and back."""
    hearing = story.hearing
    for rung in ("read_over", "corrected", "admitted", "judge_signed", "parties_signed"):
        ending.step(clerk, hearing, rung)
    story.fetch(clerk, "transcript.pdf", f"/hearings/{hearing}/papers/transcript.pdf?lang=en")
    story.files["first.pdf"] = ending.scanned(story.files["transcript.pdf"])
    ending.step(clerk, hearing, "scanned_at_court", scan=story.files["first.pdf"])
    ending.step(clerk, hearing, "sent")
    consul.go("/")
    story.pages["waits"] = consul.text()
    story.fetch(consul, "sent.pdf", latest_scan(consul, hearing))
    for rung in ("witness_signed", "countersigned", "host_signed"):
        ending.step(consul, hearing, rung)
    story.files["second.pdf"] = ending.scanned(story.files["sent.pdf"])
    ending.step(consul, hearing, "scanned_at_remote", scan=story.files["second.pdf"])
    ending.step(consul, hearing, "sent_back")
    story.fetch(clerk, "back.pdf", latest_scan(clerk, hearing))
    ending.step(clerk, hearing, "received")


def latest_scan(desk: Desk, hearing: str) -> str:
    """Where the scan that came last can be taken."""
    desk.go(f"/hearings/{hearing}/cycle")
    return desk.page.locator("main a[href*='/scans/']").last.get_attribute("href") or ""


def sealed(story: Told, people: dict[str, Desk]) -> None:
    """The record stated and sealed, and signed electronically by three."""
    clerk, judge, consul = (people[who] for who in (telling.COORDINATOR, JUDGE, KHULNA))
    hearing = story.hearing
    day.state_the_rest(clerk, hearing)
    telling.close_gate(clerk, hearing, "blocks the seal")
    story.code = day.seal(clerk, hearing, language="en")
    code = ending.record_to_sign(clerk, hearing)
    ending.sign(judge, hearing, code, "sig_judge", story.holder("The judge"))
    ending.sign(clerk, hearing, code, "sig_coordinator", story.holder("The coordinator"))
    story.pages["signed"] = ending.sign(consul, hearing, code, "sig_mission", story.holder("The consul"))
    story.fetch(clerk, "signed.pdf", f"/hearings/{hearing}/signing/{code}/file.pdf")


def hard_copy(story: Told, clerk: Desk, consul: Desk) -> None:
    """Handed to the courier at the Remote Point, and received at the court."""
    ending.step(consul, story.hearing, "dispatched")
    ending.step(clerk, story.hearing, "copy_received")
    story.pages["way"] = clerk.text()
