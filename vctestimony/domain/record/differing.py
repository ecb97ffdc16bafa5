"""The one place that says, word by word, what differs between two states of a text, and joins two changes of one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word ends at a blank, in every script; the vowel signs of Bengali and Hindi are no letters to `\w`.
_WORD = re.compile(r"\s*\S+|\s+$")
_PATIENT = 3_000
"""Words up to which frequent words are compared like all others; beyond, leaving them out keeps the time bounded."""


class Change(StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words, and what happened to them."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class _Hunk:
    start: int
    end: int
    words: tuple[str, ...]


def difference(before: str, after: str) -> tuple[Run, ...]:
    """The runs of words that stayed, went and came, in reading order.

    >>> [(run.change.value, run.text) for run in difference("He came home.", "He ran home.")]
    [('same', 'He'), ('gone', ' came'), ('new', ' ran'), ('same', ' home.')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Run] = []
    for tag, a, b, c, d in _opcodes(old, new):
        if tag != "equal" and b > a:
            found.append(Run(Change.GONE, _joined(old[a:b], after=found)))
        if d > c:
            found.append(Run(Change.SAME if tag == "equal" else Change.NEW, _joined(new[c:d], after=found)))
    return tuple(found)


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of a text together; None where they touch the same words, so that a person must decide.

    >>> merged("He came home late.", "She came home late.", "He came home early.")
    'She came home early.'
    """
    words = _WORD.findall(base)
    ours, others = _hunks(words, _WORD.findall(mine)), _hunks(words, _WORD.findall(theirs))
    if any(_touch(one, other) and one != other for one in ours for other in others):
        return None
    for hunk in sorted({*ours, *others}, key=lambda hunk: (hunk.start, hunk.end), reverse=True):
        words[hunk.start : hunk.end] = hunk.words
    return _joined(words, after=())


def _joined(words: Sequence[str], *, after: Sequence[Run]) -> str:
    """Words that met only now get a blank between them."""
    text = after[-1].text[-1:] if after else ""
    start = len(text)
    for word in words:
        text += word if not text or text[-1].isspace() or word[0].isspace() else f" {word}"
    return text[start:]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Words compare equal whatever blanks stand before them."""
    bare_old, bare_new = [word.strip() for word in old], [word.strip() for word in new]
    patient = len(old) + len(new) <= _PATIENT
    return list(SequenceMatcher(None, bare_old, bare_new, autojunk=not patient).get_opcodes())


def _hunks(words: Sequence[str], changed: Sequence[str]) -> list[_Hunk]:
    return [_Hunk(a, b, tuple(changed[c:d])) for tag, a, b, c, d in _opcodes(words, changed) if tag != "equal"]


def _touch(one: _Hunk, other: _Hunk) -> bool:
    return one.start <= other.end and other.start <= one.end
