"""Each migration goes up and down on both engines, and what it makes is what the models say."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from tests.conftest import Database
from vctestimony.store import schema
from vctestimony.store.models import METADATA


def test_the_migrated_schema_is_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_migrations_go_down_to_nothing_and_up_again(database: Database) -> None:
    schema.downgrade(database.engine)
    assert sa.inspect(database.engine).get_table_names() == ["alembic_version"]
    schema.upgrade(database.engine)
    assert schema.present(database.engine) == schema.wanted()
    assert set(METADATA.tables) < set(sa.inspect(database.engine).get_table_names())
