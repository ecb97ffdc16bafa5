"""The one place for what outlives a test: one engine for each database address, kept as long as the worker.

It remembers how each statement is written, which would take a test longer than to ask it. On PostgreSQL its idle
connections stay open, and know the schema; what they show is the database that was emptied in between.
"""

from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool

from tests.engines import LASTING, watch_order
from vctestimony.store.db import engine_options, prepare

STATEMENTS = 5000
"""So many statements does an engine remember: more than all tests of a worker make."""


def engine_at(database_url: str) -> Engine:
    """An engine for one test: who listens to it hears nothing of the next."""
    return _lasting(database_url).execution_options()


def part_from(engine: Engine) -> None:
    """At the end of a test: close what may not stay open, which is every file, and all where one was not given back."""
    pool = engine.pool
    if engine.dialect.name == "sqlite" or not isinstance(pool, QueuePool) or pool.checkedout():
        engine.dispose()


@cache
def _lasting(database_url: str) -> Engine:
    options = engine_options(database_url) | {"query_cache_size": STATEMENTS}
    if sa.make_url(database_url).get_backend_name() == "postgresql":
        options["connect_args"] = {"application_name": LASTING}
    engine = sa.create_engine(database_url, **options)
    prepare(engine)
    watch_order(engine)
    return engine
