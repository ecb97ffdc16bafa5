"""Courts are tenants: what one court's people can reach by following links shows nothing of the other's twin data."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.adapters.delivered_packs import PACKS
from tests.services.planned import KOLKATA, MONDAY_11, PlainTokens, answered, version_of
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services import checklists, scheduling
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow

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


def crawled(browser: object, start: list[str]) -> dict[str, str]:
    """Every page that links lead to from there, as its text; each address pattern a few times."""
    found: dict[str, str] = {}
    waiting, seen = list(start), set(start)
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        answer = browser.ask(path)  # type: ignore[attr-defined]
        found[path] = answer.get_data(as_text=True) if "pdf" not in answer.content_type else ""
        if "html" not in answer.content_type:
            continue
        for link in BeautifulSoup(answer.data, "lxml").select("a[href]"):
            to = urlsplit(str(link["href"]))
            address = f"{to.path}?{to.query}" if to.query else to.path
            if not to.netloc and to.path.startswith("/") and address not in seen and not to.path.endswith(".pdf"):
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
    first += ["/hearings?words=mumbai", "/posts?words=mumbai", "/backlog", "/mails", "/inbox", "/journal", "/steps"]
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
def test_an_unknown_order_of_a_list_changes_nothing(app: Flask, twins: World, signed_in: SignedIn) -> None:
    """Abuse row 8: what the list does not know is no way to ask about the other court."""
    browser = signed_in(Role.COORDINATOR, "pune")
    plain = browser.get("/hearings").text
    assert browser.get("/hearings?sort=witness_name&filter[court]=mumbai").text == plain


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
    page = browser.get(to)
    browser.sent(page, {"reason": ""}, to=to, status=422)
    assert signed_in(Role.LEGAL_STAFF, "mumbai").ask(to).status_code == 403
    assert signed_in(Role.COORDINATOR, "pune").ask(to).status_code == 404
