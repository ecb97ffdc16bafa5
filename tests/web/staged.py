"""More hearings of the court in Mumbai than the world has, so that a walk over pages finds each act at its time."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from tests.builders import add_hearing
from tests.services.planned import MONDAY_11_AT, MONDAY_14, answered, booked
from tests.services.sittings import ready_to_seal, started
from tests.services.test_recordings import TYPED
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.joining import Joining
from vctestimony.domain.record.speech import Stage as Part
from vctestimony.services import depositions, joining_changes, recordings, seals, signing
from vctestimony.services.unit import Units
from vctestimony.store import hearings

RECORDED = replace(TYPED, began_wall=datetime(2026, 9, 1, 9, 0), ended_wall=datetime(2026, 9, 1, 10, 10))


class Stage(StrEnum):
    """How far a hearing is; the value is its reference."""

    PLANNED = "H-MUMBAI1"
    BOOKED = "H-STAGED2"
    OPEN = "H-STAGED3"
    OVER = "H-STAGED4"
    SEALED = "H-STAGED5"


HEARD = (Stage.OPEN, Stage.OVER, Stage.SEALED)


def staged(units: Units, world: World, by: Actor) -> str:
    """Every stage; the code under which the sealed record is to be signed."""
    with units.writing() as unit:
        answered(unit.session, world)
        for stage in (Stage.BOOKED, *HEARD):
            row = add_hearing(unit.session, world.mumbai, world.dhaka, world.link_id, reference=stage)
            row.pre_minutes, row.main_minutes, row.post_minutes = 15, 60, 15
            if stage is Stage.BOOKED:
                continue
            row.state, row.starts_at, row.starts_wall = State.CONFIRMED, MONDAY_11_AT, datetime(2026, 9, 14, 11, 0)
            unit.session.flush()
            joining = Joining("https://meet.example/room-one", "471147")
            joining_changes.enter(unit, stage, joining, version=row.version, by=by)
    booked(units, Stage.BOOKED, by, MONDAY_14)
    started(units, Stage.OPEN, by, reason="the test's clock stands early")
    with units.writing() as unit:
        depositions.take_down(unit, Stage.OPEN, stage=Part.CHIEF, question="Where?", answer="There.", by=by)
        recordings.describe(unit, Stage.OPEN, RECORDED, by=by)
    for stage in (Stage.OVER, Stage.SEALED):
        ready_to_seal(units, stage, by)
    seals.seal(units, Stage.SEALED, language="en", by=by)
    with units.writing() as unit:
        sealed = hearings.by_reference(unit.session, Stage.SEALED)
        assert sealed is not None
        return signing.offer(unit, sealed, purpose="record", content=b"%PDF-1.7 x\n", language="en", by=by)
