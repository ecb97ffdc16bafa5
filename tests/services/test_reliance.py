"""Which officials' own calendars a search cannot rely on is said beside its times; a fresh one needs no word."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.conftest import Database
from tests.fakes import NOW
from tests.services.planned import PlainTokens, answered
from tests.services.test_finding import counted
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.busy import SourceKind
from vctestimony.services.finding import ask
from vctestimony.services.ports import Ports
from vctestimony.services.reliance import Doubt, doubts_of
from vctestimony.services.unit import Units
from vctestimony.store.models import BusySourceRow

MONDAY, SUNDAY = date(2026, 9, 14), date(2026, 9, 20)
FAR = NOW + timedelta(days=300)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def subscribe(
    units: Units,
    official_id: int,
    *,
    read_at: datetime | None,
    until: datetime | None = FAR,
    failures: int = 0,
    unreadable: int = 0,
) -> None:
    with units.writing() as unit:
        row = BusySourceRow(
            reference=f"K-{official_id}",
            official_id=official_id,
            kind=SourceKind.ADDRESS,
            host="calendar.example",
            created_at=NOW - timedelta(days=60),
            tried_at=NOW,
            read_at=read_at,
            covers_until=until,
            unreadable=unreadable,
            failures=failures,
            failure="CalendarRefused" if failures else "",
        )
        unit.session.add(row)


def doubts(units: Units, world: World, by: Actor) -> tuple[Doubt, ...]:
    with units.reading() as unit:
        return doubts_of(unit, ask(unit, world.mumbai.hearing, from_on=MONDAY, to_on=SUNDAY, by=by))


def test_a_fresh_calendar_that_reaches_far_enough_needs_no_word(units: Units, world: World, mumbai: Actor) -> None:
    subscribe(units, world.mumbai.judge_id, read_at=NOW)
    assert doubts(units, world, mumbai) == ()


@pytest.mark.parametrize(
    ("read_at", "failures", "health"),
    [
        (NOW - timedelta(days=30), 0, "old: times may be taken"),
        (NOW, 2, "could not be read last time: times may be taken"),
        (None, 0, "not read yet: times may be taken"),
    ],
)
def test_an_old_failed_or_unread_calendar_is_named_with_whose_it_is(
    units: Units, world: World, mumbai: Actor, read_at: datetime | None, failures: int, health: str
) -> None:
    subscribe(units, world.dhaka.interpreter_id, read_at=read_at, failures=failures)
    [doubt] = doubts(units, world, mumbai)
    assert (doubt.label, doubt.city, doubt.health) == ("Interpreter", "Dhaka", health)


def test_a_calendar_that_ends_before_the_search_or_has_unreadable_entries_is_named(
    units: Units, world: World, mumbai: Actor
) -> None:
    subscribe(units, world.mumbai.judge_id, read_at=NOW, until=NOW + timedelta(days=14))
    subscribe(units, world.dhaka.coordinator_id, read_at=NOW, unreadable=3)
    found = {doubt.label: doubt for doubt in doubts(units, world, mumbai)}
    assert found["Presiding officer"] == Doubt("Presiding officer", "Mumbai", "", 0, short=True)
    assert found["Remote Point Coordinator"] == Doubt("Remote Point Coordinator", "Dhaka", "", 3, short=False)


def test_all_calendars_are_looked_at_in_one_query(
    units: Units, world: World, mumbai: Actor, database: Database
) -> None:
    subscribe(units, world.mumbai.judge_id, read_at=None)
    subscribe(units, world.dhaka.interpreter_id, read_at=None)
    with units.reading() as unit:
        question = ask(unit, world.mumbai.hearing, from_on=MONDAY, to_on=SUNDAY, by=mumbai)
        with counted(database) as statements:
            assert len(doubts_of(unit, question)) == 2
    assert len(statements) == 1
