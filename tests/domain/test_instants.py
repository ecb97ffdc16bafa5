"""Wall times, instants and zones: the Indian subcontinent, London's clock changes, gaps, folds and the year bound."""

from datetime import UTC, date, datetime

import pytest

from vctestimony.domain.instants import (
    TZ_VERSION,
    AmbiguousWallTime,
    NonexistentWallTime,
    OutsideKnownTime,
    Reading,
    UnknownZone,
    canonical_zone,
    earlier_min,
    from_min,
    later_min,
    offset_label,
    offset_minutes,
    read,
    resolve,
    to_min,
    to_min_up,
    wall_of,
)
from vctestimony.domain.local_days import clock_grid, closing_min, local_day, opening_min


def _wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("wall", "zone", "at"),
    [
        ("2026-09-14T11:00", "Asia/Kolkata", "2026-09-14T05:30Z"),
        ("2026-09-14T11:30", "Asia/Dhaka", "2026-09-14T05:30Z"),
        ("2026-09-14T11:15", "Asia/Kathmandu", "2026-09-14T05:30Z"),
        ("2026-03-27T05:30", "Europe/London", "2026-03-27T05:30Z"),
        ("2026-03-30T06:30", "Europe/London", "2026-03-30T05:30Z"),
        ("2009-07-01T12:30", "Asia/Dhaka", "2009-07-01T05:30Z"),
        ("2026-09-15T00:15", "Asia/Dhaka", "2026-09-14T18:15Z"),
        ("2026-03-29T00:59", "Europe/London", "2026-03-29T00:59Z"),
        ("2026-03-29T02:00", "Europe/London", "2026-03-29T01:00Z"),
        ("2026-10-25T00:59", "Europe/London", "2026-10-24T23:59Z"),
        ("2026-10-25T02:00", "Europe/London", "2026-10-25T02:00Z"),
    ],
)
def test_a_wall_time_and_its_instant_lead_to_each_other(wall: str, zone: str, at: str) -> None:
    assert resolve(_wall(wall), zone) == _at(at)
    assert wall_of(_at(at), zone) == _wall(wall)


@pytest.mark.abuse(58)
def test_a_quarter_to_midnight_in_kolkata_is_the_next_date_in_dhaka() -> None:
    at = resolve(_wall("2026-09-14T23:45"), "Asia/Kolkata")
    assert wall_of(at, "Asia/Dhaka") == _wall("2026-09-15T00:15")


