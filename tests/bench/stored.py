"""Measures the database's part on either engine: reading what is taken, with much history or little, and claiming."""

import itertools
import operator
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.bench.measuring import OWN, WALL, Row, Size, Watch, each, milliseconds, side_by_side
from tests.bench.questions import DAY, NOW, Question, questions
from tests.bench.searching import core
from tests.engines import migrated
from tests.world import build
from vctestimony.domain.hearing import Part
from vctestimony.domain.instants import to_min
from vctestimony.store import guards, occupancy
from vctestimony.store.db import begin_writing, engine_options, prepare
from vctestimony.store.models import OccupancyKind, OccupancyRow, ResourceKind, ResourceRow
from vctestimony.store.occupancy import Claim

FROM_MIN = to_min(NOW)
UNTIL_MIN = to_min(NOW + timedelta(days=65))
YEAR = 365 * DAY
CLAIMED = 9
_BACK_IN_TIME = sa.text(
    "INSERT INTO occupancy (resource_id, start_min, end_min, kind, blocking)"
    " SELECT resource_id, start_min - :minutes, end_min - :minutes, kind, blocking FROM occupancy"
    " WHERE start_min >= :since AND NOT blocking"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the numbers of its resources in the database."""

    question: Question
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A migrated database with so many resources, each taken now and then in the days that are asked about."""

    engine: Engine
    sessions: sessionmaker[Session]
    resources: tuple[int, ...]
    hearing_id: int


@contextmanager
def opened(url: str, size: Size) -> Iterator[Place]:
    """The database at that address, filled."""
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    try:
        yield _filled(engine, size)
    finally:
        engine.dispose()


def sqlite_file(folder: Path, name: str) -> str:
    """The address of a new, migrated SQLite file."""
    url = f"sqlite:///{folder / name}.sqlite"
    migrated(url)
    return url


def rows(place: Place, size: Size) -> list[Row]:
    """Everything that is measured on this engine but for bookings."""
    asked = _asked(place, size)
    with place.sessions() as session:
        first = [_whole_search(session, asked, size), _statement_alone(session, asked, size)]
        before = _fetch_time(session, asked, size)
    with place.sessions() as session:
        for year in range(1, 10):
            session.execute(_BACK_IN_TIME, {"minutes": year * YEAR, "since": FROM_MIN})
        session.commit()
    _kept(place.engine)
    with place.sessions() as session:
        count = session.scalar(sa.select(sa.func.count()).select_from(OccupancyRow)) or 0
        after = _fetch_time(session, asked, size)
    note = f"{after:.3f} against {before:.3f}; {count} rows against {count // 10}"
    return [*first, Row("R6 fetch at 10 times the history ÷ at once", _name(place), after / before, 1.25, note=note)]


def booking(guarded: Place, bare: Place, size: Size) -> Row:
    """A booking as the service makes it, against one without the guard.

    On SQLite the bare one is the same transaction where no trigger looks on; on PostgreSQL it keeps the exclusion
    constraint, takes no locks and forgets no holds.
    """
    on_sqlite = guarded.engine.dialect.name == "sqlite"
    without = _book if on_sqlite else _insert
    if on_sqlite:
        with bare.engine.begin() as connection:
            for statement in guards.remove("sqlite"):
                connection.execute(sa.text(statement))
    claims = _claims(guarded, random.Random(9))
    slow, fast = side_by_side(
        lambda: _book(guarded, next(claims)), lambda: without(bare, next(claims)), rounds=size.bookings, watch=WALL
    )
    name = f"R10 bookings a second, guarded ÷ {'without trigger' if on_sqlite else 'exclusion constraint only'}"
    note = f"{1000 / slow:.0f} against {1000 / fast:.0f} a second"
    return Row(name, _name(guarded), fast / slow, 0.8 if on_sqlite else 0.4, at_most=False, note=note)


def _filled(engine: Engine, size: Size) -> Place:
    dice = random.Random(5)
    sessions = sessionmaker(engine)
    with sessions() as session:
        begin_writing(session)
        hearing_id = build(session).mumbai.hearing_id
        made = [ResourceRow(kind=ResourceKind.ROOM, name=f"Room {n}", is_active=True) for n in range(size.resources)]
        session.add_all(made)
        session.flush()
        numbers = tuple(row.id for row in made)
        session.execute(sa.insert(OccupancyRow), [row for n in numbers for row in _taken(dice, n, size.busy_each)])
        session.commit()
    _kept(engine)
    return Place(engine, sessions, numbers, hearing_id)


def _kept(engine: Engine) -> None:
    """Do what a database does by itself a minute after so many rows: count them, and on PostgreSQL see what is old."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE occupancy"))


def _taken(dice: random.Random, number: int, count: int) -> list[dict[str, object]]:
    starts = (FROM_MIN + dice.randrange(UNTIL_MIN - FROM_MIN) for _ in range(count))
    return [
        {
            "resource_id": number,
            "start_min": start,
            "end_min": start + dice.choice((30, 60, 90, 180)),
            "kind": OccupancyKind.OTHER,
            "blocking": False,
        }
        for start in starts
    ]


def _asked(place: Place, size: Size) -> list[Asked]:
    dice = random.Random(11)
    return [
        Asked(question, tuple(dice.sample(place.resources, len(question.resources))))
        for question in questions(size.questions)
    ]


def _fetch(session: Session, asked: Asked) -> Sequence[tuple[int, int, int, int | None]]:
    return occupancy.taken(session, asked.numbers, from_min=FROM_MIN, to_min=UNTIL_MIN, now=NOW)


def _search(session: Session, asked: Asked) -> list[int]:
    """Fetch, hand each resource what is taken of it, search."""
    by_resource = itertools.groupby(_fetch(session, asked), key=operator.itemgetter(0))
    taken = {number: [(start, end) for _, start, end, _ in found] for number, found in by_resource}
    mine = zip(asked.question.resources.items(), asked.numbers, strict=True)
    resources = {key: replace(resource, busy=taken.get(number, ())) for (key, resource), number in mine}
    return core(replace(asked.question, resources=resources))


def _whole_search(session: Session, asked: Sequence[Asked], size: Size) -> Row:
    whole, bare = side_by_side(
        each(asked, lambda one: _search(session, one)),
        each(asked, lambda one: _fetch(session, one)),
        rounds=size.rounds,
        watch=_watch(session),
    )
    note = f"{whole / len(asked):.3f} against {bare / len(asked):.3f}"
    return Row("R5 fetch and search ÷ fetch", session.get_bind().dialect.name, whole / bare, 2, note=note)


def _statement_alone(session: Session, asked: Sequence[Asked], size: Size) -> Row:
    """The same rows by the bare driver, to see what the layer above it costs."""
    connection = session.connection()
    mark = "?" if connection.dialect.name == "sqlite" else "%s"

    def by_driver(one: Asked) -> object:
        marks = ",".join(mark for _ in one.numbers)
        statement = (
            f"SELECT resource_id, start_min, end_min FROM occupancy WHERE resource_id IN ({marks})"
            f" AND end_min > {mark} AND start_min < {mark} AND held_until IS NULL"
        )
        return connection.exec_driver_sql(statement, (*one.numbers, FROM_MIN, UNTIL_MIN)).cursor.fetchall()

    ours, theirs = side_by_side(
        each(asked, lambda one: _fetch(session, one)),
        each(asked, by_driver),
        rounds=size.rounds,
        watch=_watch(session),
    )
    note = f"{ours / len(asked):.3f} against {theirs / len(asked):.3f}"
    return Row("fetch ÷ the driver alone", connection.dialect.name, ours / theirs, note=note)


def _fetch_time(session: Session, asked: Sequence[Asked], size: Size) -> float:
    everything = each(asked, lambda one: _fetch(session, one))
    return milliseconds(everything, rounds=size.rounds, watch=_watch(session)) / len(asked)


def _watch(session: Session) -> Watch:
    """SQLite reads within this process; for a server one waits."""
    return OWN if session.get_bind().dialect.name == "sqlite" else WALL


def _claims(place: Place, dice: random.Random) -> Iterator[list[Claim]]:
    """Bookings of nine resources that never meet: each an hour further in a time that nobody asks about."""
    for number in itertools.count():
        start = UNTIL_MIN + YEAR + 60 * number
        yield [Claim(resource, start, start + 60, Part.MAIN) for resource in dice.sample(place.resources, CLAIMED)]


def _book(place: Place, claims: list[Claim]) -> None:
    numbers = [claim.resource_id for claim in claims]
    with place.sessions() as session:
        begin_writing(session)
        occupancy.lock(session, numbers)
        occupancy.forget_expired(session, numbers, now=NOW)
        occupancy.claim(session, claims, hearing_id=place.hearing_id)
        session.commit()


def _insert(place: Place, claims: list[Claim]) -> None:
    wanted = [
        {
            "resource_id": claim.resource_id,
            "start_min": claim.start_min,
            "end_min": claim.end_min,
            "kind": OccupancyKind.BOOKING,
            "blocking": True,
            "hearing_id": place.hearing_id,
            "part": claim.part,
        }
        for claim in claims
    ]
    with place.sessions() as session:
        begin_writing(session)
        session.execute(sa.insert(OccupancyRow), wanted)
        session.commit()


def _name(place: Place) -> str:
    return place.engine.dialect.name
