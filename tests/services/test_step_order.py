"""What a step waits for, who waives what, and when a step was done by the clock of whoever says so."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import NOW, FrozenClock
from tests.services.planned import booked, listed
from tests.services.ticking import steps_of, tick, waive
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import NotAllowed
from vctestimony.domain.instants import AmbiguousWallTime, NonexistentWallTime
from vctestimony.domain.people import Role
from vctestimony.services import checklist_views, checklists, journal
from vctestimony.services.checklist_views import StepView
from vctestimony.services.checklists import TimeMissing
from vctestimony.services.ports import Ports
from vctestimony.services.step_order import NotInOrder, NotInOrderOfLaw, OrderNeeded
from vctestimony.services.unit import Units
from vctestimony.store.models import OfficialRow, PostRow, StepState


@pytest.fixture
def engine_name() -> str:
    """Rules alone; what is stored is shown on both engines elsewhere."""
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def shown(units: Units, reference: str, step: str, by: Actor) -> StepView:
    with units.reading() as unit:
        return checklist_views.one_step(checklist_views.page(unit, reference, language="en", by=by), step)


def test_a_step_whose_turn_has_not_come_is_ticked_only_with_the_reason(
    units: Units, reference: str, mumbai: Actor
) -> None:
    with pytest.raises(NotInOrderOfLaw, match=r"The rules put these before step T04.*T02") as refused:
        tick(units, reference, "T04", mumbai)
    assert refused.value.field == "note"
    assert ".." not in str(refused.value)
    with pytest.raises(NotInOrder) as planned:
        tick(units, reference, "P04", mumbai)
    assert not isinstance(planned.value, NotInOrderOfLaw)
    assert "P01" in str(planned.value)
    with pytest.raises(NotInOrderOfLaw):
        tick(units, reference, "T04", mumbai, note=" done ")
    tick(units, reference, "P04", mumbai, note=" early ")
    tick(units, reference, "T04", mumbai, note="tested with the line of another hearing")
    step = steps_of(units)["T04"]
    assert (step.state, step.note) == (StepState.DONE, "tested with the line of another hearing")


def test_what_was_waived_is_waited_for_no_more_and_what_does_not_apply_never(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    assert [(one.id, one.is_open) for one in shown(units, reference, "T04", mumbai).waits] == [("T02", True)]
    waive(units, reference, "T02", "the line is permanent", actor(Role.PRESIDING_OFFICER))
    view = shown(units, reference, "T04", mumbai)
    assert (view.waiting, view.order_of_law, [one.state for one in view.waits]) == ((), True, [StepState.WAIVED])
    tick(units, reference, "T04", mumbai)
    steps = steps_of(units)
    absent = [name for name, step in steps.items() if set(map(str, step.content["after"])) - steps.keys()]  # type: ignore[call-overload]  # JSON
    assert absent
    assert all(one.id in steps for name in absent for one in shown(units, reference, name, mumbai).waits)


def test_law_and_what_holds_a_gate_is_waived_by_the_presiding_officer_or_on_an_order_that_is_named(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    waive(units, reference, "S13", "there is time enough", mumbai)
    with pytest.raises(OrderNeeded, match="Name who ordered it") as refused:
        waive(units, reference, "C04", "consent is on file", mumbai)
    assert refused.value.field == "ordered_by"
    with pytest.raises(OrderNeeded):
        waive(units, reference, "C04", "consent is on file", mumbai, ordered_by=" Mr X ")
    waive(units, reference, "C04", "consent is on file", mumbai, ordered_by="Judge Mumbaikar, 3 August 2026")
    waive(units, reference, "O01", "dictated in court", actor(Role.PRESIDING_OFFICER))
    with pytest.raises(NotAllowed):
        waive(units, reference, "C01", "nobody is needed", actor(Role.LEGAL_STAFF))
    steps = steps_of(units)
    assert [(steps[name].state, steps[name].ordered_by) for name in ("S13", "C04", "O01", "C01")] == [
        (StepState.WAIVED, ""),
        (StepState.WAIVED, "Judge Mumbaikar, 3 August 2026"),
        (StepState.WAIVED, ""),
        (StepState.OPEN, ""),
    ]
    with units.reading() as unit:
        said = [json.loads(one.facts) for one in journal.history(unit, reference) if one.action == "step.waived"]
    assert [one.get("ordered_by") for one in said] == [None, "Judge Mumbaikar, 3 August 2026", None]
    assert not shown(units, reference, "C04", mumbai).waived_alone
    law, both = shown(units, reference, "S10", mumbai), shown(units, reference, "C04", mumbai)
    assert [(one.is_duty, bool(one.blocks)) for one in (law, both)] == [(True, False), (True, True)]
    assert shown(units, reference, "C04", actor(Role.PRESIDING_OFFICER)).waived_alone


def test_five_letters_name_who_ordered_it(units: Units, reference: str, mumbai: Actor) -> None:
    waive(units, reference, "C04", "consent is on file", mumbai, ordered_by=" Judge ")
    assert steps_of(units)["C04"].ordered_by == "Judge"


def told(units: Units, reference: str, by: Actor, on: date | None, at: time | None) -> datetime | None:
    with units.reading() as unit:
        return checklists.instant_told(unit, reference, on, at, by=by)


def test_a_time_is_told_by_the_clock_of_ones_own_end(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    on, at = date(2026, 9, 1), time(10, 0)
    assert told(units, reference, mumbai, on, at) == datetime(2026, 9, 1, 4, 30, tzinfo=UTC)
    official = actor(Role.MISSION_OFFICIAL)
    assert told(units, reference, official, on, at) == datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
    assert told(units, reference, official, None, None) is None
    today = told(units, reference, official, None, at)
    assert today is not None
    assert abs((today - NOW).total_seconds()) < 86_400
    with pytest.raises(TimeMissing):
        told(units, reference, mumbai, on, None)


@pytest.mark.parametrize(
    ("on", "at", "refusal"),
    [
        (date(2026, 10, 25), time(1, 30), AmbiguousWallTime),
        (date(2026, 3, 29), time(1, 30), NonexistentWallTime),
    ],
)
def test_a_time_that_was_twice_or_never_is_refused_with_both_readings(
    units: Units,
    world: World,
    reference: str,
    actor: FindActor,
    clock: FrozenClock,
    on: date,
    at: time,
    refusal: type[Exception],
) -> None:
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.dhaka.post_id).zone = "Europe/London"
    with pytest.raises(refusal) as refused:
        told(units, reference, actor(Role.MISSION_OFFICIAL), on, at)
    assert "UTC+01:00" in str(refused.value)
    assert "UTC+00:00" in str(refused.value)
    assert getattr(refused.value, "field", "") == "done_time"


def test_somebody_who_works_by_neither_clock_of_the_hearing_sees_a_third(
    units: Units, world: World, reference: str, mumbai: Actor
) -> None:
    assert shown(units, reference, "C02", mumbai).third is None
    with units.writing() as unit:
        official = unit.session.get_one(OfficialRow, world.dhaka.coordinator_id)
        kathmandu = PostRow(
            **{c.key: getattr(official.post, c.key) for c in PostRow.__table__.columns if c.key != "id"}
        )
        kathmandu.code, kathmandu.city, kathmandu.zone = "kathmandu", "Kathmandu", "Asia/Kathmandu"
        official.post = kathmandu
    step = shown(units, reference, "C02", mumbai)
    assert step.due is not None
    assert step.third is not None
    readings = {one.city: one.wall for one in (step.third, step.due.own.reading, step.due.other.reading)}
    assert readings.keys() == {"Kathmandu", "Dhaka", "Mumbai"}
    assert (readings["Kathmandu"] - readings["Mumbai"]).total_seconds() == 15 * 60
