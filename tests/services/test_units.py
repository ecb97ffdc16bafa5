"""A unit is one transaction: what it reads is of one moment, whoever commits meanwhile."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.conftest import Database
from tests.world import World
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow


def renamed(database: Database) -> None:
    """Somebody else gives every hearing another reference, and commits."""
    with Session(database.engine) as other:
        other.execute(sa.update(HearingRow).values(reference=HearingRow.reference + "-NEW"))
        other.commit()


def _references(session: Session) -> set[str]:
    return set(session.scalars(sa.select(HearingRow.reference)))


def test_what_one_unit_reads_is_of_one_moment_though_somebody_commits_in_the_middle(
    units: Units, world: World, database: Database
) -> None:
    with units.reading() as unit:
        before = _references(unit.session)
        renamed(database)
        assert _references(unit.session) == before
    with units.reading() as unit:
        assert _references(unit.session) == {f"{one}-NEW" for one in before}


def test_whoever_writes_after_reading_sees_what_others_committed_meanwhile(
    units: Units, world: World, database: Database
) -> None:
    with units.reading() as unit:
        before = _references(unit.session)
    renamed(database)
    with units.writing() as unit:
        assert _references(unit.session) == {f"{one}-NEW" for one in before}
        with_lock = sa.select(HearingRow.reference).with_for_update()
        assert set(unit.session.scalars(with_lock)) == {f"{one}-NEW" for one in before}
