"""The one place that writes days, times and lengths for readers: 24 hours, digits 0-9, always with the place.

The pure functions take the language; the filters of the same name take it from the request.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from babel.dates import format_date
from flask import Flask

from vctestimony.domain.instants import Reading
from vctestimony.domain.wording import N_
from vctestimony.web.language import current_language, translate_number

_A_MONDAY = date(2024, 1, 1)
_DAY, _SHORT_DAY = "EEE d MMM y", "EEE d MMM"
# Cities that clocks are named after; others are shown as they were entered.
CITIES = (
    N_("Kolkata"), N_("New Delhi"), N_("Delhi"), N_("Mumbai"), N_("Navi Mumbai"), N_("Chennai"), N_("Bengaluru"),
    N_("Guwahati"), N_("Agartala"), N_("Siliguri"), N_("Dhaka"), N_("Chattogram"), N_("Khulna"), N_("Rajshahi"),
    N_("Sylhet"), N_("Satkhira"), N_("Jashore"), N_("Kathmandu"), N_("London"), N_("Dubai"), N_("New York"),
)  # fmt: skip
_JOINERS = frozenset("\u200c\u200d")


def bind(app: Flask) -> None:
    """Give the templates of `app` the filters of this module."""
    app.jinja_env.filters.update(
        day=lambda value: day_text(value, current_language()),
        short_day=lambda value: short_day_text(value, current_language()),
        clock=clock_text,
        instant=lambda value: instant_text(value, current_language()),
        iso=iso_text,
        minutes=minutes_text,
        clipped=clipped,
        stretches=stretches_text,
        weekday=lambda number: weekday_text(number, current_language()),
        short_weekday=lambda number: weekday_text(number, current_language(), "EEE"),
        month=lambda value: month_text(value, current_language()),
    )


def _wall(value: date | datetime | Reading) -> date:
    """The day or wall time in it. An aware datetime is refused: only a Reading says whose clock it is on."""
    if isinstance(value, Reading):
        return value.wall
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise TypeError("an instant has no day of its own: print a Reading")
    return value


def day_text(value: date | datetime | Reading, language: str) -> str:
    """Weekday, day, month, year.

    >>> day_text(date(2026, 9, 14), "en"), day_text(date(2026, 9, 14), "bn")
    ('Mon 14 Sep 2026', 'সোম 14 সেপ 2026')
    """
    return format_date(_wall(value), _DAY, locale=language)


def short_day_text(value: date | datetime | Reading, language: str) -> str:
    """Weekday, day, month, where the year stands close by.

    >>> short_day_text(date(2026, 9, 14), "en")
    'Mon 14 Sep'
    """
    return format_date(_wall(value), _SHORT_DAY, locale=language)


def clock_text(value: time | datetime | Reading) -> str:
    """Hours and minutes of 24.

    >>> clock_text(time(14, 5))
    '14:05'
    """
    if isinstance(value, time):
        return value.strftime("%H:%M")
    wall = _wall(value)
    if not isinstance(wall, datetime):
        raise TypeError("a date has no time of day")
    return wall.strftime("%H:%M")


def stretches_text(stretches: Iterable[tuple[int, int]]) -> str:
    """Working hours in minutes of a date.

    >>> stretches_text([(630, 810), (840, 1440)])
    '10:30–13:30, 14:00–24:00'
    """
    return ", ".join("–".join(f"{at // 60:02}:{at % 60:02}" for at in stretch) for stretch in stretches)


def weekday_text(number: int, language: str, pattern: str = "EEEE") -> str:
    """The name of a day of the week; Monday is 0.

    >>> weekday_text(0, "en"), weekday_text(6, "bn")
    ('Monday', 'রবিবার')
    """
    return format_date(_A_MONDAY + timedelta(days=number), pattern, locale=language)


def month_text(value: date, language: str) -> str:
    """Month and year.

    >>> month_text(date(2026, 9, 1), "en")
    'September 2026'
    """
    return format_date(value, "LLLL y", locale=language)


def instant_text(reading: Reading, language: str) -> str:
    """One reading of an instant in full: "Mon 14 Sep 2026, 14:00 · Kolkata (UTC+05:30)"."""
    return f"{day_text(reading, language)}, {clock_text(reading)} · {reading.city} ({reading.offset})"


def iso_text(value: date | datetime | time | Reading) -> str:
    """The machine's form, for the datetime attribute; a Reading gives its instant.

    >>> iso_text(date(2026, 9, 14)), iso_text(time(9, 30))
    ('2026-09-14', '09:30')
    """
    if isinstance(value, Reading):
        return value.at.strftime("%Y-%m-%dT%H:%MZ")
    if isinstance(value, time):
        return clock_text(value)
    return value.isoformat()


def minutes_text(minutes: int) -> str:
    """A length of time in the language of the request: "45 minutes", "1 hour 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(translate_number("{count} hour", "{count} hours", hours).format(count=hours))
    if rest or not hours:
        parts.append(translate_number("{count} minute", "{count} minutes", rest).format(count=rest))
    return " ".join(parts)


def clipped(text: str, limit: int) -> str:
    """At most `limit` letters for a narrow place, never cut within a written letter (vowel signs stay on theirs).

    >>> clipped("Kolkata", 7), clipped("Kolkata", 4), clipped("কলকাতা", 4)
    ('Kolkata', 'Kol…', 'কলকা…')
    """
    if len(text) <= limit:
        return text
    end = limit - 1
    while end < len(text) and _hangs_on(text, end):
        end += 1
    return text[:end].rstrip() + "…"


def _hangs_on(text: str, position: int) -> bool:
    """Whether the character there belongs to the written letter before it (marks, joiners, what a virama joins)."""
    here, before = text[position], text[position - 1]
    if unicodedata.combining(before) == 9 or before in _JOINERS:
        return True
    return unicodedata.category(here).startswith("M") or here in _JOINERS
