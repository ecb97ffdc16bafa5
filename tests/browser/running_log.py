"""What two people at two browsers do with one running log: press, fill in, go off the network, read what came of it."""

import re
import sqlite3
from contextlib import closing
from datetime import datetime

from playwright.sync_api import Locator, expect

from tests.browser import telling
from tests.browser.desk import Desk
from tests.browser.serving import Server

NEVER = 599
"""A status that no page has: the browser may complain of a network that is gone."""
SOON = 30_000


def in_session(clerk: Desk) -> str:
    """The sheet of a hearing of the demonstration that is in session."""
    clerk.go("/hearings?state=in_session")
    found = [one.get_attribute("href") or "" for one in clerk.page.locator("main table a[href^='/hearings/H-']").all()]
    assert found, "no hearing in session"
    return f"{found[0]}/day"


def english(desk: Desk) -> None:
    """Read English, whatever the account reads."""
    desk.context.add_cookies([{"name": "language", "value": "en", "url": desk._url}])


def ready(desk: Desk, sheet: str) -> None:
    """Open the sheet and wait until it opens without a network too."""
    desk.go(sheet)
    expect(desk.page.locator("#live-state")).to_have_text("Connected.", timeout=SOON)
    expect(desk.page.locator("#live-ready")).to_have_text("Opens without a network.", timeout=SOON)


def press(desk: Desk, kind: str) -> None:
    """Press a button that writes at once."""
    at_hand(desk, f"form[action$='/log/{kind}'] button").click()


def at_hand(desk: Desk, selector: str) -> Locator:
    """That button, once the group of what the day has left behind is open, where it lies in one."""
    found = desk.page.locator(selector)
    folded = desk.page.locator("details:not([open])").filter(has=found)
    if folded.count():
        folded.locator("summary").click()
    return found


def fill(desk: Desk, kind: str, **answers: str) -> None:
    """Fill in the form of an entry in its dialog."""
    at_hand(desk, f"a[data-key][href$='/log/{kind}']").click()
    box = desk.page.locator("dialog[open]")
    for name, value in answers.items():
        field = box.locator(f"[name='{name}']")
        if field.first.get_attribute("type") == "radio":
            box.locator(f"[name='{name}'][value='{value}']").check()
        else:
            field.first.fill(value)
    box.get_by_role("button", name="Write into the log").click()
    expect(desk.page.locator("dialog[open]")).to_have_count(0)


def shown(desk: Desk) -> list[str]:
    """Numbers and words of the log as the page shows it."""
    rows = desk.page.locator("#log tbody tr").all_inner_texts()
    return [" ".join(re.sub(r"\s+", " ", row).split()) for row in rows]


Stored = tuple[str, str | None, datetime, datetime, int]


def stored(server: Server, sheet: str) -> list[Stored]:
    """Kind, id, instant, what the device said and skew of every entry, in the order in which they happened."""
    with closing(sqlite3.connect(server.folder / "vctestimony.sqlite")) as database:
        rows = database.execute(
            "SELECT l.kind, l.client_key, l.happened_at, l.said_at, l.skew_seconds FROM log_entry l"
            " JOIN hearing h ON h.id = l.hearing_id WHERE h.reference = ? ORDER BY l.happened_at, l.number",
            (sheet.split("/")[2],),
        ).fetchall()
    return [
        (kind, key, datetime.fromisoformat(at), datetime.fromisoformat(said or at), skew)
        for kind, key, at, said, skew in rows
    ]


MISSION = "consular@khulna.mission.example"
COURT = telling.COORDINATOR
