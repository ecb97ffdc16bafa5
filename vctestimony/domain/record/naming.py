"""The one place that finds a witness's real name in a text that must not hold it."""

import re

SHORTEST = 3
# Letters and digits, with the vowel signs and joiners that Devanagari and Bengali words are spelt with.
_WORD = re.compile(r"[\w\u0900-\u0963\u0966-\u09ff\u200c\u200d]+")


def names(text: str, name: str) -> bool:
    """Whether the whole name stands in the text, in whatever case and spacing; a part of it alone does not count.

    >>> names("My name is RAHIMA,  Khatun.", "Rahima Khatun"), names("Rahima came", "Rahima Khatun")
    (True, False)
    """
    wanted, words = _words(name), _words(text)
    if sum(map(len, wanted)) < SHORTEST:
        return False
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
