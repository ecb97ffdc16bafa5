"""Each migration goes up and down on both engines, and what it makes is what the models say."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.conftest import Database
from tests.world import build
from vctestimony.domain.options import OptionState
from vctestimony.store import schema
from vctestimony.store.guards import OVERLAP
from vctestimony.store.models import METADATA, HearingRow, OccupancyRow, OptionRow


@pytest.mark.bad_day("R22")
def test_the_migrated_schema_is_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


@pytest.mark.bad_day("R22")
def test_migrations_go_down_to_nothing_and_up_again(database: Database) -> None:
    schema.downgrade(database.engine)
    assert sa.inspect(database.engine).get_table_names() == ["alembic_version"]
    schema.upgrade(database.engine)
    assert schema.present(database.engine) == schema.wanted()
    assert set(METADATA.tables) < set(sa.inspect(database.engine).get_table_names())


@pytest.mark.bad_day("R22")
def test_a_held_time_becomes_the_only_option_of_its_hearing_and_back(database: Database) -> None:
    with scoped_session(sessionmaker(database.engine))() as session:
        world = build(session)
        session.commit()
    hearing, room = world.mumbai.hearing_id, world.dhaka.room_id
    schema.downgrade(database.engine, "0004")
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE hearing SET state = 'proposed', starts_at = '2026-09-14 05:30:00',"
                " starts_wall = '2026-09-14 11:00:00', tz_version = '2026a', held_until = '2026-09-03 05:00:00'"
                " WHERE id = :hearing"
            ),
            {"hearing": hearing},
        )
        connection.execute(
            sa.text(
                "INSERT INTO occupancy (resource_id, start_min, end_min, kind, blocking, hearing_id, part, held_until)"
                " VALUES (:room, 100, 200, 'hold', :yes, :hearing, 'main', '2026-09-03 05:00:00')"
            ),
            {"room": room, "yes": True, "hearing": hearing},
        )
    schema.upgrade(database.engine)
    with scoped_session(sessionmaker(database.engine))() as session:
        [option] = session.scalars(sa.select(OptionRow)).all()
        assert (option.hearing_id, option.offer, option.number, option.state) == (hearing, 1, 1, OptionState.HELD)
        assert (option.starts_at, option.zone) == (datetime(2026, 9, 14, 5, 30, tzinfo=UTC), "Asia/Kolkata")
        assert session.scalar(sa.select(OccupancyRow.option_id)) == option.id
        assert session.get_one(HearingRow, hearing).starts_at is None
        session.rollback()
    guarded = sa.insert(OccupancyRow).values(resource_id=room, start_min=150, end_min=160, kind="other", blocking=True)
    with pytest.raises(DBAPIError, match=OVERLAP), database.engine.begin() as connection:
        connection.execute(guarded)
    schema.downgrade(database.engine, "0004")
    with database.engine.begin() as connection:
        kept = connection.execute(sa.text("SELECT starts_wall, held_until FROM hearing WHERE state = 'proposed'")).one()
        assert [str(one)[:16] for one in kept] == ["2026-09-14 11:00", "2026-09-03 05:00"]
        assert connection.execute(sa.text("SELECT count(*) FROM occupancy")).scalar() == 1
    schema.upgrade(database.engine)
