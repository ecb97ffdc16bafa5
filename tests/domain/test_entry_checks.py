"""What a working calendar does not take, each refused beside the field that is wrong."""

from dataclasses import replace
from datetime import date

import pytest

from vctestimony.domain import entry_checks
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendars import DatedException, HolidayYearMissing, Kind, Reason, Rule, WorkingCalendar
from vctestimony.domain.entered import TooLong
from vctestimony.domain.entry_checks import check
from vctestimony.domain.errors import Invalid

ON, LATER = date(2026, 10, 2), date(2026, 10, 5)
PUJA = DatedException(
    date(2026, 10, 20), date(2026, 10, 21), Kind.CLOSED, label="Durga Puja", reason=Reason.PUBLIC_HOLIDAY
)
BASE = WorkingCalendar(
    "c",
    "1",
    "Asia/Dhaka",
    (Rule(0, 600, 660),),
    (PUJA,),
    frozenset({2026}),
    label="Mission, Dhaka",
    file="calendars/c.toml",
)
CLOSED = CalendarEntry(kind=EntryKind.CLOSED, first_on=ON, last_on=LATER, label="Repairs", source="circular 7")
OPEN = replace(CLOSED, kind=EntryKind.OPEN, stretches=((600, 780),))
WEEK = replace(OPEN, kind=EntryKind.HOURS, last_on=None, weekdays=(0, 1), label="")
NOT = replace(CLOSED, kind=EntryKind.OBSERVED_NOT, first_on=date(2026, 10, 21), last_on=date(2026, 10, 21))


def test_what_is_whole_is_taken() -> None:
    later = replace(WEEK, first_on=LATER, weeks=(1, 3, 5), stretches=((600, 780), (780, 1440)))
    half = replace(WEEK, weekdays=(1,), stretches=((840, 900),))
    check([CLOSED, OPEN, WEEK, half, later, NOT, replace(CLOSED, kind=EntryKind.CONFIRMED)], base=BASE)
    check([CLOSED, OPEN, WEEK], base=BASE, of_person=True)


@pytest.mark.parametrize(
    ("entry", "refusal", "field"),
    [
        (replace(CLOSED, source=" "), entry_checks.SourceMissing, "source"),
        (replace(CLOSED, source="x" * 501), TooLong, "source"),
        (replace(CLOSED, label=""), entry_checks.LabelMissing, "label"),
        (replace(CLOSED, label="x" * 201), TooLong, "label"),
        (replace(CLOSED, reason=Reason.WEEKLY_HOLIDAY), entry_checks.NotAReason, "reason"),
        (replace(CLOSED, last_on=date(2026, 10, 1)), entry_checks.DatesBackwards, "last_on"),
        (replace(WEEK, last_on=date(2026, 10, 1)), entry_checks.DatesBackwards, "last_on"),
        (replace(CLOSED, last_on=None), entry_checks.LastDayMissing, "last_on"),
        (replace(CLOSED, last_on=date.max), entry_checks.YearOutOfReach, "last_on"),
        (replace(WEEK, first_on=date(1900, 1, 1)), entry_checks.YearOutOfReach, "first_on"),
        (replace(CLOSED, last_on=date(2027, 1, 3)), HolidayYearMissing, None),
        (replace(CLOSED, stretches=((600, 660),)), entry_checks.StretchNotMeant, "stretches"),
        (replace(OPEN, stretches=()), entry_checks.StretchMissing, "stretches"),
        (replace(OPEN, stretches=((660, 660),)), entry_checks.StretchBackwards, "stretches"),
        (replace(OPEN, stretches=((1380, 1500),)), entry_checks.StretchBackwards, "stretches"),
        (replace(OPEN, stretches=((600, 700), (690, 800))), entry_checks.StretchesOverlap, "stretches"),
        (replace(OPEN, stretches=tuple((n, n + 1) for n in range(13))), entry_checks.TooManyStretches, "stretches"),
        (replace(WEEK, weekdays=()), entry_checks.NoOpenDay, "weekdays"),
        (replace(WEEK, weekdays=(7,)), entry_checks.NoSuchDayOfWeek, "weekdays"),
        (replace(WEEK, weeks=(0,)), entry_checks.NoSuchDayOfWeek, "weekdays"),
        (replace(NOT, first_on=ON, last_on=ON), entry_checks.NoHoliday, "first_on"),
    ],
)
def test_what_cannot_be_used_is_refused_beside_its_field(
    entry: CalendarEntry, refusal: type[Invalid], field: str | None
) -> None:
    with pytest.raises(refusal) as refused:
        check([OPEN, entry], base=BASE)
    assert refused.value.field == field


def test_a_year_that_nobody_entered_names_the_file_to_fill() -> None:
    with pytest.raises(HolidayYearMissing) as refused:
        check([replace(CLOSED, first_on=date(2027, 1, 3), last_on=date(2027, 1, 3))], base=BASE)
    assert "2027" in refused.value.sentence()
    assert "calendars/c.toml" in refused.value.sentence()


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        (replace(WEEK, last_on=LATER, weekdays=(4,)), entry_checks.WeekEndsTwice),
        (replace(WEEK, weekdays=(1, 2)), entry_checks.StretchesOverlap),
        (replace(WEEK, weekdays=(1,), weeks=(2, 4)), entry_checks.StretchesOverlap),
    ],
)
def test_the_rows_of_a_week_must_agree(other: CalendarEntry, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        check([WEEK, other], base=BASE)


def test_rows_of_other_weeks_of_the_month_agree() -> None:
    odd, even = replace(WEEK, weeks=(1, 3, 5)), replace(WEEK, weeks=(2, 4), stretches=((620, 700),))
    check([odd, even], base=BASE)


@pytest.mark.parametrize("kind", [EntryKind.OBSERVED_NOT, EntryKind.CONFIRMED])
def test_one_person_does_not_keep_the_holidays_of_the_place(kind: EntryKind) -> None:
    with pytest.raises(entry_checks.KeptByThePlace):
        check([replace(NOT, kind=kind)], base=BASE, of_person=True)
