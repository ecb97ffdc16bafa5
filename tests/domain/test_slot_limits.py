"""Gaps between hearings, the order's limits, patterns longer than any day: what they allow to the minute, and why."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from vctestimony.domain.calendars import Rule, WorkingCalendar
from vctestimony.domain.instants import resolve, to_min
from vctestimony.domain.slot_lengths import too_long
from vctestimony.domain.slots import (
    Cause,
    CauseRule,
    Limit,
    Need,
    Pattern,
    PatternPart,
    Search,
    SlotResource,
    check_start,
    find,
    leave_one_out,
    nearest,
)

ZONE, DHAKA = "Asia/Kolkata", "Asia/Dhaka"
DAY = date(2026, 9, 14)
SEARCH = Search(DAY, DAY, ZONE, step_minutes=15, day=(600, 1080))


def at(clock: str, zone: str = ZONE) -> int:
    return to_min(resolve(datetime.fromisoformat(f"2026-09-14T{clock}"), zone))


def pattern(*needs: Need, minutes: int = 60) -> Pattern:
    return Pattern((PatternPart("main", minutes, needs or ("room",)),))


def room(key: str = "room", *, booked: tuple[str, str], gap: int) -> SlotResource:
    taken = ((at(booked[0]), at(booked[1])),)
    return SlotResource(key, None, taken, own_zone=ZONE, booked=taken, gap_minutes=gap)


def causes(search: Search, resources: dict[str, SlotResource], start: int) -> list[CauseRule]:
    return [cause.rule for cause in check_start(search, pattern(*resources), resources, start_min=start).causes]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("10:39", []),
        ("10:40", []),
        ("10:41", [CauseRule.GAP]),
        ("11:00", [CauseRule.GAP]),
        ("11:01", [CauseRule.BUSY]),
        ("12:59", [CauseRule.BUSY]),
        ("13:00", [CauseRule.GAP]),
        ("13:19", [CauseRule.GAP]),
        ("13:20", []),
        ("13:21", []),
    ],
)
def test_another_hearing_is_kept_clear_of_to_the_minute(start: str, expected: list[CauseRule]) -> None:
    assert causes(SEARCH, {"room": room(booked=("12:00", "13:00"), gap=20)}, at(start)) == expected


def test_leave_and_imported_appointments_need_no_gap() -> None:
    away = SlotResource("room", None, ((at("12:00"), at("13:00")),), own_zone=ZONE, gap_minutes=20)
    assert causes(SEARCH, {"room": away}, at("11:00")) == []
    assert causes(SEARCH, {"room": away}, at("11:01")) == [CauseRule.BUSY]


def test_a_day_that_only_the_gap_closes_says_so() -> None:
    spans = ((at("10:00"), at("13:00")), (at("14:10"), at("18:00")))
    tight = SlotResource("room", None, spans, own_zone=ZONE, booked=spans, gap_minutes=15)
    answer = find(SEARCH, pattern(), {"room": tight})
    assert answer.slots == ()
    assert answer.refusals[0].causes == (Cause(rule=CauseRule.GAP, zone=ZONE, resource="room"),)
    assert find(SEARCH, pattern(), {"room": replace(tight, gap_minutes=0)}).slots[0].start_min == at("13:00")


def test_of_several_the_one_far_enough_from_its_other_hearing_is_chosen() -> None:
    resources = {
        "int-1": room("int-1", booked=("12:00", "13:00"), gap=30),
        "int-2": room("int-2", booked=("12:00", "13:00"), gap=0),
    }
    found = check_start(SEARCH, pattern(("int-1", "int-2")), resources, start_min=at("13:15"))
    assert found.slot is not None
    assert found.slot.chosen == (("int", "int-2"),)


DAYLIGHT = Limit(CauseRule.DAYLIGHT, DHAKA, ((at("11:00", DHAKA), at("17:12", DHAKA)),))
LIT = replace(SEARCH, limits=(DAYLIGHT,))
ANY = {"room": SlotResource("room", None, own_zone=ZONE)}


@pytest.mark.parametrize(
    ("start", "fits"),
    [("10:29", False), ("10:30", True), ("10:31", True), ("15:41", True), ("15:42", True), ("15:43", False)],
)
def test_the_whole_pattern_lies_in_daylight_to_the_minute(start: str, fits: bool) -> None:
    found = check_start(LIT, pattern(), ANY, start_min=at(start))
    assert (found.slot is not None) is fits
    if not fits:
        assert found.causes == (Cause(rule=CauseRule.DAYLIGHT, zone=DHAKA, allowed=DAYLIGHT.allowed[0]),)


def test_a_limit_counts_in_search_and_in_the_nearest_alike() -> None:
    starts = [slot.start_min for slot in find(LIT, pattern(), ANY).slots]
    assert (starts[0], starts[-1]) == (at("10:30"), at("15:30"))
    found = nearest(LIT, pattern(), ANY, main_min=at("17:00"))
    assert [slot.start_min for slot in found] == [at("15:30"), at("15:15"), at("15:00")]


def test_a_day_on_which_everybody_is_free_only_after_dark_names_the_order() -> None:
    busy = {"room": SlotResource("room", None, ((at("00:00"), at("16:00")),), own_zone=ZONE)}
    refusal = find(LIT, pattern(), busy).refusals[0]
    assert [cause.rule for cause in refusal.causes] == [CauseRule.DAYLIGHT]
    assert refusal.causes[0].allowed == DAYLIGHT.allowed[0]


def test_what_would_help_never_offers_what_the_order_forbids() -> None:
    busy = {"room": SlotResource("room", None, ((at("00:00"), at("23:00")),), own_zone=ZONE)}
    free = len(find(LIT, pattern(), ANY).slots)
    assert leave_one_out(LIT, pattern(), busy) == (("room", free),)


def test_a_pattern_longer_than_every_stretch_names_who_is_too_short() -> None:
    rules = tuple(Rule(day, *stretch) for day in range(7) for stretch in ((600, 780), (840, 1080)))
    court = SlotResource("room", WorkingCalendar(id="c", version="1", zone=ZONE, rules=rules))
    for minutes, expected in ((239, []), (240, []), (241, [("room", 241, 240)])):
        found = too_long(SEARCH, pattern(minutes=minutes), {"room": court})
        assert [(one.name, one.needed, one.longest) for one in found] == expected
    found = too_long(LIT, pattern(minutes=373), ANY)
    assert [(one.rule, one.needed, one.longest) for one in found] == [(CauseRule.DAYLIGHT, 373, 372)]
    assert too_long(LIT, pattern(minutes=372), ANY) == ()
