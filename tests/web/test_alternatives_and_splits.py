"""The pages of rooms by part, of who would do as well, of a split over several days, and of what an order allows."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.builders import add_official, add_resource
from tests.services.chosen import START
from tests.services.planned import PlainTokens, answered, hearing_of, take
from tests.web.browsing import Browser
from tests.world import World
from vctestimony.adapters.packs import load_packs
from vctestimony.domain.casework import ASKED_OF_ORDER
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.sop import Pack
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow, OrderRow, PostRow, ResourceKind, ResourceRow

SignedIn = Callable[..., Browser]


@cache
def packs() -> tuple[Pack, ...]:
    """The real rule packs."""
    return load_packs(Path(__file__).parents[2] / "sop")


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


def ordered(units: Units, world: World, **limits: object) -> None:
    with units.writing() as unit:
        order = unit.session.get_one(OrderRow, world.mumbai.order_id)
        for name, value in limits.items():
            setattr(order, name, value)


def test_a_part_gets_another_room_or_none_and_the_page_of_the_hearing_says_so(
    mumbai: Browser, units: Units, world: World
) -> None:
    with units.writing() as unit:
        quiet = add_resource(unit.session, ResourceKind.ROOM, "Quiet room", post_id=world.dhaka.post_id).id
    page = mumbai.get(address(world, "/rooms"))
    assert "Room at the Remote Point before the examination" in page.text
    chosen = {"remote_room:pre": str(quiet), "court_room:pre": "none"}
    mumbai.send(page, chosen, to=address(world, "/rooms"))
    mumbai.send(
        mumbai.get(address(world, "/book?start=2026-09-14T11:00")), {"what": "book"}, to=address(world, "/book")
    )
    text = mumbai.get(address(world)).text
    assert "Quiet room" in text
    assert "Courtroom 1 · Conference room" in text


def test_a_room_of_another_place_is_refused_beside_its_field(mumbai: Browser, units: Units, world: World) -> None:
    page = mumbai.get(address(world, "/rooms"))
    wrong = {"court_room:pre": str(world.dhaka.room_id)}
    assert "does not belong here" in mumbai.sent(page, wrong, to=address(world, "/rooms"), status=422).text


def test_an_other_interpreter_is_named_and_serves_when_the_first_cannot(
    mumbai: Browser, units: Units, world: World
) -> None:
    with units.writing() as unit:
        mission = unit.session.get_one(PostRow, world.dhaka.post_id)
        other = add_official(unit.session, "Kamal Hossain", post=mission, duty=Duty.INTERPRETER).resource_id
    page = mumbai.get(address(world, "/alternatives"))
    assert "Kamal Hossain" in page.text
    [seat] = [p.id for p in hearing_of(units, world.mumbai.hearing).participants if p.duty is Duty.INTERPRETER]
    field, to = f"or-seat-{seat}-0", address(world, "/alternatives")
    mumbai.send(page, {field: str(other)}, to=to)
    again = mumbai.get(to)
    assert again.fields(to)[field] == [str(other)]
    assert "does not belong here" in mumbai.sent(again, {field: str(world.mumbai.room_id)}, to=to, status=422).text


def test_a_long_testimony_is_previewed_and_booked_over_several_days(
    mumbai: Browser, units: Units, world: World
) -> None:
    page = mumbai.get(address(world, "/split?total=150&longest=60"))
    assert "The next 3 common days" in page.text
    one = mumbai.get(address(world, "/split?total=60&longest=60")).text
    assert "The next common day" in one
    assert "The next 1" not in one
    to = str(page.soup.select("main form[method=post]")[-1]["action"])
    assert page.fields(to)["start"] == ["2026-09-02T10:30", "2026-09-03T10:30", "2026-09-07T10:30"]
    mumbai.send(page, {"what": "book"}, to=to)
    mumbai.send(page, {"what": "book"}, to=to)  # a double click does it once
    with units.reading() as unit:
        booked = sa.select(sa.func.count()).select_from(HearingRow).where(HearingRow.state == State.BOOKED)
        assert unit.session.scalar(booked) == 3
    whole = mumbai.get(address(world))
    assert "All sittings of this witness" in whole.text
    others = [str(link["href"]) for link in whole.soup.select("main ol a[href^='/hearings/H-']")]
    assert len(set(others)) == 2
    assert "All sittings of this witness" in mumbai.get(others[0]).text


def test_a_hearing_longer_than_ordered_leads_from_the_search_to_the_split(
    mumbai: Browser, units: Units, world: World
) -> None:
    ordered(units, world, longest_minutes=40)
    answer = mumbai.ask(address(world, "/find"))
    assert (answer.status_code, answer.headers["Location"]) == (302, address(world, "/split"))
    text = mumbai.get(address(world, "/split")).text
    assert "The examination takes 1 hour; the order allows at most 40 minutes on one day, breaks included." in text


def test_a_hearing_longer_than_any_day_says_so_and_offers_the_split(
    mumbai: Browser, units: Units, world: World
) -> None:
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).main_minutes = 240
    page = mumbai.get(address(world, "/find"))
    assert "The hearing is longer than any day allows." in page.text
    assert address(world, "/split") in page.links()


def test_breaks_stand_on_the_page_before_booking(mumbai: Browser, units: Units, world: World) -> None:
    ordered(units, world, break_after_minutes=40, break_minutes=10)
    text = mumbai.get(address(world, "/book?start=2026-09-14T11:00")).text
    assert "Break 11:55 – 12:05 Mumbai · 12:25 – 12:35 Dhaka" in text
    assert "All sittings of this witness" not in mumbai.get(address(world)).text


def test_a_place_without_coordinates_refuses_daylight_with_what_to_enter(
    mumbai: Browser, units: Units, world: World
) -> None:
    ordered(units, world, daylight_only=True)
    answer = mumbai.ask(address(world, "/find"))
    assert answer.status_code == 422
    assert "Enter its latitude and longitude in the facts of the place" in answer.text
    with units.writing() as unit:
        post = unit.session.get_one(PostRow, world.dhaka.post_id)
        post.latitude, post.longitude = 23.8, 90.4
    answer = mumbai.ask(address(world, "/book?start=2026-09-14T19:00"))
    assert "Dhaka: the order allows daylight only (06:00–18:00)" in answer.text


def test_an_order_is_entered_with_its_limits_and_the_case_shows_them(
    mumbai: Browser, units: Units, world: World
) -> None:
    page = mumbai.get(f"/cases/{world.mumbai.case}/order")
    entry = {
        "made_on": "2026-08-21",
        "order_reference": "Exh. 50",
        "signing": "paper",
        "route": "A",
        "daylight_only": "yes",
        "longest_minutes": "90",
        "break_after_minutes": "45",
        "break_minutes": "",
        **{f"fact_{name}": "no" for name in ASKED_OF_ORDER},
    }
    assert "after how many minutes of sitting" in mumbai.sent(page, entry, status=422).text
    mumbai.send(page, {**entry, "break_minutes": "10"})
    text = mumbai.get(f"/cases/{world.mumbai.case}").text
    assert "Only while it is day at the Remote Point" in text
    assert "At most 1 hour 30 minutes of examination on one day, breaks included" in text
    assert "A break of 10 minutes after every 45 minutes of sitting" in text


def test_coordinates_notice_and_turnaround_are_entered_with_places(
    signed_in: SignedIn, units: Units, world: World
) -> None:
    admin = signed_in(Role.ADMINISTRATOR)
    page = admin.get("/posts/dhaka-mission/edit")
    half, unread = {"latitude": "23.81", "longitude": ""}, {"latitude": "north", "longitude": "90.41"}
    assert "belong together" in admin.sent(page, half, status=422).text
    assert "Write degrees" in admin.sent(page, unread, status=422).text
    admin.send(page, {"latitude": "23.81", "longitude": "90.41", "notice_hours": "48"})
    assert "23.81, 90.41" in admin.get("/posts/dhaka-mission").text
    room = f"/rooms/{world.dhaka.room_id}"
    admin.send(admin.get(room), {"gap_minutes": "20"}, to=room)
    assert "20 minutes" in admin.get("/posts/dhaka-mission").text
    person = admin.get(f"/officials/{world.dhaka.interpreter_id}/edit")
    admin.send(person, {"gap_minutes": "601"}, status=422)
    admin.send(person, {"gap_minutes": "45"})
    assert "45 minutes" in admin.get(f"/officials/{world.dhaka.interpreter_id}").text
    with units.reading() as unit:
        post = unit.session.get_one(PostRow, world.dhaka.post_id)
        assert (post.latitude, post.notice_minutes) == (23.81, 48 * 60)
        assert unit.session.get_one(ResourceRow, world.dhaka.room_id).gap_minutes == 20


def test_the_pages_say_who_would_serve_instead_of_whom(mumbai: Browser, units: Units, world: World) -> None:
    with units.writing() as unit:
        mission = unit.session.get_one(PostRow, world.dhaka.post_id)
        other = add_official(unit.session, "Kamal Hossain", post=mission, duty=Duty.INTERPRETER, language="bn")
        first = unit.session.get_one(OfficialRow, world.dhaka.interpreter_id).resource_id
        other_id = str(other.resource_id)
    [seat] = [p for p in hearing_of(units, world.mumbai.hearing).participants if p.duty is Duty.INTERPRETER]
    page = mumbai.get(address(world, "/alternatives"))
    mumbai.send(page, {f"or-seat-{seat.id}-0": other_id}, to=address(world, "/alternatives"))
    assert "Any one of these would do" in mumbai.get(address(world)).text
    take(units, first, START, START + 90)
    assert "instead of Nasrin Alam" in mumbai.get(address(world, "/book?start=2026-09-14T11:00")).text
    both = address(world, "/offer?start=2026-09-14T11:00&start=2026-09-14T14:00")
    check = mumbai.get(both)
    assert "Interpreter at this time: Kamal Hossain instead of Nasrin Alam." in check.text
    assert "only for option 1" in check.text
    mumbai.send(check, {"what": "ask"}, to=address(world, "/offer"))
    text = mumbai.get(address(world, "/options")).text
    assert "Interpreter at this time: Kamal Hossain instead of Nasrin Alam." in text
    assert "Somebody else serves then" in text
