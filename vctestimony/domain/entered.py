"""The one place for reading what people type: lines, paragraphs, dates, times and numbers, in any of their scripts.

Everything here either understands the text in exactly one way or refuses it with a sentence that says what to type.
"""

import re
import unicodedata
from datetime import date, time

from vctestimony.domain.errors import Invalid
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_

FIRST_YEAR, LAST_YEAR = 1900, 2100

# Invisible and harmless: dropped without a word. The joiners U+200C and U+200D stay; Bengali and Hindi need them.
_DROPPED = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff")
# Embeddings, overrides and isolates reorder the text around them (Trojan Source); nobody types them.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# fmt: off
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
# fmt: on
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,9}\.?)[-/., ]{1,2}(\d{4})")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})|(\d{2})(\d{2})")
_BETWEEN, _NEXT = re.compile("\\s*(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|\\bto\\b)\\s*"), re.compile(r"\s*[,;]\s*")
_AM_PM = re.compile(r"[ap]\.?\s?m\.?$")
_NUMBER = re.compile(r"[+-]?\d{1,12}")


class Missing(Invalid):
    """Nothing was entered where something is needed."""

    text = N_("Fill this in.")


class TooLong(Invalid):
    """The text is longer than its place; it is never cut."""

    text = N_("This has {length} characters; at most {limit} fit. Shorten it.")


class Unreadable(Invalid):
    """The text holds characters that cannot be printed or that change the order of others."""

    text = N_("This holds a character that cannot be kept ({character}). Type the text again instead of pasting it.")


class NotADate(Invalid):
    """No calendar day can be read from the text in exactly one way."""

    text = N_("This is not a date. Write day, month and year, for example 14/9/2026, or 2026-09-14.")


class NoSuchDay(Invalid):
    """The parts are numbers, but the calendar has no such day."""

    text = N_("The calendar has no such day. Check day and month; the day comes first.")


class YearRefused(Invalid):
    """The year is outside what any hearing or person can have."""

    text = N_("The year must lie between {first} and {last}.")


class NotAClockTime(Invalid):
    """No time of day can be read from the text in exactly one way."""

    text = N_("This is not a time of day. Write it with 24 hours, for example 09:30 or 14:00, and nothing after it.")


class TwelveHours(Invalid):
    """Morning and afternoon were given by letters."""

    text = N_("Write the time with 24 hours: 22:30 instead of 10:30 pm.")


class EndOfDay(Invalid):
    """24:00 could mean this day or the next."""

    text = N_("24:00 is not used. Write 00:00 with the next day's date, or 23:59.")


class NotHours(Invalid):
    """No stretches of a day can be read from the text in exactly one way."""

    text = N_("Write hours as 10:30-13:30, 14:00-17:00: from and until, with a comma before the next stretch.")


class NotANumber(Invalid):
    """The text is not a whole number."""

    text = N_("Write a whole number.")


class NumberRefused(Invalid):
    """The number lies outside its limits."""

    text = N_("Write a number from {least} to {most}.")


def line(text: str, *, limit: int = 200) -> str:
    """One line: breaks and runs of blanks become one blank, ends are stripped, the form is NFC.

    >>> line("  High\\tCommission,\\n Dhaka ")
    'High Commission, Dhaka'
    """
    return _within(_BLANKS.sub(" ", _readable(_BREAKS.sub(" ", text))).strip(), limit)


def paragraphs(text: str, *, limit: int = 10_000) -> str:
    """Several lines, each without blanks at its end; breaks are plain newlines, at most one empty line in a row."""
    body = "\n".join(_readable(row).rstrip() for row in _BREAKS.split(text)).strip("\n")
    return _within(re.sub(r"\n{3,}", "\n\n", body), limit)


def _readable(text: str) -> str:
    kept = "".join(character for character in text.replace("\t", " ") if character not in _DROPPED)
    for character in kept:
        if _refused(character):
            raise Unreadable(character=f"U+{ord(character):04X}")
    return unicodedata.normalize("NFC", kept)


