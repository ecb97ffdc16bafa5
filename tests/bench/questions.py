"""Seeded questions to the slot search, much like those of a busy year: courts, missions, people, holidays, bookings."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from vctestimony.domain.calendars import DatedException, Kind, Rule, WorkingCalendar
from vctestimony.domain.instants import resolve, to_min
from vctestimony.domain.slots import Pattern, PatternPart, Search, SlotResource

FIRST_ON = date(2027, 1, 4)
ZONE = "Asia/Kolkata"
NOW = datetime(2027, 1, 1, 6, 30, tzinfo=UTC)
DAY = 1440
_WEEKDAYS, _SUNDAY_TO_THURSDAY = (0, 1, 2, 3, 4), (6, 0, 1, 2, 3)
_PLACES = (
    ("mumbai", ZONE, _WEEKDAYS, ((660, 840), (900, 1020))),
    ("kolkata", ZONE, _WEEKDAYS, ((630, 810), (840, 990))),
    ("dhaka", "Asia/Dhaka", _SUNDAY_TO_THURSDAY, ((570, 795), (840, 990))),
    ("dhaka-mission", "Asia/Dhaka", _SUNDAY_TO_THURSDAY, ((540, 1050),)),
    ("kathmandu", "Asia/Kathmandu", _SUNDAY_TO_THURSDAY, ((600, 1020),)),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One search with everything it needs to be answered."""

    search: Search
    pattern: Pattern
    resources: dict[str, SlotResource]


def calendars() -> tuple[WorkingCalendar, ...]:
    """Five working calendars, each with forty closed days of 2027."""
    dice = random.Random(27)
    return tuple(
        WorkingCalendar(
            id=name,
            version="1",
            zone=zone,
            rules=tuple(Rule(day, opens, closes) for day in days for opens, closes in stretches),
            exceptions=tuple(_closed(date(2027, 1, 1) + timedelta(days=n)) for n in dice.sample(range(420), 40)),
        )
        for name, zone, days, stretches in _PLACES
    )


def _closed(on: date) -> DatedException:
    return DatedException(on, on, Kind.CLOSED, label="Holiday")


def questions(count: int, *, days: int = 60, people: int = 6) -> tuple[Question, ...]:
    """So many questions; the same ones in every run."""
    dice = random.Random(100 * days + people)
    shelf = calendars()
    return tuple(_question(dice, shelf, days=days, people=people) for _ in range(count))


def _question(dice: random.Random, shelf: Sequence[WorkingCalendar], *, days: int, people: int) -> Question:
    court, remote = dice.choice(shelf[:2]), dice.choice(shelf[2:])
    of = {"court-room": court, "remote-room": remote, "link": None, "witness": None}
    of |= {f"person-{number}": court if number % 2 else remote for number in range(people)}
    resources = {key: SlotResource(key, calendar, _busy(dice, days), own_zone=ZONE) for key, calendar in of.items()}
    every = tuple(resources)
    main = dice.choice((30, 60, 90))
    pattern = Pattern(
        (PatternPart("pre", 15, every[:-2]), PatternPart("main", main, every), PatternPart("post", 15, every))
    )
    search = Search(FIRST_ON, FIRST_ON + timedelta(days=days - 1), ZONE, 15, now=NOW, notice_minutes=DAY)
    return Question(search, pattern, resources)


def _busy(dice: random.Random, days: int) -> list[tuple[int, int]]:
    """About two taken stretches in three days, some of them overlapping."""
    first_min = to_min(resolve(datetime.combine(FIRST_ON, datetime.min.time()), ZONE))
    found = []
    for _ in range(2 * days // 3):
        start = first_min + dice.randrange(days) * DAY + dice.randrange(540, 1020, 5)
        found.append((start, start + dice.choice((15, 30, 60, 90, 180))))
    return found
