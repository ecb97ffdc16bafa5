"""The one place that finds in a text the numbers by which somebody is known: of telephones, passports, accounts.

A number may be written in any digits, parted by spaces, dots, brackets or any dash, with some letters before or after.
A slash parts two numbers: what follows it is another one, as the year of a case. Dates, spans of years, clock times and
numbers of sections and rules are no such numbers.
"""

import re
import unicodedata
from collections.abc import Iterator

LONG = 7
"""From so many digits on a number is left out; one of a case and its year are parted by a slash and shorter."""
BESIDE_A_DATE = 4

_DASHES = "".join(letter for letter in map(chr, range(0x10000)) if unicodedata.category(letter) == "Pd")
_BETWEEN = rf"[\s()._·\u00ad\u200b-\u200d\u2060\u2212{re.escape(_DASHES)}]"
_NUMBER = re.compile(
    rf"(?<![^\W_])[^\W\d_]{{0,3}}\+?\d(?:{_BETWEEN}{{0,4}}\d){{{LONG - 1},}}(?:[^\W\d_]{{1,3}}(?![^\W_])|(?![^\W_]))"
)
_CLOCK = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])")
_OF_LAW = re.compile(
    r"(?<!\w)(?:s|ss|sec|section|sections|r|rule|rules|art|article|ধারা|বিধি|धारा|नियम)\.?\s{0,2}\d{1,3}(?!\d)",
    re.IGNORECASE,
)
_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"(?<!\d)(?:{_YEAR}([-.]){_MONTH}\1{_DAY}|{_DAY}([-.]){_MONTH}\2{_YEAR}|{_YEAR}[-\u2013]{_YEAR})(?!\d)"
)


def long_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each long number stands, and its digits.

    >>> [digits for _start, _end, digits in long_numbers("No০১৭১২–৩৪৫৬৭৮/01812345678 in Case 501/2025, s. 370")]
    ['01712345678', '01812345678']
    """
    bare = _CLOCK.sub(_blank, _OF_LAW.sub(_blank, _plain(text)))
    for found in _NUMBER.finditer(bare):
        digits = "".join(filter(str.isdigit, found.group()))
        if not is_of_dates(found.group()):
            yield found.start(), found.end(), digits


def is_of_dates(said: str) -> bool:
    """Whether what looks like one number is days or years, with little beside them.

    >>> is_of_dates("2026-09-14"), is_of_dates("2026-09-14 345678")
    (True, False)
    """
    rest, dates = _DATE.subn("", said)
    return bool(dates) and sum(map(str.isdigit, rest)) <= BESIDE_A_DATE


def _plain(text: str) -> str:
    """The text letter by letter, its digits as those of this script."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _blank(found: re.Match[str]) -> str:
    return "\0" * len(found.group())
