"""What a run sheet may send, at its limits, and how the clock of its device is put right."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from vctestimony.domain.entered import TooLong
from vctestimony.domain.errors import Invalid
from vctestimony.domain.live_log import (
    MOST_ENTRIES,
    ClockLost,
    NoSuchKind,
    TooMany,
    Unreadable,
    is_told,
    put_right,
    read_entry,
    read_sending,
)

NOW = datetime(2026, 9, 14, 6, 0, tzinfo=UTC)
ENTRY: dict[str, object] = {
    "id": str(UUID(int=7)),
    "kind": "note",
    "at": "2026-09-14T05:30:00.123Z",
    "clock": "",
    "note": "",
    "answers": {"text": "The lamp\r\n  was replaced. "},
}


def sending(*entries: object, sent: object = "2026-09-14T06:00:00.000Z") -> object:
    return {"sent": sent, "entries": list(entries)}


def test_an_entry_comes_with_its_id_its_answers_and_the_time_of_the_device() -> None:
    [found] = read_sending(sending(ENTRY)).entries
    assert found.said_at == datetime(2026, 9, 14, 5, 30, 0, 123000, tzinfo=UTC)
    read = read_entry(found, sent_at=NOW, skew=timedelta(minutes=-7))
    assert read.answers == {"text": "The lamp\n  was replaced."}
    assert (read.at_wall, read.done_at) == (None, found.said_at - timedelta(minutes=7))
    assert found.texts == ("text", "The lamp\r\n  was replaced. ")


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"entries": []},
        sending(sent="2026-09-14T06:00:00"),
        sending(sent="0001-01-01T00:00:00Z"),
        sending("x"),
        sending(ENTRY | {"id": "7"}),
        sending(ENTRY | {"kind": 7}),
        sending(ENTRY | {"kind": "শপথ"}),
        sending(ENTRY | {"at": 1789362000}),
        sending(ENTRY | {"answers": {"text": ["x"]}}),
        sending(ENTRY | {"answers": {"t" * 41: "x"}}),
        sending(ENTRY | {"answers": dict.fromkeys(map(str, range(31)), "x")}),
    ],
)
def test_what_no_page_of_ours_sends_is_not_read(body: object) -> None:
    with pytest.raises(Unreadable):
        read_sending(body)


def test_more_than_fit_are_refused_with_both_numbers() -> None:
    assert len(read_sending(sending(*[ENTRY] * MOST_ENTRIES)).entries) == MOST_ENTRIES
    with pytest.raises(TooMany) as refused:
        read_sending(sending(*[ENTRY] * 5000))
    assert "5000 entries came at once; at most 50" in refused.value.sentence()


@pytest.mark.parametrize("kind", ["made_up", "opened", "closed", "correction", ""])
def test_what_has_no_button_is_no_entry(kind: str) -> None:
    [found] = read_sending(sending(ENTRY | {"kind": kind})).entries
    with pytest.raises(NoSuchKind):
        read_entry(found, sent_at=NOW, skew=timedelta())


@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"clock": "25:10"}, Invalid), ({"note": "x" * 1001}, TooLong), ({"answers": {"text": "x" * 5001}}, TooLong)],
)
def test_what_is_wrong_with_one_entry_is_said_of_that_entry(change: dict[str, object], refusal: type[Invalid]) -> None:
    [found] = read_sending(sending(ENTRY | change)).entries
    with pytest.raises(refusal):
        read_entry(found, sent_at=NOW, skew=timedelta())


@pytest.mark.parametrize(
    ("skew", "ago", "is_lost"),
    [
        (timedelta(hours=12), timedelta(hours=1), False),
        (timedelta(hours=12, seconds=1), timedelta(minutes=1), False),
        (timedelta(hours=12, seconds=1), timedelta(minutes=1, seconds=1), True),
        (-timedelta(days=400), timedelta(), False),
        (-timedelta(days=400), -timedelta(seconds=1), True),
    ],
)
def test_a_clock_off_by_more_than_half_a_day_is_good_for_what_was_sent_at_once(
    skew: timedelta, ago: timedelta, is_lost: bool
) -> None:
    sent_at = NOW - skew
    if is_lost:
        with pytest.raises(ClockLost):
            put_right(sent_at - ago, sent_at=sent_at, skew=skew)
    else:
        assert put_right(sent_at - ago, sent_at=sent_at, skew=skew) == NOW - ago


@pytest.mark.parametrize(("skew", "late", "told"), [(9, 29, False), (10, 0, True), (-10, 0, True), (0, 30, True)])
def test_what_is_off_or_late_is_told(skew: int, late: int, told: bool) -> None:
    assert is_told(skew, happened_at=NOW, came_at=NOW + timedelta(seconds=late)) is told
