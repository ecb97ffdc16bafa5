"""Lists of a post's day and week: what stands on them, on which date, whom they name, and who may have them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import Database, FindActor
from tests.fakes import FakePress
from tests.services.planned import MONDAY_14, answered, booked, hearing_of_unit
from tests.services.test_finding import counted
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.documents.lists import DaySheet, WeekList
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.hearing import End, Part, State
from vctestimony.domain.people import DUTY_LABELS, Duty, Role
from vctestimony.services import checklists
from vctestimony.services.papers import lists
from vctestimony.services.part_rooms import room_of_part
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import checklists as store
from vctestimony.store.models import DocumentRow, NeedRow, PostRow, ResourceKind, ResourceRow

MONDAY_ON, TUESDAY_ON = date(2026, 9, 14), date(2026, 9, 15)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def day_sheet(units: Units, post_id: int, on: date = MONDAY_ON, *, room: ResourceRow | None = None) -> DaySheet:
    with units.reading() as unit:
        post = unit.session.get_one(PostRow, post_id)
        return cast("DaySheet", lists.drafts_for_day(unit, post, on, "en", room=room, by=SYSTEM).made.sheet)


def both_booked(units: Units, world: World, actor: FindActor) -> None:
    """At 11:00 and at 14:00, half an hour later in Dhaka."""
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"), MONDAY_14)


def test_a_court_has_its_own_hearings_and_the_mission_all_it_receives(
    units: Units, world: World, actor: FindActor
) -> None:
    both_booked(units, world, actor)
    for post_id, expected in (
        (world.mumbai.post_id, [world.mumbai.hearing]),
        (world.pune.post_id, [world.pune.hearing]),
        (world.dhaka.post_id, [world.mumbai.hearing, world.pune.hearing]),
    ):
        assert [one.reference for one in day_sheet(units, post_id).hearings] == expected
    assert day_sheet(units, world.mumbai.post_id, TUESDAY_ON).hearings == ()
    here = day_sheet(units, world.dhaka.post_id).hearings[0].span.starts
    assert (here.own.reading.city, f"{here.own.reading.wall:%H:%M}", here.own.end) == ("Dhaka", "11:30", End.REMOTE)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_foot_has_the_posts_own_clock_and_the_other_ends_where_there_is_one(
    units: Units, world: World, actor: FindActor
) -> None:
    both_booked(units, world, actor)
    for on, cities in ((MONDAY_ON, ["Mumbai", "Dhaka"]), (TUESDAY_ON, ["Mumbai", "Mumbai"])):
        with units.reading() as unit:
            printed = lists.drafts_for_day(
                unit, unit.session.get_one(PostRow, world.mumbai.post_id), on, "en", by=SYSTEM
            ).clocks(unit.now)
        assert [face.reading.city for face in (printed.own, printed.other)] == cities


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_people_stand_by_duty_and_nobody_is_named_whom_all_screen(units: Units, world: World, actor: FindActor) -> None:
    both_booked(units, world, actor)
    people = dict(day_sheet(units, world.mumbai.post_id).hearings[0].people)
    assert people[DUTY_LABELS[Duty.JUDGE]] == "Meera Mumbaikar"
    assert people[DUTY_LABELS[Duty.INTERPRETER]] == people[DUTY_LABELS[Duty.SUPPORT_PERSON]] == ""


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_is_open_before_the_start_stands_by_number_and_once_in_words(
    units: Units, world: World, mumbai: Actor
) -> None:
    with units.writing() as unit:
        checklists.compose_for(unit, hearing_of_unit(unit, world.mumbai.hearing), by=mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    sheet = day_sheet(units, world.mumbai.post_id)
    (one,) = sheet.hearings
    assert "B01" in one.open_steps
    assert not one.has_link
    assert sorted(one.open_steps) == [step.number for step in sheet.open_steps]
    with units.writing() as unit:
        step = store.step(unit.session, hearing_id=world.mumbai.hearing_id, step_id="B01")
        assert step is not None
        checklists.tick(unit, world.mumbai.hearing, "B01", version=step.version, note="", by=mumbai)
    assert "B01" not in day_sheet(units, world.mumbai.post_id).hearings[0].open_steps
    with units.writing() as unit:
        hearing_of_unit(unit, world.mumbai.hearing).state = State.COMPLETED
    assert day_sheet(units, world.mumbai.post_id).open_steps == ()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_across_midnight_a_hearing_stands_on_each_date_it_has_there(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:  # from 22:15 to 23:45, and from 22:45 to 00:15 there
        hearing_of_unit(unit, world.mumbai.hearing).starts_at = datetime(2026, 9, 14, 16, 45, tzinfo=UTC)
    (here,) = day_sheet(units, world.mumbai.post_id).hearings
    assert (here.span.own_days, here.span.other_days) == (False, True)
    assert day_sheet(units, world.mumbai.post_id, TUESDAY_ON).hearings == ()
    for on in (MONDAY_ON, TUESDAY_ON):
        (there,) = day_sheet(units, world.dhaka.post_id, on).hearings
        assert (there.span.own_days, there.span.other_days) == (True, on == TUESDAY_ON)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("starts_at", "days"),
    [
        (datetime(2026, 9, 14, 16, 30, tzinfo=UTC), [MONDAY_ON]),  # ends at 00:00 in Dhaka
        (datetime(2026, 9, 14, 16, 31, tzinfo=UTC), [MONDAY_ON, TUESDAY_ON]),
        (datetime(2026, 9, 14, 17, 59, tzinfo=UTC), [MONDAY_ON, TUESDAY_ON]),
        (datetime(2026, 9, 14, 18, 0, tzinfo=UTC), [TUESDAY_ON]),  # starts at 00:00 in Dhaka
    ],
)
def test_exactly_at_midnight_a_day_has_what_starts_and_not_what_ends(
    units: Units, world: World, mumbai: Actor, starts_at: datetime, days: list[date]
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        hearing_of_unit(unit, world.mumbai.hearing).starts_at = starts_at
    around = (date(2026, 9, 13), MONDAY_ON, TUESDAY_ON, date(2026, 9, 16))
    assert [on for on in around if day_sheet(units, world.dhaka.post_id, on).hearings] == days


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_part_that_starts_at_midnight_is_not_on_the_list_of_its_room_for_the_day_before(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    room, _ = rooms_for_the_last_part(units, world)
    for minute, days in ((44, [MONDAY_ON, TUESDAY_ON]), (45, [TUESDAY_ON])):  # the last part from 23:59, and from 00:00
        with units.writing() as unit:
            hearing_of_unit(unit, world.mumbai.hearing).starts_at = datetime(2026, 9, 14, 16, minute, tzinfo=UTC)
        found = [on for on in (MONDAY_ON, TUESDAY_ON) if day_sheet(units, world.dhaka.post_id, on, room=room).hearings]
        assert found == days


def rooms_for_the_last_part(units: Units, world: World) -> tuple[ResourceRow, ResourceRow]:
    """The room in Dhaka where the last part takes place, and another; detached."""
    with units.writing() as unit:
        room = ResourceRow(kind=ResourceKind.ROOM, name="Quiet room", post_id=world.dhaka.post_id)
        other = ResourceRow(kind=ResourceKind.ROOM, name="Other room", post_id=world.dhaka.post_id)
        unit.session.add_all([room, other])
        unit.session.flush()
        need = room_of_part(End.REMOTE, Part.POST)
        hearing = hearing_of_unit(unit, world.mumbai.hearing)
        hearing.needs.append(NeedRow(need=need, rank=1, resource_id=room.id, chosen=True))
        unit.session.flush()
        unit.session.expunge_all()
    return room, other


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_room_has_the_parts_that_take_place_in_it(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    room, other = rooms_for_the_last_part(units, world)
    (one,) = day_sheet(units, world.dhaka.post_id, room=room).hearings
    assert f"{one.span.starts.own.reading.wall:%H:%M}–{one.span.ends.own.reading.wall:%H:%M}" == "12:45–13:00"
    assert day_sheet(units, world.dhaka.post_id, room=other).hearings == ()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_week_has_seven_days_and_each_hearing_on_its_own(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.reading() as unit:
        post = unit.session.get_one(PostRow, world.mumbai.post_id)
        week = cast("WeekList", lists.draft_for_week(unit, post, date(2026, 9, 17), "en", by=SYSTEM).made.sheet)
    assert [day.day.wall.date().day for day in week.days] == [14, 15, 16, 17, 18, 19, 20]
    assert [len(day.hearings) for day in week.days] == [1, 0, 0, 0, 0, 0, 0]


def test_lists_are_for_those_of_the_post_who_may_print_and_for_nobody_else(
    units: Units, world: World, actor: FindActor
) -> None:
    both_booked(units, world, actor)
    people = [(role, at) for role in (Role.COORDINATOR, Role.PRESIDING_OFFICER) for at in ("mumbai", "pune")]
    people += [(role, "") for role in Role if role not in {Role.COORDINATOR, Role.PRESIDING_OFFICER}]
    had: dict[str, list[str]] = {"mumbai-court": [], "dhaka-mission": []}
    for code, found in had.items():
        for role, at in people:
            try:
                lists.print_day(units, code, MONDAY_ON, lang="en", by=actor(role, at))
            except NotAllowed:
                continue
            found.append(f"{role} {at}".strip())
    assert had == {
        "mumbai-court": ["coordinator mumbai", "presiding_officer mumbai", "legal_staff"],
        "dhaka-mission": ["mission_official"],
    }
    with units.reading() as unit:
        (row,) = unit.session.query(DocumentRow).filter_by(post_id=world.dhaka.post_id)
        assert (row.kind, row.hearing_id) == ("day-sheet", None)
    assert isinstance(units.ports.press, FakePress)
    with pytest.raises(Absent):
        lists.print_day(
            units,
            "mumbai-court",
            MONDAY_ON,
            lang="en",
            room=str(world.dhaka.room_id),
            by=actor(Role.COORDINATOR, "mumbai"),
        )


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_two_hearings_take_as_many_queries_as_one(
    units: Units, world: World, actor: FindActor, database: Database
) -> None:
    def queries() -> tuple[int, int]:
        with units.reading() as unit:
            post = unit.session.get_one(PostRow, world.dhaka.post_id)
            with counted(database) as statements:
                draft = lists.drafts_for_day(unit, post, MONDAY_ON, "en", by=SYSTEM)
        return len(cast("DaySheet", draft.made.sheet).hearings), len(statements)

    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    queries()
    one = queries()
    booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"), MONDAY_14)
    two = queries()
    assert (one[0], two[0]) == (1, 2)
    assert two[1] == one[1]
