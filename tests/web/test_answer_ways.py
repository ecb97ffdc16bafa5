"""Another time, somebody else, answering when signed in, by telephone, and what the court does about it, on pages."""

from datetime import timedelta

import pytest

from tests.builders import add_official
from tests.fakes import NOW, FrozenClock
from tests.services.planned import MONDAY_11_AT, answered, booked
from tests.services.proposed import kept, person, proposed
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Duty, Role
from vctestimony.services import answer_pages
from vctestimony.services.unit import Units
from vctestimony.store.models import ParticipantRow, PostRow


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def link(units: Units, reference: str) -> str:
    return f"/answer/{units.ports.tokens.issue(f'{reference}-{Duty.REMOTE_COORDINATOR}', sequence=0, now=NOW)}"


def test_another_time_is_read_by_the_persons_own_clock_and_sent_twice_is_one(
    browser: Browser, link: str, units: Units, reference: str
) -> None:
    page = browser.get(link)
    assert "By the clock of Dhaka" in page.text
    said = {"choice": "time", "on": "16/9/2026", "at": "11:30", "comment": "I travel on Monday"}
    for _ in range(2):
        thanks = browser.sent(page, said)
    assert "Your proposal is with the court" in thanks.text
    assert "Wed 16 Sep 2026, 11:00 · Mumbai" in thanks.text
    (row,) = kept(units)
    assert (row.starts_at, row.channel) == (MONDAY_11_AT + timedelta(days=2), "link")
    assert person(units, reference, Duty.REMOTE_COORDINATOR).answered_at is None
    again = browser.get(link)
    assert "The court has not decided yet" in again.text
    assert browser.sent(again, {"choice": "ACCEPTED"}).heading == "Thank you. Your answer is with the court."
    assert "gave another answer afterwards" in browser.get(link).text


@pytest.mark.parametrize(
    ("at", "sentence"), [("01:30", "happens twice in Europe/London"), ("", "Fill this in"), ("25:00", "time of day")]
)
def test_a_time_that_happens_twice_or_is_none_is_refused_beside_its_field(
    browser: Browser, link: str, units: Units, world: World, at: str, sentence: str
) -> None:
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.dhaka.post_id).zone = "Europe/London"
    page = browser.sent(browser.get(link), {"choice": "time", "on": "25/10/2026", "at": at}, status=422)
    assert sentence in page.text
    assert page.fields()["choice"] == ["time"]
    assert kept(units) == []
    if at == "01:30":
        assert "(UTC+01:00)" in page.text
        assert "(UTC+00:00)" in page.text


def test_a_time_that_never_happens_is_refused_with_both_readings(
    browser: Browser, link: str, units: Units, world: World
) -> None:
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.dhaka.post_id).zone = "Europe/London"
    page = browser.sent(browser.get(link), {"choice": "time", "on": "28/3/2027", "at": "01:30"}, status=422)
    assert "does not exist in Europe/London" in page.text


def test_somebody_else_is_named_with_all_that_is_needed(browser: Browser, link: str, units: Units) -> None:
    page = browser.get(link)
    refused = browser.sent(page, {"choice": "substitute", "name": "Ruma Akter", "address": "no address"}, status=422)
    assert "Designation: Fill this in." in refused.text
    said = {"choice": "substitute", "name": "Ruma Akter", "designation": "Second Secretary"}
    wrong = browser.sent(page, {**said, "address": "no address"}, status=422)
    assert "not an e-mail address" in wrong.text
    own = browser.sent(page, {**said, "address": "RINA.DAS@dhaka.example"}, status=422)
    assert "your own address" in own.text
    for address in ("Anil.Mumbaikar@mumbai.example", units.ports.addresses.organiser_address):
        nobodys = browser.sent(page, {**said, "address": address}, status=422)
        assert "Nobody can be asked at this address" in nobodys.text
        assert "Anil Mumbaikar" not in nobodys.text
    assert kept(units) == []
    assert "Ruma Akter" in browser.sent(page, {**said, "address": "ruma@dhaka.example"}).text
    assert [(row.kind.value, row.address) for row in kept(units)] == [("substitute", "ruma@dhaka.example")]


def test_a_form_without_the_seal_of_this_links_page_records_nothing(
    browser: Browser, link: str, units: Units, reference: str
) -> None:
    page = browser.get(link)
    other = units.ports.tokens.issue(f"{reference}-{Duty.JUDGE}", sequence=0, now=NOW)
    foreign = browser.get(f"/answer/{other}").fields()["seal"]
    for seal in ("", "x", foreign[0]):
        refused = browser.sent(page, {"choice": "ACCEPTED", "seal": seal}, status=422)
        assert "did not come from this page" in refused.text
    assert person(units, reference, Duty.REMOTE_COORDINATOR).answered_at is None


