"""Hearings that a changed calendar no longer allows: named before and after the change, and never moved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.conftest import Database, FindActor
from tests.services.kept import CLOSED, EID, MORNINGS, MUMBAI, below, entered, rows
from tests.services.planned import MONDAY_11, MONDAY_14, PlainTokens, answered, booked, hearing_of, held
from tests.services.test_finding import counted
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services import calendar_entries, hearing_lists, hearing_views
from vctestimony.services.calendar_entries import Owner
from vctestimony.services.ports import Ports
from vctestimony.services.stranded import count_among, count_stranded, stranded, would_strand
from vctestimony.services.unit import Units
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, OrderRow, ParticipantRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


@pytest.fixture
def administrator(actor: FindActor) -> Actor:
    return actor(Role.ADMINISTRATOR)


@pytest.mark.parametrize("kind", ["booked", "held"])
def test_a_change_says_before_and_after_which_hearings_it_strands_and_moves_none(
    units: Units, world: World, mumbai: Actor, actor: FindActor, kind: str
) -> None:
    if kind == "booked":
        booked(units, world.mumbai.hearing, mumbai)
    else:
        held(units, world.mumbai.hearing, mumbai)
    with units.reading() as unit:
        before = calendar_entries.preview(unit, MUMBAI, [CLOSED], by=mumbai)
    assert rows(units, MUMBAI, mumbai) == []
    [one] = before
    assert (one.reference, one.is_held, one.starts.wall) == (world.mumbai.hearing, kind == "held", MONDAY_11)
    assert one.remote_starts.wall == datetime(2026, 9, 14, 11, 30)
    assert [(why.place, why.holiday) for why in one.whys] == [("Mumbai", "Repairs")]
    assert entered(units, MUMBAI, mumbai, CLOSED) == before
    assert hearing_of(units, world.mumbai.hearing).starts_wall == (MONDAY_11 if kind == "booked" else None)
    with units.reading() as unit:
        assert stranded(unit, (world.mumbai.post_id, None), by=mumbai) == before
        assert [one.reference for one in stranded(unit, (world.dhaka.post_id, None), by=mumbai)] == [one.reference]
        assert stranded(unit, (world.pune.post_id, None), by=mumbai) == ()
        [hidden] = stranded(unit, (world.mumbai.post_id, None), by=actor(Role.COORDINATOR, "pune"))
        assert hidden.reference == ""
    assert entered(units, MUMBAI, mumbai, replace(MORNINGS, stretches=((900, 960),))) == ()


def test_a_file_that_changes_strands_hearings_too(units: Units, world: World, mumbai: Actor, ports: Ports) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    below(ports, exceptions=(EID,))
    with units.reading() as unit:
        [one] = stranded(unit, (world.mumbai.post_id, None), by=mumbai)
    assert [(why.place, why.holiday) for why in one.whys] == [("Dhaka", "Eid")]
    below(ports, known_years=frozenset({2025}), label="Mission, Dhaka")
    with units.reading() as unit:
        [one] = stranded(unit, (world.dhaka.post_id, None), by=mumbai)
    assert [(why.place, why.rule) for why in one.whys] == [
        ("Mission, Dhaka", "the closures of that year are not entered")
    ]


def test_an_officials_change_strands_only_hearings_they_are_needed_for(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    short = replace(MORNINGS, stretches=((630, 690),))
    with units.reading() as unit:
        [one] = calendar_entries.preview(unit, Owner(official_id=world.mumbai.judge_id), [short], by=mumbai)
    assert one.whys[0].who == ("Presiding officer",)
    with units.writing() as unit:
        seats = sa.update(ParticipantRow).where(ParticipantRow.official_id == world.mumbai.judge_id)
        unit.session.execute(seats.values(is_required=False))
    with units.reading() as unit:
        assert calendar_entries.preview(unit, Owner(official_id=world.mumbai.judge_id), [short], by=mumbai) == ()


def test_looking_for_stranded_hearings_takes_as_many_queries_for_two_as_for_one(
    units: Units, world: World, mumbai: Actor, actor: FindActor, database: Database
) -> None:
    def queries() -> tuple[int, int]:
        with units.reading() as unit, counted(database) as statements:
            found = stranded(unit, (world.dhaka.post_id, None), by=mumbai)
            would_strand(unit, (world.dhaka.post_id, None), [CLOSED], by=mumbai)
        return len(found), len([one for one in statements if one.startswith("SELECT")])

    entered(units, MUMBAI, mumbai, replace(CLOSED, first_on=date(2026, 9, 15), last_on=date(2026, 9, 15)))
    booked(units, world.mumbai.hearing, mumbai)
    queries()
    one = queries()
    booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"), MONDAY_14)
    assert queries() == one


def test_counting_those_ahead_takes_as_many_queries_for_two_as_for_one(
    units: Units, world: World, mumbai: Actor, actor: FindActor, database: Database
) -> None:
    def queries(*ids: int) -> tuple[int, int]:
        with units.reading() as unit:
            found = hearings.listed(unit.session, HearingRow.id.in_(ids))
            with counted(database) as statements:
                return count_stranded(unit, found), len(statements)

    booked(units, world.mumbai.hearing, mumbai)
    booked(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"), MONDAY_14)
    entered(units, MUMBAI, mumbai, CLOSED)
    queries(world.mumbai.hearing_id, world.pune.hearing_id)  # entries are remembered while they stand
    one, two = queries(world.mumbai.hearing_id), queries(world.mumbai.hearing_id, world.pune.hearing_id)
    assert (one[0], two[0]) == (1, 1)
    assert two[1] - one[1] <= 1  # the other court is not known yet


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize(
    ("change", "count"),
    [("none", 0), ("shut", 1), ("own hours", 1), ("off hours", 0), ("shut off hours", 1), ("years", 1), ("noon", 1)],
)
def test_counting_by_the_times_alone_says_what_the_whole_check_says(
    units: Units, world: World, mumbai: Actor, ports: Ports, change: str, count: int
) -> None:
    """From 11:00 to 12:30; the judge leaves at 11:30, the court at 12:15, Dhaka's next years are not entered."""
    booked(units, world.mumbai.hearing, mumbai)
    short = replace(MORNINGS, stretches=((630, 690),))
    changes: dict[str, Callable[[], object]] = {
        "shut": lambda: entered(units, MUMBAI, mumbai, CLOSED),
        "shut off hours": lambda: entered(units, MUMBAI, mumbai, CLOSED),
        "own hours": lambda: entered(units, Owner(official_id=world.mumbai.judge_id), mumbai, short),
        "off hours": lambda: entered(units, MUMBAI, mumbai, short),
        "years": lambda: below(ports, known_years=frozenset({2025})),
        "noon": lambda: entered(units, MUMBAI, mumbai, replace(MORNINGS, stretches=((630, 735),))),
    }
    if change in changes:
        changes[change]()
    with units.writing() as unit:
        order = unit.session.get_one(OrderRow, world.mumbai.order_id)
        order.facts = order.facts | {"off_hours": "off hours" in change}
    this = HearingRow.id == world.mumbai.hearing_id
    with units.reading() as unit:
        assert count_among(unit, this) == count_stranded(unit, hearings.listed(unit.session, this)) == count


