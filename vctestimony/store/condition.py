"""The one place that asks how the database itself is: its schema, whether it takes anything, how much room it has."""

import os
from datetime import datetime
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from vctestimony.store import schema
from vctestimony.store.models import JournalRow


@cache
def _wanted() -> str | None:
    return schema.wanted()


def fits(session: Session) -> bool:
    """Whether it has the schema that this code was written for."""
    return MigrationContext.configure(session.connection()).get_current_revision() == _wanted()


def is_read_only(session: Session) -> bool:
    """Whether it would refuse a change. Waits for nobody: where somebody else is changing something, it can be changed.

    Call it last: the transaction is over afterwards.
    """
    nothing = sa.text("UPDATE heartbeat SET kind = kind WHERE 1 = 0")
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    patience = session.scalar(sa.text("PRAGMA busy_timeout")) if on_sqlite else None
    try:
        if on_sqlite:
            session.execute(sa.text("PRAGMA busy_timeout=0"))
        session.execute(nothing)
    except DBAPIError as error:
        return "readonly" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "25006"
    finally:
        if on_sqlite:
            session.execute(sa.text(f"PRAGMA busy_timeout={int(patience or 0)}"))
        session.rollback()
    return False


def free_bytes(session: Session) -> int | None:
    """How much room the disk has that holds a SQLite file; None for a database that lies elsewhere."""
    engine = session.get_bind().engine
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    found = os.statvfs(Path(engine.url.database).parent)
    return found.f_bavail * found.f_frsize


def last_entry_at(session: Session) -> datetime | None:
    """The time that the newest entry of the journal bears."""
    return session.scalar(sa.select(JournalRow.at).order_by(JournalRow.id.desc()).limit(1))
