"""The one place that finds a witness's real name in a text that must not hold it."""

import re
import unicodedata

SHORTEST = 3
# Letters and digits, with the vowel signs that Devanagari and Bengali words are spelt with.
_WORD = re.compile(r"[\w\u0900-\u0963\u0966-\u09ff]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Joiners, marks and breaks that nobody sees: with and without them it is the same name."""


def names(text: str, name: str) -> bool:
    """Whether the whole name stands in the text, in whatever case, spacing and coding; a part of it does not count.

    >>> names("My name is RAHIMA,  Khatun.", "Rahima Khatun"), names("Rahima came", "Rahima Khatun")
    (True, False)
    """
    wanted = _words(name)
    if sum(map(len, wanted)) < SHORTEST:
        return False
    return any(_stands(wanted, _words(text, unseen=kind)) for kind in ("", " "))


def _stands(wanted: list[str], words: list[str]) -> bool:
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))


def _words(text: str, *, unseen: str = "") -> list[str]:
    """Its words, where what nobody sees joins letters, or else parts words."""
    return _WORD.findall(unicodedata.normalize("NFC", _UNSEEN.sub(unseen, text)).casefold())
