"""The one place that decides which characters may go on paper, whatever door they came in by."""

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from vctestimony.domain.paper import PaperFailed, Sheet
from vctestimony.domain.wording import N_

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# No shape and no meaning of their own on paper. U+200C and U+200D are not here: Bengali and Hindi are spelt with them.
_DROPPED = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Beyond some hundred thousand letters without a blank the engine counts widths wrongly, and they run off the paper.
LONGEST_WORD = 10_000
_TOO_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")

Made = TypeVar("Made", bound=Sheet)


class WordTooLong(PaperFailed):
    """Nobody writes such a word; somebody pasted what is no text."""

    text = N_(
        "The document “{document}” holds {cause} letters without a blank between them. "
        "Correct the text they stand in, then print again."
    )


class Unprintable(PaperFailed):
    """A character that stands for nothing others can read: leaving it out could change what was said."""

    text = N_(
        "The document “{document}” holds the character {cause}, which nobody else can read. "
        "Correct the text it stands in, then print again."
    )


def clean(text: str, *, document: str) -> str:
    """The text in composed form, with plain line breaks and without invisible marks.

    Controls, marks of direction and other characters without a shape are left out. Private-use characters,
    non-characters and halves of characters are refused, because somebody meant something by them.

    >>> clean("a\\x00b\\r\\nc\\u202e", document="record")
    'ab\\nc'
    """
    kept = "".join(
        character
        for character in _BREAKS.sub("\n", text).replace("\t", " ")
        if character == "\n" or (character not in _DROPPED and unicodedata.category(character) != "Cc")
    )
    for character in kept:
        if _means_nothing(character):
            raise Unprintable(document=document, cause=f"U+{ord(character):04X}")
    if endless := _TOO_LONG.search(kept):
        raise WordTooLong(document=document, cause=len(endless[0]))
    return unicodedata.normalize("NFC", kept)


def _means_nothing(character: str) -> bool:
    """Surrogates, private use and the 66 non-characters (Unicode 23.7)."""
    code = ord(character)
    return unicodedata.category(character) in {"Cs", "Co"} or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def printable(sheet: Made, *, document: str) -> Made:
    """The same sheet with every text in it cleaned, at any depth."""
    cleaned = _cleaned(sheet, document=document)
    if not isinstance(cleaned, type(sheet)):
        raise TypeError(cleaned)
    return cleaned


def _cleaned(value: object, *, document: str) -> object:
    match value:
        case str() if type(value) is str:
            return clean(value, document=document)
        case tuple():
            return tuple(_cleaned(item, document=document) for item in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            changed = {field.name: _cleaned(getattr(value, field.name), document=document) for field in fields(value)}
            return replace(value, **changed)
        case _:
            return value
