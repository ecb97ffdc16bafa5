"""Alembic's entry: runs the migrations on the engine it is handed, all of them in one transaction."""

from alembic import context

import vctestimony.store.models as rows
from vctestimony.store.base import Base

assert rows  # imported so that Base.metadata holds every table

with context.config.attributes["engine"].begin() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
