"""Random slot problems for tests that compare two ways of answering them: clock changes, groups, closures and all."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

ZONES = ("Asia/Kolkata", "Asia/Dhaka", "Asia/Kathmandu", "Europe/London", "America/New_York", "Australia/Lord_Howe")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Around the clock changes of 2026 in Europe and America, of Lord Howe, and one quiet week.
MONDAYS = (
    date(2026, 3, 5),
    date(2026, 3, 27),
    date(2026, 4, 3),
    date(2026, 10, 2),
    date(2026, 10, 23),
    date(2026, 10, 30),
    date(2026, 9, 14),
)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def _stretches(draw: st.DrawFn) -> list[list[str]]:
    edges = draw(st.lists(st.integers(0, 48), min_size=2, max_size=4))
    return [[_clock(a * 30), _clock(b * 30)] for a, b in itertools.pairwise(edges)]


@st.composite
def _resource(draw: st.DrawFn, first: date) -> dict[str, Any]:
    day = st.integers(-1, 4).map(lambda days: (first + timedelta(days=days)).isoformat())
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    busy = []
    for begin, length in draw(st.lists(st.tuples(st.integers(-400, 4500), st.integers(0, 700)), max_size=5)):
        start = midnight + timedelta(minutes=begin)
        busy.append([f"{at:%Y-%m-%dT%H:%MZ}" for at in (start, start + timedelta(minutes=length))])
    booked = busy[: draw(st.integers(0, len(busy)))]
    resource: dict[str, Any] = {
        "zone": draw(st.sampled_from(ZONES)),
        "busy": busy[len(booked) :],
        "booked": booked,
        "gap_minutes": draw(st.sampled_from([0, 0, 1, 15, 45])),
    }
    if draw(st.booleans()):
        open_all_day = [["00:00", "24:00"]]
        week = st.dictionaries(st.sampled_from(WEEK), st.one_of(st.just(open_all_day), _stretches()), min_size=4)
        resource["hours"] = draw(week)
        resource["closed"] = [sorted(pair) for pair in draw(st.lists(st.tuples(day, day), max_size=1))]
        resource["open"] = draw(st.dictionaries(day, _stretches(), max_size=1))
    return resource


@st.composite
def _limit(draw: st.DrawFn, first: date) -> dict[str, Any]:
    """An order that allows one stretch of each date by the clock of a zone: daylight, say."""
    dates = [(first + timedelta(days=days)).isoformat() for days in range(-1, 5)]
    opens = [draw(st.integers(0, 24)) * 30 for _ in dates]
    stretches = [
        [f"{on}T{_clock(at)}", f"{on}T{_clock(min(at + draw(st.integers(1, 47)) * 30, 1439))}"]
        for on, at in zip(dates, opens, strict=True)
    ]
    rule = draw(st.sampled_from(["daylight", "court_hours", "day_full"]))
    return {"rule": rule, "zone": draw(st.sampled_from(ZONES)), "allowed": stretches}


@st.composite
def problems(draw: st.DrawFn) -> dict[str, Any]:
    """A document of the neutral slot problem of at most four days."""
    first = draw(st.sampled_from(MONDAYS))
    need = st.one_of(st.sampled_from(["a", "b"]), st.just(["c", "d"]))
    names = ["pre", "main", "post"] if draw(st.booleans()) else ["main"]
    search: dict[str, Any] = {
        "from": first.isoformat(),
        "to": (first + timedelta(days=draw(st.integers(0, 3)))).isoformat(),
        "zone": draw(st.sampled_from(ZONES)),
        "step_minutes": draw(st.sampled_from([7, 15, 30, 60, 100])),
        "now": (datetime(first.year, first.month, first.day) + timedelta(hours=9, seconds=30)).isoformat() + "Z",
        "notice_minutes": draw(st.sampled_from([0, 90, 1440])),
    }
    search["limits"] = draw(st.lists(_limit(first), max_size=2))
    if draw(st.booleans()):
        search["day"] = [_clock(draw(st.integers(0, 20)) * 30), _clock(draw(st.integers(20, 48)) * 30)]
    return {
        "search": search,
        "pattern": [
            {
                "part": name,
                "minutes": draw(st.sampled_from([1, 15, 20, 60, 95])),
                "needs": draw(st.lists(need, max_size=3)),
            }
            for name in names
        ],
        "resources": {key: draw(_resource(first)) for key in "abcd"},
    }
