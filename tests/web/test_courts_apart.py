"""Courts are tenants: what one court's people can reach by following links shows nothing of the other's twin data."""

import json
from dataclasses import replace
from email import message_from_bytes
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.services.planned import KOLKATA, MONDAY_11, TUESDAY_11, PlainTokens, answered, booked, version_of
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.feeds import FeedKind
from vctestimony.domain.people import Role
from vctestimony.services import checklists, feed_addresses, journal, scheduling
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.store.models import HearingRow, OutboxRow

# Of the court in Mumbai: its people (and so their addresses), its references, its case's title. What a post is called,
# and how its office is reached, all may know. The case number is the same in both courts.
OTHERS = ("Mumbaikar", "H-MUMBAI1", "C-MUMBAI1", "W-MUMBAI1", "State v. Example (mumbai)")
MOST_PAGES = 140


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), packs=lambda: PACKS)


@pytest.fixture
def twins(units: Units, world: World, mumbai: Actor) -> World:
    """Mumbai's hearing booked, at the room, the link and the people in Dhaka that Pune's hearing wants as well."""
    with units.writing() as unit:
        answered(unit.session, world)
        checklists.compose_for(unit, unit.session.get_one(HearingRow, world.mumbai.hearing_id), by=mumbai)
    reference, version = world.mumbai.hearing, version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        scheduling.book(unit, reference, starts_wall=MONDAY_11, zone=KOLKATA, version=version, by=mumbai)
    return world


def of_hearing(hearing_id: int) -> sa.Select[OutboxRow]:
    return sa.select(OutboxRow).where(OutboxRow.hearing_id == hearing_id)


def crawled(browser: Browser, start: list[str]) -> dict[str, str]:
    """Everything that links lead to from there, as text: pages, tables, calendars, and papers as the press was told."""
    found: dict[str, str] = {}
    waiting, seen = list(start), set(start)
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        answer = browser.ask(path)
        found[path] = answer.get_data(as_text=True)
        if "html" not in answer.content_type:
            continue
        for link in BeautifulSoup(answer.data, "lxml").select("a[href]"):
            to = urlsplit(str(link["href"]))
            address = f"{to.path}?{to.query}" if to.query else to.path
            if not to.netloc and to.path.startswith("/") and address not in seen:
                seen.add(address)
                waiting.append(address)
    return found


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PRESIDING_OFFICER, Role.LEGAL_STAFF])
@pytest.mark.abuse(8, 98)
@pytest.mark.threat("T3")
def test_nothing_of_the_other_court_is_shown(twins: World, signed_in: SignedIn, role: Role) -> None:
    """T3, abuse rows 8 and 98."""
    own = f"/hearings/{twins.pune.hearing}"
    first = ["/", f"{own}/find?from=2026-09-14", f"{own}/find/2026-09-14", f"{own}/people", f"{own}/alternatives"]
    first += ["/hearings?q=mumbai", "/posts?q=mumbai", "/backlog", "/mails", "/inbox", "/journal", "/steps"]
    first += ["/posts/pune-court/calendar/entries.csv", f"{own}/event.ics"]
    for post in ("pune-court", "dhaka-mission"):
        first += [f"/posts/{post}/papers/day.pdf?on=2026-09-14", f"/posts/{post}/papers/week.pdf?on=2026-09-14"]
    pages = crawled(
        signed_in(role, "pune"), [*first, "/posts/dhaka-mission", "/posts/dhaka-mission/week?on=2026-09-14"]
    )
    assert len(pages) > 20
    shown = [(path, text) for path, body in pages.items() for text in OTHERS if text.casefold() in body.casefold()]
    assert shown == []


@pytest.mark.abuse(4)
def test_an_official_of_another_court_cannot_be_named(twins: World, signed_in: SignedIn) -> None:
    """Abuse row 4: refused as a number that nobody has is."""
    browser, to = signed_in(Role.COORDINATOR, "pune"), f"/hearings/{twins.pune.hearing}/people"
    page = browser.get(to)
    foreign = browser.sent(page, {"seat_JUDGE": str(twins.mumbai.judge_id)}, to=to, status=422)
    nobody = browser.sent(page, {"seat_JUDGE": "999999"}, to=to, status=422)
    assert foreign.text == nobody.text


@pytest.mark.abuse(8)
@pytest.mark.parametrize("asked", ["sort=witness_name", "filter[court]=mumbai", "order_by=name", "q=x&Sort=-1"])
def test_a_list_is_asked_for_no_order_and_by_no_filter_that_it_has_not(
    twins: World, signed_in: SignedIn, asked: str
) -> None:
    """Abuse row 8: the order of what one may see could tell of what one may not."""
    browser = signed_in(Role.COORDINATOR, "pune")
    for page in ("/hearings", "/cases", "/posts", "/mails", "/backlog", "/journal", "/steps"):
        assert browser.ask(f"{page}?{asked}").status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "PUT", "DELETE", "PATCH"])
@pytest.mark.abuse(2, 13)
def test_other_methods_are_refused_and_change_nothing(twins: World, signed_in: SignedIn, method: str) -> None:
    """Abuse rows 2 and 13."""
    browser = signed_in(Role.COORDINATOR, "pune")
    for path in (f"/hearings/{twins.mumbai.hearing}", f"/hearings/{twins.pune.hearing}"):
        assert browser.ask(path, method, headers={"Sec-Fetch-Site": "same-origin"}).status_code in {400, 405}


