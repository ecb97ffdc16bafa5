"""The one place that reads the cells of a calendar table, and writes them so that they are read back the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vctestimony.domain import entered
from vctestimony.domain.entry_checks import check_stretches
from vctestimony.domain.errors import Invalid
from vctestimony.domain.instants import FIRST_YEAR, LAST_YEAR
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
_BESIDE = re.compile(r"(\d)\s+(?=\d)")
_APART = re.compile(r"[\s,;/+]+")
_FORMULA = re.compile("'*[=+\\-@\uff1d\uff0b\uff0d\uff20]")


class Bad(Exception):
    """A cell that cannot be read: why, and what to do, as marked texts with braces for `values`."""

    def __init__(self, reason: str, fix: str, **values: object) -> None:
        super().__init__(reason)
        self.reason, self.fix, self.values = reason, fix, values


@dataclass(frozen=True, slots=True)
class DateOrder:
    """Which of day and month the numeric dates of a whole file put first, as far as they prove it."""

    day_first: bool
    month_first: bool

    @classmethod
    def of(cls, texts: Iterable[str]) -> "DateOrder":
        """What the dates together prove: 31/12 can only be day first, 12/31 only month first."""
        pairs = [(int(found[1]), int(found[2])) for text in texts if (found := _numeric(text))]
        return cls(any(one > 12 >= two for one, two in pairs), any(two > 12 >= one for one, two in pairs))


def _numeric(text: str) -> re.Match[str] | None:
    return _NUMERIC.fullmatch(entered.latin_digits(text.strip()))


def day(text: str, order: DateOrder) -> date:
    """The date. One that could be read day first or month first is refused unless the file itself proves its order.

    >>> day("2026-09-05", DateOrder(False, False)) == day("5/9/2026", DateOrder(True, False)) == date(2026, 9, 5)
    True
    """
    if _SHORT_YEAR.fullmatch(entered.latin_digits(text.strip())):
        raise Bad(N_("The year has two digits."), N_("Write the date as year, month, day: 2026-09-14."))
    if found := _numeric(text):
        _check_order(int(found[1]), int(found[2]), int(found[3]), order)
    try:
        read = entered.day(text)
    except Invalid as refusal:
        raise Bad(refusal.text, N_("Write the date as year, month, day: 2026-09-14."), **refusal.facts) from None
    if not FIRST_YEAR < read.year < LAST_YEAR:
        raise Bad(
            N_("The year must lie between {first} and {last}."),
            N_("Correct the year."),
            first=FIRST_YEAR + 1,
            last=LAST_YEAR - 1,
        )
    return read


def _check_order(one: int, two: int, year: int, order: DateOrder) -> None:
    if two > 12 >= one:
        raise Bad(N_("This date has the month first."), N_("Write the date as year, month, day: 2026-09-14."))
    proved = order.day_first and not order.month_first
    if one <= 12 and one != two and not proved:
        raise Bad(
            N_("This could be {first} or {second}, and no date of the file shows which."),
            N_("Write the date as year, month, day: {first}."),
            first=f"{year}-{two:02}-{one:02}",
            second=f"{year}-{one:02}-{two:02}",
        )


def weekdays(text: str) -> tuple[int, ...]:
    """Days of the week, Monday 0, in order; a range runs on over Saturday.

    >>> weekdays("mon, Tuesday wed"), weekdays("sun-thu")
    ((0, 1, 2), (0, 1, 2, 3, 6))
    """
    found: set[int] = set()
    for word in _words(text):
        first, dash, last = word.partition("-")
        begin, end = _weekday(first), _weekday(last if dash else first)
        found |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
    return tuple(sorted(found))


def _weekday(word: str) -> int:
    for number, name in enumerate(WEEKDAYS):
        if len(word) >= 3 and name.startswith(word):
            return number
    raise Bad(N_("“{word}” is not a day of the week."), N_("Write for example: sun mon tue wed thu."), word=word[:20])


def weeks(text: str) -> tuple[int, ...]:
    """Which of the month.

    >>> weeks("1 3 5")
    (1, 3, 5)
    """
    words = _words(entered.latin_digits(text))
    if any(word not in {"1", "2", "3", "4", "5"} for word in words):
        raise Bad(N_("Weeks of the month are numbers from 1 to 5."), N_("Write for example: 1 3 5."))
    return tuple(sorted({int(word) for word in words}))


def stretches(text: str) -> tuple[Span, ...]:
    """Hours in minutes of the date, in order; in a table a blank is enough between two stretches.

    >>> stretches("10:30–13:30 14:00 - 24:00")
    ((630, 810), (840, 1440))
    """
    try:
        read = entered.stretches(_BESIDE.sub(r"\1, ", entered.latin_digits(text)))
        check_stretches(read)
    except Invalid as refusal:
        fix = N_("Write 24 hours, from and until: 10:30-13:30 14:00-17:00.")
        raise Bad(refusal.text, fix, **refusal.facts) from None
    return read


def _words(text: str) -> list[str]:
    return [word for word in _APART.split(text.strip().casefold()) if word]


def line(text: str, *, limit: int) -> str:
    """One line of words; an apostrophe that keeps a spreadsheet from calculating is taken off."""
    try:
        read = entered.line(text, limit=limit)
    except Invalid as refusal:
        raise Bad(refusal.text, N_("Type the text again."), **refusal.facts) from None
    return read[1:] if read.startswith("'") and _FORMULA.match(read) else read


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula (CSV injection).

    >>> guarded("=1+1"), guarded("Eid"), line(guarded("=1+1"), limit=9)
    ("'=1+1", 'Eid', '=1+1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def written_days(days: Iterable[int]) -> str:
    """Days of the week, Sunday first.

    >>> written_days((0, 1, 6))
    'sun mon tue'
    """
    return " ".join(WEEKDAYS[number][:3] for number in sorted(days, key=lambda number: (number + 1) % 7))


def written_stretches(spans: Iterable[Span]) -> str:
    """Hours of the date.

    >>> written_stretches(((630, 810), (840, 1440)))
    '10:30-13:30 14:00-24:00'
    """
    return " ".join("-".join(f"{at // 60:02}:{at % 60:02}" for at in span) for span in spans)
