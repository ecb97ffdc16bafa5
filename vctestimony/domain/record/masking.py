"""The one place that finds in a text what must be left out of it, in whatever script, spelling or spacing."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from vctestimony.domain.record.long_numbers import long_numbers
from vctestimony.domain.record.skeletons import is_indic, skeletons
from vctestimony.domain.wording import N_


class Left(StrEnum):
    """What is left out, as the mark in its place calls it."""

    NAME = "name"
    FAMILY = "family"
    ADDRESS = "address"
    CONTACT = "contact"
    NUMBER = "number"
    PERSONS = "persons"
    FILE = "file"
    OTHER = "other"


LEFT_LABELS: dict[Left, str] = {
    Left.NAME: N_("name"),
    Left.FAMILY: N_("name of family"),
    Left.ADDRESS: N_("address"),
    Left.CONTACT: N_("contact"),
    Left.NUMBER: N_("number"),
    Left.PERSONS: N_("who was beside the witness"),
    Left.FILE: N_("name of a file"),
    Left.OTHER: N_("what identifies the witness"),
}

# Letters with their vowel signs and joiners, or digits; what stands between them only parts them.
_TOKEN = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963\u0970-\u09e3\u09f0-\u09ff\u200c\u200d])+|\d+")
_ACCENTS = re.compile("[\u0300-\u036f\u200c\u200d]")
_MAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.[^\s@<>()\[\],;:.]+")
_PIECES = re.compile(r"[,;\n/]+")
SHORTEST, SHORTEST_IN_ADDRESS, ENDING, BONES, BONES_IN_ONE_SCRIPT, LONGEST_SUFFIX = 3, 4, 8, 3, 4, 2
# So many letters in a row are not the same by chance, across the words of a text.
SURELY_NO_CHANCE = 8
# Of what the same sounds in another script are the same.
_SOUNDED = frozenset({Left.NAME, Left.FAMILY, Left.ADDRESS, Left.PERSONS, Left.OTHER})
# Of an address and of the words beside a name: too common to be left out for themselves.
# fmt: off
_COMMON = frozenset({
    "village", "road", "house", "street", "district", "post", "office", "police", "station", "upazila", "thana",
    "union", "ward", "near", "town", "city", "bangladesh", "india", "nepal", "division", "flat", "block", "sadar",
    "father", "mother", "husband", "wife", "daughter", "sister", "brother", "late", "shri", "smt", "mrs", "son",
    "গ্রাম", "জেলা", "থানা", "উপজেলা", "ডাকঘর", "বাংলাদেশ", "ভারত", "পিতা", "মাতা", "স্বামী", "মৃত",
    "गाँव", "गांव", "जिला", "ज़िला", "थाना", "भारत", "पिता", "माता", "पति", "पुत्री", "पत्नी",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something that must not be read in the text, and as what it is left out."""

    what: Left
    value: str


