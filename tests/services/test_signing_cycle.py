"""The way of a transcript at work: both paths, one step at a time, going back, another path, what the record says."""

from dataclasses import replace
from datetime import time, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services import cycling
from tests.services.cycling import do, made_of, signed_on, stands, told, walk
from tests.services.planned import MONDAY_11_AT
from tests.services.ticking import steps_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Refusal
from vctestimony.domain.people import Role
from vctestimony.domain.record import cycle_rules as rules
from vctestimony.domain.record.cycle import PATH_LABELS, Path, Rung
from vctestimony.domain.record.dispatch import Watch
from vctestimony.services import checklists, cycle_views, journal
from vctestimony.services import signing_cycle as cycle
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import CycleMoveRow, StepState


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def court(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def remote(actor: FindActor) -> Actor:
    return actor(Role.MISSION_OFFICIAL)


@pytest.fixture
def hearing(units: Units, world: World, court: Actor, clock: FrozenClock) -> str:
    return cycling.taken_down(units, world, clock, court)


@pytest.mark.parametrize("path", Path)
def test_a_transcript_goes_its_whole_way_and_the_record_says_so(
    units: Units, hearing: str, court: Actor, remote: Actor, path: Path
) -> None:
    signed_on(units, hearing, path)
    walk(units, hearing, court, remote, until=Rung.SENT_BACK)
    assert "transcript" not in {key for key, value in cycling.statements(units, hearing).items() if value}
    walk(units, hearing, court, remote, until=Rung.COPY_RECEIVED)
    said = cycling.statements(units, hearing)
    assert (
        "From 2026-09-14, 11:00 Mumbai (UTC+05:30) / 11:30 Dhaka (UTC+06:00) to 2026-09-14, 12:00" in said["read_over"]
    )
    assert said["transcript"].splitlines()[0] == f"{PATH_LABELS[path]}."
    assert "signed by the witness" in said["transcript"]
    assert "SHA-256" in said["transcript"]
    assert "The consul" in said["host_signature"]
    assert "EE123456789BD" in said["dispatch"]
    assert bool(said.get("certificate")) is (path is Path.PAPER)
    with units.reading() as unit:
        done = [entry.action for entry in journal.history(unit, hearing)]
        page = cycle_views.page(unit, hearing, language="en", by=court)
    assert done.count("cycle.step_done") == len(stands(units, hearing).ladder)
    assert (page.next, page.due and page.due.watch) == (None, Watch.IN_TIME)


def test_two_who_do_the_same_step_at_once_one_does_it_and_the_other_is_told_who(
    units: Units, hearing: str, court: Actor, judge: Actor
) -> None:
    form = told(units, hearing, Rung.READ_OVER)
    both = Barrier(2)
    outcomes: list[str | Refusal] = []

    def enter(by: Actor) -> None:
        both.wait(20)
        try:
            do(units, hearing, Rung.READ_OVER, by, form=form)
            outcomes.append(by.name)
        except Refusal as refusal:
            outcomes.append(refusal)

    threads = [Thread(target=enter, args=(by,)) for by in (court, judge)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    (name,) = [one for one in outcomes if isinstance(one, str)]
    (refusal,) = [one for one in outcomes if isinstance(one, Refusal)]
    assert isinstance(refusal, rules.DoneAlready)
    assert refusal.facts["who"] == name
    assert len(made_of(units, hearing)) == 1


def test_steps_of_the_checklist_are_ticked_by_whom_and_when_and_what_is_settled_stays(
    units: Units, hearing: str, court: Actor, remote: Actor, clock: FrozenClock
) -> None:
    with units.writing() as unit:
        checklists.compose_for(unit, cycling.hearing_in(unit, hearing), by=court)
    with units.writing() as unit:
        version = steps_of(units)["X03"].version
        checklists.waive(
            unit, hearing, "X03", version=version, reason="Ordered", by=court, ordered_by="The judge, today"
        )
    clock.advance(minutes=20)
    form = replace(told(units, hearing, Rung.READ_OVER), at=time(12, 10))
    do(units, hearing, Rung.READ_OVER, court, form=form)
    walk(units, hearing, court, remote, until=Rung.DISPATCHED)
    steps = steps_of(units)
    assert (steps["X01"].state, steps["X01"].acted_by) == (StepState.DONE, court.name)
    assert steps["X01"].done_at == MONDAY_11_AT + timedelta(minutes=70)
    assert {steps[one].state for one in ("X02", "X06", "X07")} == {StepState.DONE}
    assert steps["X03"].state is StepState.WAIVED
    assert (steps["P01"].state, steps["P01"].acted_by) == (StepState.DONE, remote.name)
    assert steps["P04"].state is StepState.OPEN
    with units.writing() as unit:
        number = len(made_of(units, hearing))
        cycle.go_back(unit, hearing, Rung.READ_OVER, number=number, reason="Read over again", by=court)
    assert steps_of(units)["X01"].state is StepState.DONE


def test_a_move_is_never_changed(units: Units, hearing: str, court: Actor) -> None:
    do(units, hearing, Rung.READ_OVER, court)
    with pytest.raises(DatabaseError, match="append_only"), units.writing() as unit:
        unit.session.execute(sa.update(CycleMoveRow).values(by="Somebody else"))
