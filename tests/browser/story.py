"""The story of one hearing from the order to the receipt of the hard copy, told once."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from playwright.sync_api import Browser, FilePayload

from tests.browser import day, ending, telling
from tests.browser.conftest import NOW
from tests.browser.desk import Desk
from tests.browser.serving import Server
from tests.certificates import Authority, Holder

# Tuesday 8 September 2026, 10:50 in Mumbai: ten minutes before the people of the hearing are called.
ON_THE_DAY = datetime(2026, 9, 8, 5, 20, tzinfo=UTC)
WAIVED_FOR = "The mission's standing nomination is on file."
NUMBER = "Sessions Case 77/2026"
JUDGE = "judge@mumbai.court.example"


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
    archive: bytes = b""
    authority: Authority = field(default_factory=Authority)
    holders: dict[str, Holder] = field(default_factory=dict)

    def keep(self, desk: Desk) -> None:
        """Leave a desk, keeping what it saw."""
        self.visited += desk.visited
        self.complaints += desk.complaints
        desk.context.close()

    def trust_own(self) -> None:
        """Let the court trust the issuer of the story's certificates, from the next start of the server on."""
        roots = self.server.folder.with_name("roots")
        roots.mkdir()
        (roots / "own.pem").write_bytes(self.authority.own.pem)
        self.server.settings["VCT_TRUSTED_ROOTS"] = str(roots)

    def holder(self, name: str) -> Holder:
        """The one certificate of that person."""
        return self.holders.setdefault(name, self.authority.issue(name))

    def fetch(self, desk: Desk, name: str, path: str) -> None:
        """Keep a file that the service offers for download."""
        answer = desk.context.request.get(path)
        assert answer.status == 200, answer.text()
        self.visited.append(f"{path} {answer.headers.get('content-disposition', '')}")
        self.files[name] = answer.body()


def before(story: Told, chromium: Browser) -> None:
    """Plan, book, answer, move, answer again, settle, confirm; and call another hearing off."""
    server, clerk = story.server, Desk(chromium, story.server.url)
    clerk.sign_in(telling.COORDINATOR)
    story.hearing = hearing = telling.plan(
        clerk, telling.register(clerk, case={"number": NUMBER, **telling.CASE}, signing="digital")
    )
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


def tell(story: Told, chromium: Browser) -> None:
    """The whole story; the server is left running."""
    story.trust_own()
    story.server.start(NOW)
    before(story, chromium)
    story.server.start(ON_THE_DAY)
    on_the_day(story, chromium)
    people = {who: seated(story, chromium, who) for who in (telling.COORDINATOR, JUDGE, telling.CONSUL)}
    on_screen(story, people)
    record(story, people)
    for desk in people.values():
        story.keep(desk)
    compare(story, chromium)


def seated(story: Told, chromium: Browser, email: str, *, javascript: bool = True) -> Desk:
    """Somebody signed in who reads English."""
    desk = Desk(chromium, story.server.url, javascript=javascript)
    desk.context.add_cookies([{"name": "language", "value": "en", "url": story.server.url}])
    desk.sign_in(email)
    return desk


def on_the_day(story: Told, chromium: Browser) -> None:
    """Open, log, take down, close; the end of it without JavaScript."""
    clerk, hearing = seated(story, chromium, telling.COORDINATOR), story.hearing
    telling.close_gate(clerk, hearing, "blocks the start")
    day.write(clerk, hearing, day.READY)
    clerk.go(f"/hearings/{hearing}/day")
    story.pages["before"] = clerk.text()
    clerk.press("Open the hearing now")
    day.write(clerk, hearing, day.BEFORE)
    day.take_down(clerk, hearing, stage="chief", text=day.DEPOSITION)
    day.take_down(clerk, hearing, stage="cross", text=day.CROSS, **day.TRANSLATED)
    story.keep(clerk)
    plain = seated(story, chromium, telling.COORDINATOR, javascript=False)
    day.write(plain, hearing, day.AFTER)
    day.correct(plain, hearing, 3, answer="আমাকে বেনাপোল দিয়ে আনা হয়েছিল।")
    plain.go(f"/hearings/{hearing}/day")
    story.pages["run sheet"] = plain.text()
    plain.go(f"/hearings/{hearing}/day/end")
    plain.press("Close the hearing")
    ending.fix(plain, hearing)
    story.keep(plain)


