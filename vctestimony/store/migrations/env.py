"""Alembic's entry: runs the migrations on what it is handed, all of them in one transaction.

A connection is in a transaction already, which somebody else ends. SQLite changes a table by making it anew: while that
happens its rows belong to nobody, and with foreign keys on, rows that point at them would refuse it or go with them. So
the keys are off meanwhile, and looked over before anything counts.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from alembic import context
from sqlalchemy.engine import Connection, Engine

from vctestimony.store.models import METADATA


class KeysBroken(Exception):
    """A migration lost rows that others belong to; everything was undone."""


@contextmanager
def _begun(engine: Engine) -> Iterator[Connection]:
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if loose := driver.execute("PRAGMA foreign_key_check").fetchone():
                    raise KeysBroken(loose[0])
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


bind = context.config.attributes["bind"]
with nullcontext(bind) if isinstance(bind, Connection) else _begun(bind) as connection:
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
