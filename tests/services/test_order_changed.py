"""Putting a hearing under another order of its case: what it opens, what it composes, what it refuses."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.services.planned import MONDAY_11_AT, PlainTokens, answered, booked, hearing_of, version_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.casework import ASKED_OF_ORDER
from vctestimony.domain.errors import Absent, Stale
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Role
from vctestimony.domain.sittings import LongerThanOrdered
from vctestimony.services import casefiles, cases, planning
from vctestimony.services.claims import TimeRefused
from vctestimony.services.planning import NotOfferedHere, PlanClosed
from vctestimony.services.ports import Ports
from vctestimony.services.timetables import NoDaysLeft
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import HearingRow, JournalRow, OccupancyRow, OrderRow

START = to_min(MONDAY_11_AT)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), packs=lambda: PACKS)


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def add_order(units: Units, world: World, by: Actor, **changes: object) -> int:
    """One more order of the hearing's case, like its newest but for these."""
    with units.writing() as unit:
        like = casefiles.newest_order(unit, world.mumbai.case, by=by)
        assert like is not None
        facts = {name: like.facts.get(name, False) for name in ASKED_OF_ORDER}
        changed = replace(like, **{"facts": facts, **changes})  # type: ignore[arg-type]  # answers of the form
        return cases.add_order(unit, world.mumbai.case, changed, by=by)


def reorder(units: Units, world: World, order_id: int, by: Actor, *, version: int | None = None) -> None:
    seen = version_of(units, world.mumbai.hearing) if version is None else version
    with units.writing() as unit:
        planning.change_order(unit, world.mumbai.hearing, order_id, version=seen, by=by)


def outside_hours(units: Units, world: World, by: Actor, **changes: object) -> int:
    facts = {name: name == "off_hours" for name in ASKED_OF_ORDER}
    return add_order(units, world, by, **{"reference": "Exh. 50", "facts": facts, **changes})


def written(units: Units, action: str) -> list[str]:
    with units.reading() as unit:
        return list(unit.session.scalars(sa.select(JournalRow.facts).where(JournalRow.action == action)))


def test_another_order_opens_its_times_and_composes_the_checklist_anew(
    units: Units, world: World, mumbai: Actor
) -> None:
    order_id = outside_hours(units, world, mumbai)
    before = len(written(units, "checklist.composed"))
    reorder(units, world, order_id, mumbai)
    assert hearing_of(units, world.mumbai.hearing).order_id == order_id
    [facts] = written(units, "hearing.order_changed")
    assert json.loads(facts)["order"] == "Exh. 50"
    assert len(written(units, "checklist.composed")) == before + 1
    booked(units, world.mumbai.hearing, mumbai, datetime(2026, 9, 14, 10, 0))


def test_the_same_order_again_changes_nothing(units: Units, world: World, mumbai: Actor) -> None:
    row = hearing_of(units, world.mumbai.hearing)
    reorder(units, world, row.order_id, mumbai)
    assert version_of(units, world.mumbai.hearing) == row.version
    assert written(units, "hearing.order_changed") == []


def test_a_booked_hearing_keeps_its_time_only_under_an_order_that_allows_it(
    units: Units, world: World, mumbai: Actor
) -> None:
    first = hearing_of(units, world.mumbai.hearing).order_id
    wider, later = outside_hours(units, world, mumbai), add_order(units, world, mumbai, not_before_on=date(2026, 9, 15))
    short = add_order(units, world, mumbai, longest_minutes=30, not_before_on=None)
    reorder(units, world, wider, mumbai)
    booked(units, world.mumbai.hearing, mumbai, datetime(2026, 9, 14, 10, 0))
    for order_id, refusal in ((first, TimeRefused), (later, NoDaysLeft), (short, LongerThanOrdered)):
        with pytest.raises(refusal):
            reorder(units, world, order_id, mumbai)
    row = hearing_of(units, world.mumbai.hearing)
    assert (row.order_id, row.state) == (wider, State.BOOKED)
    reorder(units, world, outside_hours(units, world, mumbai, not_before_on=None, longest_minutes=None), mumbai)
    row = hearing_of(units, world.mumbai.hearing)
    assert row.order_id not in {wider, first}
    with units.reading() as unit:
        assert unit.session.scalar(sa.select(sa.func.min(OccupancyRow.start_min))) == START - 60


def test_an_order_of_another_case_a_stale_form_and_a_held_time_are_refused(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    order_id = outside_hours(units, world, mumbai)
    with units.reading() as unit:
        foreign = unit.session.scalars(
            sa.select(OrderRow.id).where(OrderRow.case_id != hearing_case(unit, world))
        ).first()
    assert foreign is not None
    with pytest.raises(NotOfferedHere):
        reorder(units, world, foreign, mumbai)
    with pytest.raises(Stale):
        reorder(units, world, order_id, mumbai, version=99)
    with pytest.raises(Absent):
        reorder(units, world, order_id, actor(Role.COORDINATOR, "pune"))
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = State.PROPOSED
    with pytest.raises(PlanClosed):
        reorder(units, world, order_id, mumbai)


def hearing_case(unit: Unit, world: World) -> int:
    return unit.session.get_one(HearingRow, world.mumbai.hearing_id).case_id
