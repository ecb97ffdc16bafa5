"""Calendars that posts and officials keep: who may, what is refused, what the search sees at once, what is stranded."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.conftest import Database, FindActor
from tests.services.kept import CLOSED, DHAKA, EID, MONDAY, MORNINGS, MUMBAI, below, entered, entry, rows
from tests.services.planned import MONDAY_11, PlainTokens, answered, booked
from tests.services.test_finding import counted
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.calendar_entries import EntryKind, compose, mark_of
from vctestimony.domain.calendars import NeverOpen, Rule, Status
from vctestimony.domain.entry_checks import KeptByThePlace, NoHoliday
from vctestimony.domain.errors import Absent, NotAllowed, Refusal, Stale
from vctestimony.domain.people import Role
from vctestimony.domain.slots import CauseRule
from vctestimony.services import calendar_entries, journal, places
from vctestimony.services.calendar_entries import NothingTentative, Owner, WeekThere
from vctestimony.services.claims import TimeRefused
from vctestimony.services.finding import FindPage, ask, find
from vctestimony.services.ports import Ports
from vctestimony.services.relaxing import what_would_help
from vctestimony.services.standins import Change
from vctestimony.services.unit import Units
from vctestimony.services.working_hours import working_hours
from vctestimony.store import calendar_entries as store
from vctestimony.store.models import HearingRow, OfficialRow, PostRow


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


def found(units: Units, world: World, by: Actor) -> FindPage:
    with units.reading() as unit:
        return find(unit, world.mumbai.hearing, from_on=MONDAY, to_on=MONDAY + timedelta(days=3), by=by)


def starts(units: Units, world: World, by: Actor, on: date = MONDAY) -> list[str]:
    [day] = [day for day in found(units, world, by).days if day.on == on]
    return [f"{one.time.court.wall:%H:%M}" for one in day.offered]


def test_a_closure_is_seen_by_the_next_search_with_its_name(units: Units, world: World, mumbai: Actor) -> None:
    assert starts(units, world, mumbai)
    assert entered(units, MUMBAI, mumbai, replace(CLOSED, status=Status.TENTATIVE)) == ()
    [why] = found(units, world, mumbai).refused[0].whys
    assert (why.place, why.holiday, why.status) == ("Mumbai", "Repairs", "tentative, to be confirmed")
    [(entry_id, version, _)] = rows(units, MUMBAI, mumbai)
    with units.writing() as unit:
        calendar_entries.withdraw(unit, MUMBAI, entry_id, version=version, by=mumbai)
    assert starts(units, world, mumbai)


def test_a_new_week_changes_nothing_before_its_first_day(units: Units, world: World, mumbai: Actor) -> None:
    entered(units, MUMBAI, mumbai, replace(MORNINGS, first_on=MONDAY + timedelta(days=1)))
    assert starts(units, world, mumbai)[0] == "10:30"
    assert starts(units, world, mumbai)[-1] == "15:00"
    assert starts(units, world, mumbai, MONDAY + timedelta(days=1)) == ["10:00", "10:15", "10:30"]


def test_an_officials_own_week_limits_only_them_and_closures_of_the_post_hold(
    units: Units, world: World, mumbai: Actor
) -> None:
    judge = Owner(official_id=world.mumbai.judge_id)
    entered(units, judge, mumbai, replace(MORNINGS, stretches=((630, 750),)))
    entered(units, MUMBAI, mumbai, replace(CLOSED, first_on=MONDAY + timedelta(days=1), last_on=date(2026, 9, 15)))
    assert starts(units, world, mumbai) == ["10:30", "10:45", "11:00"]
    assert starts(units, world, mumbai, MONDAY + timedelta(days=1)) == []
    with units.reading() as unit:
        official = unit.session.get_one(OfficialRow, world.mumbai.judge_id)
        other = unit.session.get_one(OfficialRow, world.mumbai.coordinator_id)
        hours = working_hours(unit, [official.post], [official, other])
        assert hours.of_official(official) != hours.of_post(official.post_id)
        assert hours.of_official(other) is hours.of_post(official.post_id)


def test_an_order_outside_court_hours_leaves_the_hours_of_an_official_as_they_are(
    units: Units, world: World, mumbai: Actor
) -> None:
    judge, tuesday = Owner(official_id=world.mumbai.judge_id), MONDAY + timedelta(days=1)
    entered(units, judge, mumbai, replace(MORNINGS, stretches=((630, 750),), last_on=MONDAY))
    with units.reading() as unit:
        helps = what_would_help(unit, ask(unit, world.mumbai.hearing, from_on=MONDAY, to_on=MONDAY, by=mumbai))
    assert Change.OFF_HOURS not in {one.change for one in helps}
    with units.writing() as unit:
        order = unit.session.get_one(HearingRow, world.mumbai.hearing_id).order
        order.facts = order.facts | {"off_hours": True}
    assert starts(units, world, mumbai) == ["10:30", "10:45", "11:00"]
    assert (starts(units, world, mumbai, tuesday)[0], starts(units, world, mumbai, tuesday)[-1]) == ("10:00", "15:00")
    with pytest.raises(TimeRefused) as refused:
        booked(units, world.mumbai.hearing, mumbai, MONDAY_11 + timedelta(hours=3))
    assert [(why.code, why.who) for why in refused.value.whys] == [(CauseRule.OUTSIDE_HOURS, ("Presiding officer",))]
    booked(units, world.mumbai.hearing, mumbai, MONDAY_11 + timedelta(days=1, hours=3))


def test_the_same_entries_give_the_same_calendar_and_are_read_once(
    units: Units, world: World, mumbai: Actor, database: Database
) -> None:
    entered(units, MUMBAI, mumbai, CLOSED, MORNINGS)
    entered(units, Owner(official_id=world.mumbai.judge_id), mumbai, MORNINGS)
    first = found(units, world, mumbai)
    with counted(database) as statements:
        assert found(units, world, mumbai) == first
    assert not any("calendar_entry" in statement for statement in statements)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) <= 3
    with units.reading() as unit:
        post = unit.session.get_one(PostRow, world.mumbai.post_id)
        assert working_hours(unit, [post]).of_post(post.id) is working_hours(unit, [post]).of_post(post.id)


def test_what_was_undone_is_not_remembered(units: Units, world: World, mumbai: Actor) -> None:
    with pytest.raises(RuntimeError), units.writing() as unit:
        calendar_entries.enter_all(unit, MUMBAI, [CLOSED], by=mumbai)
        post = unit.session.get_one(PostRow, world.mumbai.post_id)
        working_hours(unit, [post])
        raise RuntimeError("the power went")
    assert starts(units, world, mumbai)
    entered(units, MUMBAI, mumbai, replace(CLOSED, first_on=date(2026, 9, 15), last_on=date(2026, 9, 15)))
    assert starts(units, world, mumbai)
    assert not starts(units, world, mumbai, date(2026, 9, 15))


def test_only_who_keeps_the_post_keeps_its_calendars(
    units: Units, world: World, mumbai: Actor, administrator: Actor, actor: FindActor
) -> None:
    mission, of_dhaka = actor(Role.MISSION_OFFICIAL), (DHAKA, Owner(official_id=world.dhaka.interpreter_id))
    of_mumbai = (MUMBAI, Owner(official_id=world.mumbai.judge_id))
    not_theirs = (
        (mumbai, of_dhaka),
        (actor(Role.INTERPRETER), of_dhaka),
        (actor(Role.PRESIDING_OFFICER, "pune"), of_dhaka),
    )
    for by, owners in (*not_theirs, (mission, of_mumbai)):
        for owner in owners:
            with pytest.raises(NotAllowed):
                entered(units, owner, by, CLOSED)
    for owner in of_dhaka:
        entered(units, owner, mission, replace(CLOSED, label="Of the mission"))
        [(entry_id, version, _)] = rows(units, owner, mission)
        with units.writing() as unit:
            calendar_entries.withdraw(unit, owner, entry_id, version=version, by=mission)
    entered(units, DHAKA, administrator, CLOSED)
    [(entry_id, version, _)] = rows(units, DHAKA, administrator)
    with pytest.raises(Absent), units.writing() as unit:
        calendar_entries.withdraw(unit, MUMBAI, entry_id, version=version, by=mumbai)
    with pytest.raises(Absent):
        entered(units, Owner("nowhere"), administrator, CLOSED)
    with pytest.raises(ValueError, match="a post or to an official"):
        Owner()


def test_a_week_is_one_thing_to_revise_and_to_withdraw(units: Units, world: World, mumbai: Actor) -> None:
    saturday = replace(MORNINGS, weekdays=(5,), weeks=(1, 3, 5))
    entered(units, MUMBAI, mumbai, MORNINGS, saturday)
    entered(units, MUMBAI, mumbai, MORNINGS)  # what is there already
    (first, version, _), (second, _, _) = rows(units, MUMBAI, mumbai)
    with pytest.raises(WeekThere):
        entered(units, MUMBAI, mumbai, replace(MORNINGS, weekdays=(6,)))
    with units.writing() as unit:
        changed = replace(MORNINGS, stretches=((630, 750),))
        calendar_entries.revise(unit, MUMBAI, second, [changed], version=version, by=mumbai)
    [(kept, version, _)] = rows(units, MUMBAI, mumbai)
    assert starts(units, world, mumbai) == ["10:30", "10:45", "11:00"]
    with pytest.raises(Stale), units.writing() as unit:
        calendar_entries.withdraw(unit, MUMBAI, first, version=1, by=mumbai)
    with pytest.raises(Stale), units.writing() as unit:
        calendar_entries.revise(unit, MUMBAI, kept, [MORNINGS], version=version + 1, by=mumbai)
    with units.writing() as unit:
        calendar_entries.withdraw(unit, MUMBAI, kept, version=version, by=mumbai)
    assert rows(units, MUMBAI, mumbai) == []
    assert len(starts(units, world, mumbai)) > 3


def test_a_tentative_date_is_confirmed_once(
    units: Units, world: World, mumbai: Actor, administrator: Actor, ports: Ports
) -> None:
    below(ports, exceptions=(EID,))
    entered(units, DHAKA, administrator, replace(CLOSED, status=Status.TENTATIVE))
    for label in ("Eid", "Repairs"):
        with units.writing() as unit:
            calendar_entries.confirm(unit, DHAKA, label=label, first_on=MONDAY, last_on=MONDAY, by=administrator)
        whys = found(units, world, mumbai).refused[0].whys
        assert {why.holiday for why in whys if not why.status} >= {label}
    with units.reading() as unit:
        entries = [store.entry_of(row) for row in store.rows_of(unit.session, (world.dhaka.post_id, None))]
    assert {(one.kind, one.label, one.source) for one in entries} == {
        (EntryKind.CLOSED, "Repairs", f"circular 7; confirmed by {administrator.name}"),
        (EntryKind.CONFIRMED, "Eid", f"confirmed by {administrator.name}"),
    }
    for label in ("Eid", "Repairs", "Holi"):
        with pytest.raises(NothingTentative), units.writing() as unit:
            calendar_entries.confirm(unit, DHAKA, label=label, first_on=MONDAY, last_on=MONDAY, by=administrator)


def test_a_holiday_that_is_not_observed_opens_the_day_for_the_place_only(
    units: Units, world: World, mumbai: Actor, administrator: Actor, ports: Ports
) -> None:
    below(ports, exceptions=(EID,))
    assert starts(units, world, mumbai) == []
    unobserved = entry(EntryKind.OBSERVED_NOT, label="Eid")
    entered(units, DHAKA, administrator, unobserved)
    assert starts(units, world, mumbai)
    with pytest.raises(NoHoliday):
        entered(units, MUMBAI, mumbai, unobserved)
    with pytest.raises(KeptByThePlace):
        entered(units, Owner(official_id=world.dhaka.interpreter_id), administrator, unobserved)


def test_of_several_entries_all_are_entered_or_none(units: Units, world: World, mumbai: Actor) -> None:
    with pytest.raises(Refusal):
        entered(units, MUMBAI, mumbai, CLOSED, replace(CLOSED, source=""))
    assert rows(units, MUMBAI, mumbai) == []


def test_a_calendar_without_any_open_day_is_refused_by_its_name(
    units: Units, world: World, mumbai: Actor, ports: Ports
) -> None:
    below(ports, rules=(Rule(0, 600, 660, valid_to=date(2026, 8, 31)),), label="Mission, Dhaka")
    with pytest.raises(NeverOpen, match=r"Mission, Dhaka has no open day from 2026-09-14"):
        found(units, world, mumbai)


def test_every_change_is_in_the_journal_and_leaves_open_forms_of_the_post_good(
    units: Units, world: World, mumbai: Actor, administrator: Actor
) -> None:
    with units.reading() as unit:
        version = unit.session.get_one(PostRow, world.mumbai.post_id).version
    entered(units, MUMBAI, mumbai, CLOSED)
    [(entry_id, number, _)] = rows(units, MUMBAI, mumbai)
    with units.writing() as unit:
        calendar_entries.revise(unit, MUMBAI, entry_id, [replace(CLOSED, label="Flood")], version=number, by=mumbai)
    with units.reading() as unit:
        history = list(journal.history(unit, "post:mumbai-court"))
        assert unit.session.get_one(PostRow, world.mumbai.post_id).version == version
        assert journal.verify(unit)[1] is None
    assert [one.action for one in history] == ["calendar.entered", "calendar.revised"]
    assert "Repairs" in history[1].facts
    assert "Flood" in history[1].facts
    with units.writing() as unit:
        post = unit.session.get_one(PostRow, world.mumbai.post_id)
        new = places.NewPost(
            code=post.code,
            name="Court of Session",
            kind=post.kind,
            address="",
            city=post.city,
            country=post.country,
            zone=post.zone,
            calendar_id=post.calendar_id,
            high_court="bombay",
        )
        places.revise_post(unit, post.code, new, version=version, by=administrator)
    assert starts(units, world, mumbai) == []


def test_changes_made_at_one_time_all_hold_and_the_mark_tells_of_each(
    units: Units, world: World, mumbai: Actor
) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(entered, units, MUMBAI, mumbai, replace(CLOSED, first_on=on, last_on=on)) for on in days]
        weeks = [
            pool.submit(entered, units, MUMBAI, mumbai, replace(MORNINGS, weekdays=(number,))) for number in range(4)
        ]
    assert [one.result() for one in done] == [()] * 8
    assert [type(one.exception()) for one in weeks].count(WeekThere) == 3
    with units.reading() as unit:
        held = [store.entry_of(row) for row in store.rows_of(unit.session, (world.mumbai.post_id, None))]
        post = unit.session.get_one(PostRow, world.mumbai.post_id)
        assert len(held) == 9
        assert post.calendar_mark == mark_of(held)
        assert working_hours(unit, [post]).of_post(post.id) == compose(unit.ports.calendars.get(post.calendar_id), held)
