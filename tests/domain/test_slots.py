"""The slot search beyond the published cases: one start, the nearest, who stands in the way, groups, unknown years."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vctestimony.domain.calendars import (
    DatedException,
    HolidayYearMissing,
    Kind,
    Reason,
    Rule,
    Status,
    WorkingCalendar,
)
from vctestimony.domain.instants import to_min
from vctestimony.domain.intervals import Span
from vctestimony.domain.slots import (
    Cause,
    CauseRule,
    Need,
    Pattern,
    PatternPart,
    PatternWithoutMain,
    Search,
    SlotResource,
    UnknownResource,
    check_start,
    find,
    leave_one_out,
    nearest,
)

MONDAY, FRIDAY = date(2026, 9, 14), date(2026, 9, 18)
SEARCH = Search(MONDAY, MONDAY, "Asia/Kolkata", 15, day=(600, 960))


def _at(clock: str, on: date = MONDAY) -> int:
    """Minutes of a Kolkata clock time."""
    return to_min(datetime.fromisoformat(f"{on}T{clock}+05:30"))


def _busy(*spans: tuple[str, str]) -> list[Span]:
    return [(_at(start), _at(end)) for start, end in spans]


def _room(key: str, *busy: tuple[str, str]) -> SlotResource:
    return SlotResource(key, None, _busy(*busy), own_zone="Asia/Kolkata")


def _week(days: range | tuple[int, ...], zone: str, **more: object) -> WorkingCalendar:
    rules = tuple(Rule(weekday, 570, 990) for weekday in days)
    years = more.get("years")
    exceptions = more.get("exceptions", ())
    assert isinstance(exceptions, tuple)
    assert years is None or isinstance(years, frozenset)
    return WorkingCalendar(f"{zone}{days}", "1", zone, rules, exceptions, years)


def _pattern(*main: Need, pre: tuple[Need, ...] = (), post: tuple[Need, ...] = ()) -> Pattern:
    return Pattern((PatternPart("pre", 15, pre), PatternPart("main", 60, main), PatternPart("post", 15, post)))


def _by_key(*resources: SlotResource) -> dict[str, SlotResource]:
    return {resource.key: resource for resource in resources}


@pytest.mark.parametrize(
    ("start", "end", "bookable"),
    [
        ("11:00", "11:15", True),  # until main begins
        ("11:00", "11:16", False),
        ("12:14", "12:30", False),
        ("12:15", "12:30", True),  # from when main ends
    ],
)
def test_a_room_of_the_main_part_may_be_taken_up_to_it_and_from_its_end(start: str, end: str, bookable: bool) -> None:
    resources = _by_key(_room("court", (start, end)))
    check = check_start(SEARCH, _pattern("court"), resources, start_min=_at("11:00"))
    assert (check.slot is not None) is bookable
    assert [cause.rule for cause in check.causes] == ([] if bookable else [CauseRule.BUSY])


def test_an_empty_busy_time_takes_nothing() -> None:
    resources = _by_key(_room("court", ("11:30", "11:30")))
    assert check_start(SEARCH, _pattern("court"), resources, start_min=_at("11:00")).causes == ()
    assert _at("11:00") in [slot.start_min for slot in find(SEARCH, _pattern("court"), resources).slots]


def test_every_start_that_is_found_passes_the_check_and_every_other_does_not() -> None:
    resources = _by_key(
        _room("court", ("10:40", "11:20"), ("14:00", "14:30")),
        SlotResource("rpc", _week((6, 0, 1, 2, 3), "Asia/Dhaka"), _busy(("13:00", "13:05"))),
    )
    pattern = _pattern("court", "rpc", pre=("rpc",), post=("rpc",))
    found = {slot.start_min for slot in find(SEARCH, pattern, resources).slots}
    day = range(_at("09:00"), _at("17:00"), 15)
    assert found == {start for start in day if check_start(SEARCH, pattern, resources, start_min=start).slot}
    assert found


def test_a_start_typed_by_hand_need_not_lie_on_the_grid() -> None:
    slot = check_start(SEARCH, _pattern("court"), _by_key(_room("court")), start_min=_at("11:07")).slot
    assert slot is not None
    assert (slot.start_min, slot.main_min, slot.end_min) == (_at("11:07"), _at("11:22"), _at("12:37"))


def test_a_start_is_refused_with_every_cause_of_everybody() -> None:
    shut = DatedException(MONDAY, MONDAY, Kind.CLOSED, (), "Holi", "gazette", Status.TENTATIVE, Reason.PUBLIC_HOLIDAY)
    calendar = _week(range(5), "Asia/Kolkata", exceptions=(shut,))
    resources = _by_key(SlotResource("judge", calendar, _busy(("11:00", "12:00"))), _room("court", ("11:20", "11:30")))
    search = replace(SEARCH, now=datetime(2026, 9, 14, tzinfo=UTC), notice_minutes=600)
    causes = check_start(search, _pattern("judge", "court"), resources, start_min=_at("11:00")).causes
    assert [(cause.resource, cause.rule) for cause in causes] == [
        (None, CauseRule.NOTICE),
        ("judge", CauseRule.CLOSED),
        ("judge", CauseRule.BUSY),
        ("court", CauseRule.BUSY),
    ]
    assert (causes[1].label, causes[1].reason, causes[1].status) == ("Holi", Reason.PUBLIC_HOLIDAY, Status.TENTATIVE)


@pytest.mark.parametrize(("minutes", "fits"), [(-1, False), (0, True), (1, True)])
def test_the_notice_is_kept_from_exactly_its_minute(minutes: int, fits: bool) -> None:
    search = replace(SEARCH, now=datetime(2026, 9, 14, 4, 30, tzinfo=UTC), notice_minutes=60)
    check = check_start(search, _pattern("court"), _by_key(_room("court")), start_min=_at("11:00") + minutes)
    assert (check.slot is not None) is fits


def test_a_started_minute_of_now_counts_in_full() -> None:
    search = replace(SEARCH, now=datetime(2026, 9, 14, 4, 30, 1, tzinfo=UTC), notice_minutes=60)
    assert check_start(search, _pattern("court"), _by_key(_room("court")), start_min=_at("11:00")).slot is None
    assert check_start(search, _pattern("court"), _by_key(_room("court")), start_min=_at("11:01")).slot is not None


def test_the_nearest_are_ordered_by_shift_and_the_earlier_wins_a_tie() -> None:
    resources = _by_key(_room("court", ("11:00", "12:00")))
    found = nearest(SEARCH, Pattern((PatternPart("main", 30, ("court",)),)), resources, main_min=_at("11:15"), count=4)
    assert [slot.main_min for slot in found] == [_at("10:30"), _at("12:00"), _at("10:15"), _at("12:15")]


def test_leaving_out_the_one_who_stands_in_the_way_shows_what_it_would_bring() -> None:
    resources = _by_key(_room("court", ("10:00", "16:00")), _room("judge", ("10:00", "11:15")), _room("rpc"))
    assert find(SEARCH, _pattern("court", "judge", "rpc"), resources).slots == ()
    assert leave_one_out(SEARCH, _pattern("court", "judge", "rpc"), resources) == (
        ("court", 15),
        ("judge", 0),
        ("rpc", 0),
    )


def test_the_same_member_of_a_group_serves_in_every_part() -> None:
    group = ("int-1", "int-2")
    resources = _by_key(_room("int-1", ("10:00", "12:00")), _room("int-2", ("12:00", "16:00")), _room("court"))
    pattern = _pattern("court", group, pre=(group,))
    found = find(replace(SEARCH, limit=100), pattern, resources).slots
    assert {slot.chosen for slot in found} == {(("int", "int-1"),), (("int", "int-2"),)}
    assert all(slot.start_min + 75 <= _at("12:00") or slot.start_min >= _at("12:00") for slot in found)


def test_one_person_does_not_fill_two_needs_at_the_same_time() -> None:
    resources = _by_key(_room("anna"), _room("bela", ("10:00", "12:00")), _room("court"))
    pattern = Pattern((PatternPart("main", 60, ("court", ("anna", "bela"), ("bela", "anna", "court"))),))
    found = find(SEARCH, pattern, resources)
    assert found.slots[0].start_min == _at("12:00")
    assert [member for _, member in found.slots[0].chosen] == ["anna", "bela"]


def test_groups_that_leave_nobody_over_are_refused_as_having_no_common_time() -> None:
    resources = _by_key(_room("anna"))
    pattern = Pattern((PatternPart("main", 60, ("anna", ("anna",))),))
    found = find(SEARCH, pattern, resources)
    assert (found.slots, [cause.rule for cause in found.refusals[0].causes]) == ((), [CauseRule.NO_COMMON_TIME])
    assert check_start(SEARCH, pattern, resources, start_min=_at("11:00")).causes == (
        Cause(CauseRule.NO_COMMON_TIME, "Asia/Kolkata"),
    )


def test_a_resource_needed_before_and_after_may_be_taken_between() -> None:
    pattern = _pattern("court", pre=("room",), post=("room",))
    check = check_start(
        SEARCH, pattern, _by_key(_room("court"), _room("room", ("11:15", "12:15"))), start_min=_at("11:00")
    )
    assert check.slot is not None


def test_a_date_is_refused_once_for_all_parts_and_without_double_causes() -> None:
    resources = _by_key(SlotResource("rpc", _week((6, 0, 1, 2, 3), "Asia/Dhaka")))
    found = find(Search(FRIDAY, FRIDAY, "Asia/Kolkata"), _pattern("rpc", pre=("rpc",)), resources)
    assert [(cause.resource, cause.rule, cause.zone) for cause in found.refusals[0].causes] == [
        ("rpc", CauseRule.WEEKLY_HOLIDAY, "Asia/Dhaka")
    ]


def test_a_search_into_a_year_that_nobody_entered_is_refused_and_not_answered() -> None:
    calendar = _week(range(5), "Asia/Kolkata", years=frozenset({2026}))
    resources = _by_key(SlotResource("judge", calendar))
    with pytest.raises(HolidayYearMissing):
        find(Search(date(2026, 12, 30), date(2027, 1, 2), "Asia/Kolkata"), _pattern("judge"), resources)


def test_a_search_up_to_the_last_day_of_the_last_known_year_is_answered() -> None:
    calendar = _week(range(5), "Asia/Kolkata", years=frozenset({2026}))
    resources = _by_key(SlotResource("judge", calendar))
    last = date(2026, 12, 31)
    assert len(find(Search(last, last, "Asia/Kolkata", 60), _pattern("judge"), resources).slots) == 6


def test_a_hearing_far_west_takes_the_reasons_of_its_own_date() -> None:
    shut = DatedException(MONDAY, MONDAY, Kind.CLOSED, (), "Labor Day")
    calendar = _week(range(7), "America/New_York", exceptions=(shut,))
    resources = _by_key(SlotResource("ny", calendar))
    found = find(Search(MONDAY, MONDAY, "Asia/Kolkata", day=(1140, 1440)), _pattern("ny"), resources)
    assert [(cause.rule, cause.label) for cause in found.refusals[0].causes] == [(CauseRule.CLOSED, "Labor Day")]


def test_a_pattern_without_exactly_one_main_part_is_refused() -> None:
    with pytest.raises(PatternWithoutMain):
        Pattern((PatternPart("pre", 15, ()),))
    with pytest.raises(PatternWithoutMain):
        Pattern((PatternPart("main", 0, ()),))


def test_a_need_that_nobody_described_is_refused_by_its_name() -> None:
    with pytest.raises(UnknownResource, match="ghost"):
        find(SEARCH, _pattern("ghost"), {})


def test_leaving_one_out_counts_as_many_as_a_search_without_them() -> None:
    resources = _by_key(
        _room("court", ("10:00", "11:30"), ("13:00", "14:30")),
        _room("link", ("11:00", "12:00")),
        SlotResource("judge", _week(range(5), "Asia/Kolkata"), _busy(("13:30", "15:00"))),
        SlotResource("rpc", _week((6, 0, 1, 2, 3), "Asia/Dhaka"), _busy(("12:30", "13:15"))),
        _room("int-1", ("10:00", "15:00")),
        _room("int-2", ("10:30", "12:45")),
    )
    pattern = _pattern("court", "link", "judge", ("int-1", "int-2"), pre=("rpc",), post=("rpc",))
    search = Search(MONDAY, FRIDAY, "Asia/Kolkata", 15, now=datetime(2026, 9, 15, 6, tzinfo=UTC))
    before = len(find(search, pattern, resources).slots)
    more = dict(leave_one_out(search, pattern, resources))
    for key in ("court", "link", "judge", "rpc"):
        assert more[key] == len(find(search, pattern, {**resources, key: _room(key)}).slots) - before
    assert more["int"] == len(find(search, pattern, {**resources, "int-1": _room("int-1")}).slots) - before
    assert len(more) == 5
