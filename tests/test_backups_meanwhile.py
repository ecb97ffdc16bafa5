"""R19: backups one after the other while hearings are booked; each, restored, is whole as it was at one instant."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import Database
from tests.services.crowd import Needs, enter, own_set
from tests.services.planned import MONDAY_11, answered, booked
from tests.test_encrypted_backup import alone_with
from tests.world import World
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.services import held_mails, journal
from vctestimony.services.unit import Units
from vctestimony.store.db import db
from vctestimony.store.models import HearingRow, OccupancyRow, OutboxRow

HEARINGS, PEOPLE, EVERY_SECONDS = 12, 3, 0.3


def hearings(units: Units, world: World, *, count: int) -> list[str]:
    """So many hearings that never want the same room or person."""
    with units.writing() as unit:
        answered(unit.session, world)
        needs: list[Needs] = [own_set(unit, world, number) for number in range(count)]
        return [enter(unit, world, f"H-CROWD{n}", each, (15, 60, 15)) for n, each in enumerate(needs)]


@pytest.mark.bad_day("R19")
def test_a_backup_made_while_hearings_are_booked_restores_to_an_instant(
    units: Units, world: World, mumbai: Actor, database: Database, tmp_path: Path
) -> None:
    references = hearings(units, world, count=HEARINGS)
    own = {"VCT_INSTANCE": str(tmp_path / "instance"), "VCT_DATABASE_URL": database.url}
    app = create_app(Settings.from_env(own))
    run = app.test_cli_runner().invoke

    def book() -> None:
        for reference in references:
            booked(units, reference, mumbai, MONDAY_11)
            time.sleep(EVERY_SECONDS / 4)
        units._session_of().close()

    made: list[Path] = []
    with ThreadPoolExecutor(1) as pool:
        clerk = pool.submit(book)
        while not clerk.done():
            began = time.monotonic()
            made.append(tmp_path / f"{len(made)}.vctb")
            written = run(args=["backup", str(made[-1])])
            assert written.exit_code == 0, written.output
            time.sleep(max(0.0, EVERY_SECONDS - (time.monotonic() - began)))
        clerk.result()
    counts = []
    for backup in made:
        alone_with(database)
        restored = run(args=["restore", str(backup)])
        assert restored.exit_code == 0, restored.output
        with app.app_context():
            db.engine.dispose()
        counts.append(_whole(units))
    assert (len(counts) > 1, counts == sorted(counts)) == (True, True)


def _whole(units: Units) -> int:
    """How many are booked, each with all its mails and claims."""
    with units.reading() as unit:
        session = unit.session
        is_booked = sa.select(sa.func.count()).where(HearingRow.state == State.BOOKED)
        count = session.scalar(is_booked.select_from(HearingRow)) or 0
        mails = session.scalar(sa.select(sa.func.count()).select_from(OutboxRow))
        of_hearings = sa.select(sa.func.count(sa.distinct(OccupancyRow.hearing_id)))
        assert (mails, session.scalar(of_hearings)) == (PEOPLE * count, count)
        assert (journal.verify(unit)[1], held_mails.is_held(unit)) == (None, True)
    units._session_of().close()
    return count
