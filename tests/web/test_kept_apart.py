"""Everything that somebody kept apart can reach, read for what belongs to the other side (T7, T32)."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.builders import add_account, add_official, add_post
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.mails import sent_for_real, stored
from tests.services.planned import MONDAY_11_AT, answered, booked, version_of
from tests.services.reminded import delivered, words
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.hearing import State
from vctestimony.domain.joining import Joining
from vctestimony.domain.people import Duty, PostKind, Role
from vctestimony.services import joining_changes, journal, planning
from vctestimony.services.planning import Seat
from vctestimony.services.ports import Ports
from vctestimony.services.reminding import remind
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OrderRow, PostRow

_ELSEWHERE = re.compile(r"^(https?:|mailto:|tel:|webcal:|#|/static/|/mailbox)")
_DIRECTORY = re.compile(r"^/(posts|officials|procedures|glossary)\b")
"""What is the same for everybody who signs in: places with their calendars, and the law; it tells of no hearing."""
APART = ("Farhan", "Vikram", "Salma", "Jahanara")
_NUMBERS = re.compile(r"\d+|W\d+")
_OF_A_KIND = 2
_WHOLE_START = (
    *(f"14 {month}, {hour}" for month in ("Sep", "Sep 2026", "September 2026") for hour in ("10:00", "11:00", "11:30")),
    *("2026-09-14T04:30", "2026-09-14T05:30", "20260914T110000", "20260914T053000"),
)
"""When the witness and those with her begin, and sixty minutes before it, on both clocks."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody on one side: the account, the mailbox, and what they must never read."""

    account_id: int
    address: str
    people: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def hidden(self) -> tuple[str, ...]:
        """Everything."""
        return self.people + self.places


@dataclass(frozen=True, slots=True)
class Sides:
    """A booked hearing with a person from another city on either side; everybody has answered with a word."""

    reference: str
    accused: Apart
    witness: Apart


@pytest.fixture
def app_ports(ports: Ports) -> Ports:
    return ports


@pytest.fixture
def ports(ports: Ports, tmp_path_factory: pytest.TempPathFactory) -> Ports:
    return sent_for_real(ports, tmp_path_factory.mktemp("mailbox"))


@pytest.fixture
def sides(units: Units, world: World, actor: FindActor) -> Sides:
    mumbai = actor(Role.COORDINATOR, "mumbai")
    with units.writing() as unit:
        answered(unit.session, world)
        court = unit.session.get_one(PostRow, world.mumbai.post_id)
        court.mails_show_others = True
        order = unit.session.get_one(OrderRow, world.mumbai.order_id)
        order.facts = {**order.facts, "protected": True}
        prison = add_post(
            unit.session, "nagpur-jail", kind=PostKind.PRISON, city="Nagpur", country="IN", zone="Asia/Kolkata"
        )
        home = add_post(
            unit.session, "khulna-home", kind=PostKind.SHELTER_HOME, city="Khulna", country="BD", zone="Asia/Dhaka"
        )
        prison.calendar_id, home.calendar_id = "mumbai-court", "dhaka-mission"
        jailer = add_official(unit.session, "Vikram Jailer", post=prison, duty=Duty.PRISON)
        nurse = add_official(unit.session, "Jahanara Nurse", post=home, duty=Duty.SUPPORT_PERSON)
        accounts = [
            add_account(unit.session, role, f"{one.id}@apart.example", post_id=post.id, official_id=one.id).id
            for role, one, post in ((Role.LEGAL_STAFF, jailer, prison), (Role.SUPPORT, nurse, home))
        ]
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        stay = [Seat(one.official_id, one.duty) for one in row.participants]
        new = [Seat(jailer.id, Duty.PRISON), Seat(nurse.id, Duty.SUPPORT_PERSON, side="witness")]
        planning.name_people(unit, row.reference, [*stay, *new], version=row.version, by=mumbai)
        addresses = jailer.email, nurse.email
    booked(units, world.mumbai.hearing, mumbai)
    delivered(units)
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        room = Joining("https://meet.court.example/room-17", "8814")
        joining_changes.enter(unit, world.mumbai.hearing, room, version=version, by=mumbai)
        for one in unit.session.get_one(HearingRow, world.mumbai.hearing_id).participants:
            if one.duty is not Duty.INTERPRETER:
                one.answer, one.answered_at, one.answer_comment = "ACCEPTED", unit.now, f"word of {one.official.name}"
    of_witness = ("Khulna", "khulna", "dhaka-mission", "Conference room", "Road, Dhaka")
    of_accused = ("Nagpur", "nagpur", "Courtroom 1", "Road, Mumbai")
    return Sides(
        world.mumbai.hearing,
        accused=Apart(accounts[0], addresses[0], ("Jahanara", "Salma", "SUP of"), (*of_witness, *_WHOLE_START)),
        witness=Apart(accounts[1], addresses[1], ("Vikram", "Farhan", "JAIL of", "DEF of"), of_accused),
    )


