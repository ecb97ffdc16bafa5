"""The search against an oracle that walks every minute with zoneinfo and knows no interval arithmetic."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings

from tests.domain.random_problems import WEEK, problems
from vctestimony.domain.slot_problem import solve


def _utc(wall: datetime, zone: str) -> list[datetime]:
    """Every instant at which clocks show the wall time: none, one or two."""
    found = {wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(at for at in found if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall)


def _edge(on: date, clock: str, zone: str, which: int) -> datetime:
    """An edge of hours: the first minute shown at or after it; of two, the first (0) or the last (-1)."""
    hours, minutes = map(int, clock.split(":"))
    wall = datetime(on.year, on.month, on.day) + timedelta(hours=hours, minutes=minutes)
    while not _utc(wall, zone):
        wall += timedelta(minutes=1)
    return _utc(wall, zone)[which]


def _open_minutes(resource: dict[str, Any], first: date, last: date) -> set[datetime] | None:
    """Every minute in which the resource works, or None for all."""
    if "hours" not in resource:
        return None
    minutes: set[datetime] = set()
    for number in range(first.toordinal() - 2, last.toordinal() + 3):
        on = date.fromordinal(number)
        stretches = resource["hours"].get(WEEK[on.weekday()], [])
        if any(a <= on.isoformat() <= b for a, b in resource["closed"]):
            stretches = []
        stretches = resource["open"].get(on.isoformat(), stretches)
        for opens, closes in stretches:
            at, end = _edge(on, opens, resource["zone"], -1), _edge(on, closes, resource["zone"], 0)
            while at < end:
                minutes.add(at)
                at += timedelta(minutes=1)
    return minutes


def _grid(search: dict[str, Any]) -> list[datetime]:
    starts = []
    on, last = date.fromisoformat(search["from"]), date.fromisoformat(search["to"])
    while on <= last:
        for minute in range(0, 1440, search["step_minutes"]):
            instants = _utc(datetime(on.year, on.month, on.day) + timedelta(minutes=minute), search["zone"])
            starts += instants if len(instants) == 1 else []
        on += timedelta(days=1)
    return sorted(starts)


def _in_day(search: dict[str, Any], start: datetime, end: datetime) -> bool:
    if "day" not in search:
        return True
    on = start.astimezone(ZoneInfo(search["zone"])).date()
    opens, closes = search["day"]
    return _edge(on, opens, search["zone"], -1) <= start and end <= _edge(on, closes, search["zone"], 0)


def _taken(resource: dict[str, Any]) -> list[tuple[datetime, datetime]]:
    """What is taken, other hearings with the minutes that must be kept free around them."""
    gap = timedelta(minutes=resource["gap_minutes"])
    spans = {name: [tuple(map(datetime.fromisoformat, span)) for span in resource[name]] for name in ("busy", "booked")}
    return [(a, b) for a, b in spans["busy"]] + [(a - gap, b + gap) for a, b in spans["booked"] if a < b]


def _allowed(limit: dict[str, Any], start: datetime, end: datetime) -> bool:
    """Whether every minute lies in some stretch of the limit, each of which opens and closes by the clock."""
    edges = [
        tuple(
            _edge(date.fromisoformat(wall[:10]), wall[11:], limit["zone"], which)
            for wall, which in zip(stretch, (-1, 0), strict=True)
        )
        for stretch in limit["allowed"]
    ]
    minutes = ((start + timedelta(minutes=number)) for number in range(int((end - start).total_seconds()) // 60))
    return all(any(opens <= at < closes for opens, closes in edges) for at in minutes)


def _expected(problem: dict[str, Any]) -> list[str]:
    search, resources = problem["search"], problem["resources"]
    first, last = date.fromisoformat(search["from"]), date.fromisoformat(search["to"])
    works = {key: _open_minutes(resource, first, last) for key, resource in resources.items()}
    taken = {key: _taken(resource) for key, resource in resources.items()}

    def can(key: str, start: datetime, minutes: int) -> bool:
        return all(
            (works[key] is None or at in (works[key] or ())) and not any(a <= at < b for a, b in taken[key])
            for at in (start + timedelta(minutes=minute) for minute in range(minutes))
        )

    def fits(start: datetime, chosen: dict[tuple[str, ...], str]) -> bool:
        at = start
        for part in problem["pattern"]:
            for need in part["needs"]:
                if not can(need if isinstance(need, str) else chosen[tuple(need)], at, part["minutes"]):
                    return False
            at += timedelta(minutes=part["minutes"])
        return True

    groups = sorted({tuple(need) for part in problem["pattern"] for need in part["needs"] if isinstance(need, list)})
    length = timedelta(minutes=sum(part["minutes"] for part in problem["pattern"]))
    earliest = datetime.fromisoformat(search["now"]) + timedelta(minutes=search["notice_minutes"])
    return [
        f"{start:%Y-%m-%dT%H:%M:%SZ}"
        for start in _grid(search)
        if start >= earliest
        and _in_day(search, start, start + length)
        and all(_allowed(limit, start, start + length) for limit in search["limits"])
        and any(fits(start, dict(zip(groups, picked, strict=True))) for picked in itertools.product(*groups))
    ]


@settings(max_examples=100, deadline=None)
@given(problems())
def test_the_search_finds_exactly_the_starts_that_a_walk_over_every_minute_finds(problem: dict[str, Any]) -> None:
    answer: Any = solve(problem)
    expected = _expected(problem)
    assert [slot["start_at"] for slot in answer["slots"]] == expected
    with_slots = {
        start.astimezone(ZoneInfo(problem["search"]["zone"])).date().isoformat()
        for start in map(datetime.fromisoformat, expected)
    }
    refused = {refusal["date"] for refusal in answer["refusals"]}
    days = range((date.fromisoformat(problem["search"]["to"]) - date.fromisoformat(problem["search"]["from"])).days + 1)
    every = {(date.fromisoformat(problem["search"]["from"]) + timedelta(days=day)).isoformat() for day in days}
    assert refused == every - with_slots
    assert all(refusal["causes"] for refusal in answer["refusals"])
