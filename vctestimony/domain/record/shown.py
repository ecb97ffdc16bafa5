"""The one place for the mark of what a form showed of a record: short, part by part, so that it can say what is new."""

from collections.abc import Mapping
from hashlib import sha256

MARK_LIMIT = 4_000
"""Letters that the mark of a whole record may have."""
_LETTERS = 12


def mark_of(parts: Mapping[str, str]) -> str:
    """The parts by name, each as the beginning of its hash.

    >>> mark_of({"costs": "none", "log": "3 entries"})
    'costs.140bedbf9c3f log.880ae1c4b09e'
    """
    return " ".join(f"{name}.{_digest(text)}" for name, text in sorted(parts.items()))


def another_since(mark: str, parts: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the parts that are not as the mark has them, those that came and those that went among them.

    >>> another_since(mark_of({"a": "1", "b": "2"}), {"a": "1", "b": "3", "c": "4"})
    ('b', 'c')
    >>> another_since("", {"a": "1"})
    ('a',)
    """
    before = dict(word.rpartition(".")[::2] for word in mark.split())
    now = {name: _digest(text) for name, text in parts.items()}
    return tuple(sorted(name for name in before | now if before.get(name) != now.get(name)))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_LETTERS]
