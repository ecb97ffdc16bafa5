"""When a step is due: elapsed minutes and hours, calendar days on the responsible person's own clock."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.domain.sop_examples import step
from vctestimony.domain.sop import Anchors, Manner, OffsetUnreadable, due_at, parse_offset, timing_phrase

KOLKATA, DHAKA, LONDON = "Asia/Kolkata", "Asia/Dhaka", "Europe/London"
START_AT = datetime(2026, 12, 14, 5, 30, tzinfo=UTC)
ANCHORS = Anchors(
    filing_at=datetime(2026, 10, 1, 6, 0, tzinfo=UTC),
    ordered_at=datetime(2026, 10, 20, 6, 0, tzinfo=UTC),
    summoned_at=datetime(2026, 10, 25, 6, 0, tzinfo=UTC),
    starts_at=START_AT,
    ends_at=datetime(2026, 12, 14, 9, 45, tzinfo=UTC),
)


def due(offset: str, *, anchors: Anchors = ANCHORS, zone: str = DHAKA) -> datetime | None:
    return due_at(step("B01", offset=offset), anchors=anchors, zone=zone)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        ("T", START_AT),
        ("before T", START_AT),
        ("before oath", START_AT),
        ("T-31m", datetime(2026, 12, 14, 4, 59, tzinfo=UTC)),
        ("T-30m", datetime(2026, 12, 14, 5, 0, tzinfo=UTC)),
        ("T-29m", datetime(2026, 12, 14, 5, 1, tzinfo=UTC)),
        ("T+72h", datetime(2026, 12, 17, 5, 30, tzinfo=UTC)),
        ("T-21d", datetime(2026, 11, 23, 5, 30, tzinfo=UTC)),
        ("T+3d", datetime(2026, 12, 17, 5, 30, tzinfo=UTC)),
        ("T+6mo", datetime(2027, 6, 14, 5, 30, tzinfo=UTC)),
        ("T-1mo", datetime(2026, 11, 14, 5, 30, tzinfo=UTC)),
        ("end", ANCHORS.ends_at),
        ("filing", ANCHORS.filing_at),
        ("before filing", ANCHORS.filing_at),
        ("after filing", ANCHORS.filing_at),
        ("order", ANCHORS.ordered_at),
        ("summons", ANCHORS.summoned_at),
    ],
)
def test_a_due_instant_is_exact(offset: str, expected: datetime) -> None:
    assert due(offset) == expected


@pytest.mark.parametrize(
    "offset", ["monthly", "promptly", "on tender", "always", "per order", "event", "event+72h", "event+10d"]
)
def test_what_has_no_computable_moment_has_none(offset: str) -> None:
    assert due(offset) is None


@pytest.mark.parametrize("offset", ["T-30m", "T-21d", "end", "filing", "order", "summons", "T+6mo"])
def test_a_moment_whose_anchor_is_unknown_is_unknown(offset: str) -> None:
    assert due(offset, anchors=Anchors()) is None


def test_days_keep_the_time_of_day_on_the_responsible_persons_clock_across_a_clock_change() -> None:
    starts_at = datetime(2026, 10, 26, 10, 0, tzinfo=UTC)
    in_london = due("T-2d", anchors=Anchors(starts_at=starts_at), zone=LONDON)
    in_kolkata = due("T-2d", anchors=Anchors(starts_at=starts_at), zone=KOLKATA)
    assert in_london == datetime(2026, 10, 24, 9, 0, tzinfo=UTC)
    assert in_kolkata == datetime(2026, 10, 24, 10, 0, tzinfo=UTC)


def test_hours_are_elapsed_time_across_a_clock_change() -> None:
    starts_at = datetime(2026, 10, 26, 10, 0, tzinfo=UTC)
    assert due("T-48h", anchors=Anchors(starts_at=starts_at), zone=LONDON) == starts_at - timedelta(hours=48)


@pytest.mark.parametrize(
    ("starts_at", "expected"),
    [
        (datetime(2026, 3, 28, 1, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_due_time_the_clocks_skip_or_repeat_is_still_one_instant(starts_at: datetime, expected: datetime) -> None:
    assert due("T+1d", anchors=Anchors(starts_at=starts_at), zone=LONDON) == expected


def test_months_end_on_the_last_day_a_shorter_month_has() -> None:
    starts_at = datetime(2026, 8, 31, 5, 30, tzinfo=UTC)
    assert due("T+6mo", anchors=Anchors(starts_at=starts_at)) == datetime(2027, 2, 28, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["", "T-", "T-30", "t-30m", "30m", "T-30 m", "T--3d", "T-3w", "order-", "soon", "T-12345d"]
)
def test_a_time_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(OffsetUnreadable):
        parse_offset(written)


def test_a_worded_time_says_whether_it_is_before_or_after() -> None:
    assert parse_offset("before oath").manner is Manner.BEFORE
    assert parse_offset("after filing").manner is Manner.AFTER


def test_a_distance_is_said_in_parts_that_can_be_translated() -> None:
    phrase = timing_phrase(parse_offset("T-30m"))
    said = phrase.pattern.format(span=phrase.span.format(number=phrase.number), moment=phrase.moment)
    assert said == "30 minutes before the start of the hearing"
    assert timing_phrase(parse_offset("end")).phrase == "when the link is cut"
