"""People who settle steps of one checklist at the same instant: nothing is lost, and who was second is told by whom."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.services.planned import booked, listed
from tests.services.ticking import steps_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Refusal, Stale
from vctestimony.services import checklists
from vctestimony.services.checklists import StepChanged, StepSettled
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Crossed, Unit, Units
from vctestimony.store.models import HearingRow, StepState

ROUNDS = 4
Change = Callable[[Unit], None]


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def at_once(units: Units, *changes: Change) -> list[Refusal | None]:
    """Each change in a thread and a transaction of its own, all from one instant; what each was refused with."""
    gate, found = threading.Barrier(len(changes)), [None] * len(changes)

    def run(place: int, change: Change) -> None:
        gate.wait(timeout=30)
        try:
            # Two that wait for each other are tried again, as the pages do.
            for _ in range(3):
                try:
                    with units.writing() as unit:
                        change(unit)
                    return
                except Crossed:
                    continue
        except Refusal as refusal:
            found[place] = refusal  # type: ignore[call-overload]  # the list begins empty

    threads = [threading.Thread(target=run, args=each) for each in enumerate(changes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return list(found)


def ticking(reference: str, step: str, version: int, by: Actor, note: str = "") -> Change:
    return lambda unit: checklists.tick(unit, reference, step, version=version, note=note, by=by)


def waiving(reference: str, step: str, version: int, by: Actor) -> Change:
    return lambda unit: checklists.waive(unit, reference, step, version=version, reason="it is not needed", by=by)


FREE = ("C01", "C15", "C16", "C17")
"""Steps that wait for nothing."""


def test_of_two_who_tick_one_step_one_wins_and_the_other_is_told_who(
    units: Units, reference: str, mumbai: Actor, judge: Actor
) -> None:
    seen = {name: step.version for name, step in steps_of(units).items()}
    for name in FREE[:ROUNDS]:
        refusals = at_once(
            units,
            ticking(reference, name, seen[name], mumbai, "by the coordinator"),
            ticking(reference, name, seen[name], judge, "by the judge"),
        )
        (refused,) = [one for one in refusals if one is not None]
        step = steps_of(units)[name]
        assert isinstance(refused, StepSettled)
        assert step.acted_by in str(refused)
        winner = "by the coordinator" if refusals[0] is None else "by the judge"
        assert (step.state, step.note, step.version) == (StepState.DONE, winner, seen[name] + 1)


def test_those_who_tick_different_steps_are_not_in_each_others_way(
    units: Units, reference: str, mumbai: Actor, judge: Actor
) -> None:
    seen = {name: step.version for name, step in steps_of(units).items()}
    people = (mumbai, judge, mumbai, judge)
    changes = [ticking(reference, name, seen[name], by) for name, by in zip(FREE, people, strict=True)]
    assert at_once(units, *changes) == [None] * len(FREE)
    steps = steps_of(units)
    assert [(steps[name].state, steps[name].acted_by) for name in FREE] == [(StepState.DONE, by.name) for by in people]


def test_a_tick_and_a_waiver_of_one_step_do_not_both_stand(
    units: Units, reference: str, mumbai: Actor, judge: Actor
) -> None:
    seen = {name: step.version for name, step in steps_of(units).items()}
    for name in FREE[:ROUNDS]:
        refusals = at_once(
            units, ticking(reference, name, seen[name], mumbai), waiving(reference, name, seen[name], judge)
        )
        (refused,) = [one for one in refusals if one is not None]
        assert isinstance(refused, StepSettled)
        state = StepState.DONE if refusals[0] is None else StepState.WAIVED
        assert (steps_of(units)[name].state, steps_of(units)[name].version) == (state, seen[name] + 1)


def test_a_tick_beside_the_checklist_being_made_anew_stands_or_is_refused_and_nothing_of_it_is_lost(
    units: Units, world: World, reference: str, mumbai: Actor, judge: Actor
) -> None:
    """The steps' words change while one is ticked: whoever comes second is refused, and may do it again."""

    def anew(unit: Unit) -> None:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        hearing.case.rule_pack = "kerala" if hearing.case.rule_pack != "kerala" else "bombay"
        checklists.compose_for(unit, hearing, by=mumbai)

    for name in FREE[:ROUNDS]:
        seen = steps_of(units)[name].version
        ticked, made = at_once(units, ticking(reference, name, seen, judge), anew)
        assert ticked is None or isinstance(ticked, StepChanged | Stale)
        assert made is None or isinstance(made, Stale)
        assert ticked is None or made is None
        step = steps_of(units)[name]
        assert step.state is (StepState.DONE if ticked is None else StepState.OPEN)