def on_screen(story: Told, people: dict[str, Desk]) -> None:
    """The digital path: two electronic signatures, and hers on the paper between them."""
    clerk, judge, consul = (people[who] for who in (telling.COORDINATOR, JUDGE, telling.CONSUL))
    hearing = story.hearing
    for rung in ("read_over", "corrected", "admitted"):
        ending.step(clerk, hearing, rung)
    code = ending.offer(clerk, hearing)
    story.pages["transcript"] = ending.sign(judge, hearing, code, "sig_judge", story.holder("The judge"))
    ending.step(judge, hearing, "judge_e_signed")
    ending.step(clerk, hearing, "sent")
    story.fetch(consul, "transcript.pdf", f"/hearings/{hearing}/signing/{code}/file.pdf")
    for rung in ("witness_signed", "host_signed"):
        ending.step(consul, hearing, rung)
    ending.step(consul, hearing, "scanned_at_remote", scan=ending.scanned(story.files["transcript.pdf"]))
    scan = ending.waiting_file(consul)
    mission = story.holder("The consul")
    ending.sign(consul, hearing, scan, "sig_coordinator", mission)
    story.fetch(consul, "scan.pdf", f"/hearings/{hearing}/signing/{scan}/file.pdf")
    for rung in ("coordinator_e_signed", "sent_back"):
        ending.step(consul, hearing, rung)
    ending.step(clerk, hearing, "received")


def record(story: Told, people: dict[str, Desk]) -> None:
    """State the rest, seal, sign at both ends, dispatch, receive, add the receipt, give it all away."""
    clerk, judge, consul = (people[who] for who in (telling.COORDINATOR, JUDGE, telling.CONSUL))
    hearing = story.hearing
    day.state_the_rest(clerk, hearing)
    story.fetch(clerk, "draft.pdf", f"/hearings/{hearing}/record.pdf?lang=en")
    telling.close_gate(clerk, hearing, "blocks the seal")
    story.code = day.seal(clerk, hearing, language="en")
    story.fetch(clerk, "record.pdf", f"/hearings/{hearing}/record.pdf")
    code = ending.record_to_sign(clerk, hearing)
    ending.sign(judge, hearing, code, "sig_judge", story.holder("The judge"))
    ending.sign(clerk, hearing, code, "sig_coordinator", story.holder("The coordinator"))
    story.pages["signed"] = ending.sign(consul, hearing, code, "sig_mission", story.holder("The consul"))
    story.fetch(clerk, "signed.pdf", f"/hearings/{hearing}/signing/{code}/file.pdf")
    ending.step(consul, hearing, "dispatched")
    ending.step(clerk, hearing, "copy_received")
    story.pages["way"] = clerk.text()
    story.fetch(clerk, "addendum.pdf", ending.add_receipt(clerk, hearing))
    for kind in ("order-sheet", "record-redacted"):
        story.fetch(clerk, f"{kind}.pdf", f"/hearings/{hearing}/papers/{kind}.pdf?lang=en")
    clerk.go(f"/hearings/{hearing}/record")
    answer = clerk.context.request.get(f"/hearings/{hearing}/archive.zip?lang=en")
    assert answer.status == 200, answer.text()
    story.archive = answer.body()


def compare(story: Told, chromium: Browser) -> None:
    """Compare the sealed file, and the same with one byte altered, as anybody may who holds it."""
    anybody, whole = Desk(chromium, story.server.url), story.files["record.pdf"]
    middle = len(whole) // 2
    altered = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for name, content in (("as sealed", whole), ("altered", altered), ("signed", story.files["signed.pdf"])):
        anybody.go(f"/verify/{story.code}")
        file = FilePayload(name="record.pdf", mimeType="application/pdf", buffer=content)
        anybody.page.set_input_files("main input[type=file]", file)
        anybody.press("Compare the file")
        story.verdicts[name] = anybody.text()
    story.keep(anybody)
