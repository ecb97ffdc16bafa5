"""`flask move`: everything from SQLite into an empty PostgreSQL, proved equal, and in use there afterwards."""

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import scoped_session, sessionmaker

from tests import engines
from tests.conftest import Database
from tests.engines import PostgreSQL
from tests.fakes import NOW, MemorySender
from tests.services.fed import made
from tests.services.planned import answered, booked
from tests.world import World
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.services import answers, feeds, journal
from vctestimony.services.answer_pages import AnswerPage
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store import backup as copies
from vctestimony.store.db import db
from vctestimony.store.guards import APPEND_ONLY, OVERLAP
from vctestimony.store.models import JournalRow, OccupancyRow, ParticipantRow, PostRow


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Let what is forgotten be reported within the test."""
    yield
    gc.collect()


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.mark.postgresql
@pytest.mark.bad_day("R23")
def test_everything_arrives_the_same_and_works_there_and_the_old_one_writes_to_nobody(
    units: Units, database: Database, world: World, mumbai: Actor, postgresql: PostgreSQL, tmp_path: Path
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    before = _given_out(units, world, made(units, Holder(room_id=world.mumbai.room_id), SYSTEM))
    postgresql.renew()
    engines._RENEWING.pop(postgresql.url).close()
    database.engine.dispose()
    own = {"VCT_INSTANCE": str(tmp_path / "instance"), "VCT_DATABASE_URL": database.url}
    app = create_app(Settings.from_env(own))
    moved = app.test_cli_runner().invoke(args=["move", "--to", postgresql.url])
    assert moved.exit_code == 0, moved.output
    assert re.search(r"\d+ rows in \d+ tables, the same on both sides", moved.output)
    again = app.test_cli_runner().invoke(args=["move", "--to", postgresql.url])
    assert (again.exit_code, "is not empty" in again.output) == (1, True)
    with app.app_context():
        db.engine.dispose()
    assert not deliver_one(units, owner="the old one")
    engine = sa.create_engine(postgresql.url)
    there = Units(scoped_session(sessionmaker(engine)), units.ports)
    try:
        assert _given_out(there, world, before[0]) == before, "feeds to the byte, and every link that was mailed"
        _in_use(there, world, engine)
    finally:
        there._session_of().close()
        engine.dispose()


def _given_out(units: Units, world: World, token: str) -> tuple[str, bytes, list[AnswerPage]]:
    """What is behind the address of a feed, and behind each link of the mails about the hearing."""
    with units.reading() as unit:
        people = unit.session.scalars(
            sa.select(ParticipantRow.public_id).where(ParticipantRow.hearing_id == world.mumbai.hearing_id)
        )
        links = [unit.ports.tokens.issue(person, sequence=0, now=NOW) for person in sorted(people)]
        pages = [answers.page(unit, link) for link in links]
    return token, feeds.read(units, token).content, pages


@pytest.mark.postgresql
@pytest.mark.bad_day("R23")
def test_nothing_is_moved_while_either_database_is_served(
    database: Database, postgresql: PostgreSQL, tmp_path: Path
) -> None:
    app = create_app(Settings.from_env({"VCT_INSTANCE": str(tmp_path / "i"), "VCT_DATABASE_URL": database.url}))
    target = sa.create_engine(postgresql.url)
    for served in (database.engine, target):
        with copies.in_service(served):
            refused = app.test_cli_runner().invoke(args=["move", "--to", postgresql.url])
        assert (refused.exit_code, "in use" in refused.output) == (1, True), refused.output
    target.dispose()
    with app.app_context():
        db.engine.dispose()


def _in_use(there: Units, world: World, engine: sa.Engine) -> None:
    sender = there.ports.sender
    assert isinstance(sender, MemorySender)
    while deliver_one(there, owner="the new one"):
        pass
    assert len(sender.sent) == 7
    with there.writing() as unit:
        journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
        count, broken = journal.verify(unit)
        assert (count > 7, broken) == (True, None)
        highest = unit.session.scalar(sa.select(sa.func.max(PostRow.id)))
        taken = unit.session.scalars(sa.select(OccupancyRow).where(OccupancyRow.blocking)).first()
        assert taken is not None
        same = {"resource_id": taken.resource_id, "start_min": taken.start_min, "end_min": taken.end_min}
    for wrong, words in (
        (sa.insert(OccupancyRow).values(**same, kind="other", blocking=True), OVERLAP),
        (sa.update(JournalRow).values(subject="x"), APPEND_ONLY),
    ):
        with pytest.raises(DBAPIError, match=words), engine.begin() as connection:
            connection.execute(wrong)
    with engine.connect() as connection:
        following = connection.scalar(sa.text("SELECT nextval(pg_get_serial_sequence('post', 'id'))"))
    assert following == (highest or 0) + 1


@pytest.mark.bad_day("R23")
def test_a_move_elsewhere_than_to_postgresql_is_refused(database: Database, tmp_path: Path) -> None:
    app = create_app(Settings.from_env({"VCT_INSTANCE": str(tmp_path / "i"), "VCT_DATABASE_URL": database.url}))
    for to, words in (
        (f"sqlite:///{tmp_path / 'x'}", "from sqlite to sqlite"),
        ("postgresql:///x?host=/nowhere", "reached"),
    ):
        refused = app.test_cli_runner().invoke(args=["move", "--to", to])
        assert (refused.exit_code, words in refused.output) == (1, True), refused.output
    with app.app_context():
        db.engine.dispose()