def _refused(character: str) -> bool:
    """Controls, surrogates, private use, non-characters, and what reorders its neighbours."""
    if character in _REORDERING:
        return True
    if unicodedata.category(character) in {"Cc", "Cs", "Co"}:
        return True
    return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise TooLong(length=len(text), limit=limit)
    return text


def latin_digits(text: str) -> str:
    """The same text with the decimal digits of every script as 0-9.

    >>> latin_digits("১৪/০৯/২০২৬"), latin_digits("१०:३०")
    ('14/09/2026', '10:30')
    """
    return "".join(str(unicodedata.decimal(character, character)) for character in text)


def day(text: str) -> date:
    """The calendar day. Day first, as written in both countries; a year of four digits may also stand first.

    >>> day("14/9/2026") == day("2026-09-14") == day("১৪ ০৯ ২০২৬") == day("14 September 2026")
    True
    """
    typed = " ".join(latin_digits(line(text)).casefold().split())
    if not typed:
        raise Missing()
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, number = found.groups()
    elif found := _DAY_FIRST.fullmatch(typed):
        number, month, year = found.groups()
    else:
        raise NotADate()
    return _calendar_day(int(year), _month(month), int(number))


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    name = text.rstrip(".")
    for position, full in enumerate(_MONTHS, start=1):
        if full.startswith(name):
            return position
    raise NotADate()


def _calendar_day(year: int, month: int, number: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearRefused(first=FIRST_YEAR, last=LAST_YEAR)
    try:
        return date(year, month, number)
    except ValueError:
        raise NoSuchDay() from None


def clock(text: str) -> time:
    """The time of day, 24 hours, to the minute. No zone is read here: it belongs to the post.

    >>> clock("9:05"), clock("14.30"), clock("1430"), clock("১০ঃ৩০")
    (datetime.time(9, 5), datetime.time(14, 30), datetime.time(14, 30), datetime.time(10, 30))
    """
    typed = latin_digits(line(text)).casefold().replace("\u0983", ":").replace("\uff1a", ":")
    if not typed:
        raise Missing()
    if _AM_PM.search(typed):
        raise TwelveHours()
    found = _CLOCK.fullmatch(typed)
    if found is None:
        raise NotAClockTime()
    hour, minute = (int(part) for part in found.groups() if part is not None)
    if hour == 24 and minute == 0:
        raise EndOfDay()
    if hour > 23 or minute > 59:
        raise NotAClockTime()
    return time(hour, minute)


def stretches(text: str) -> tuple[Span, ...]:
    """Stretches of one day in minutes of the date, in order; 24:00 ends a day.

    >>> stretches("10:30-13:30, 14.00 to 17.00"), stretches("২০:০০–24:00")
    (((630, 810), (840, 1020)), ((1200, 1440),))
    """
    typed = line(text)
    if not typed:
        raise Missing()
    pairs = [_BETWEEN.split(part) for part in _NEXT.split(typed)]
    if any(len(pair) != 2 for pair in pairs):
        raise NotHours()
    return tuple(sorted((_minutes(start), _minutes(end, ends_day=True)) for start, end in pairs))


def _minutes(text: str, *, ends_day: bool = False) -> int:
    try:
        at = clock(text)
    except EndOfDay:
        if ends_day:
            return 24 * 60
        raise NotHours() from None
    except Missing:
        raise NotHours() from None
    return at.hour * 60 + at.minute


def number(text: str, *, least: int, most: int) -> int:
    """A whole number within its limits, both included.

    >>> number("৯০", least=1, most=600)
    90
    """
    typed = latin_digits(line(text)).replace("\u2212", "-")
    if not typed:
        raise Missing()
    if not _NUMBER.fullmatch(typed):
        raise NotANumber()
    value = int(typed)
    if not least <= value <= most:
        raise NumberRefused(least=least, most=most)
    return value
