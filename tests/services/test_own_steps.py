"""What is read to say what waits for one person: the steps that can still matter, and nothing of what is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.conftest import Database
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT, booked, listed
from tests.services.test_finding import counted
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.due_steps import LOOKED_AHEAD
from vctestimony.domain.hearing import State
from vctestimony.services import own_steps
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, StepRow


@pytest.fixture
def engine_name() -> str:
    """What is asked for is counted; both engines answer it alike, as the pages show."""
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor, clock: FrozenClock) -> str:
    """A hearing of which every step is overdue."""
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    clock.at = MONDAY_11_AT + timedelta(days=400)
    return world.mumbai.hearing


@contextmanager
def loaded(kind: type[object]) -> Iterator[list[dict[str, object]]]:
    """The values of the rows that are made of what the database gave."""
    rows: list[dict[str, object]] = []

    def note(row: object, _context: object) -> None:
        rows.append(vars(row).copy())

    sa.event.listen(kind, "load", note)
    yield rows
    sa.event.remove(kind, "load", note)


def count(units: Units, by: Actor) -> int:
    with units.reading() as unit:
        return sum(pile.count for pile in own_steps.page(unit, language="en", by=by, whole_court=True))


@pytest.mark.parametrize(
    ("state", "phases"),
    [
        (State.CONFIRMED, "SCTBDXP"),
        (State.IN_SESSION, "DXP"),
        (State.COMPLETED, "XP"),
        (State.ADJOURNED, "XP"),
        (State.CANCELLED, ""),
        (State.LAPSED, ""),
    ],
)
def test_only_steps_that_can_still_matter_are_read(
    units: Units, world: World, reference: str, mumbai: Actor, database: Database, state: State, phases: str
) -> None:
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = state
        held = unit.session.scalars(sa.select(StepRow).where(StepRow.phase == "C").limit(1)).one()
        held.blocks = "seal"
    with loaded(StepRow) as steps, loaded(HearingRow) as hearings, counted(database) as statements:
        found = count(units, mumbai)
    assert len(steps) == found
    assert len(hearings) == bool(phases)
    assert sum("FROM checklist" in statement for statement in statements) == bool(phases)
    read = {(row["phase"], row["blocks"] == "seal") for row in steps}
    assert {phase for phase, holds_seal in read if not holds_seal} == set(phases)
    assert (("C", True) in read) is bool(phases)


@pytest.mark.parametrize(("later", "is_listed"), [(timedelta(), True), (timedelta(seconds=1), False)])
def test_a_step_is_listed_from_seven_days_before_it_is_due(
    units: Units, reference: str, mumbai: Actor, later: timedelta, is_listed: bool
) -> None:
    with units.writing() as unit:
        due_at = unit.now + LOOKED_AHEAD + later
        unit.session.execute(sa.update(StepRow).values(due_at=None))
        unit.session.execute(sa.update(StepRow).where(StepRow.step_id == "C01").values(due_at=due_at))
    with loaded(StepRow) as steps:
        assert count(units, mumbai) == is_listed
    assert len(steps) == is_listed
