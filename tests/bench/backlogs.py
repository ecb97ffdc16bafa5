"""Seeded worlds of waiting testimonies, much like those of a busy year, for tests and measurements.

Courts in India sit Monday to Friday, remote points Sunday to Thursday; each testimony needs its court's judge and three
more, one of four court rooms, its remote point's coordinator, an interpreter and one of three remote rooms. "tight" has
the same work for two fifths of the places.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from vctestimony.domain.backlog.problem import Job, Need, Problem, Weights
from vctestimony.domain.intervals import Span, common, course, without

DAY, STEP = 1440, 15
ORIGIN = 29_822_250  # a Monday, midnight in Kolkata
HORIZON_DAYS = 42
_COURT_HOURS, _REMOTE_HOURS = ((630, 810), (840, 990)), ((540, 765), (810, 960))
_SUNDAY, _FRIDAY, _SATURDAY = 6, 4, 5
_PER_COURT, _PER_REMOTE = 17, 25
_TIGHTER = 2.5


@dataclass(frozen=True, slots=True)
class _Place:
    """A court or a remote point: who works there, its rooms, and when each of them is free."""

    people: tuple[str, ...]
    rooms: tuple[str, ...]


def world(count: int, *, seed: int, tight: bool = False) -> Problem:
    """`count` testimonies waiting; the same for the same seed."""
    chance = random.Random(seed)
    fewer = _TIGHTER if tight else 1.0
    courts = [_court(number) for number in range(max(2, round(count / _PER_COURT / fewer)))]
    remotes = [_remote(number) for number in range(max(1, round(count / _PER_REMOTE / fewer)))]
    free: dict[str, list[Span]] = {}
    for places, hours, closed in (
        (courts, _COURT_HOURS, (_SATURDAY, _SUNDAY)),
        (remotes, _REMOTE_HOURS, (_FRIDAY, _SATURDAY)),
    ):
        for place in places:
            for who in (*place.people, *place.rooms):
                free[who] = without(_open(hours, closed), _busy(chance))
    jobs = tuple(_job(chance, number, chance.choice(courts), chance.choice(remotes), free) for number in range(count))
    return Problem(jobs=jobs, origin=ORIGIN, weights=Weights(late=0, travel=0))


def _court(number: int) -> _Place:
    name = f"c{number}"
    return _Place(
        (*(f"{name}-judge{k}" for k in range(2)), *(f"{name}-counsel{k}" for k in range(6))),
        tuple(f"{name}-room{k}" for k in range(4)),
    )


def _remote(number: int) -> _Place:
    name = f"r{number}"
    return _Place(
        (*(f"{name}-coordinator{k}" for k in range(2)), *(f"{name}-interpreter{k}" for k in range(3))),
        tuple(f"{name}-room{k}" for k in range(3)),
    )


def _open(hours: Sequence[Span], closed: tuple[int, int]) -> list[Span]:
    days = (day for day in range(HORIZON_DAYS) if day % 7 not in closed)
    return course((ORIGIN + day * DAY + begin, ORIGIN + day * DAY + end) for day in days for begin, end in hours)


def _busy(chance: random.Random) -> list[Span]:
    """What each of them has besides: on one day in six, for one to three hours."""
    spans = []
    for day in range(HORIZON_DAYS):
        for _ in range(chance.choice((0, 0, 0, 0, 0, 1))):
            begin = ORIGIN + day * DAY + chance.randrange(36, 64) * STEP
            spans.append((begin, begin + chance.choice((60, 90, 120, 180))))
    return spans


def _job(chance: random.Random, number: int, court: _Place, remote: _Place, free: dict[str, list[Span]]) -> Job:
    minutes = chance.choice((60, 60, 60, 90, 90, 90, 90, 120, 120, 150))
    people = (
        chance.choice(court.people[:2]),
        *chance.sample(court.people[2:], 3),
        chance.choice(remote.people[:2]),
        *chance.sample(remote.people[2:], chance.choice((1, 2))),
    )
    spans = ((0, minutes),)
    shared = free[people[0]]
    for who in people[1:]:
        shared = common(shared, free[who])
    last = ORIGIN + chance.choice((14, 28, 42)) * DAY
    starts = tuple(start for start in _starts(shared, minutes) if start < last)
    choices = []
    for name, rooms in (("court-room", court.rooms), ("remote-room", remote.rooms)):
        open_to = tuple(tuple(sorted(set(starts) & set(_starts(free[room], minutes)))) for room in rooms)
        starts = tuple(sorted(set(starts) & {start for each in open_to for start in each}))
        choices.append((name, rooms, open_to))
    needs = (
        *(Need(who, (who,), spans) for who in people),
        *(Need(name, rooms, spans, open_to) for name, rooms, open_to in choices),
    )
    return Job(
        key=f"T{number:04d}",
        starts=starts,
        minutes=minutes,
        needs=needs,
        priority=chance.randint(1, 5),
        deadline=last,
        is_hard=True,
    )


def _starts(free: Sequence[Span], minutes: int) -> list[int]:
    return [start for begin, end in free for start in range(-(-begin // STEP) * STEP, end - minutes + 1, STEP)]