def crawled(app: Flask, one: Apart, reference: str, *, but: re.Pattern[str] = _ELSEWHERE) -> Iterator[tuple[str, str]]:
    """Every answer to a GET that this person reaches by links, or by knowing the addresses, with its address.

    `but` are links that are read elsewhere.
    """
    browser = Browser(app)
    browser.seat(one.account_id)
    rules = (
        str(rule)
        for rule in app.url_map.iter_rules()
        if rule.arguments == {"reference"} and "GET" in (rule.methods or ())
    )
    by_hand = [rule.replace("<reference>", reference) for rule in rules if rule.startswith("/hearings/")]
    by_hand = [path for path in by_hand if not but.search(path)]
    waiting = deque(["/", "/hearings", *by_hand])
    known, seen = set(waiting), Counter[str]()
    while waiting:
        path = waiting.popleft()
        answer = browser.ask(path)
        assert answer.status_code < 500, path
        kind = answer.headers["Content-Type"].partition(";")[0]
        assert kind in {"text/html", "text/calendar", "text/plain", "application/json"}, (path, kind)
        text = answer.text.replace("\r\n ", "")
        if kind != "text/html":
            yield path, text
            continue
        soup = BeautifulSoup(answer.data, "lxml")
        for link in (str(each["href"]).partition("#")[0] for each in soup.select("a[href]")):
            kind = _NUMBERS.sub("N", link)
            if (
                link
                and not (_ELSEWHERE.match(link) or but.search(link))
                and link not in known
                and seen[kind] < _OF_A_KIND
            ):
                known.add(link)
                seen[kind] += 1
                waiting.append(link)
        yield path, f"{soup.get_text(' ')} {[sorted(map(str, tag.attrs.values())) for tag in soup.find_all(True)]}"


def test_a_search_finds_no_word_that_is_not_shown(app: Flask, sides: Sides) -> None:
    for one, is_found in ((sides.accused, False), (sides.witness, True)):
        browser = Browser(app)
        browser.seat(one.account_id)
        assert (f"/hearings/{sides.reference}" in browser.get("/hearings?q=mission").links()) is is_found


def told_of(found: Iterator[tuple[str, str]], one: Apart) -> list[str]:
    return [
        f"{where}: {hidden}"
        for where, text in found
        for hidden in (one.people if _DIRECTORY.match(where) else one.hidden)
        if hidden in text
    ]


@pytest.mark.threat("T7", "T32")
@pytest.mark.parametrize(
    ("days_before", "state"),
    [(12, State.BOOKED), (12, State.REQUESTED), (0, State.IN_SESSION)],
)
def test_nothing_that_can_be_reached_tells_of_the_other_side(
    app: Flask, units: Units, sides: Sides, clock: FrozenClock, days_before: int, state: State
) -> None:
    """T7, T32: pages with every table and card, lists, calendar files, own notices; planned, ahead, and in session."""
    clock.at = MONDAY_11_AT - timedelta(days=days_before, minutes=50)
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, 1)
        row.state = state
        if state is State.REQUESTED:
            row.starts_at = None
        if state is State.IN_SESSION:
            clock.at = row.started_at = MONDAY_11_AT + timedelta(minutes=7)
    for one in (sides.accused, sides.witness):
        pages = list(crawled(app, one, sides.reference))
        assert len(pages) > 15
        assert not told_of(iter(pages), one)