@pytest.mark.parametrize(
    ("wall", "zone", "earlier", "later"),
    [
        ("2026-10-25T01:30", "Europe/London", "2026-10-25T00:30Z", "2026-10-25T01:30Z"),
        ("2026-10-25T01:00", "Europe/London", "2026-10-25T00:00Z", "2026-10-25T01:00Z"),
        ("2026-10-25T01:59", "Europe/London", "2026-10-25T00:59Z", "2026-10-25T01:59Z"),
        ("2026-10-29T23:30", "Africa/Cairo", "2026-10-29T20:30Z", "2026-10-29T21:30Z"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45Z", "2026-04-04T15:15Z"),
        ("2009-12-31T23:30", "Asia/Dhaka", "2009-12-31T16:30Z", "2009-12-31T17:30Z"),
    ],
)
@pytest.mark.abuse(52)
@pytest.mark.threat("T26")
def test_a_wall_time_that_happens_twice_is_refused_with_both_instants(
    wall: str, zone: str, earlier: str, later: str
) -> None:
    with pytest.raises(AmbiguousWallTime) as caught:
        resolve(_wall(wall), zone)
    assert caught.value.facts["readings"] == (read(_at(earlier), zone, zone), read(_at(later), zone, zone))
    assert (from_min(earlier_min(_wall(wall), zone)), from_min(later_min(_wall(wall), zone))) == (
        _at(earlier),
        _at(later),
    )


@pytest.mark.parametrize(
    ("wall", "zone", "earlier", "later", "after_the_gap"),
    [
        ("2026-03-29T01:30", "Europe/London", "2026-03-29T00:30Z", "2026-03-29T01:30Z", "2026-03-29T01:00Z"),
        ("2026-03-29T01:00", "Europe/London", "2026-03-29T00:00Z", "2026-03-29T01:00Z", "2026-03-29T01:00Z"),
        ("2026-03-29T01:59", "Europe/London", "2026-03-29T00:59Z", "2026-03-29T01:59Z", "2026-03-29T01:00Z"),
        ("2026-04-24T00:30", "Africa/Cairo", "2026-04-23T21:30Z", "2026-04-23T22:30Z", "2026-04-23T22:00Z"),
        ("2009-06-19T23:30", "Asia/Dhaka", "2009-06-19T16:30Z", "2009-06-19T17:30Z", "2009-06-19T17:00Z"),
    ],
)
def test_a_wall_time_that_never_happens_is_refused_with_both_readings(
    wall: str, zone: str, earlier: str, later: str, after_the_gap: str
) -> None:
    with pytest.raises(NonexistentWallTime) as caught:
        resolve(_wall(wall), zone)
    assert caught.value.facts["readings"] == (read(_at(earlier), zone, zone), read(_at(later), zone, zone))
    assert from_min(earlier_min(_wall(wall), zone)) == from_min(later_min(_wall(wall), zone)) == _at(after_the_gap)


def test_the_refusal_of_a_repeated_time_shows_both_offsets() -> None:
    with pytest.raises(AmbiguousWallTime, match=r"once at .* 01:30 \(UTC\+01:00\) and once at .* 01:30 \(UTC\+00:00\)"):
        resolve(_wall("2026-10-25T01:30"), "Europe/London")


def test_the_refusal_of_a_skipped_time_shows_what_it_could_mean() -> None:
    with pytest.raises(NonexistentWallTime, match=r"00:30 \(UTC\+00:00\) or as 2026-03-29 02:30 \(UTC\+01:00\)"):
        resolve(_wall("2026-03-29T01:30"), "Europe/London")


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Asia/Dacca", "Asia/Dhaka"),
        ("Asia/Katmandu", "Asia/Kathmandu"),
        ("Europe/London", "Europe/London"),
        ("UTC", "UTC"),
    ],
)
@pytest.mark.abuse(56)
def test_an_old_name_of_a_zone_becomes_the_present_one(name: str, canonical: str) -> None:
    assert canonical_zone(name) == canonical


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("IST", "zone of a city"),
        ("BST", "zone of a city"),
        ("GMT", "zone of a city"),
        ("EST5EDT", "zone of a city"),
        ("asia/dhaka", "exactly as Asia/Dhaka"),
        ("ASIA/CALCUTTA", "exactly as Asia/Kolkata"),
        ("Etc/GMT-5", "zone of a city"),
        ("Factory", "zone of a city"),
        ("Asia/Kolkatta", "Did you mean Asia/Kolkata"),
        ("+05:30", "zone of a city"),
        ("", "zone of a city"),
    ],
)
@pytest.mark.abuse(56)
@pytest.mark.threat("T26")
def test_a_name_that_is_no_zone_of_a_place_is_refused_with_a_hint(name: str, hint: str) -> None:
    with pytest.raises(UnknownZone, match=hint):
        canonical_zone(name)


@pytest.mark.parametrize(
    ("at", "zone", "label", "minutes"),
    [
        ("2026-09-14T00:00Z", "Asia/Kolkata", "UTC+05:30", 330),
        ("2026-09-14T00:00Z", "Asia/Dhaka", "UTC+06:00", 360),
        ("2026-09-14T00:00Z", "Asia/Kathmandu", "UTC+05:45", 345),
        ("2026-01-14T00:00Z", "Europe/London", "UTC+00:00", 0),
        ("2026-07-14T00:00Z", "Europe/London", "UTC+01:00", 60),
        ("2026-07-14T00:00Z", "America/St_Johns", "UTC-02:30", -150),
        ("2009-07-01T00:00Z", "Asia/Dhaka", "UTC+07:00", 420),
    ],
)
def test_the_offset_is_printed_from_utc_and_never_abbreviated(at: str, zone: str, label: str, minutes: int) -> None:
    assert (offset_label(_at(at), zone), offset_minutes(_at(at), zone)) == (label, minutes)


