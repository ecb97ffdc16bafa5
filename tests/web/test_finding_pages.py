"""The pages of finding a time: what would help, which days were searched, and one day start by start."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.builders import add_official, add_resource
from tests.services.planned import MONDAY_11_AT, PlainTokens, answered, take
from tests.web.browsing import Browser
from tests.web.test_cases import ORDER
from tests.world import World
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Duty, Role
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow, OrderRow, PostRow, ResourceKind

SignedIn = Callable[..., Browser]
START = to_min(MONDAY_11_AT)
WEEK = "/find?from=2026-09-14&to=2026-09-20"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), packs=lambda: PACKS)


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


def test_what_would_help_names_who_and_leads_to_where_it_is_done(mumbai: Browser, world: World, units: Units) -> None:
    with units.writing() as unit:
        interpreter = unit.session.get_one(OfficialRow, world.dhaka.interpreter_id)
        dhaka = unit.session.get_one(PostRow, world.dhaka.post_id)
        add_official(unit.session, "Second Interpreter", post=dhaka, duty=Duty.INTERPRETER)
        add_resource(unit.session, ResourceKind.ROOM, "Courtroom 2", post_id=world.mumbai.post_id)
        resource_id = interpreter.resource_id
    take(units, resource_id, START - 600, START + 4 * 1440)
    page = mumbai.get(address(world, WEEK))
    assert "Interpreter: Second Interpreter (Dhaka) instead" in page.text
    assert "24 times more" in page.text
    assert address(world, "/people") in page.links()
    assert "Interpreter (Dhaka) free at all hours: 24 times more" in page.text
    assert "No time in these days suits everybody" in page.text


def test_what_nothing_single_can_mend_is_said(mumbai: Browser, world: World, units: Units) -> None:
    take(units, world.mumbai.room_id, START - 600, START + 4 * 1440)
    take(units, world.dhaka.room_id, START - 600, START + 4 * 1440)
    assert "No single change opens more times in these days." in mumbai.get(address(world, WEEK)).text


def test_an_order_that_would_help_leads_to_its_form_filled_in(mumbai: Browser, world: World) -> None:
    wanted = f"/cases/{world.mumbai.case}/order?off_hours=1&for={world.mumbai.hearing}"
    assert wanted in mumbai.get(address(world, WEEK)).links()


def test_an_order_outside_court_hours_begins_like_the_newest_and_leads_back_to_its_hearing(
    mumbai: Browser, units: Units, world: World
) -> None:
    mumbai.send(
        mumbai.get(f"/cases/{world.mumbai.case}/order"), {**ORDER, "court_hours_only": "yes", "fact_in_camera": "yes"}
    )
    page = mumbai.get(f"/cases/{world.mumbai.case}/order?off_hours=1&for={world.mumbai.hearing}")
    fields = page.fields()
    assert (fields["conditions"], fields["route"], fields["signing"]) == (["In camera."], ["A"], ["paper"])
    assert (fields["fact_off_hours"], fields["fact_in_camera"]) == (["yes"], ["yes"])
    assert (fields["made_on"], fields["order_reference"]) == ([""], [""])
    assert "court_hours_only" not in fields
    page = mumbai.sent(page, {}, status=422)
    answer = mumbai.send(page, {"made_on": "21/8/2026", "order_reference": "Exh. 50"})
    shown = mumbai.follow(answer)
    assert "Put the hearing under it here." in shown.text
    [chosen] = shown.fields()["order"]
    with units.reading() as unit:
        assert unit.session.get_one(OrderRow, int(chosen)).reference == "Exh. 50"
    detail = mumbai.follow(mumbai.send(shown, {}))
    assert "Order Exh. 50" in detail.text
    assert "Put under another order" in detail.text
    assert f"/hearings/{world.mumbai.hearing}/order" in detail.links()


def test_the_ranking_is_stated_and_where_another_order_holds(mumbai: Browser, world: World) -> None:
    text = mumbai.get(address(world, WEEK)).text
    assert "Earliest date first; on one date the times that lie between 10:00 and 16:00 at both ends" in text
    assert "the nearest free times are named instead, the nearest first" in text
    assert text.count("best, no. 1") >= 2


def test_a_search_of_five_years_is_cut_and_says_so(mumbai: Browser, world: World) -> None:
    page = mumbai.get(address(world, "/find?from=2026-09-14&to=2031-09-14"))
    assert "Only Mon 14 Sep 2026 to Sun 15 Nov 2026 were searched." in page.text
    assert "One search looks at 63 days at most." in page.text
    assert any("from=2026-11-16" in link for link in page.links())


@pytest.mark.parametrize("query", ["from=2100-12-31", "from=2045-01-02&to=2045-01-03", "from=2026-09-20&to=2026-09-14"])
def test_days_that_cannot_be_searched_are_refused_with_words(mumbai: Browser, world: World, query: str) -> None:
    answer = mumbai.ask(address(world, f"/find?{query}"))
    assert answer.status_code == 422
    assert "2037" in answer.text or "No day is left" in answer.text


@pytest.mark.parametrize("step", ["7", "0", "-5", "30x", "", "³⁰"])
@pytest.mark.parametrize("page", ["/find", "/find/2026-09-14"])
def test_a_step_that_is_not_offered_is_refused_with_words(mumbai: Browser, world: World, page: str, step: str) -> None:
    assert mumbai.ask(address(world, f"{page}?step={step}")).status_code == 422


def test_a_hearing_that_no_day_can_hold_says_so(mumbai: Browser, world: World, units: Units) -> None:
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).main_minutes = 240
    text = mumbai.get(address(world, WEEK)).text
    assert "Presiding officer: 4 hours 30 minutes are needed at one stretch, 3 hours is the longest there is" in text
    assert "Split it over several days" in text


def test_a_day_in_detail_says_of_every_start_why_not_and_where_to_mend_it(
    mumbai: Browser, world: World, units: Units
) -> None:
    with units.reading() as unit:
        judge = unit.session.get_one(OfficialRow, world.mumbai.judge_id).resource_id
    take(units, judge, START, START + 60)
    page = mumbai.get(address(world, "/find/2026-09-14"))
    rows = {row[0]: row[1:] for row in page.rows()}
    assert rows["10:30 – 11:30"][0] == "11:00 – 12:00"
    assert "already taken Presiding officer" in rows["10:30 – 11:30"][2]
    assert rows["14:00 – 15:00"][2] == "offered"
    assert f"/officials/{world.mumbai.judge_id}" in page.links()
    assert address(world, "/people") in page.links()
    assert "/posts/mumbai-court/calendar?year=2026" in page.links()
    assert f"/cases/{world.mumbai.case}/order" in page.links()
    assert address(world, "/find/2026-09-15?step=15") in page.links()
    assert address(world, "/book?start=2026-09-14T14:00") in page.links()


@pytest.mark.parametrize("day", ["today", "2026-13-01", "20260914x"])
def test_a_day_that_is_none_has_no_page(mumbai: Browser, world: World, day: str) -> None:
    assert mumbai.ask(address(world, f"/find/{day}")).status_code == 404


def test_no_link_leads_to_a_day_that_cannot_be_searched(mumbai: Browser, units: Units, world: World) -> None:
    today, tomorrow = address(world, "/find/2026-09-01"), address(world, "/find/2026-09-02")
    links = mumbai.get(today).links()
    assert f"{tomorrow}?step=15" in links
    assert not [link for link in links if "/find/2026-08-31" in link]
    with units.writing() as unit:
        order = unit.session.get_one(OrderRow, world.mumbai.order_id)
        order.not_before_on, order.not_after_on = date(2026, 9, 2), date(2026, 9, 2)
    assert not [
        link for link in mumbai.get(tomorrow).links() if "/find/2026-09-01" in link or "/find/2026-09-03" in link
    ]


def test_a_day_that_is_over_is_refused_with_words(mumbai: Browser, world: World) -> None:
    answer = mumbai.ask(address(world, "/find/2026-08-03"))
    assert answer.status_code == 422
    assert "No day is left to search" in answer.text


def test_the_last_day_of_the_calendar_is_searched_without_a_fault(mumbai: Browser, world: World) -> None:
    assert mumbai.ask(address(world, "/find/9999-12-31")).status_code == 422


def test_another_courts_hearing_has_no_days(signed_in: SignedIn, world: World) -> None:
    assert signed_in(Role.COORDINATOR, "pune").ask(address(world, "/find/2026-09-14")).status_code in {403, 404}
