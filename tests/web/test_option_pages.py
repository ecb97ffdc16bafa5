"""The pages that offer times, compare the answers, book one of them, or sit by order over other duties."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import (
    MONDAY_11,
    MONDAY_11_AT,
    MONDAY_14,
    PlainTokens,
    answered,
    booked,
    hearing_of,
    held,
    take,
)
from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import to_min
from vctestimony.domain.options import OptionAnswer
from vctestimony.domain.people import Duty, Role
from vctestimony.services import option_answers
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import OccupancyRow, OfficialRow, OutboxRow

TWO = "start=2026-09-14T11:00&start=2026-09-14T14:00"
REASON = "The witness leaves Dhaka tomorrow; the other matter is only for mention."


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), option_tokens=PlainTokens())


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


def count(units: Units, row: type[OccupancyRow | OutboxRow]) -> int:
    with units.reading() as unit:
        return unit.session.scalar(sa.select(sa.func.count()).select_from(row)) or 0


def said(units: Units, world: World, duty: Duty, *answers: OptionAnswer) -> None:
    with units.writing() as unit:
        token = f"{world.mumbai.hearing}-{duty}.1"
        option_answers.give(unit, token, {number: (one, "") for number, one in enumerate(answers, start=1)})


def test_the_offered_times_can_be_ticked_without_a_script(mumbai: Browser, world: World) -> None:
    page = mumbai.get(address(world, "/find?from=2026-09-14&to=2026-09-20"))
    boxes = page.soup.select("input[name=start][form=offer]")
    assert "2026-09-14T10:30" in [box["value"] for box in boxes]
    [form] = page.soup.select("form#offer")
    assert (form["action"], form["method"]) == (address(world, "/offer"), "get")


def test_the_check_shows_both_clocks_the_mail_and_holds_nothing(mumbai: Browser, world: World, units: Units) -> None:
    page = mumbai.get(address(world, f"/offer?{TWO}"))
    for expected in (
        "Option 2",
        "Mon 14 Sep 2026, 14:00",
        "Mon 14 Sep 2026, 14:30",
        "Sun 13 Sep 2026, 14:00",
        "48 hours",
    ):
        assert expected in page.text
    assert len(page.rows()) == 7
    assert "options H-MUMBAI1" in page.text
    assert (count(units, OutboxRow), count(units, OccupancyRow)) == (0, 0)


@pytest.mark.parametrize("what", ["ask", "hold"])
def test_pressing_twice_offers_once_and_only_asking_writes(
    mumbai: Browser, world: World, units: Units, what: str
) -> None:
    page = mumbai.get(address(world, f"/offer?{TWO}"))
    for _ in range(2):
        answer = mumbai.send(page, {"what": what, "hours": "72"})
        assert answer.headers["Location"] == address(world)
    assert (count(units, OutboxRow), count(units, OccupancyRow)) == (7 if what == "ask" else 0, 66)
    shown = mumbai.get(address(world))
    assert "Mon 14 Sep 2026, 14:00" in shown.text
    assert "Fri 4 Sep 2026, 10:30" in shown.text
    assert ("See the answers and book" in shown.text) == (what == "ask")
    assert "the first of 2 held times" in mumbai.get("/hearings?from=14/9/2026&to=14/9/2026").text


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("start=2026-09-14T11:00&start=2026-09-14T11:30", "overlap"),
        ("start=2026-09-14T11:00&start=2026-09-18T11:00", "cannot be at this time"),
        ("&".join(f"start=2026-09-{day}T11:00" for day in (14, 15, 16, 17)), "at most 3"),
    ],
)
def test_times_that_cannot_be_offered_together_say_why_and_have_no_button(
    mumbai: Browser, world: World, query: str, problem: str
) -> None:
    page = mumbai.get(address(world, f"/offer?{query}"))
    assert problem in page.text
    assert not page.soup.select("main form")


@pytest.mark.parametrize("query", ["", "start=", "start=tomorrow", "start=2026-09-14T11:00&start=x"])
def test_an_address_without_times_is_refused(mumbai: Browser, world: World, query: str) -> None:
    assert mumbai.ask(address(world, f"/offer?{query}")).status_code == 422


def test_a_time_taken_meanwhile_is_said_and_nothing_is_held(
    mumbai: Browser, world: World, units: Units, actor: FindActor
) -> None:
    page = mumbai.get(address(world, f"/offer?{TWO}"))
    booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"), MONDAY_14)
    refused = mumbai.sent(page, {"what": "ask"}, status=409)
    assert "already taken" in refused.text
    assert count(units, OccupancyRow) == 33


def test_the_answers_stand_side_by_side_and_one_is_booked(
    mumbai: Browser, world: World, units: Units, actor: FindActor
) -> None:
    held(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"), MONDAY_11, MONDAY_14, asks=True)
    said(units, world, Duty.JUDGE, OptionAnswer.CANNOT, OptionAnswer.CAN)
    said(units, world, Duty.DEFENCE, OptionAnswer.IF_NEEDED, OptionAnswer.CAN)
    page = mumbai.get(address(world, "/options"))
    assert "0 can, 1 only if needed, 1 cannot, 5 have not answered." in page.text
    assert "Needed and cannot come: Meera Mumbaikar (Presiding officer)" in page.text
    assert page.rows()[0][1:] == ["Cannot", "Can"]
    old = page
    said(units, world, Duty.PROSECUTION, OptionAnswer.CAN, OptionAnswer.CAN)
    forms = [form for form in old.soup.select("main form") if form.select("input[name=number][value='2']")]
    fields = {str(field["name"]): str(field.get("value", "")) for field in forms[0].select("input")}
    stale = mumbai.ask(address(world, "/options"), "POST", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert (stale.status_code, "An answer came while" in stale.text) == (409, True)
    fresh = mumbai.get(address(world, "/options"))
    fields["seen"] = str(fresh.soup.select("input[name=seen]")[0]["value"])
    done = mumbai.ask(address(world, "/options"), "POST", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert done.headers["Location"] == address(world)
    assert hearing_of(units, world.mumbai.hearing).starts_wall == MONDAY_14
    assert "given back" in mumbai.get(address(world, "/options")).text


def test_what_ran_out_says_when_without_any_chore(
    mumbai: Browser, world: World, units: Units, clock: FrozenClock, actor: FindActor, signed_in: SignedIn
) -> None:
    held(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"), MONDAY_11, MONDAY_14, asks=True)
    clock.advance(hours=48)
    again = signed_in(Role.COORDINATOR, "mumbai")
    page = again.get(address(world, "/options"))
    assert "Ran out at Thu 3 Sep 2026, 10:30" in page.text
    assert not page.soup.select("input[name=number]")
    assert "ran out" in again.get(address(world)).text
    assert "ran out" in again.get("/").text


def test_only_the_court_compares_its_options(signed_in: SignedIn, world: World) -> None:
    for end in ("/options", f"/offer?{TWO}"):
        assert signed_in(Role.MISSION_OFFICIAL).ask(address(world, end)).status_code == 403
        assert signed_in(Role.COORDINATOR, "pune").ask(address(world, end)).status_code == 404


def test_the_coordinator_is_told_that_it_could_be_ordered_but_cannot(
    mumbai: Browser, world: World, units: Units
) -> None:
    busy(units, world.mumbai.judge_id)
    page = mumbai.get(address(world, "/book?start=2026-09-14T11:00"))
    link = address(world, "/overlap?start=2026-09-14T11:00")
    assert link in page.text
    assert mumbai.ask(link).status_code == 403
    take(units, world.dhaka.room_id, to_min(MONDAY_11_AT), to_min(MONDAY_11_AT) + 15)
    assert link not in mumbai.get(address(world, "/book?start=2026-09-14T11:00")).text


def test_the_presiding_officer_reads_every_clash_and_orders_with_a_reason(
    signed_in: SignedIn, world: World, units: Units
) -> None:
    busy(units, world.mumbai.judge_id)
    judge = signed_in(Role.PRESIDING_OFFICER, "mumbai")
    assert address(world, "/overlap") in judge.get(address(world)).links()
    assert "Which time?" in judge.get(address(world, "/overlap")).text
    page = judge.get(address(world, "/overlap?on=14/9/2026&at=11:00"))
    assert page.rows()[0][0] == "Presiding officer Meera Mumbaikar"
    refused = judge.sent(page, {"reason": "urgent"}, status=422)
    assert "at least 30 letters" in refused.text
    assert refused.fields()["reason"] == ["urgent"]
    for _ in range(2):
        assert judge.send(page, {"reason": REASON}).headers["Location"] == address(world)
    assert hearing_of(units, world.mumbai.hearing).state is State.BOOKED
    shown = judge.get(address(world)).text
    assert "Booked by order although taken elsewhere: Presiding officer, Meera Mumbaikar" in shown
    assert REASON in shown


@pytest.mark.parametrize("at", ["11:00", "06:00"])
def test_a_time_that_needs_no_order_or_cannot_be_ordered_says_so(signed_in: SignedIn, world: World, at: str) -> None:
    page = signed_in(Role.PRESIDING_OFFICER, "mumbai").get(address(world, f"/overlap?on=14/9/2026&at={at}"))
    assert ("Nobody is taken" in page.text) == (at == "11:00")
    assert ("cannot be ordered" in page.text) == (at == "06:00")
    assert not page.soup.select("textarea")


def busy(units: Units, official_id: int) -> None:
    """Let something else have the official for the first quarter of the hearing's hour."""
    with units.reading() as unit:
        person = unit.session.get_one(OfficialRow, official_id).resource_id
    start = to_min(MONDAY_11_AT)
    take(units, person, start + 15, start + 30)
