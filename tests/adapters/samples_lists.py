"""Sample lists of a day and a week, longer than a page and across midnight; and a movement sheet."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from tests.adapters.paper_samples import TEXTS, imprint
from tests.adapters.samples_joining import LONG_NAME, LONG_PLACE, calls, remote
from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.documents.lists import (
    DaySheet,
    Listed,
    ListedDay,
    MovementSheet,
    OpenStep,
    Span,
    Way,
    WeekList,
)
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.paper import BothClocks, ClockFace, Sheet

MONDAY_ON = date(2026, 9, 14)
_MIDNIGHT_AT = datetime(2026, 9, 13, 18, 30, tzinfo=UTC)  # the first instant of that Monday in Kolkata


def listed(place: int, lang: str, *, day: int = 0) -> Listed:
    """A hearing at every second hour; the last of the day ends on the next date in Dhaka, and once in Kolkata."""
    at = _MIDNIGHT_AT + timedelta(days=day, hours=8 + 2 * place)
    court, _, remote_point = TEXTS[lang]["courts"]
    people, state = TEXTS[lang]["people"], TEXTS[lang]["phrases"][0]
    return Listed(
        span=Span(starts=_both(at, lang), ends=_both(at + timedelta(minutes=95), lang), on=MONDAY_ON + timedelta(day)),
        reference=f"H-92KQFT{place:02}",
        case_number="Special Case (Trafficking) 1214/2026",
        witness=TEXTS[lang]["witness"],
        state=state,
        across=LONG_PLACE[lang] if place % 2 else remote_point,
        rooms=court,
        has_link=place % 2 == 0,
        people=tuple((one, LONG_NAME[lang] if number == 1 else "") for number, one in enumerate(people)),
        open_steps=tuple(f"B{number:02}" for number in range(1, 3 * place)),
    )


def day_sheet(lang: str) -> Sheet:
    """Eight hearings on one day."""
    return DaySheet(
        heading=PlainHeading(issuer=LONG_PLACE[lang], imprint=imprint(lang)),
        post=LONG_PLACE[lang],
        room=TEXTS[lang]["courts"][1],
        day=_day(0, lang),
        closed=TEXTS[lang]["phrases"][1],
        hearings=tuple(listed(place, lang) for place in range(8)),
        open_steps=tuple(
            OpenStep(number=f"B{number:02}", text=TEXTS[lang]["steps"][number % 7], hearings=("H-92KQFT01",) * 3)
            for number in range(1, 22)
        ),
    )


def week_list(lang: str) -> Sheet:
    """Two hearings on each day but two."""
    days = (
        ListedDay(
            day=_day(number, lang),
            closed=TEXTS[lang]["phrases"][1] if number > 4 else "",
            hearings=tuple(listed(place, lang, day=number) for place in (3, 7)) if number < 5 else (),
        )
        for number in range(7)
    )
    return WeekList(
        heading=PlainHeading(issuer=LONG_PLACE[lang], imprint=imprint(lang)),
        post=LONG_PLACE[lang],
        days=tuple(days),
    )


def empty_week(lang: str) -> WeekList:
    """Seven days without a hearing."""
    return WeekList(
        heading=PlainHeading(issuer=LONG_PLACE[lang], imprint=imprint(lang)),
        post=LONG_PLACE[lang],
        days=tuple(ListedDay(day=_day(number, lang), closed="", hearings=()) for number in range(7)),
    )


def movement_sheet(lang: str) -> Sheet:
    """A journey that begins on the day before by the local clock."""
    return MovementSheet(
        heading=PlainHeading(issuer="Journey there and back", about="", imprint=imprint(lang)),
        place=LONG_PLACE[lang],
        address="",
        ready=remote(0, lang),
        ends=remote(180, lang),
        ways=tuple(Way(minutes=minutes, fetch=remote(-15 - minutes, lang)) for minutes in (30, 60, 120, 240)),
        calls=calls(lang),
    )


def _both(at: datetime, lang: str) -> BothClocks:
    kolkata, dhaka = TEXTS[lang]["cities"]
    return BothClocks(
        ClockFace(End.COURT, read(at, "Asia/Kolkata", kolkata)), ClockFace(End.REMOTE, read(at, "Asia/Dhaka", dhaka))
    )


def _day(number: int, lang: str) -> Reading:
    return read(_MIDNIGHT_AT + timedelta(days=number), "Asia/Kolkata", TEXTS[lang]["cities"][0])


SAMPLES: dict[str, Callable[[str], Sheet]] = {
    "day-sheet": day_sheet,
    "week-list": week_list,
    "movement-sheet": movement_sheet,
}
