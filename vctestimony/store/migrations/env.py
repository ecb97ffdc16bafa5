"""Alembic's entry: runs the migrations on what it is handed, all of them in one transaction.

A connection is in a transaction already, which somebody else ends.
"""

from contextlib import nullcontext

from alembic import context
from sqlalchemy.engine import Connection

from vctestimony.store.models import METADATA

bind = context.config.attributes["bind"]
with nullcontext(bind) if isinstance(bind, Connection) else bind.begin() as connection:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