def test_a_reading_is_everything_a_page_prints() -> None:
    at = _at("2026-09-14T05:30Z")
    expected = Reading(at=at, wall=_wall("2026-09-14T11:30"), zone="Asia/Dhaka", city="Jashore", offset="UTC+06:00")
    assert read(at, "Asia/Dhaka", "Jashore") == expected


@pytest.mark.parametrize("wall", ["2038-01-01T00:00", "2038-07-01T12:00", "1969-12-31T23:59", "9999-12-31T23:59"])
def test_a_year_without_trustworthy_rules_is_refused(wall: str) -> None:
    with pytest.raises(OutsideKnownTime, match="1970 to 2037"):
        resolve(_wall(wall), "Europe/London")


def test_the_last_minute_of_2037_is_still_known() -> None:
    assert resolve(_wall("2037-12-31T23:59"), "UTC") == _at("2037-12-31T23:59Z")


def test_an_instant_after_2037_is_not_read_off_any_clock() -> None:
    with pytest.raises(OutsideKnownTime):
        wall_of(_at("2038-01-01T00:00Z"), "Europe/London")


def test_a_wall_time_must_be_naive_and_an_instant_aware() -> None:
    with pytest.raises(ValueError, match="wall time"):
        resolve(datetime(2026, 1, 1, tzinfo=UTC), "UTC")
    with pytest.raises(ValueError, match="instant"):
        wall_of(_wall("2026-01-01T00:00"), "UTC")


@pytest.mark.parametrize(
    ("at", "down", "up"),
    [("1970-01-01T00:00:59Z", 0, 1), ("1970-01-01T00:01:00Z", 1, 1), ("1969-12-31T23:59:30Z", -1, 0)],
)
def test_minutes_are_cut_down_or_rounded_up_as_asked(at: str, down: int, up: int) -> None:
    assert (to_min(_at(at)), to_min_up(_at(at))) == (down, up)


def test_minutes_lead_back_to_the_instant() -> None:
    at = _at("2026-09-14T05:30Z")
    assert from_min(to_min(at)) == at


def test_the_edition_of_the_zone_rules_is_known() -> None:
    assert TZ_VERSION[:2] == "20"
    assert TZ_VERSION[4:].isalpha()


@pytest.mark.parametrize(
    ("on", "zone", "hours", "plain"),
    [
        (date(2026, 9, 14), "Asia/Kolkata", 24, True),
        (date(2026, 3, 29), "Europe/London", 23, False),
        (date(2026, 10, 25), "Europe/London", 25, False),
        (date(2026, 4, 24), "Africa/Cairo", 23, False),
        (date(2026, 10, 29), "Africa/Cairo", 25, False),
        (date(2009, 6, 19), "Asia/Dhaka", 23, False),
    ],
)
def test_a_date_is_as_long_as_its_clock_makes_it(on: date, zone: str, hours: int, plain: bool) -> None:
    day = local_day(on, zone)
    assert ((day.end_min - day.start_min) / 60, day.plain) == (hours, plain)


def test_doors_open_late_and_close_early_in_a_repeated_hour_and_wait_out_a_skipped_one() -> None:
    def said(minute: int) -> str:
        return f"{from_min(minute):%H:%MZ}"

    autumn, spring = date(2026, 10, 25), date(2026, 3, 29)
    assert said(opening_min(autumn, 90, "Europe/London")) == "01:30Z"
    assert said(closing_min(autumn, 90, "Europe/London")) == "00:30Z"
    assert said(opening_min(spring, 90, "Europe/London")) == "01:00Z"
    assert said(closing_min(spring, 90, "Europe/London")) == "01:00Z"


def test_the_grid_of_a_changing_date_skips_the_gap_and_sets_the_repeated_hour_apart() -> None:
    once, twice = clock_grid(date(2026, 10, 25), "Europe/London", 60)
    assert (len(once), len(twice)) == (23, 2)
    once, twice = clock_grid(date(2026, 3, 29), "Europe/London", 60)
    assert (len(once), len(twice)) == (23, 0)
