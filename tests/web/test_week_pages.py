"""Pages of a week: two clocks, why a day is closed, and what is taken for those who may know it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.web.test_place_pages import puja
from tests.world import World
from vctestimony.domain.hearing import Part
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Role
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import OccupancyKind, OccupancyRow, OfficialRow, ResourceRow
from vctestimony.store.occupancy import Claim, claim

MUMBAI, DHAKA = "/posts/mumbai-court/week", "/posts/dhaka-mission/week"
MONDAY = "?on=2026-09-14"


_TAKEN = (
    (OccupancyKind.IMPORTED, 240, 300),
    (OccupancyKind.IMPORTED_TENTATIVE, 300, 330),
    (OccupancyKind.LEAVE, 780, 2220),
)


def taken(units: Units, world: World) -> None:
    """Monday 14 September: a hearing from 11:00 to 12:30 in two parts; the judge busy later, then on leave."""
    start = to_min(datetime(2026, 9, 14, 5, 30, tzinfo=UTC))
    with units.writing() as unit:
        judge = unit.session.get_one(OfficialRow, world.mumbai.judge_id)
        for number, resource in enumerate((world.mumbai.room_id, judge.resource_id, world.dhaka.room_id)):
            parts = [Claim(resource, start, start + 30, Part.PRE), Claim(resource, start + 30, start + 90, Part.MAIN)]
            claim(unit.session, parts[number == 1 :], hearing_id=world.mumbai.hearing_id)
        for kind, begins, ends in _TAKEN:
            unit.session.add(
                OccupancyRow(
                    resource_id=judge.resource_id,
                    start_min=start + begins,
                    end_min=start + ends,
                    kind=kind,
                    blocking=False,
                )
            )


def row_of(browser: Browser, path: str, day: str) -> list[str]:
    [row] = [row for row in browser.get(path).rows() if row[0] == day]
    return row


def test_the_keeper_sees_hours_on_two_clocks_and_what_is_taken(signed_in: SignedIn, units: Units, world: World) -> None:
    taken(units, world)
    browser = signed_in(Role.COORDINATOR, "mumbai")
    row = row_of(browser, MUMBAI + MONDAY, "Mon 14 Sep")
    assert row[1:3] == ["10:30–13:30 , 14:00–17:00", "11:00–14:00 , 14:30–17:30"]
    room, busy, unsure = row[3].split(" Meera Mumbaikar : ")
    assert room == f"Courtroom 1 : 11:00–12:30 Mumbai , 11:30–13:00 Dhaka · hearing {world.mumbai.hearing}"
    assert busy == "15:00–16:00 Mumbai , 15:30–16:30 Dhaka · busy"
    assert unsure == "16:00–16:30 Mumbai , 16:30–17:00 Dhaka · busy, not sure yet"
    assert "Meera Mumbaikar : all day · on leave" in row_of(browser, MUMBAI + MONDAY, "Tue 15 Sep")[3]
    clocks = browser.get(MUMBAI + MONDAY).soup.select_one(".clocks")
    assert clocks is not None
    assert clocks.get_text(" ").split()[::2] == ["Mumbai", "Dhaka"]


def test_a_hearing_that_one_may_not_see_is_only_taken(signed_in: SignedIn, units: Units, world: World) -> None:
    taken(units, world)
    mission, pune = signed_in(Role.MISSION_OFFICIAL), signed_in(Role.COORDINATOR, "pune")
    assert world.mumbai.hearing in row_of(mission, DHAKA + MONDAY, "Mon 14 Sep")[3]
    with units.writing() as unit:
        unit.session.get_one(ResourceRow, world.mumbai.room_id).post_id = world.pune.post_id
    row = row_of(pune, "/posts/pune-court/week" + MONDAY, "Mon 14 Sep")
    assert row[3] == "Courtroom 1 : 11:00–12:30 Mumbai , 11:30–13:00 Dhaka · hearing".replace("Mumbai", "Pune")


def test_who_does_not_work_there_sees_the_hours_only(signed_in: SignedIn, units: Units, world: World) -> None:
    taken(units, world)
    page = signed_in(Role.COORDINATOR, "pune").get(MUMBAI + MONDAY)
    assert "What is taken is shown to those who work here." in page.text
    assert "Courtroom" not in page.text
    assert page.soup.select(".b-taken") == []


def test_a_judge_of_the_court_sees_rooms_and_not_what_colleagues_do(
    signed_in: SignedIn, units: Units, world: World
) -> None:
    taken(units, world)
    text = signed_in(Role.PRESIDING_OFFICER, "mumbai").get(MUMBAI + MONDAY).text
    assert "Courtroom 1" in text
    assert "Meera" not in text


def test_the_week_of_a_person_is_for_the_keeper_and_that_person(
    signed_in: SignedIn, units: Units, world: World
) -> None:
    taken(units, world)
    path = f"/officials/{world.mumbai.judge_id}/week"
    for browser in (signed_in(Role.COORDINATOR, "mumbai"), signed_in(Role.PRESIDING_OFFICER, "mumbai")):
        row = row_of(browser, path + MONDAY, "Mon 14 Sep")
        assert f"11:30–12:30 Mumbai , 12:00–13:00 Dhaka · hearing {world.mumbai.hearing}" in row[3]
        assert "15:00–16:00 Mumbai , 15:30–16:30 Dhaka · busy" in row[3]
    signed_in(Role.COORDINATOR, "pune").get(path, status=403)
    signed_in(Role.PRESIDING_OFFICER, "pune").get(path, status=403)
    signed_in(Role.COORDINATOR, "mumbai").get("/officials/99999/week", status=404)


def test_a_closed_day_says_every_reason_with_its_source_and_doubt(signed_in: SignedIn, app_ports: Ports) -> None:
    puja(app_ports)
    page = signed_in(Role.MISSION_OFFICIAL).get(f"{DHAKA}?on=20/10/2026")
    [row] = [row for row in page.rows() if row[0] == "Tue 20 Oct"]
    said = "closed Durga Puja (public holiday), tentative, to be confirmed (gazette to be confirmed)"
    assert row[1] == said
    assert "Durga Puja (public holiday), tentative, to be confirmed" in str(page.soup.select_one(".board svg"))


def test_a_day_of_a_year_that_nobody_entered_says_so(signed_in: SignedIn, app_ports: Ports) -> None:
    puja(app_ports)
    rows = signed_in(Role.MISSION_OFFICIAL).get(f"{DHAKA}?on=2027-01-01").rows()
    assert [("The closures of 2027 are not entered" in row[1]) for row in rows] == [False] * 5 + [True] * 2


def test_weeks_lead_to_their_neighbours_and_pages_to_weeks(signed_in: SignedIn, world: World) -> None:
    browser = signed_in(Role.COORDINATOR, "mumbai")
    links = browser.get(MUMBAI + MONDAY).links()
    assert {f"{MUMBAI}?on=2026-09-06", f"{MUMBAI}?on=2026-09-20"} <= set(links)
    assert browser.get(MUMBAI).heading == "Mumbai: mumbai-court : Sun 30 Aug – Sat 5 Sep 2026"
    judge = f"/officials/{world.mumbai.judge_id}"
    pages = {"/posts/mumbai-court": MUMBAI, "/posts/mumbai-court/calendar": MUMBAI, judge: f"{judge}/week"}
    assert {path for path, week in pages.items() if week not in browser.get(path).links()} == set()


@pytest.mark.parametrize("on", ["1970-06-01", "2037-12-01", "soon", "2026-02-30"])
def test_a_date_without_clock_rules_is_refused(signed_in: SignedIn, on: str) -> None:
    signed_in(Role.COORDINATOR, "mumbai").get(f"{MUMBAI}?on={on}", status=422)


def test_hours_across_the_other_midnight_name_their_day(signed_in: SignedIn, app_ports: Ports) -> None:
    late = app_ports.calendars.get("mumbai-court")
    rules = tuple(replace(rule, open_min=1380, close_min=1440) for rule in late.rules or ())[::2]
    app_ports.calendars.calendars["mumbai-court"] = replace(late, rules=rules)  # type: ignore[attr-defined]
    row = row_of(signed_in(Role.COORDINATOR, "mumbai"), MUMBAI + MONDAY, "Mon 14 Sep")
    assert row[1:3] == ["23:00–24:00", "23:30–Tue 15 Sep 00:30"]


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_what_is_taken_is_one_query_however_much_it_is(signed_in: SignedIn, units: Units, world: World) -> None:
    browser = signed_in(Role.COORDINATOR, "mumbai")

    def asked() -> list[str]:
        found: list[str] = []

        def note(_: Connection, __: object, statement: str, *rest: object) -> None:
            found.append(statement)

        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        browser.get(MUMBAI + MONDAY)
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
        return found

    before = asked()
    taken(units, world)
    after = asked()
    assert len([statement for statement in after if "occupancy" in statement]) == 1
    assert len(after) == len(before)


@pytest.mark.parametrize("role", [Role.INTERPRETER, Role.SUPPORT])
def test_everybody_sees_the_own_week_and_year_and_nobody_elses(signed_in: SignedIn, world: World, role: Role) -> None:
    own = {Role.INTERPRETER: world.dhaka.interpreter_id, Role.SUPPORT: world.dhaka.support_id}
    mine, others = own.pop(role), {*own.values(), world.mumbai.judge_id}
    browser = signed_in(role)
    assert f"/officials/{mine}/week" in browser.get("/account").links()
    for kind in ("week", "calendar"):
        page = browser.get(f"/officials/{mine}/{kind}")
        inside = [link for link in page.links() if link.startswith(("/posts", "/officials", "/account"))]
        assert {link: browser.ask(link).status_code for link in inside} == dict.fromkeys(inside, 200)
        assert "Enter closed days" not in page.text
        refused = [browser.ask(f"/officials/{number}/{kind}").status_code for number in others]
        assert refused == [403] * len(others)
        assert browser.ask(f"/officials/99999/{kind}").status_code == 404
    assert browser.ask(f"/officials/{mine}").status_code == 403
    assert browser.ask(f"/officials/{mine}/leave").status_code == 403


def test_a_mission_official_keeps_the_own_post_and_moves_nobody(signed_in: SignedIn, world: World) -> None:
    mission, person = signed_in(Role.MISSION_OFFICIAL), f"/officials/{world.dhaka.interpreter_id}"
    opened = (
        "/posts/dhaka-mission/calendar/new/closed",
        "/posts/dhaka-mission/rooms/new",
        f"/rooms/{world.dhaka.room_id}",
        person,
        f"{person}/leave",
        f"{person}/calendar/new/hours",
        f"{person}/week",
        f"{person}/busy",
    )
    assert {path: mission.ask(path).status_code for path in opened} == dict.fromkeys(opened, 200)
    closed = (
        "/posts/mumbai-court/calendar/new/closed",
        f"/rooms/{world.mumbai.room_id}",
        f"/rooms/{world.link_id}",
        f"/officials/{world.mumbai.judge_id}",
        f"/officials/{world.mumbai.judge_id}/week",
        "/posts/dhaka-mission/edit",
        "/links",
    )
    assert {path: mission.ask(path).status_code for path in closed} == dict.fromkeys(closed, 403)
    page = mission.get(person)
    assert f"{person}/move" not in page.response.text
    fields = {"csrf_token": page.fields()["csrf_token"], "post": str(world.mumbai.post_id), "version": "1"}
    answer = mission.ask(f"{person}/move", "POST", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
