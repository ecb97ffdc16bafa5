"""What open steps hold back, and what becomes of a checklist when the facts of its case change."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.services.planned import booked, hearing_of, listed, version_of
from tests.services.ticking import steps_of, tick, waive
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.casework import ASKED_OF_CASE
from vctestimony.domain.hearing import State
from vctestimony.services import cases, journal, scheduling
from vctestimony.services.checklists import GateOpen
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import ChecklistRow, HearingRow, StepState

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing of Bombay with a witness in Dhaka by route A, booked, with its checklist."""
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def test_confirming_waits_for_the_steps_that_hold_it_and_names_each(
    units: Units, reference: str, mumbai: Actor
) -> None:
    holding = [step.step_id for step in steps_of(units).values() if step.blocks == "confirm"]
    assert holding == ["O01", "O03", "O04", "C02", "C04"]

    def confirm() -> None:
        seen = version_of(units, reference)
        with units.writing() as unit:
            scheduling.confirm(unit, reference, version=seen, by=mumbai)

    with pytest.raises(GateOpen) as refused:
        confirm()
    assert all(name in str(refused.value) for name in holding)
    for name in holding[:-1]:
        tick(units, reference, name, mumbai)
    with pytest.raises(GateOpen) as refused:
        confirm()
    assert [name for name in holding if name in str(refused.value)] == ["C04"]
    waive(units, reference, "C04", "consent is on file with the registry", mumbai, ordered_by="Order of 3 August 2026")
    confirm()
    assert hearing_of(units, reference).state is State.CONFIRMED


def test_when_facts_change_steps_come_and_go_and_what_was_done_stays_done(
    units: Units, world: World, reference: str, mumbai: Actor
) -> None:
    before = steps_of(units)
    tick(units, reference, "C01", mumbai)
    with units.writing() as unit:
        stored = unit.session.get_one(HearingRow, world.mumbai.hearing_id).case
        entry = cases.CaseEntry(
            number=stored.number,
            cnr=stored.cnr,
            cause_title=stored.cause_title,
            sections=stored.sections,
            stage=stored.stage,
            instance=stored.instance,
            regime=stored.regime,
            instituted_on=stored.instituted_on,
            rule_pack="kerala",
            facts={name: name == "custody_accused" for name in ASKED_OF_CASE},
        )
        cases.revise(unit, world.mumbai.case, entry, version=stored.version, by=mumbai)
    after = steps_of(units)
    assert "O12" in after.keys() - before.keys()
    assert (after["C01"].state, after["C01"].acted_by) == (StepState.DONE, mumbai.name)
    assert after["C01"].id == before["C01"].id
    assert [step.place for step in after.values()] == list(range(len(after)))
    with units.reading() as unit:
        composed = [entry for entry in journal.history(unit, reference) if entry.action == "checklist.composed"]
    assert len(composed) == 2


def test_a_revision_that_turns_no_step_leaves_the_checklist_alone(
    units: Units, world: World, reference: str, mumbai: Actor
) -> None:
    with units.writing() as unit:
        unit.session.execute(sa.update(ChecklistRow).values(composed_at=LONG_AGO))
        stored = unit.session.get_one(HearingRow, world.mumbai.hearing_id).case
        entry = cases.CaseEntry(
            **{name: getattr(stored, name) for name in cases.CaseEntry.__slots__ if name != "stage"}, stage="Arguments"
        )
        cases.revise(unit, world.mumbai.case, entry, version=stored.version, by=mumbai)
    with units.reading() as unit:
        assert unit.session.scalars(sa.select(ChecklistRow.composed_at)).one() == LONG_AGO
