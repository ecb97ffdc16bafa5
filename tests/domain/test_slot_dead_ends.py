"""What no other day would mend is said at once: doors that never open, and hearings longer than any stretch."""

from datetime import date

from vctestimony.domain.calendars import Rule, WorkingCalendar
from vctestimony.domain.slot_board import SlotBoard
from vctestimony.domain.slot_dead_ends import DeadEnd, DeadEndRule, dead_ends_of
from vctestimony.domain.slots import Pattern, PatternPart, Search, SlotResource

MONDAY, SUNDAY = date(2026, 9, 14), date(2026, 9, 20)


def week(name: str, *stretches: tuple[int, int], days: range = range(5)) -> WorkingCalendar:
    return WorkingCalendar(
        name, "1", "Asia/Kolkata", tuple(Rule(day, *stretch) for day in days for stretch in stretches)
    )


def dead_ends(minutes: int, **calendars: WorkingCalendar) -> tuple[DeadEnd, ...]:
    resources = {key: SlotResource(key, calendar) for key, calendar in calendars.items()}
    pattern = Pattern((PatternPart("main", minutes, tuple(resources)),))
    return dead_ends_of(SlotBoard(Search(MONDAY, SUNDAY, "Asia/Kolkata"), pattern, resources))


def test_an_ordinary_search_has_no_dead_end() -> None:
    assert dead_ends(120, court=week("court", (630, 810), (840, 990)), room=week("room", (600, 1020))) == ()


def test_a_calendar_without_an_open_day_is_named() -> None:
    assert dead_ends(60, court=week("court"), room=week("room", (600, 1020))) == (
        DeadEnd(DeadEndRule.NEVER_OPEN, ("court",), 60, 0),
    )


def test_a_hearing_longer_than_any_stretch_is_told_how_long_the_longest_is() -> None:
    same = week("court", (630, 810), (840, 990))
    assert dead_ends(200, judge=same, clerk=same, room=week("room", (600, 1020))) == (
        DeadEnd(DeadEndRule.TOO_LONG, ("judge", "clerk"), 200, 180),
    )


def test_hours_that_never_meet_for_long_enough_are_told_how_long_they_do() -> None:
    assert dead_ends(120, court=week("court", (600, 780)), room=week("room", (690, 1020))) == (
        DeadEnd(DeadEndRule.NEVER_TOGETHER, ("court", "room"), 120, 90),
    )


def test_what_is_taken_is_no_dead_end() -> None:
    busy = SlotResource("court", week("court", (600, 780)), [(0, 1 << 40)])
    pattern = Pattern((PatternPart("main", 60, ("court",)),))
    assert dead_ends_of(SlotBoard(Search(MONDAY, SUNDAY, "Asia/Kolkata"), pattern, {"court": busy})) == ()
