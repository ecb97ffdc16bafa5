"""Alembic's entry: runs the migrations on the engine it is handed, all of them in one transaction."""

from alembic import context

from vctestimony.store.models import METADATA

with context.config.attributes["engine"].begin() as connection:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
