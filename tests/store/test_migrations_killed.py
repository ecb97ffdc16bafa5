"""R22: each migration by itself with rows; one that is killed leaves the old schema or the new one, never half."""

import multiprocessing
import os
import signal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.conftest import Database
from tests.fakes import FrozenClock, MemorySender, fake_ports
from tests.services.planned import answered, booked
from tests.world import build
from vctestimony.cli.starting import WRONG_SCHEMA, schema_problem
from vctestimony.domain.people import Role
from vctestimony.services.accounts import actor_of
from vctestimony.services.unit import Units
from vctestimony.store import outbox, schema
from vctestimony.store.models import AccountRow

pytestmark = pytest.mark.bad_day("R22")
FORK = multiprocessing.get_context("fork")
MIDDLE = "0015"


def filled(engine: sa.Engine) -> None:
    """A booked hearing with everything it belongs to, and its mails, of which none waits: those are sealed by now."""
    units = Units(scoped_session(sessionmaker(engine)), fake_ports(clock=FrozenClock(), sender=MemorySender()))
    with units.writing() as unit:
        world = build(unit.session)
        answered(unit.session, world)
        by = actor_of(unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, "mumbai")))
    booked(units, world.mumbai.hearing, by)
    units._session_of().close()
    outbox.give_up_all(engine)


def shape(engine: sa.Engine) -> tuple[str | None, dict[str, list[str]], dict[str, int]]:
    """Revision, columns of each table, and how many rows each has."""
    found = sa.inspect(engine)
    columns = {str(key[1]): sorted(one["name"] for one in of) for key, of in found.get_multi_columns().items()}
    counts = (sa.select(sa.literal(table), sa.func.count()).select_from(sa.table(table)) for table in columns)
    with engine.connect() as connection:
        rows = {str(table): count for table, count in connection.execute(sa.union_all(*counts))}
    return schema.present(engine), columns, rows


def upgrade_killed(engine: sa.Engine, *, at: int) -> int:
    """Upgrade in a process that is killed before its statement of that number; how it ended."""

    def die() -> None:
        statements = iter(range(1, at))

        def count(*_: object) -> None:
            if next(statements, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        sa.event.listen(engine, "before_cursor_execute", count)
        schema.upgrade(engine)
        engine.dispose()

    engine.dispose()
    child = FORK.Process(target=die)
    child.start()
    child.join()
    return child.exitcode or 0


def test_each_revision_goes_down_up_and_down_with_rows_and_loses_none_that_has_a_place(database: Database) -> None:
    engine = database.engine
    filled(engine)
    before = shape(engine)[2]
    for number in range(int(schema.wanted() or ""), 1, -1):
        name, below = f"{number:04}", f"{number - 1:04}"
        whole = shape(engine)
        schema.downgrade(engine, below)
        lower = shape(engine)
        schema.upgrade(engine, name)
        assert (shape(engine)[0], shape(engine)[1]) == (name, whole[1]), name
        schema.downgrade(engine, below)
        assert shape(engine) == lower, name
    schema.upgrade(engine)
    after = shape(engine)[2]
    for table in ("hearing", "participant", "official", "witness", "occupancy", "journal", "outbox"):
        assert after[table] == before[table] > 0, table


def test_killed_in_the_middle_the_schema_is_the_old_one_and_the_service_does_not_start(database: Database) -> None:
    engine = database.engine
    filled(engine)
    schema.downgrade(engine, MIDDLE)
    old = shape(engine)
    for at in (2, 9, 30, 75):
        assert upgrade_killed(engine, at=at) == -signal.SIGKILL
        assert (shape(engine), schema_problem(engine)) == (old, WRONG_SCHEMA), at
    assert upgrade_killed(engine, at=100_000) == 0
    assert (schema.present(engine), schema_problem(engine)) == (schema.wanted(), "")