@dataclass(frozen=True, slots=True)
class _Sought:
    """Words in a row, folded; `glued` is what they are without anything between them."""

    what: Left
    words: tuple[str, ...]
    glued: str


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    folded: str


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """The word without case, accents and joiners, digits of every script as those of this one.

    >>> folded("RAHĪMA"), folded("০১৭")
    ('rahima', '017')
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in plain)


class Masks:
    """What must be left out, made ready to be looked for. `public` are words that everybody may read."""

    def __init__(self, hidden: Collection[Hidden], *, public: Iterable[str] = ()) -> None:
        public = tuple(public)
        self._open_numbers = frozenset(digits for text in public for _start, _end, digits in long_numbers(text))
        open_words = _COMMON | {folded(word) for text in public for word in _TOKEN.findall(text)}
        found = [one for known in hidden for one in _sought(known, open_words)]
        self._sought = tuple(sorted(dict.fromkeys(found), key=lambda one: -len(one.glued)))
        whole = ("".join(words_of(known.value)) for known in hidden)
        self._whole = frozenset(one for one in whole if len(one) >= SURELY_NO_CHANCE)

    def apply(self, text: str, *, mark: Callable[[Left], str], numbers: bool = False) -> tuple[str, tuple[Left, ...]]:
        """The text with a mark in place of everything found, and what was found; `numbers`: long ones and mails too."""
        spans = sorted(self._spans(text, numbers=numbers))
        parts, left, place = [], [], 0
        for start, end, what in spans:
            if start < place:
                place = max(place, end)
                continue
            parts += [text[place:start], mark(what)]
            left.append(what)
            place = end
        return "".join((*parts, text[place:])), tuple(left)

    def still_in(self, text: str) -> bool:
        """Whether a whole value stands in the text all the same; the last look before a print, made in another way."""
        glued = "".join(words_of(text))
        return any(whole in glued for whole in self._whole)

    def _spans(self, text: str, *, numbers: bool) -> Iterable[tuple[int, int, Left]]:
        tokens = [_Token(m.start(), m.end(), folded(m.group())) for m in _TOKEN.finditer(text)]
        for place, token in enumerate(tokens):
            for sought in self._sought:
                if (last := _ends(tokens, place, sought)) is not None:
                    yield token.start, last.end, sought.what
                    break
        if numbers:
            yield from ((m.start(), m.end(), Left.CONTACT) for m in _MAIL.finditer(text))
            for start, end, digits in long_numbers(text):
                if digits not in self._open_numbers:
                    yield start, end, Left.NUMBER


def _sought(hidden: Hidden, public: frozenset[str] | set[str]) -> Iterable[_Sought]:
    """The whole value, and the parts by which it would be known."""
    whole = words_of(hidden.value)
    if any(word not in public for word in whole) and len("".join(whole)) >= SHORTEST:
        yield _Sought(hidden.what, whole, "".join(whole))
    if hidden.what in {Left.NAME, Left.FAMILY}:
        yield from _parts(hidden, whole, public, least=SHORTEST)
    if hidden.what is Left.PERSONS:
        yield from _parts(hidden, whole, public, least=SHORTEST_IN_ADDRESS)
    if hidden.what is Left.ADDRESS:
        for piece in _PIECES.split(hidden.value):
            words = words_of(piece)
            telling = [word for word in words if word not in public]
            if telling and (len(words) > 1 or not telling[0].isdigit()):
                yield _Sought(hidden.what, words, "".join(words))
        yield from _parts(hidden, whole, public, least=SHORTEST_IN_ADDRESS)
    digits = "".join(word for word in whole if word.isdigit())
    if hidden.what in {Left.NUMBER, Left.CONTACT} and len(digits) >= ENDING - 1:
        yield _Sought(hidden.what, (digits[-ENDING:],), digits[-ENDING:])


def _parts(hidden: Hidden, whole: tuple[str, ...], public: frozenset[str] | set[str], *, least: int) -> list[_Sought]:
    words = [word for word in whole if len(word) >= least and not word.isdigit() and word not in public]
    return [_Sought(hidden.what, (word,), word) for word in words]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(map(folded, _TOKEN.findall(text)))


def _ends(tokens: list[_Token], place: int, sought: _Sought) -> _Token | None:
    """The token with which the sought words end when they begin at this place; None when they do not stand here."""
    return _glued(tokens, place, sought.glued) or _sounded(tokens, place, sought)


def _glued(tokens: list[_Token], place: int, wanted: str) -> _Token | None:
    """The same letters, however they are parted; an Indic ending may follow, a number may begin before."""
    said = ""
    if wanted.isdigit() and len(wanted) == ENDING:
        return _ending_with(tokens, place, wanted)
    for token in tokens[place:]:
        said += token.folded
        if said == wanted or (said.startswith(wanted) and is_indic(wanted) and len(said) - len(wanted) <= ENDING // 2):
            return token
        if not wanted.startswith(said):
            return None
    return None


def _ending_with(tokens: list[_Token], place: int, wanted: str) -> _Token | None:
    said = ""
    for token in tokens[place:]:
        if not token.folded.isdigit():
            return None
        said += token.folded
        if said.endswith(wanted):
            return token
    return None


def _sounded(tokens: list[_Token], place: int, sought: _Sought) -> _Token | None:
    """The same bones in another script, word by word."""
    row = tokens[place : place + len(sought.words)]
    if sought.what not in _SOUNDED or len(row) < len(sought.words):
        return None
    alone = len(row) == 1
    pairs = zip(row, sought.words, strict=True)
    return row[-1] if all(_alike(token.folded, word, alone=alone) for token, word in pairs) else None


def _alike(said: str, wanted: str, *, alone: bool) -> bool:
    if said.isdigit() or wanted.isdigit():
        return said == wanted
    other_script = is_indic(said) != is_indic(wanted)
    least = (BONES if other_script else BONES_IN_ONE_SCRIPT) if alone else 1
    return any(
        len(bones) >= least and (heard == bones or (is_indic(said) and _inflected(heard, bones)))
        for bones in skeletons(wanted)
        for heard in skeletons(said)
    )


def _inflected(heard: str, bones: str) -> bool:
    """Whether an Indic ending was put to the word; only where the word is long enough to be known without it."""
    return len(bones) >= BONES and heard.startswith(bones) and len(heard) - len(bones) <= LONGEST_SUFFIX
