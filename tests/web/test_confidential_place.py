"""Where a witness testifies at a confidential place: named to those who go there, and to nobody else (T7)."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tests.builders import add_account
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.mails import sent_for_real, stored
from tests.services.planned import answered, booked
from tests.services.reminded import delivered, words
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.web.test_kept_apart import Apart, crawled
from tests.world import World
from vctestimony.domain.documents import KINDS, TELLS_THE_PLACE, About
from vctestimony.domain.errors import Refusal
from vctestimony.domain.hearing import End
from vctestimony.domain.people import PostKind, Role
from vctestimony.domain.whereabouts import PlaceWithheld
from vctestimony.services import journal, listing, printing
from vctestimony.services.papers.register import MAKERS
from vctestimony.services.ports import Ports
from vctestimony.services.reminding import remind
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow, PostRow

HIDDEN = ("Nirapad", "Hidden Lane", "4455", "dhaka-mission", "Conference room")
_PAPERS = re.compile(r"/papers/.|\.pdf|\.zip")


@pytest.fixture
def app_ports(ports: Ports) -> Ports:
    return ports


@pytest.fixture
def ports(ports: Ports, tmp_path_factory: pytest.TempPathFactory) -> Ports:
    return sent_for_real(ports, tmp_path_factory.mktemp("mailbox"))


@pytest.fixture
def reference(units: Units, world: World, actor: FindActor) -> str:
    """A booked hearing of a witness in a shelter home, whose court lets its mails tell who comes."""
    with units.writing() as unit:
        answered(unit.session, world)
        unit.session.get_one(PostRow, world.mumbai.post_id).mails_show_others = True
        home = unit.session.get_one(PostRow, world.dhaka.post_id)
        home.kind, home.name, home.address, home.phone = (
            PostKind.SHELTER_HOME,
            "Nirapad House",
            "17 Hidden Lane",
            "4455",
        )
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    delivered(units)
    return world.mumbai.hearing


def counsel(units: Units, world: World) -> int:
    """An account of somebody named at court, who is kept apart from nobody."""
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        seats = [one for one in row.participants if one.end is End.COURT and one.official.name.startswith("Farhan")]
        own = unit.session.get_one(OfficialRow, seats[0].official_id)
        return add_account(
            unit.session, Role.LEGAL_STAFF, "counsel@bar.example", post_id=own.post_id, official_id=own.id
        ).id


def told(found: Iterator[tuple[str, str]]) -> list[str]:
    return [f"{where}: {hidden}" for where, text in found for hidden in HIDDEN if hidden in text]


@pytest.mark.threat("T7")
def test_no_page_names_the_place_to_others_at_court(app: Flask, units: Units, world: World, reference: str) -> None:
    """T7: registry and counsel read a number and the city, on every page and in every file they reach by links."""
    registry = world.account_id(Role.LEGAL_STAFF, "mumbai")
    pages = list(crawled(app, Apart(registry, "", (), ()), reference, but=_PAPERS))
    assert len(pages) > 15
    assert not told(iter(pages))
    for account_id in (registry, counsel(units, world)):
        browser = Browser(app)
        browser.seat(account_id)
        shown = [(path, browser.ask(path).text) for path in (f"/hearings/{reference}", "/posts", "/posts?q=dhaka")]
        assert f"Remote Point RP-{world.dhaka.post_id}, Dhaka" in shown[0][1]
        assert not told(iter(shown))
        assert f"/hearings/{reference}" not in browser.get("/hearings?q=nirapad").links()
        for path in ("", "/calendar", "/week", "/calendar.ics", "/lists"):
            assert browser.ask(f"/posts/dhaka-mission{path}").status_code == 404, path


@pytest.mark.threat("T7")
def test_who_goes_there_and_who_calls_her_there_read_its_name(signed_in: SignedIn, reference: str) -> None:
    """T7: coordinator and presiding officer of the court, and everybody who sits or works at the place."""
    for role in (Role.COORDINATOR, Role.PRESIDING_OFFICER):
        assert "Nirapad House" in signed_in(role, "mumbai").get(f"/hearings/{reference}").text
    for role in (Role.MISSION_OFFICIAL, Role.SUPPORT, Role.INTERPRETER):
        assert "Nirapad House" in signed_in(role).get(f"/hearings/{reference}").text
    assert "Nirapad House" in signed_in(Role.COORDINATOR, "pune").get("/posts").text


@pytest.mark.threat("T7")
def test_no_mail_names_the_place(units: Units, reference: str, clock: FrozenClock) -> None:
    """T7: invitations and the reminders of a fortnight, and nobody at court reads who sits there."""
    with units.writing() as unit:
        for person in unit.session.get_one(HearingRow, 1).participants:
            person.answer, person.answered_at = "NEEDS-ACTION", None
    for _ in range(13):
        clock.at += timedelta(days=1)
        remind(units)
        delivered(units)
    mails = [(f"{row.kind} to {row.to_address}", words(row)) for row in stored(units)]
    assert len(mails) > 10
    assert not told(iter(mails))
    at_court = [text for to, text in mails if to == "invitation to farhan.mumbaikar@mumbai.example"]
    assert at_court
    assert not any("Rina Das" in text for text in at_court)


@pytest.mark.threat("T7")
def test_only_papers_that_lead_there_name_the_place_and_only_who_may_know_it_prints_them(
    units: Units, actor: FindActor, reference: str
) -> None:
    """T7: summons, movement sheet, her own sheet, joining sheets of that end; the others read a number and the city."""
    registry, coordinator = actor(Role.LEGAL_STAFF, "mumbai"), actor(Role.COORDINATOR, "mumbai")
    naming, withheld = set(), set()
    with units.reading() as unit:
        hearing = unit.session.get_one(HearingRow, 1)
        for code in MAKERS:
            for one in hearing.participants if KINDS[code].about is About.PERSON else [None]:
                person, end = (one.public_id, one.end) if one else ("", None)
                try:
                    made = printing.drafted_for(unit, hearing, code, lang="en", person=person, by=coordinator).made
                except Refusal:
                    continue
                if told(iter([(code, repr(made.sheet))])):
                    naming.add((code, end))
                try:
                    printing.drafted_for(unit, hearing, code, lang="en", person=person, by=registry)
                except PlaceWithheld:
                    withheld.add((code, end))
    assert naming <= withheld
    assert withheld <= {("joining-sheet", End.REMOTE), *((code, None) for code in TELLS_THE_PLACE)}
    assert {code for code, _ in naming} >= {"summons", "movement-sheet", "survivor-sheet", "joining-sheet"}


@pytest.mark.threat("T7")
def test_neither_journal_nor_data_for_programs_names_the_place(units: Units, world: World, reference: str) -> None:
    """T7: what is written about planning, and what the command line lists."""
    with units.reading() as unit:
        assert f"RP-{world.dhaka.post_id}" in {row["remote"] for row in listing.hearings(unit)}
        assert not told((entry.action, entry.facts) for entry in journal.history(unit, reference))
