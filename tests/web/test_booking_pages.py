"""The pages from planning to confirming, as a coordinator goes through them."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.builders import add_official
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT, PlainTokens, answered, booked, hearing_of, take
from tests.web.browsing import Browser
from tests.world import World
from vctestimony.adapters.packs import load_packs
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.sop import Pack
from vctestimony.services import post_office
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OccupancyRow, OutboxRow, PostRow


@cache
def packs() -> tuple[Pack, ...]:
    """The real rule packs."""
    return load_packs(Path(__file__).parents[2] / "sop")


SignedIn = Callable[..., Browser]
START = "2026-09-14T11:00"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), packs=packs)


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


@pytest.fixture
def mumbai(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def address(world: World, end: str = "") -> str:
    return f"/hearings/{world.mumbai.hearing}{end}"


def count(units: Units, row: type[OccupancyRow | OutboxRow | HearingRow]) -> int:
    with units.reading() as unit:
        return unit.session.scalar(sa.select(sa.func.count()).select_from(row)) or 0


def test_the_first_page_says_what_waits(mumbai: Browser, world: World) -> None:
    page = mumbai.get("/")
    assert "No time yet. Find one that suits both sides." in page.text
    assert address(world) in page.links()


def test_a_person_with_no_hearing_reads_what_the_first_page_is_for(
    signed_in: SignedIn, units: Units, world: World
) -> None:
    with units.writing() as unit:
        for reference in (world.mumbai.hearing_id, world.pune.hearing_id):
            unit.session.get_one(HearingRow, reference).state = State.CANCELLED
    assert "names you or your office yet" in signed_in(Role.MISSION_OFFICIAL).get("/").text
    assert "Begin with the case" in signed_in(Role.COORDINATOR, "mumbai").get("/").text


def test_an_administrator_has_another_first_page(signed_in: SignedIn) -> None:
    answer = signed_in(Role.ADMINISTRATOR).ask("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin")


def test_the_offered_times_stand_on_both_clocks_and_lead_to_the_check(mumbai: Browser, world: World) -> None:
    page = mumbai.get(address(world, "/find?from=2026-09-14&to=2026-09-20"))
    [first, *_] = [row for row in page.rows() if row[0] == "Mon 14 Sep best, no. 1"]
    assert first[1] == "10:30 – 12:00 UTC+05:30"
    assert first[2].startswith("11:00 – 12:30 UTC+06:00")
    assert address(world, "/book?start=2026-09-14T10:30") in page.links()
    assert "Dhaka: weekly holiday" in page.text
    assert page.soup.select_one("svg.b") is not None


@pytest.mark.parametrize("step", ["15", "30", "60"])
def test_two_months_of_times_stay_a_light_page(mumbai: Browser, world: World, step: str) -> None:
    page = mumbai.get(address(world, f"/find?from=2026-09-14&to=2026-11-13&step={step}"))
    assert any("to=2026-11-13" in link and "week=2026-09-28" in link for link in page.links())


def test_checking_a_time_names_everybody_who_will_be_mailed_and_sends_nothing(
    mumbai: Browser, world: World, units: Units
) -> None:
    page = mumbai.get(address(world, f"/book?start={START}"))
    assert len(page.rows()) == 7
    assert page.rows()[0][-1] == "an invitation"
    assert (count(units, OutboxRow), count(units, OccupancyRow)) == (0, 0)


def test_pressing_book_twice_books_once(mumbai: Browser, world: World, units: Units) -> None:
    page = mumbai.get(address(world, f"/book?start={START}"))
    for _ in range(2):
        answer = mumbai.send(page, {"what": "book"})
        assert answer.headers["Location"] == address(world)
    assert (count(units, OutboxRow), count(units, OccupancyRow)) == (7, 33)
    assert "Mon 14 Sep 2026, 11:00" in mumbai.get(address(world)).text


def test_a_time_somebody_else_took_meanwhile_is_answered_with_three_others(
    mumbai: Browser, world: World, units: Units, actor: FindActor
) -> None:
    page = mumbai.get(address(world, f"/book?start={START}"))
    booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"))
    refused = mumbai.sent(page, {"what": "book"}, status=409)
    offered = [link for link in refused.links() if "/book?start=" in link]
    assert offered == [address(world, f"/book?start=2026-09-14T{at}") for at in ("14:00", "14:15", "14:30")]
    assert "already taken" in refused.text
    assert mumbai.get(offered[0]).heading == "Check before booking"


def test_a_typed_start_is_checked_like_the_others(mumbai: Browser, world: World) -> None:
    assert mumbai.get(address(world, "/book?on=14/9/2026&at=11:05")).heading == "Check before booking"
    friday = mumbai.get(address(world, "/book?on=18/9/2026&at=11:00"))
    assert "Dhaka: weekly holiday" in friday.text
    assert mumbai.ask(address(world, "/book?on=yesterday&at=11:00")).status_code == 422
    assert mumbai.ask(address(world, "/book")).status_code == 422


def test_a_held_time_is_kept_and_given_back(mumbai: Browser, world: World, units: Units) -> None:
    mumbai.send(mumbai.get(address(world, f"/book?start={START}")), {"what": "hold"})
    page = mumbai.get(address(world))
    assert "This time is only held" in page.text
    assert (count(units, OutboxRow), count(units, OccupancyRow)) == (0, 33)
    mumbai.send(page, {}, to=address(world, "/release"))
    assert (hearing_of(units, world.mumbai.hearing).state, count(units, OccupancyRow)) == (State.REQUESTED, 0)


def test_an_expired_hold_is_said_and_stops_nobody(
    mumbai: Browser, world: World, units: Units, clock: FrozenClock, actor: FindActor
) -> None:
    mumbai.send(mumbai.get(address(world, f"/book?start={START}")), {"what": "hold"})
    clock.advance(hours=48)
    again = signed_in_again(mumbai, world)
    assert "ran out" in again.get("/").text
    booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"))
    assert hearing_of(units, world.pune.hearing).state is State.BOOKED


def signed_in_again(browser: Browser, world: World) -> Browser:
    fresh = browser.fresh()
    fresh.seat(world.account_id(Role.COORDINATOR))
    return fresh


def test_a_move_shows_old_and_new_time_asks_why_and_keeps_what_was_typed(
    mumbai: Browser, world: World, units: Units, actor: FindActor
) -> None:
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    page = mumbai.get(address(world, "/book?start=2026-09-15T14:00"))
    assert "Mon 14 Sep 2026, 11:00" in page.text
    assert "Tue 15 Sep 2026, 14:30" in page.text
    assert mumbai.sent(page, {"reason": " "}, status=422).title.startswith("Error:")
    mumbai.send(page, {"reason": "The judge is ill"})
    assert "Tue 15 Sep 2026, 14:00" in mumbai.get(address(world)).text


def test_moving_to_the_same_time_is_said_to_change_nothing(
    mumbai: Browser, world: World, units: Units, actor: FindActor
) -> None:
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    page = mumbai.get(address(world, f"/book?start={START}"))
    assert "Nothing would change" in page.text
    assert not page.soup.select("main form")


def test_cancelling_is_asked_first_and_needs_a_reason(
    mumbai: Browser, world: World, units: Units, actor: FindActor
) -> None:
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    page = mumbai.get(address(world, "/cancel"))
    assert {row[-1] for row in page.rows()} == {"a cancellation"}
    mumbai.sent(page, {"reason": ""}, status=422)
    while post_office.deliver_one(units, owner="one"):
        pass
    assert "No answer yet" in mumbai.get(address(world)).text
    mumbai.send(page, {"reason": "Settled"})
    cancelled = mumbai.get(address(world))
    assert "Settled" in cancelled.text
    assert "No answer yet" not in cancelled.text
    assert not cancelled.soup.select("#people .tag.warn")
    assert count(units, OccupancyRow) == 0


def test_a_booked_hearing_is_confirmed_by_its_button(
    mumbai: Browser, world: World, units: Units, actor: FindActor
) -> None:
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    mumbai.send(mumbai.get(address(world, "/confirm")), {})
    assert hearing_of(units, world.mumbai.hearing).state is State.CONFIRMED


def test_the_page_of_a_hearing_looks_different_to_each_who_may_see_it(signed_in: SignedIn, world: World) -> None:
    find = address(world, "/find")
    assert find in signed_in(Role.COORDINATOR, "mumbai").get(address(world)).links()
    for role in (Role.MISSION_OFFICIAL, Role.INTERPRETER, Role.SUPPORT):
        browser = signed_in(role)
        assert find not in browser.get(address(world)).links()
        assert browser.ask(find).status_code == 403
    assert signed_in(Role.COORDINATOR, "pune").ask(address(world)).status_code == 404


def test_the_list_is_filtered_by_what_stands_in_the_address(mumbai: Browser, world: World) -> None:
    assert len(mumbai.get("/hearings?q=pw-7+dhaka&state=requested").rows()) == 1
    assert "No hearing fits" in mumbai.get("/hearings?q=nothing").text
    assert "No hearing fits" in mumbai.get("/hearings?from=2026-09-01").text
    assert "This is not a date" in mumbai.get("/hearings?from=soon").text


def test_a_hearing_is_planned_from_its_case_to_its_people(mumbai: Browser, world: World, units: Units) -> None:
    page = mumbai.get(f"/hearings/new?case={world.mumbai.case}")
    rooms = {
        "court_room": str(world.mumbai.room_id),
        "remote_room": str(world.dhaka.room_id),
        "link": str(world.link_id),
    }
    answers = [mumbai.send(page, rooms) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert count(units, HearingRow) == 3
    people = mumbai.follow(answers[0])
    assert "Nobody named" in people.text
    mumbai.send(people, {"seat_JUDGE": str(world.mumbai.judge_id), "seat_RPC": str(world.dhaka.coordinator_id)})
    assert "Meera Mumbaikar" in mumbai.get(people.response.request.path.removesuffix("/people")).text


@pytest.mark.abuse(53)
def test_wrong_lengths_are_said_and_the_form_keeps_its_answers(mumbai: Browser, world: World) -> None:
    page = mumbai.get(address(world, "/rooms"))
    refused = mumbai.sent(page, {"main_minutes": "0"}, status=422)
    assert "at least one minute" in refused.text
    assert refused.fields()["pre_minutes"] == ["15"]


def test_who_is_not_free_at_the_time_of_the_hearing_is_named(
    mumbai: Browser, world: World, units: Units, actor: FindActor
) -> None:
    with units.writing() as unit:
        court = unit.session.get_one(PostRow, world.mumbai.post_id)
        taken = add_official(unit.session, "Tara Taken", post=court, duty=Duty.PROSECUTION)
        number, resource_id = taken.id, taken.resource_id
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    take(units, resource_id, to_min(MONDAY_11_AT), to_min(MONDAY_11_AT) + 60)
    page = mumbai.sent(mumbai.get(address(world, "/people")), {"seat_APP": str(number)}, status=409)
    told = page.soup.select_one("main .note.bad")
    assert told is not None
    assert "Mumbai: already taken Prosecution (applicant)" in told.get_text()
