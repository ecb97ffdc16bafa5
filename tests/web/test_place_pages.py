"""Pages of places: who sees and changes what, the year of a calendar, rooms, people and their leave."""

from dataclasses import replace
from datetime import date

import pytest

from tests.web.browsing import Browser
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.calendars import DatedException, Kind, Reason, Status
from vctestimony.domain.people import Role
from vctestimony.services.ports import Ports

MUMBAI, PUNE, DHAKA = "/posts/mumbai-court", "/posts/pune-court", "/posts/dhaka-mission"
NEW = "/posts/new"
SEEING = {Role.COORDINATOR, Role.PRESIDING_OFFICER, Role.MISSION_OFFICIAL, Role.LEGAL_STAFF, Role.ADMINISTRATOR}


@pytest.fixture
def administrator(signed_in: SignedIn) -> Browser:
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def coordinator(signed_in: SignedIn) -> Browser:
    return signed_in(Role.COORDINATOR, "mumbai")


def puja(ports: Ports) -> None:
    """Two tentative days at the mission in Dhaka in 2026, and one year that was entered."""
    dhaka = ports.calendars.get("dhaka-mission")
    closed = DatedException(
        date(2026, 10, 20),
        date(2026, 10, 21),
        Kind.CLOSED,
        label="Durga Puja",
        source="gazette to be confirmed",
        status=Status.TENTATIVE,
        reason=Reason.PUBLIC_HOLIDAY,
    )
    changed = replace(dhaka, version="2", exceptions=(closed,), known_years=frozenset({2026}), note="Ask the mission.")
    ports.calendars.calendars["dhaka-mission"] = changed  # type: ignore[attr-defined]  # the fake's own dict


def place(**values: str) -> dict[str, str]:
    return {
        "name": "Court of Session, Nagpur",
        "code": "nagpur-sessions",
        "kind": "trial_court",
        "high_court": "bombay",
        "address": "1 Example Road",
        "city": "Nagpur",
        "country": "IN",
        "zone": "Asia/Calcutta",
        "calendar_id": "mumbai-court",
    } | values


def clerk(**values: str | list[str]) -> dict[str, str | list[str]]:
    named = {"name": "নাসরিন চৌধুরী", "designation": "Interpreter", "email": "nasrin@mumbai.example"}
    return {**named, "language": "bn", "duties": ["INT", "SUP"], **values}


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_the_places(signed_in: SignedIn, role: Role) -> None:
    expected = 200 if role in SEEING else 403
    browser = signed_in(role)
    paths = ("/posts", DHAKA, f"{DHAKA}/calendar")
    assert [browser.ask(path).status_code for path in paths] == [expected] * 3


def test_calendars_are_a_door_of_the_frame_for_coordinators(coordinator: Browser) -> None:
    page = coordinator.get(DHAKA)
    (door,) = [link for link in page.soup.select("header nav a") if link.get_text() == "Calendars"]
    assert (door["href"], door["aria-current"]) == ("/posts", "page")


def test_the_list_is_narrowed_by_words_and_kind(coordinator: Browser) -> None:
    def names(query: str) -> list[str]:
        return [row[0] for row in coordinator.get(f"/posts?{query}").rows()]

    assert names("q=MUMBAI") == ["Mumbai: mumbai-court"]
    assert names("q=court&kind=trial_court") == ["Mumbai: mumbai-court", "Pune: pune-court"]
    assert names("q=court&kind=prison") == []
    assert names("kind=palace") == ["Dhaka: dhaka-mission", "Mumbai: mumbai-court", "Pune: pune-court"]