def test_today_counts_only_what_lies_in_the_coming_days(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    def misfits(by: Actor) -> int:
        with units.reading() as unit:
            return hearing_lists.today(unit, by=by).misfits

    booked(units, world.mumbai.hearing, mumbai)
    assert misfits(mumbai) == 0
    entered(units, MUMBAI, mumbai, CLOSED)
    assert misfits(mumbai) == 1
    assert [misfits(actor(role)) for role in (Role.PRESIDING_OFFICER, Role.MISSION_OFFICIAL)] == [0, 0]
    assert misfits(actor(Role.COORDINATOR, "pune")) == 0
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row.starts_at = unit.now + hearing_lists.MISFIT_DAYS
    assert misfits(mumbai) == 0


def test_the_page_of_the_hearing_says_it_for_each_of_its_times_with_one_look_at_the_calendars(
    units: Units, world: World, mumbai: Actor, database: Database
) -> None:
    def page() -> tuple[list[datetime], int]:
        with units.reading() as unit:
            hearing_views.open_page(unit, world.mumbai.hearing, by=mumbai)  # entries are remembered while they stand
        with units.reading() as unit, counted(database) as statements:
            found = hearing_views.open_page(unit, world.mumbai.hearing, by=mumbai).stranded
        assert {why.holiday for one in found for why in one.whys} <= {"Repairs"}
        return [one.starts.wall for one in found], len(statements)

    held(units, world.mumbai.hearing, mumbai, MONDAY_11)
    assert page()[0] == []
    entered(units, MUMBAI, mumbai, CLOSED)
    one = page()
    held(units, world.mumbai.hearing, mumbai, MONDAY_11 + timedelta(days=8), MONDAY_14 + timedelta(days=8))
    assert page() == ([], one[1])
    entered(units, MUMBAI, mumbai, replace(CLOSED, first_on=date(2026, 9, 22), last_on=date(2026, 9, 22)))
    assert page() == ([MONDAY_11 + timedelta(days=8), MONDAY_14 + timedelta(days=8)], one[1])
    booked(units, world.mumbai.hearing, mumbai, MONDAY_11 + timedelta(days=9))
    assert page()[0] == []
    entered(units, MUMBAI, mumbai, replace(CLOSED, first_on=date(2026, 9, 23), last_on=date(2026, 9, 23)))
    assert page()[0] == [MONDAY_11 + timedelta(days=9)]
