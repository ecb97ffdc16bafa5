"""The one place that finds what is sealed about the witness in a file's name, however the two are written."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

_SHORTEST_WORD, _SHORTEST_NUMBER = 3, 5
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def gives_away(text: str, *, names: Iterable[str], others: Iterable[str] = ()) -> bool:
    """Whether a word of a name, or the whole of another sealed value, stands in the text.

    A file's name joins words with lines, dots or nothing at all, so a single word of a name counts here.

    >>> gives_away("deposition_RAHIMA-2026.mp4", names=["Rahima Khatun"]), gives_away("PW-7.mp4", names=["Pia W."])
    (True, False)
    >>> gives_away("scan bd-123 4567.pdf", names=[], others=["BD1234567"])
    True
    """
    words = {word for part in _CAMEL.split(text) for word in _words(part)} | set(_words(text))
    solid = _solid(text)
    wanted = {word for name in names for word in _words(name)}
    joined = [_solid(value) for value in (*names, *others)]
    return bool(words & wanted) or any(len(value) >= _SHORTEST_NUMBER and value in solid for value in joined)


def _words(text: str) -> list[str]:
    runs = ("".join(run) for spells, run in groupby(_folded(text), _spells) if spells)
    return [word for word in runs if len(word) >= _SHORTEST_WORD]


def _solid(text: str) -> str:
    return "".join(c for c in _folded(text) if c.isdigit() or _spells(c))


def _spells(character: str) -> bool:
    """A letter, or a sign that words of Bengali and Hindi are spelt with."""
    return unicodedata.category(character)[0] in "LM"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
