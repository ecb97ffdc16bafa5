"""Measures processes that book at the same instant: who wins, how the others are told, and how long all of it takes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.bench.measuring import Row, Size
from tests.services.crowd import COMMON_DAYS, MONDAY, Needs, check_whole, enter, own_set
from tests.services.planned import answered
from tests.services.racers import Entry, Finish, opened, race
from tests.world import World, build
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Refusal
from vctestimony.domain.people import Role
from vctestimony.services.accounts import actor_of
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow

LENGTHS = (0, 30, 0)
LONGEST = 900.0
_STARTS = tuple(
    datetime.combine(MONDAY + timedelta(days=day + 14 * fortnight), datetime.min.time()) + timedelta(minutes=minutes)
    for fortnight in range(2)
    for day in COMMON_DAYS
    for minutes in (630, 660, 690, 840, 870, 900)
)


class NotOneWinner(Refusal):
    """Times of a race that was not run by the rules mean nothing."""

    text = "Race {number}: {outcomes}."


def rows(url: str, size: Size) -> Iterator[Row]:
    """So many processes, so many rounds: everybody for one time, against everybody for rooms of their own."""
    units, engine = opened(url)
    with units.writing() as unit:
        world = build(unit.session)
        answered(unit.session, world)
        by = actor_of(unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, "mumbai")))
        sets = [own_set(unit, world, number) for number in range(size.racers)]
    alone = _entered(units, world, by, size, name="ALONE", sets=sets)
    apart = race(url, *alone, in_step=True, patience=LONGEST)
    hot = _entered(units, world, by, size, name="HOT", sets=[sets[0]] * size.racers, later=size.races)
    together = race(url, *hot, in_step=True, patience=LONGEST)
    _check(units, hot, together, size)
    check_whole(units, [one for lap in alone for one in lap], apart)
    usual, worst = _quantile(apart, 0.5), _quantile(together, 0.99)
    name = f"R9 {size.racers} processes × {size.races} rounds"
    note = f"p99 {worst:.0f} against p50 {usual:.0f}; p50 {_quantile(together, 0.5):.0f} ms for one time"
    yield Row(f"{name}: p99 for one time ÷ p50 for times apart", engine.dialect.name, worst / usual, 10, note=note)
    crossed = sum("Crossed" in one.outcome for one in together) + _deadlocks(units)
    yield Row(f"{name}: deadlocks, overlaps, halves, second winners", engine.dialect.name, crossed, 0)
    engine.dispose()


def _entered(
    units: Units, world: World, by: Actor, size: Size, *, name: str, sets: Sequence[Needs], later: int = 0
) -> list[list[Entry]]:
    """For each process its hearings, one a round; every round has a time of its own."""
    with units.writing() as unit:
        return [
            [
                Entry(enter(unit, world, f"H-{name}{racer}-{number}", needs, LENGTHS), _STARTS[later + number], by)
                for number in range(size.races)
            ]
            for racer, needs in enumerate(sets)
        ]


def _check(units: Units, laps: Sequence[Sequence[Entry]], finishes: Sequence[Finish], size: Size) -> None:
    """Refuse to measure unless each round had one winner, and clean refusals with alternatives for all others."""
    for number in range(size.races):
        names = {lap[number].reference for lap in laps}
        mine = [one for one in finishes if one.reference in names]
        outcomes = Counter(one.outcome for one in mine)
        helped = all(one.alternatives == 3 for one in mine if one.outcome == "taken")
        if outcomes != {"booked": 1, "taken": size.racers - 1} or not helped:
            raise NotOneWinner(number=number + 1, outcomes=dict(outcomes))
    check_whole(units, [one for lap in laps for one in lap], finishes)


def _deadlocks(units: Units) -> int:
    with units.reading() as unit:
        return deadlocks(unit.session)


def deadlocks(session: Session) -> int:
    """How many the server has counted in this database; SQLite knows none."""
    if session.get_bind().dialect.name == "sqlite":
        return 0
    query = sa.text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return int(session.scalar(query) or 0)


def _quantile(finishes: Sequence[Finish], part: float) -> float:
    times = sorted(one.seconds * 1000 for one in finishes)
    return times[min(int(len(times) * part), len(times) - 1)]