def test_another_court_is_seen_without_its_people_and_not_changed(coordinator: Browser, world: World) -> None:
    page = coordinator.get(PUNE)
    assert "Asia/Kolkata" in page.text
    assert "Monday to Friday 10:30–13:30, 14:00–17:00" in page.text
    assert "Meera" not in page.text
    closed = (
        f"{PUNE}/rooms/new",
        f"{PUNE}/officials/new",
        f"/officials/{world.pune.judge_id}",
        f"/rooms/{world.pune.room_id}",
        f"/rooms/{world.link_id}",
        f"{PUNE}/edit",
        f"{MUMBAI}/edit",
        "/links",
        NEW,
    )
    assert {path: coordinator.ask(path).status_code for path in closed} == dict.fromkeys(closed, 403)


def test_a_place_that_does_not_exist_is_not_there(coordinator: Browser) -> None:
    coordinator.get("/posts/nowhere", status=404)
    coordinator.get("/officials/99999", status=404)
    coordinator.get("/rooms/99999", status=404)


def test_the_year_shows_every_closed_day_with_reason_source_and_doubt(coordinator: Browser, app_ports: Ports) -> None:
    puja(app_ports)
    page = coordinator.get(f"{DHAKA}/calendar?year=2026")
    assert page.heading == "Dhaka: dhaka-mission : 2026"
    months = page.soup.select(".year table")
    assert [len(month.select("tbody td")) % 7 for month in months] == [0] * 12
    assert sum(1 for cell in page.soup.select(".year tbody td") if cell.get_text()) == 365
    assert [cell.get_text() for cell in page.soup.select(".year td.c")] == ["20?", "21?"]
    assert {link["href"] for link in page.soup.select(".year td.c a")} == {"#e1"}
    [row] = [row for row in page.rows() if "Durga Puja" in row[1]]
    assert row == [
        "Tue 20 Oct 2026 to Wed 21 Oct 2026",
        "Durga Puja ? tentative, to be confirmed",
        "public holiday",
        "gazette to be confirmed",
    ]
    assert page.soup.select_one("#e1") is not None
    assert ["Friday to Saturday", "weekly holiday", ""] in page.rows()
    assert "Ask the mission." in page.text


def test_a_year_that_nobody_entered_says_so_and_shows_no_months(coordinator: Browser, app_ports: Ports) -> None:
    puja(app_ports)
    page = coordinator.get(f"{DHAKA}/calendar?year=2027")
    assert "The closures of 2027 are not entered" in page.text
    assert page.soup.select(".year") == []


@pytest.mark.parametrize("year", ["1969", "2038", "soon"])
def test_a_year_without_clock_rules_is_refused(coordinator: Browser, year: str) -> None:
    coordinator.get(f"{DHAKA}/calendar?year={year}", status=422)


