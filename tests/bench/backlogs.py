"""Seeded worlds of waiting testimonies, much like those of a busy year, for tests and measurements.

Courts in India sit Monday to Friday, remote points by the week and the hours of their country; each testimony needs its
court's judge and three more, one of four court rooms, its remote point's coordinator, an interpreter or two and one of
three remote rooms, all of them with other things to do. "tight" has the same work for two fifths of the places.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from vctestimony.domain.backlog.problem import Job, Need, Problem, Weights
from vctestimony.domain.intervals import Span, common, course, without

DAY, STEP = 1440, 15
ORIGIN = 29_822_250  # a Monday, midnight in Kolkata
HORIZON_DAYS = 42
_MON_FRI, _SUN_THU = frozenset(range(5)), frozenset({6, 0, 1, 2, 3})
_MINUTES = (60, 60, 60, 90, 90, 90, 120, 120, 150, 180)
_BUSY = 0.54
_PER_COURT, _PER_REMOTE = 17, 25
_TIGHTER = 2.5


@dataclass(frozen=True, slots=True)
class _Hours:
    """Days of the week, and minutes of them on the clock of Kolkata."""

    days: frozenset[int]
    stretches: tuple[Span, ...]


_COURT = _Hours(_MON_FRI, ((630, 810), (840, 990)))
_REMOTE = (
    *(14 * (_Hours(_SUN_THU, ((540, 765), (810, 960))),)),  # Dhaka
    *(7 * (_Hours(_SUN_THU, ((585, 1005),)),)),  # Kathmandu
    *(6 * (_Hours(_MON_FRI, ((510, 975),)),)),  # Colombo
    *(5 * (_Hours(_MON_FRI, ((540, 1020),)),)),  # Dubai
    *(4 * (_Hours(_SUN_THU, ((630, 1080),)),)),  # Riyadh
    *(4 * (_Hours(_MON_FRI, ((870, 1260),)),)),  # London in summer
)


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
    hours = [_COURT] * len(courts) + chance.sample(_REMOTE, len(remotes))
    for place, kept in zip((*courts, *remotes), hours, strict=True):
        for who in (*place.people, *place.rooms):
            free[who] = without(_open(kept), _busy(chance))
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


def _open(hours: _Hours) -> list[Span]:
    days = [ORIGIN + day * DAY for day in range(HORIZON_DAYS) if day % 7 in hours.days]
    return course((day + begin, day + end) for day in days for begin, end in hours.stretches)


def _busy(chance: random.Random) -> list[Span]:
    """What each of them has besides: on every other day, for one to three hours."""
    spans = []
    for day in range(HORIZON_DAYS):
        if chance.random() < _BUSY:
            begin = ORIGIN + day * DAY + chance.randrange(36, 64) * STEP
            spans.append((begin, begin + chance.choice((60, 90, 120, 180))))
    return spans


def _job(chance: random.Random, number: int, court: _Place, remote: _Place, free: dict[str, list[Span]]) -> Job:
    minutes = chance.choice(_MINUTES)
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
