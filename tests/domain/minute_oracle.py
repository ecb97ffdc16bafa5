"""The neutral problem answered by walking over every minute with zoneinfo: no interval arithmetic, no code of ours."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AROUND = 4
"""Days before the first and after the last date that a minute may lie in."""


@cache
def shown(zone: str, on: date) -> dict[int, list[int]]:
    """For each minute of the date that clocks in the zone show: when, in minutes of the epoch. Skipped ones are left
    out, repeated ones have two."""
    found: dict[int, list[int]] = {}
    start = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(hours=15)
    clock = ZoneInfo(zone)
    for quarter in range(54 * 4):  # clocks change on full quarters, so each quarter is read once
        at = start + timedelta(minutes=15 * quarter)
        wall = at.astimezone(clock)
        if wall.date() == on:
            shown_first, epoch = wall.hour * 60 + wall.minute, _epoch(at)
            for minute in range(15):
                found.setdefault(shown_first + minute, []).append(epoch + minute)
    return found


def expected(problem: dict[str, Any]) -> list[str]:
    """The starts of every slot, as the answer writes them."""
    search = problem["search"]
    first, last = date.fromisoformat(search["from"]), date.fromisoformat(search["to"])
    base = _epoch(datetime(first.year, first.month, first.day, tzinfo=UTC)) - AROUND * 1440
    length = ((last - first).days + 2 * AROUND) * 1440
    free = {
        key: _free(resource, base, length, first=first, last=last) for key, resource in problem["resources"].items()
    }
    total = sum(part["minutes"] for part in problem["pattern"])
    picks = _picks(problem)
    return [
        datetime.fromtimestamp(start * 60, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for start in _grid(search, first, last)
        if start * 60 >= _earliest(search)
        and _in_day(search, start, start + total)
        and all(_allowed(limit, start, start + total) for limit in search["limits"])
        and any(_fits(problem, free, start - base, picked) for picked in picks)
    ]


def _epoch(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _earliest(search: dict[str, Any]) -> float:
    return datetime.fromisoformat(search["now"]).timestamp() + 60 * int(search["notice_minutes"])


def _edge(zone: str, on: date, minute: int, which: int) -> int:
    """An edge of hours: the first minute shown at or after it; of two, the first (0) or the last (-1)."""
    while minute >= 1440:
        on, minute = on + timedelta(days=1), minute - 1440
    while minute not in shown(zone, on):
        minute += 1
        if minute == 1440:
            on, minute = on + timedelta(days=1), 0
    return shown(zone, on)[minute][which]


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _free(resource: dict[str, Any], base: int, length: int, *, first: date, last: date) -> bytearray:
    """A one for every minute in which the resource works and is not taken."""
    free = bytearray(length) if "hours" in resource else bytearray(b"\1") * length
    for number in range(first.toordinal() - 2, last.toordinal() + 3) if "hours" in resource else ():
        on = date.fromordinal(number)
        stretches = resource["hours"].get(WEEK[on.weekday()], [])
        if any(a <= on.isoformat() <= b for a, b in resource["closed"]):
            stretches = []
        for opens, closes in resource["open"].get(on.isoformat(), stretches):
            zone = resource["zone"]
            begin, end = _edge(zone, on, _minutes(opens), -1) - base, _edge(zone, on, _minutes(closes), 0) - base
            if begin < end:
                free[begin:end] = b"\1" * (end - begin)
    gap = resource["gap_minutes"]
    for span, around in [(one, 0) for one in resource["busy"]] + [(one, gap) for one in resource["booked"]]:
        begin, end = (_epoch(datetime.fromisoformat(at)) - base for at in span)
        if begin < end:  # an hour that is no hour has no minutes around it
            begin, end = begin - around, end + around
        begin, end = max(begin, 0), min(end, length)
        if begin < end:
            free[begin:end] = bytes(end - begin)
    return free


def _grid(search: dict[str, Any], first: date, last: date) -> list[int]:
    starts = []
    for number in range(first.toordinal(), last.toordinal() + 1):
        minutes = shown(search["zone"], date.fromordinal(number))
        for minute in range(0, 1440, search["step_minutes"]):
            if len(minutes.get(minute, ())) == 1:
                starts += minutes[minute]
    return sorted(starts)


def _in_day(search: dict[str, Any], start: int, end: int) -> bool:
    if "day" not in search:
        return True
    on = datetime.fromtimestamp(start * 60, ZoneInfo(search["zone"])).date()
    opens, closes = map(_minutes, search["day"])
    return _edge(search["zone"], on, opens, -1) <= start and end <= _edge(search["zone"], on, closes, 0)


def _allowed(limit: dict[str, Any], start: int, end: int) -> bool:
    """Whether every minute lies in some stretch of the limit, each of which opens and closes by the clock."""
    edges = [
        tuple(
            _edge(limit["zone"], date.fromisoformat(wall[:10]), _minutes(wall[11:]), which)
            for wall, which in zip(stretch, (-1, 0), strict=True)
        )
        for stretch in limit["allowed"]
    ]
    return all(any(opens <= at < closes for opens, closes in edges) for at in range(start, end))


def _picks(problem: dict[str, Any]) -> list[dict[tuple[str, ...], str]]:
    """Every way of choosing one of each group."""
    groups = sorted({tuple(need) for part in problem["pattern"] for need in part["needs"] if isinstance(need, list)})
    return [dict(zip(groups, picked, strict=True)) for picked in itertools.product(*groups)]


def _fits(problem: dict[str, Any], free: dict[str, bytearray], start: int, picked: dict[tuple[str, ...], str]) -> bool:
    for needs, begin, end in _parts(problem, start):
        every = [need if isinstance(need, str) else picked[need] for need in needs]
        if len(set(every)) < len(every):  # nobody serves twice at one time
            return False
        if any(free[key].find(0, begin, end) >= 0 for key in every):
            return False
    return True


def _parts(problem: dict[str, Any], start: int) -> Iterator[tuple[list[Any], int, int]]:
    at = start
    for part in problem["pattern"]:
        needs = dict.fromkeys(need if isinstance(need, str) else tuple(need) for need in part["needs"])
        yield list(needs), at, at + part["minutes"]
        at += part["minutes"]