TRICKS = ("//hearings/{}", "/hearings/{}/..;/", "/HEARINGS/{}", "/hearings/%2e%2e/hearings/{}", "/hearings/{}.")


@pytest.mark.parametrize("trick", [*TRICKS, "/hearings/{};x=1", "/hearings/{}/", "/hearings/{}?reference={}"])
@pytest.mark.abuse(14, 16)
def test_another_way_to_write_an_address_opens_nothing(twins: World, signed_in: SignedIn, trick: str) -> None:
    """Abuse rows 14 and 16: the same rights behind every spelling, and one value where two are given."""
    browser = signed_in(Role.COORDINATOR, "pune")
    answer = browser.ask(trick.format(twins.mumbai.hearing, twins.pune.hearing))
    assert answer.status_code in {301, 308, 404}
    assert not any(text in answer.text for text in ("Mumbaikar", "State v. Example"))


@pytest.mark.abuse(10)
def test_an_administrator_reads_no_deposition(twins: World, signed_in: SignedIn) -> None:
    """Abuse row 10."""
    browser = signed_in(Role.ADMINISTRATOR, "dhaka")
    assert browser.ask(f"/hearings/{twins.mumbai.hearing}/deposition").status_code == 403


@pytest.mark.abuse(5)
@pytest.mark.threat("T2")
def test_the_identity_is_not_opened_without_a_reason(twins: World, signed_in: SignedIn) -> None:
    """Abuse row 5, T2: the page asks for the reason; without one nothing is opened."""
    browser, to = signed_in(Role.COORDINATOR, "mumbai"), f"/witnesses/{twins.mumbai.witness}/identity"
    page = browser.get(to, status=403)
    assert page.heading.startswith("Ask to see the identity")
    assert signed_in(Role.PRESIDING_OFFICER, "mumbai").ask(to).status_code in {200, 403}
    assert signed_in(Role.LEGAL_STAFF, "mumbai").ask(to).status_code == 403
    assert signed_in(Role.COORDINATOR, "pune").ask(to).status_code == 404


@pytest.mark.threat("T3", "T18")
def test_mails_and_feeds_of_one_court_say_nothing_of_the_other(
    twins: World, signed_in: SignedIn, units: Units, actor: FindActor
) -> None:
    """T3 beyond pages: Pune's hearing is booked at the same places and with the same people in Dhaka."""
    by = actor(Role.COORDINATOR, "pune")
    booked(units, twins.pune.hearing, by, TUESDAY_11)
    with units.writing() as unit:
        made = [
            feed_addresses.make(unit, Holder(official_id=by.official_id), FeedKind.HEARINGS, by=by).https,
            feed_addresses.make(unit, Holder(official_id=by.official_id), FeedKind.BUSY, by=by).https,
        ]
        bodies = [row.body for row in unit.session.scalars(of_hearing(twins.pune.hearing_id))]
    said = [str(part) for body in bodies for part in message_from_bytes(body).walk()]
    said += [str(part.get_payload(decode=True)) for body in bodies for part in message_from_bytes(body).walk()]
    browser = signed_in(Role.COORDINATOR, "pune")
    feeds = [browser.ask(urlsplit(address).path).text for address in made]
    assert len(bodies) > 3
    assert all("BEGIN:VEVENT" in feed for feed in feeds)
    assert [text for text in OTHERS for one in (*said, *feeds) if text.casefold() in one.casefold()] == []


@pytest.mark.abuse(98)
@pytest.mark.threat("T28")
def test_what_is_given_away_as_a_table_is_written_down_with_its_rows(
    twins: World, signed_in: SignedIn, units: Units
) -> None:
    """Abuse row 98: only one's own, and the journal says how many rows left."""
    browser = signed_in(Role.COORDINATOR, "pune")
    assert browser.ask("/posts/pune-court/calendar/entries.csv").status_code == 200
    assert browser.ask("/posts/mumbai-court/calendar/entries.csv").status_code == 403
    with units.reading() as unit:
        told = [(one.action, json.loads(one.facts)["rows"]) for one in journal.history(unit, "post:pune-court")]
    assert told == [("calendar.exported", 0)]


@pytest.mark.threat("T3")
@pytest.mark.parametrize("page", ["/hearings/{}", "/hearings/{}/people", "/cases/{}", "/witnesses/{}/edit"])
def test_what_is_absent_takes_as_many_statements_as_what_is_forbidden(
    app: Flask, twins: World, signed_in: SignedIn, page: str
) -> None:
    """T3: nobody can tell by the time whether there is something; counted, for a clock would depend on the machine."""
    browser = signed_in(Role.COORDINATOR, "pune")
    start, court = page.split("/")[1], twins.mumbai
    there = {"hearings": court.hearing, "cases": court.case, "witnesses": court.witness}[start]
    with app.app_context():
        engine = db.engine
    counts = []
    for reference in (there, f"{there[:2]}NOTHERE"):
        asked: list[str] = []

        def note(*told: object, into: list[str] = asked) -> None:
            into.append(str(told[2]))

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            browser.get(page.format(reference), status=404)
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0
