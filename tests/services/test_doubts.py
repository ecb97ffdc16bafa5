"""What speaks against confirming: it is named, asks for a word more, and is counted in the journal."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.services.calendars import Desk, span, times
from tests.services.kept import CLOSED, MUMBAI, entered
from tests.services.planned import MONDAY_11, PlainTokens, answered, booked, hearing_of, version_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.services import booking_views, journal, officials, scheduling
from vctestimony.services.doubts import NotAllTheSame
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import ParticipantRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens())


@pytest.fixture
def world(world: World, units: Units, mumbai: Actor) -> World:
    """With a hearing booked on Monday at 11."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    return world


def confirm(units: Units, world: World, by: Actor, *, all_the_same: bool = False) -> None:
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        scheduling.confirm(unit, world.mumbai.hearing, version=version, by=by, all_the_same=all_the_same)


def close(units: Units, world: World, by: Actor) -> None:
    entered(units, MUMBAI, by, CLOSED)


def leave(units: Units, world: World, by: Actor) -> None:
    ends = MONDAY_11 + timedelta(hours=2)
    with units.writing() as unit:
        officials.add_leave(unit, world.mumbai.judge_id, starts_wall=MONDAY_11, ends_wall=ends, by=by)


def busy(units: Units, world: World, by: Actor) -> None:
    Desk(units, world.mumbai.judge_id, by).upload(times(span(6, 5), span(6.25, 5)))


def perhaps_busy(units: Units, world: World, by: Actor) -> None:
    Desk(units, world.mumbai.judge_id, by).upload(times(tentative=(span(6, 30),)))


def decline(units: Units, world: World, by: Actor) -> None:
    with units.writing() as unit:
        seat = sa.update(ParticipantRow).where(ParticipantRow.official_id == world.mumbai.judge_id)
        unit.session.execute(seat.values(answer="DECLINED"))


def said(units: Units, world: World, by: Actor) -> list[str]:
    with units.reading() as unit:
        against = booking_views.confirm_page(unit, world.mumbai.hearing, by=by).against
    return [why.holiday for why in against.whys] + [f"{one.duty}: {one.what}" for one in against.people]


Change = Callable[[Units, World, Actor], None]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (close, "Repairs"),
        (leave, "Presiding officer: on leave"),
        (busy, "Presiding officer: busy by their own calendar"),
        (perhaps_busy, "Presiding officer: perhaps busy by their own calendar"),
        (decline, "Presiding officer: answered that they cannot come"),
    ],
)
def test_what_speaks_against_it_is_named_and_refused_until_it_is_said_to_be_all_the_same(
    units: Units, world: World, mumbai: Actor, change: Change, words: str
) -> None:
    change(units, world, mumbai)
    assert said(units, world, mumbai) == [words]
    with pytest.raises(NotAllTheSame) as refused:
        confirm(units, world, mumbai)
    assert refused.value.field == "all_the_same"
    assert hearing_of(units, world.mumbai.hearing).state is State.BOOKED
    confirm(units, world, mumbai, all_the_same=True)
    assert hearing_of(units, world.mumbai.hearing).state is State.CONFIRMED
    assert facts(units, world)["against"] == 1


def test_nothing_is_asked_where_nothing_speaks_against_it(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        starts, ends = MONDAY_11 - timedelta(hours=1), MONDAY_11
        officials.add_leave(unit, world.mumbai.judge_id, starts_wall=starts, ends_wall=ends, by=mumbai)
    assert said(units, world, mumbai) == []
    confirm(units, world, mumbai)
    assert "against" not in facts(units, world)


def test_who_is_not_needed_or_was_taken_off_speaks_against_nothing(units: Units, world: World, mumbai: Actor) -> None:
    decline(units, world, mumbai)
    with units.writing() as unit:
        seats = sa.update(ParticipantRow).where(ParticipantRow.official_id == world.mumbai.judge_id)
        unit.session.execute(seats.values(is_required=False))
    assert said(units, world, mumbai) == []


def facts(units: Units, world: World) -> dict[str, object]:
    with units.reading() as unit:
        [found] = [one for one in journal.history(unit, world.mumbai.hearing) if one.action == "hearing.confirmed"]
    known: dict[str, object] = json.loads(found.facts)
    return known
