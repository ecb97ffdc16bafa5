"""The story of a transcript that is signed on paper, from the readiness of the hearing to the hard copy, told once.

The hearing is one of the demonstration, booked at the mission in Khulna; what comes before that morning's readiness is
done by the use-cases.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import Browser

from tests.browser import day, ending, telling
from tests.browser.desk import Desk
from tests.browser.story import JUDGE, Told, seated
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.demo.people import People
from vctestimony.demo.places import Places
from vctestimony.demo.stage import Stage, StoryClock, row_of
from vctestimony.services import scheduling
from vctestimony.services.accounts import actor_of
from vctestimony.store import accounts as account_rows
from vctestimony.store.db import db
from vctestimony.store.models import CaseRow, HearingRow
from vctestimony.web.context import EXTENSION, Service

# Monday 21 September 2026, 10:50 in Mumbai: ten minutes before the examination is to begin.
MORNING = datetime(2026, 9, 21, 5, 20, tzinfo=UTC)
NUMBER = "Sessions Case 152/2025"
KHULNA = "consular@khulna.mission.example"
CLERK = "the clerk"


def tell(story: Told, chromium: Browser) -> None:
    """The whole story; the server is left running."""
    story.trust_own()
    story.hearing = made_ready(story.server.folder)
    story.server.start(MORNING)
    people = {who: seated(story, chromium, who) for who in (telling.COORDINATOR, JUDGE, KHULNA)}
    clerk, consul = people[telling.COORDINATOR], people[KHULNA]
    heard(story.hearing, clerk, consul)
    signed_in_ink(story, clerk, consul)
    sealed(story, people)
    hard_copy(story, clerk, consul)
    for desk in people.values():
        story.keep(desk)


def made_ready(folder: Path) -> str:
    """Confirm the hearing and tick what comes before its start, by the use-cases; gives its reference."""
    app = create_app(Settings.from_env({"VCT_INSTANCE": str(folder)}))
    service: Service = app.extensions[EXTENSION]
    with app.app_context():
        clock = StoryClock(MORNING)
        units = service.units.with_ports(replace(service.ports, clock=clock))
        with units.reading() as unit:
            clerk = account_rows.by_email(unit.session, telling.COORDINATOR)
            row = unit.session.scalars(sa.select(HearingRow).join(CaseRow).where(CaseRow.number == NUMBER)).one()
            assert clerk is not None
            people, reference = People({}, {CLERK: actor_of(clerk)}, ()), row.reference
        stage = Stage(units=units, clock=clock, places=Places({}, {}, ()), people=people, today_at=MORNING)
        stage.settle(reference, "confirm", by=CLERK, note="Seen and on file")
        with units.writing() as unit:
            version = row_of(unit, reference).version
            scheduling.confirm(unit, reference, version=version, by=stage.actor(CLERK), all_the_same=True)
        stage.settle(reference, "start", by=CLERK, note="Checked that morning")
        db.engine.dispose()
    return reference


def heard(hearing: str, clerk: Desk, consul: Desk) -> None:
    """Ready and opened, logged at both ends, taken down, read over, closed, and the text fixed."""
    day.write(consul, hearing, day.READY[:1])
    day.write(clerk, hearing, day.READY[1:])
    clerk.go(f"/hearings/{hearing}/day")
    clerk.press("Open the hearing now")
    day.write(clerk, hearing, day.BEFORE)
    day.take_down(clerk, hearing, stage="chief", text=day.DEPOSITION)
    day.take_down(clerk, hearing, stage="cross", text=day.CROSS, **day.TRANSLATED)
    day.write(clerk, hearing, day.AFTER[:-1])
    day.write(consul, hearing, (("remote_closing", {}),))
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
