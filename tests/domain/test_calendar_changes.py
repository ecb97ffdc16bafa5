"""What an entry would change: new, or against what is known, and in which words."""

from dataclasses import replace
from datetime import date

import pytest

from vctestimony.domain.calendar_changes import Effect, change_of, replaced_by
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind, compose
from vctestimony.domain.calendars import DatedException, Kind, Reason, Rule, Status, WorkingCalendar

RULES = tuple(Rule(day, 630, 1020) for day in range(5))
PUJA = DatedException(date(2026, 10, 20), date(2026, 10, 21), Kind.CLOSED, label="Puja", reason=Reason.PUBLIC_HOLIDAY)
BASE = WorkingCalendar("court", "1", "Asia/Kolkata", RULES, (PUJA,), known_years=frozenset({2026}))
MORNING = ((450, 750),)


def entry(kind: EntryKind, first: int, last: int, label: str = "x", **values: object) -> CalendarEntry:
    """An entry of October 2026."""
    holds = kind in {EntryKind.OPEN, EntryKind.SEASON, EntryKind.HOURS}
    whole = {"stretches": MORNING if holds else (), "weekdays": (0, 1) if kind is EntryKind.HOURS else (), **values}
    return CalendarEntry(
        kind=kind, first_on=date(2026, 10, first), last_on=date(2026, 10, last), label=label, source="s", **whole  # type: ignore[arg-type]
    )  # fmt: skip


def judged(one: CalendarEntry, *kept: CalendarEntry) -> tuple[Effect, list[str]]:
    replaced = replaced_by([one], kept)
    before = compose(BASE, kept)
    after = compose(BASE, [*(other for other in kept if other not in replaced), one])
    change = change_of([one], replaced=replaced, before=before, after=after)
    return change.effect, [remark.text.format(**remark.values) for remark in change.remarks]


@pytest.mark.parametrize(
    ("one", "effect", "said"),
    [
        (entry(EntryKind.CLOSED, 15, 18), Effect.FRESH, "Working days that it closes: 2."),
        (entry(EntryKind.CLOSED, 20, 21), Effect.FRESH, "Closes no working day: all were closed already."),
        (entry(EntryKind.CLOSED, 24, 25), Effect.FRESH, "Closes no working day: all were closed already."),
        (entry(EntryKind.OPEN, 24, 24), Effect.FRESH, "Closed days that it opens: 1, such as 2026-10-24:"),
        (entry(EntryKind.OPEN, 20, 20), Effect.AGAINST, "Closed days that it opens: 1, such as 2026-10-20:"),
        (entry(EntryKind.OPEN, 17, 20), Effect.AGAINST, "Closed days that it opens: 3, such as 2026-10-20:"),
        (entry(EntryKind.OPEN, 19, 19), Effect.FRESH, "Working days with other hours: 1."),
        (entry(EntryKind.OPEN, 19, 19, stretches=((630, 1020),)), Effect.FRESH, "Changes no day."),
        (entry(EntryKind.OBSERVED_NOT, 20, 20), Effect.AGAINST, "Closed days that it opens: 1, such as 2026-10-20:"),
        (entry(EntryKind.SEASON, 12, 18), Effect.FRESH, "Working days with other hours: 5."),
        (entry(EntryKind.CONFIRMED, 20, 20), Effect.FRESH, "What is tentative on these dates becomes sure."),
        (entry(EntryKind.HOURS, 5, 31), Effect.AGAINST, "Takes the place of the weekly hours from 2026-10-05 on."),
    ],
)  # fmt: skip
def test_what_an_entry_alone_changes(one: CalendarEntry, effect: Effect, said: str) -> None:
    assert (judged(one)[0], judged(one)[1][0]) == (effect, said)


def test_a_closure_of_a_day_entered_as_open_cannot_take_effect() -> None:
    effect, said = judged(entry(EntryKind.CLOSED, 15, 16), entry(EntryKind.OPEN, 16, 16))
    assert effect is Effect.AGAINST
    assert said == [
        "Days that stay open, because they are entered as open: 1.",
        "Working days that it closes: 1.",
    ]


def test_the_same_dates_in_other_words_take_the_place_of_what_is_entered() -> None:
    kept = entry(EntryKind.CLOSED, 15, 15, "Eid", status=Status.TENTATIVE)
    one = replace(kept, status=Status.CONFIRMED)
    assert judged(one, kept)[0] is Effect.AGAINST
    assert judged(one, kept)[1][0] == "Takes the place of “Eid” (s)."
    assert replaced_by([one], [entry(EntryKind.OPEN, 15, 15), entry(EntryKind.CLOSED, 15, 16)]) == ()


def test_a_week_takes_the_place_of_every_row_of_the_week_of_that_day() -> None:
    rows = (entry(EntryKind.HOURS, 5, 31), entry(EntryKind.HOURS, 5, 31, weekdays=(4,)))
    other = entry(EntryKind.HOURS, 6, 31)
    assert replaced_by([entry(EntryKind.HOURS, 5, 30)], [*rows, other]) == rows