@pytest.mark.threat("T7", "T32")
def test_no_mail_tells_of_the_other_side(units: Units, sides: Sides, clock: FrozenClock) -> None:
    """T7, T32: invitations and the reminders of a fortnight, read as mail programs read them."""
    with units.writing() as unit:
        for person in unit.session.get_one(HearingRow, 1).participants:
            person.answer, person.answered_at = "NEEDS-ACTION", None
    for _ in range(1, 13):
        clock.at += timedelta(days=1)
        remind(units)
        delivered(units)
    for one in (sides.accused, sides.witness):
        mails = [(str(row.kind), words(row)) for row in stored(units) if row.to_address == one.address]
        assert {kind for kind, _ in mails} >= {"invitation"}
        assert len(mails) > 1
        assert not told_of(iter(mails), one)


def test_who_does_not_see_the_checklist_is_not_told_that_it_is_done(app: Flask, sides: Sides) -> None:
    browser = Browser(app)
    browser.seat(sides.accused.account_id)
    page = browser.get(f"/hearings/{sides.reference}")
    assert "Every step is done" not in page.text
    assert not any("," in end.get_text().strip()[-1:] for end in page.soup.select(".when .end"))
    assert all(card.select("a, button, p, li, td, dd") for card in page.soup.select("main section.card"))
    assert "Next" not in [heading.get_text() for heading in page.soup.select("main h2")]


def test_the_word_to_the_coordinator_is_for_the_court_and_its_author(
    app: Flask, signed_in: SignedIn, sides: Sides
) -> None:
    address = f"/hearings/{sides.reference}"
    for role in (Role.COORDINATOR, Role.PRESIDING_OFFICER):
        assert "word of Leela" in signed_in(role, "mumbai").get(address).text
    mission = signed_in(Role.MISSION_OFFICIAL).get(address).text
    assert "word of Rina" in mission
    for other in ("Leela", "Meera", "Salma", "Vikram"):
        assert f"word of {other}" not in mission


def test_the_court_reads_who_is_kept_apart(signed_in: SignedIn, sides: Sides) -> None:
    court = signed_in(Role.COORDINATOR, "mumbai")
    rows = court.get(f"/hearings/{sides.reference}").soup.select("#people tbody tr")
    told = [row.get_text(" ") for row in rows if "kept apart" in row.get_text()]
    assert [("With the accused" in text, name in text) for text, name in zip(told, APART, strict=True)] == [
        (True, True),
        (True, True),
        (False, True),
        (False, True),
    ]


def test_who_is_kept_apart_is_not_written_to_when_somebody_of_the_other_side_leaves(
    units: Units, sides: Sides, actor: FindActor
) -> None:
    delivered(units)
    known = {row.id for row in stored(units)}
    mumbai = actor(Role.COORDINATOR, "mumbai")
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, 1)
        stay = [Seat(p.official_id, p.duty, side=p.side) for p in row.participants if p.official.name != "Salma Khatun"]
        planning.name_people(unit, row.reference, stay, version=row.version, by=mumbai)
    with units.reading() as unit:
        entry = [one for one in journal.history(unit, sides.reference) if one.action == "hearing.people_named"][-1]
    to = {one.to_address.partition("@")[0] for one in stored(units) if one.id not in known}
    assert {"salma.khatun", "jahanara.nurse", "rina.das"} <= to
    assert not to & {"vikram.jailer", "farhan.mumbaikar"}
    assert json.loads(entry.facts)["sides"] == {"accused": ["DEF", "JAIL"], "witness": ["SUP"]}
