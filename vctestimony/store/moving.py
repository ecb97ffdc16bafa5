"""The one place that moves everything from a SQLite database into an empty PostgreSQL, and proves that it is the same.

All of it is one transaction on the new database: rows, numbers that go on where they stood, and the comparison. What
differs by one row or one character undoes everything.
"""

import enum
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_
from vctestimony.store import schema
from vctestimony.store.models import METADATA

_BATCH = 500


class WrongWay(Refusal):
    """Only this way is a move; the other way is not needed."""

    text = N_("A move goes from SQLite to PostgreSQL; this would go from {here} to {there}.")


class OldSchema(Refusal):
    """The database to be moved is of another version."""

    text = N_("The database does not fit this version. Run: flask --app wsgi init")


class NotEmpty(Refusal):
    """There is something in the database to which it would be moved."""

    text = N_("The new database is not empty: {what} is there. Name an empty one; nothing was changed.")


class NotReached(Refusal):
    """The new database does not answer."""

    text = N_("The new database cannot be reached ({problem}). Nothing was changed.")


class NotTheSame(Refusal):
    """What arrived is not what was sent."""

    text = N_("The table {table} did not arrive as it was, so everything was undone; the old database is untouched.")


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of a table arrived, and the hash over all of them, equal on both sides."""

    table: str
    rows: int
    hash: str


def move(source: Engine, target: Engine) -> tuple[Moved, ...]:
    """Move everything; nobody else may use either. The old database keeps what it has."""
    here, there = source.dialect.name, target.dialect.name
    if (here, there) != ("sqlite", "postgresql"):
        raise WrongWay(here=here, there=there)
    if schema.present(source) != schema.wanted():
        raise OldSchema()
    _refuse_filled(target)
    schema.upgrade(target)
    with source.connect() as old, target.begin() as new:
        for table in METADATA.sorted_tables:
            _copy(table, old, new)
            _number_on(table, new)
        return tuple(_compared(table, old, new) for table in METADATA.sorted_tables)


def _refuse_filled(target: Engine) -> None:
    found = sa.inspect(target).get_table_names()
    if found and schema.present(target) != schema.wanted():
        raise NotEmpty(what=found[0])
    with target.connect() as connection:
        for table in METADATA.sorted_tables if found else ():
            if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
                raise NotEmpty(what=table.name)


def _copy(table: sa.Table, old: Connection, new: Connection) -> None:
    result = old.execution_options(yield_per=_BATCH).execute(_in_order(table, old))
    for batch in result.mappings().partitions(_BATCH):
        new.execute(sa.insert(table), [dict(row) for row in batch])


def _number_on(table: sa.Table, new: Connection) -> None:
    """New rows get numbers after those that arrived."""
    column = table.autoincrement_column
    if column is None:
        return
    place = {"table": f'"{table.name}"', "column": column.name}
    sequence = new.scalar(sa.text("SELECT pg_get_serial_sequence(:table, :column)"), place)
    highest = new.scalar(sa.select(sa.func.max(column)))
    if sequence is not None and highest is not None:
        onward = {"sequence": sequence, "highest": highest}
        new.execute(sa.text("SELECT setval(CAST(:sequence AS regclass), :highest)"), onward)


def _compared(table: sa.Table, old: Connection, new: Connection) -> Moved:
    before, after = _digest(table, old), _digest(table, new)
    if before != after:
        raise NotTheSame(table=table.name)
    return before


def _digest(table: sa.Table, connection: Connection) -> Moved:
    count, digest = 0, sha256()
    for row in connection.execution_options(yield_per=_BATCH).execute(_in_order(table, connection)):
        count += 1
        digest.update(json.dumps([_plain(value) for value in row], sort_keys=True, ensure_ascii=True).encode() + b"\n")
    return Moved(table.name, count, digest.hexdigest())


def _in_order(table: sa.Table, connection: Connection) -> sa.Select[tuple[object, ...]]:
    """By key, and texts by their letters' numbers on both sides, whatever language the server orders by."""
    ours = connection.dialect.name == "postgresql"
    keys = [
        sa.collate(column, "C") if ours and isinstance(column.type, sa.String) else column
        for column in table.primary_key.columns
    ]
    return sa.select(table).order_by(*keys)


def _plain(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, enum.Enum):
        return value.value
    return value
