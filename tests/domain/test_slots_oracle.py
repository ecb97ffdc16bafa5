"""The search against an oracle that walks every minute with zoneinfo and knows no interval arithmetic.

A few thousand seeded problems in every run, as many as VCT_ORACLE says when it is set (100000 is a night), and some
more by hypothesis, which shrinks what it finds.
"""

import itertools
import os
import random
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.minute_oracle import WEEK, expected
from vctestimony.domain.slot_problem import solve

PROBLEMS = int(os.environ.get("VCT_ORACLE", "3000"))
LOTS = 3
ZONES = (
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Kathmandu",
    "Europe/London",
    "America/New_York",
    "Africa/Cairo",
    "Australia/Lord_Howe",
)
# Around the clock changes of 2026 in Europe, America, Egypt and Lord Howe, and one quiet week.
FIRST_DAYS = (
    date(2026, 3, 5),
    date(2026, 3, 27),
    date(2026, 4, 3),
    date(2026, 4, 22),
    date(2026, 10, 2),
    date(2026, 10, 23),
    date(2026, 10, 28),
    date(2026, 10, 30),
    date(2026, 9, 14),
)
STEPS, LENGTHS, NOTICES = (7, 15, 30, 60, 100), (1, 15, 20, 60, 95), (0, 90, 1440)
NEEDS = ("a", "b", ["c", "d"], ["d", "a"])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _compare(problem: dict[str, Any]) -> int:
    """Refuse any difference; how many starts there are."""
    answer: Any = solve(problem)
    starts = expected(problem)
    assert [slot["start_at"] for slot in answer["slots"]] == starts, problem
    zone = ZoneInfo(problem["search"]["zone"])
    with_slots = {start.astimezone(zone).date().isoformat() for start in map(datetime.fromisoformat, starts)}
    first, last = (date.fromisoformat(problem["search"][key]).toordinal() for key in ("from", "to"))
    every = {date.fromordinal(number).isoformat() for number in range(first, last + 1)}
    assert {refusal["date"] for refusal in answer["refusals"]} == every - with_slots, problem
    assert all(refusal["causes"] for refusal in answer["refusals"]), problem
    return len(starts)


# Seeded


def _stretches(dice: random.Random) -> list[list[str]]:
    edges = [dice.randrange(49) for _ in range(dice.choice((2, 2, 3, 4)))]
    return [
        [_clock(a * 30), _clock(b * 30)] for a, b in itertools.pairwise(sorted(edges) if dice.random() < 0.7 else edges)
    ]


def _resource(dice: random.Random, first: date) -> dict[str, Any]:
    def day() -> str:
        return (first + timedelta(days=dice.randrange(-1, 5))).isoformat()

    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    busy = []
    for _ in range(dice.randrange(6)):
        start = midnight + timedelta(minutes=dice.randrange(-400, 4500))
        end = start + timedelta(minutes=dice.choice((0, 15, 60, dice.randrange(700))))
        busy.append([f"{at:%Y-%m-%dT%H:%MZ}" for at in (start, end)])
    booked = dice.randrange(len(busy) + 1)
    resource: dict[str, Any] = {
        "zone": dice.choice(ZONES),
        "busy": busy[booked:],
        "booked": busy[:booked],
        "gap_minutes": dice.choice((0, 0, 1, 15, 45)),
    }
    if dice.random() < 0.6:
        whole = [["00:00", "24:00"]]
        days = dice.sample(WEEK, dice.randrange(4, 8))
        resource["hours"] = {day: whole if dice.random() < 0.4 else _stretches(dice) for day in days}
        resource["closed"] = [sorted((day(), day()))] if dice.random() < 0.3 else []
        resource["open"] = {day(): _stretches(dice)} if dice.random() < 0.3 else {}
    return resource


def _limit(dice: random.Random, first: date) -> dict[str, Any]:
    """An order that allows one stretch of each date by the clock of a zone: daylight, say."""
    allowed = []
    for days in range(-1, 5):
        on, opens = (first + timedelta(days=days)).isoformat(), dice.randrange(25) * 30
        closes = min(opens + dice.randrange(1, 48) * 30, 1439)
        allowed.append([f"{on}T{_clock(opens)}", f"{on}T{_clock(closes)}"])
    rule = dice.choice(("daylight", "court_hours", "day_full"))
    return {"rule": rule, "zone": dice.choice(ZONES), "allowed": allowed}


def _problem(dice: random.Random) -> dict[str, Any]:
    first = dice.choice(FIRST_DAYS)
    search: dict[str, Any] = {
        "from": first.isoformat(),
        "to": (first + timedelta(days=dice.randrange(4))).isoformat(),
        "zone": dice.choice(ZONES),
        "step_minutes": dice.choice(STEPS),
        "now": f"{first.isoformat()}T{dice.choice(('00', '09'))}:00:30Z",
        "notice_minutes": dice.choice(NOTICES),
        "limits": [_limit(dice, first) for _ in range(dice.choice((0, 0, 0, 1, 2)))],
    }
    if dice.random() < 0.4:
        search["day"] = [_clock(dice.randrange(21) * 30), _clock(dice.randrange(20, 49) * 30)]
    parts = ("pre", "main", "post") if dice.random() < 0.5 else ("main",)
    pattern = [
        {"part": part, "minutes": dice.choice(LENGTHS), "needs": [dice.choice(NEEDS) for _ in range(dice.randrange(4))]}
        for part in parts
    ]
    return {"search": search, "pattern": pattern, "resources": {key: _resource(dice, first) for key in "abcd"}}


@pytest.mark.parametrize("lot", range(LOTS))
def test_thousands_of_seeded_problems_have_exactly_the_starts_of_the_oracle(lot: int) -> None:
    dice = random.Random(2026 + lot)
    counts = [_compare(_problem(dice)) for _ in range(PROBLEMS // LOTS)]
    some = sum(count > 0 for count in counts)
    sys.stdout.write(f"\n{len(counts)} problems compared, {some} with a slot, {sum(counts)} starts equal\n")
    assert some > len(counts) // 3


# Shrinking


@st.composite
def _any_problem(draw: st.DrawFn) -> dict[str, Any]:
    return _problem(draw(st.randoms(use_true_random=False)))


@settings(max_examples=60, deadline=None)
@given(_any_problem())
def test_the_search_finds_exactly_the_starts_that_a_walk_over_every_minute_finds(problem: dict[str, Any]) -> None:
    _compare(problem)