def test_the_administrator_enters_a_place_once_and_changes_it(administrator: Browser) -> None:
    form = administrator.get(NEW)
    first, second = (administrator.send(form, place(), to=NEW) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/posts/nagpur-sessions"
    page = administrator.follow(first)
    assert "Asia/Kolkata" in page.text
    edit = administrator.get("/posts/nagpur-sessions/edit")
    administrator.send(edit, {"city": "Wardha"}, to="/posts/nagpur-sessions/edit")
    old = administrator.sent(edit, {"city": "Amravati"}, to="/posts/nagpur-sessions/edit", status=409)
    assert "Somebody changed this while you were editing." in old.text
    assert "Saved by somebody else meanwhile: Wardha" in old.text


def test_a_refused_place_keeps_what_was_typed(administrator: Browser) -> None:
    page = administrator.sent(administrator.get(NEW), place(zone="IST"), to=NEW, status=422)
    assert "is not a time zone this service can use" in page.text
    assert page.fields(NEW)["city"] == ["Nagpur"]


def test_a_coordinator_keeps_the_rooms_of_the_own_court(coordinator: Browser, world: World) -> None:
    for kind, name in (("rooms", "Courtroom 9"), ("links", "Own link")):
        path = f"{MUMBAI}/{kind}/new"
        answer = coordinator.send(coordinator.get(path), {"name": name}, to=path)
        assert name in coordinator.follow(answer).text
    room = next(link for link in coordinator.get(MUMBAI).soup.select("main a") if link.get_text() == "Courtroom 9")
    path = str(room["href"])
    coordinator.send(coordinator.get(path), {"name": "Courtroom 10"}, to=path)
    coordinator.send(coordinator.get(path), {}, to=f"{path}/retire")
    assert "Courtroom 10 not offered" in coordinator.get(MUMBAI).text
    coordinator.send(coordinator.get(path), {}, to=f"{path}/restore")
    assert "not offered" not in coordinator.get(MUMBAI).text
    needed = f"/rooms/{world.mumbai.room_id}"
    refused = coordinator.sent(coordinator.get(needed), {}, to=f"{needed}/retire", status=409)
    assert "Hearings ahead still need “Courtroom 1”: 1." in refused.text


def test_a_coordinator_enters_somebody_in_any_script(coordinator: Browser) -> None:
    path = f"{MUMBAI}/officials/new"
    form = coordinator.get(path)
    first, second = (coordinator.send(form, clerk(), to=path) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    page = coordinator.follow(first)
    assert page.heading == "নাসরিন চৌধুরী"
    assert "Interpreter, Support person" in page.text
    edit = f"{first.headers['Location']}/edit"
    kept = coordinator.sent(coordinator.get(edit), {"email": "nowhere", "duties": []}, to=edit, status=422)
    assert "Choose at least one part" in kept.text
    coordinator.send(coordinator.get(edit), {"designation": "Head interpreter"}, to=edit)
    assert "Head interpreter" in coordinator.get(MUMBAI).text


def test_leave_is_entered_by_the_clock_of_the_place_and_taken_back(coordinator: Browser, world: World) -> None:
    path = f"/officials/{world.mumbai.judge_id}"
    form = coordinator.get(f"{path}/leave")
    days = {"first_on": "14/9/2026", "last_on": "15/9/2026"}
    for _ in range(2):
        coordinator.send(form, days, to=f"{path}/leave")
    page = coordinator.get(path)
    [row] = page.rows()
    assert row[:3] == [
        "Mon 14 Sep 2026, 00:00 · Mumbai (UTC+05:30)",
        "Wed 16 Sep 2026, 00:00 · Mumbai (UTC+05:30)",
        "none",
    ]
    [back] = [str(form["action"]) for form in page.soup.select("form") if "withdraw" in str(form.get("action"))]
    coordinator.send(page, {}, to=back)
    assert "None is entered." in coordinator.get(path).text


def test_a_leave_that_ends_before_it_begins_is_refused_beside_its_field(coordinator: Browser, world: World) -> None:
    path = f"/officials/{world.mumbai.judge_id}/leave"
    days = {"first_on": "15/9/2026", "first_clock": "10:00", "last_on": "15/9/2026", "last_clock": "10:00"}
    page = coordinator.sent(coordinator.get(path), days, to=path, status=422)
    assert "Last day: The leave must end after it begins." in page.text
    assert page.fields(path)["first_clock"] == ["10:00"]


def test_only_the_administrator_moves_people(coordinator: Browser, administrator: Browser, world: World) -> None:
    path = f"{MUMBAI}/officials/new"
    home = str(coordinator.send(coordinator.get(path), clerk(), to=path).headers["Location"])
    assert f"{home}/move" not in coordinator.get(home).response.text
    administrator.send(administrator.get(home), {"post": str(world.pune.post_id)}, to=f"{home}/move")
    assert "Pune: pune-court" in administrator.get(home).text
    coordinator.get(home, status=403)


def test_links_that_all_share_are_the_administrators(administrator: Browser, world: World) -> None:
    answer = administrator.send(administrator.get("/links/new"), {"name": "Link 2"}, to="/links/new")
    assert [row[0] for row in administrator.follow(answer).rows()] == ["Link 1", "Link 2"]
    taken = administrator.sent(administrator.get("/links/new"), {"name": "Link 2"}, to="/links/new", status=409)
    assert "There is already one called “Link 2” here." in taken.text
