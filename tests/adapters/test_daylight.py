"""Sunrise and sunset from the package, against published times and in places where there are none."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vctestimony.adapters.daylight import Sun

DHAKA = {"latitude": 23.81, "longitude": 90.41, "zone": "Asia/Dhaka"}
LONDON = {"latitude": 51.51, "longitude": -0.12, "zone": "Europe/London"}
TROMSO = {"latitude": 69.65, "longitude": 18.96, "zone": "Europe/Oslo"}
APIA = {"latitude": -13.83, "longitude": -171.76, "zone": "Pacific/Apia"}
MINUTES = timedelta(minutes=2)


@pytest.mark.parametrize(
    ("place", "on", "rises", "sets"),
    [
        # Almanac values, rounded to the minute there.
        (DHAKA, date(2026, 12, 21), "2026-12-21T00:36", "2026-12-21T11:16"),
        (DHAKA, date(2026, 6, 21), "2026-06-20T23:12", "2026-06-21T12:48"),
        (LONDON, date(2026, 6, 21), "2026-06-21T03:43", "2026-06-21T20:21"),
        (LONDON, date(2026, 12, 21), "2026-12-21T08:03", "2026-12-21T15:53"),
    ],
)
def test_the_sun_rises_and_sets_as_the_almanac_says(place: dict[str, object], on: date, rises: str, sets: str) -> None:
    found = Sun().daytime(on, **place)  # type: ignore[arg-type]  # one table of values of many types
    assert found is not None
    expected = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (rises, sets)]
    assert all(abs(seen - wanted) <= MINUTES for seen, wanted in zip(found, expected, strict=True))


def test_the_date_is_that_of_the_zone_on_the_far_side_of_the_date_line() -> None:
    rises_at, sets_at = Sun().daytime(date(2026, 6, 21), **APIA) or (None, None)  # type: ignore[arg-type]
    assert rises_at is not None
    assert sets_at is not None
    local = timedelta(hours=13)
    assert (rises_at + local).date() == (sets_at + local).date() == date(2026, 6, 21)
    assert timedelta(hours=11) < sets_at - rises_at < timedelta(hours=12)


@pytest.mark.parametrize("on", [date(2026, 6, 21), date(2026, 12, 21)])
def test_beyond_the_polar_circle_some_days_have_no_sunrise(on: date) -> None:
    assert Sun().daytime(on, **TROMSO) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("day", range(0, 365, 5))
def test_every_day_that_has_a_sunrise_ends_after_it_began(day: int) -> None:
    on = date(2026, 1, 1) + timedelta(days=day)
    for place in (DHAKA, LONDON, TROMSO):
        found = Sun().daytime(on, **place)  # type: ignore[arg-type]
        assert found is None or timedelta(0) < found[1] - found[0] < timedelta(days=1)