def test_pages_behind_the_link_are_neither_kept_nor_told_on(browser: Browser, link: str) -> None:
    for answer in (browser.ask(link), browser.ask(link, "HEAD"), browser.ask("/answer/none")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_who_is_signed_in_sees_what_waits_and_answers_on_the_page_of_the_hearing(
    signed_in: SignedIn, units: Units, reference: str, link: str
) -> None:
    mission = signed_in(Role.MISSION_OFFICIAL)
    today = mission.get("/")
    assert "Waiting for your answer" in today.text
    target = f"/hearings/{reference}/answer"
    assert target in today.links()
    refused = mission.sent(mission.get(target), {"choice": "DECLINED"}, to=target, status=422)
    assert "why you cannot come" in refused.text
    back = mission.follow(mission.send(mission.get(f"/hearings/{reference}"), {"choice": "ACCEPTED"}, to=target))
    assert "on the page, signed in" in back.text
    assert "Waiting for your answer" not in mission.get("/").text
    row = person(units, reference, Duty.REMOTE_COORDINATOR)
    assert (row.answer, row.answer_channel) == ("ACCEPTED", "page")
    assert "Your answer so far: Accepted" in mission.fresh().get(link).text


def test_nobody_answers_for_somebody_else(signed_in: SignedIn, units: Units, reference: str) -> None:
    legal = signed_in(Role.LEGAL_STAFF)
    assert legal.ask(f"/hearings/{reference}/answer").status_code == 403, "the hearing of their court, not their answer"
    pune = signed_in(Role.COORDINATOR, "pune")
    assert pune.ask(f"/hearings/{reference}/answer").status_code == 404
    mission = signed_in(Role.MISSION_OFFICIAL)
    number = person(units, reference, Duty.JUDGE).id
    for path in (f"people/{number}/telephone", f"people/{number}/instead", "proposals/1"):
        assert mission.ask(f"/hearings/{reference}/{path}").status_code == 403
        assert pune.ask(f"/hearings/{reference}/{path}").status_code == 404


def test_the_court_accepts_a_time_by_the_usual_way_of_moving(signed_in: SignedIn, units: Units, reference: str) -> None:
    number = proposed(units, reference, MONDAY_11_AT + timedelta(days=2))
    court = signed_in(Role.COORDINATOR, "mumbai")
    assert "Proposals that wait for you: 1" in court.get("/").text
    hearing = court.get(f"/hearings/{reference}")
    assert "proposes another time" in hearing.text
    page = court.get(f"/hearings/{reference}/proposals/{number}")
    assert "Everybody, both rooms and the link are free then." in page.text
    (onward,) = [href for href in page.links() if "/book?" in href]
    check = court.get(onward)
    move = f"/hearings/{reference}/move"
    assert check.fields(move)["reason"] == ["The time was proposed by: Interpreter."]
    after = court.follow(court.send(check, {}, to=move))
    assert "Wed 16 Sep 2026, 11:00" in after.text
    assert [row.state.value for row in kept(units)] == ["accepted"]
    assert "Proposals that are settled: 1" in after.text
    settled = court.get(f"/hearings/{reference}/proposals/{number}")
    assert settled.soup.select("main form") == []


def test_the_court_declines_with_words_and_sees_causes_and_nearest_times(
    signed_in: SignedIn, units: Units, reference: str
) -> None:
    number = proposed(units, reference, MONDAY_11_AT - timedelta(hours=3), channel="mail", dtstamp_at=NOW)
    court, here = signed_in(Role.COORDINATOR, "mumbai"), f"/hearings/{reference}/proposals/{number}"
    page = court.get(here)
    assert "Not possible" in page.text
    assert "Their calendar program takes the proposal back." in page.text
    assert [href for href in page.links() if "/book?start=" in href]
    refused = court.sent(page, {"words": ""}, to=f"{here}/decline", status=422)
    assert "Fill this in" in refused.text
    done = court.follow(court.send(page, {"words": "The judge is away"}, to=f"{here}/decline"))
    assert "No to a proposal" in done.text
    assert [row.reply for row in kept(units)] == ["The judge is away"]


def test_a_refusal_opens_the_ways_on_and_an_exchange_sent_twice_is_one(
    signed_in: SignedIn, units: Units, reference: str, world: World
) -> None:
    with units.writing() as unit:
        post = unit.session.get_one(PostRow, world.dhaka.post_id)
        other = add_official(unit.session, "Ruma Akter", post=post, duty=Duty.SUPPORT_PERSON).id
    court, number = signed_in(Role.COORDINATOR, "mumbai"), person(units, reference, Duty.SUPPORT_PERSON).id
    seat = f"/hearings/{reference}/people/{number}"
    form = court.get(f"{seat}/telephone")
    said = court.follow(court.send(form, {"choice": "DECLINED", "comment": "ill"}, to=f"{seat}/telephone"))
    assert "The hearing cannot go on as it is." in said.text
    assert "by telephone, written down by the court" in said.text
    page = court.get(f"{seat}/instead")
    assert "The time holds" in page.text
    assert str(other) in page.soup.select_one("input[name=official]")["value"]  # type: ignore[index]
    (without,) = [href for href in page.links() if "/without?" in href][:1]
    check = court.get(without)
    assert "word that they need not come" in check.text
    assert person(units, reference, Duty.SUPPORT_PERSON).removed_at is None


def test_an_answer_is_written_down_only_until_the_hearing_is_over(
    signed_in: SignedIn, units: Units, reference: str, clock: FrozenClock
) -> None:
    number = person(units, reference, Duty.JUDGE).id
    with units.reading() as unit:
        row = unit.session.get_one(ParticipantRow, number)
        ends_at = answer_pages.times_of(row.hearing, row)[1]
    for minutes, offered in ((-1, True), (0, False), (1, False)):
        clock.at = ends_at + timedelta(minutes=minutes)
        court = signed_in(Role.COORDINATOR, "mumbai")
        page = court.get(f"/hearings/{reference}")
        assert (f"/hearings/{reference}/people/{number}/telephone" in page.links()) is offered
