"""The one place that finds in what somebody types whom it would name: the witness, in whatever script or spelling.

What is refused must be hers beyond a doubt, so a common part of a name does not count alone; what is replaced may be
too much. What was said may hold a part of her name, for others bear it too, and where she lives, for she was asked; a
reason or a note may not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from vctestimony.domain.record.long_numbers import long_numbers
from vctestimony.domain.record.masking import SHORTEST, Hidden, Left, Masks, words_of
from vctestimony.domain.record.naming import names
from vctestimony.domain.record.skeletons import is_indic, skeletons

AS: dict[str, Left] = {
    "name": Left.NAME,
    "parentage": Left.FAMILY,
    "address": Left.ADDRESS,
    "contact": Left.CONTACT,
    "identity_number": Left.NUMBER,
}
"""As what each sealed field is left out."""
BONES_OF_A_WHOLE, BONES_OF_A_PART = 5, 4
BONES_OF_A_WHOLE_ACROSS, BONES_OF_A_PART_ACROSS = 3, 3
SHORTEST_TO_GROW, LONGEST_ENDING = 4, 4
_SPOKEN_ENDINGS = ("", "r", "k")
"""How Bengali says whose and whom: রহিমার, রহিমাকে."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LONG_I = re.compile("[eiy]+")
_SCRIPTS = {"bengali": re.compile("[\u0980-\u09ff]"), "devanagari": re.compile("[\u0900-\u097f]")}
# fmt: off
_SHARED = frozenset(word for text in (
    "begum khatun khatoon bibi akter akhter akhtar khanam banu bano sultana devi kumar kumari singh khan das sheikh",
    "shaikh sk islam rahman hossain hussain ahmed ahmad ali miah mia mondal mandal sarkar roy sharma uddin haque",
    "mohammad muhammad mohammed mosammat mst md mrs smt shri",
    "বেগম খাতুন বিবি আক্তার আখতার খানম বানু সুলতানা দেবী কুমার কুমারী সিং খান দাস শেখ ইসলাম রহমান হোসেন আহমেদ আলী মিয়া মন্ডল",
    "সরকার রায় উদ্দিন হক মোহাম্মদ মোসাম্মৎ",
    "बेगम खातून बीबी अख्तर खानम बानो सुल्ताना देवी कुमार कुमारी सिंह खान दास शेख इस्लाम रहमान हुसैन अहमद अली मंडल सरकार राय",
    "शर्मा उद्दीन मोहम्मद श्रीमती",
) for word in words_of(text))
# fmt: on


class Telling:
    """What is sealed about a witness, by field, made ready to be looked for; `public` are words anybody may write."""

    def __init__(self, sealed: Mapping[str, str], *, public: Iterable[str] = ()) -> None:
        self._sealed = {field: value for field, value in sealed.items() if field in AS and value.strip()}
        self._public = tuple(public)
        self._name, self._parent = self._sealed.get("name", ""), self._sealed.get("parentage", "")
        others = [value for field, value in self._sealed.items() if field not in ("name", "parentage")]
        self._others = Masks([*_whole(others), *_numbers(others)])
        said = frozenset(word for text in self._public for word in words_of(text))
        self._parts = tuple(word for word in _parts_of(self._name) if word not in said)

    def names_her(self, text: str) -> bool:
        """Whether her whole name stands in the text.

        >>> her = Telling({"name": "Rahima Khatun"})
        >>> her.names_her("আমার নাম রহিমা খাতুন।"), her.names_her("Raheema, Khatoon"), her.names_her("Rahima came")
        (True, True, False)
        """
        return names(text, self._name) or _sounds_in(_plain(text), self._name)

    def hints_at_her(self, text: str) -> bool:
        """The same; or a part of her name that few others bear, a parent's whole name, or anything else sealed.

        >>> her = Telling({"name": "Rahima Khatun"})
        >>> her.hints_at_her("রহিমার পাসপোর্ট"), her.hints_at_her("Mrs Khatun of the embassy"), her.hints_at_her("rahman")
        (True, False, False)
        """
        plain = _plain(text)
        if self.names_her(text) or any(_is_part(word, self._parts) for word in words_of(plain)):
            return True
        is_parent = names(text, self._parent) or _sounds_in(plain, self._parent)
        return is_parent or bool(self._others.apply(plain, mark=str)[1])

    def replaced(self, text: str, *, pseudonym: str) -> str:
        """The text with the pseudonym wherever anything of hers may stand, parts that others bear among them.

        >>> Telling({"name": "Rahima Begum"}).replaced("to compare রহিমা বেগম (RAHIMA's passport)", pseudonym="W-7")
        "to compare W-7 (W-7's passport)"
        """
        known = (Hidden(AS[field], value) for field, value in self._sealed.items())
        masks = Masks([*known, *_numbers(self._sealed.values())], public=self._public)
        hidden, _ = masks.apply(_plain(text), mark=lambda _what: pseudonym)
        return pseudonym if self.names_her(hidden) else hidden


def is_of_name(pseudonym: str, name: str) -> bool:
    """Whether a part of the name stands in the pseudonym, in whatever script; initials do not count.

    >>> is_of_name("Begum-2", "Rahima K. Begum-Ali"), is_of_name("রহিমা", "Rahima Begum"), is_of_name("PW-7", "Rahima")
    (True, True, False)
    """
    folded = _plain(pseudonym).casefold()
    parts = [word for word in words_of(name) if len(word) >= SHORTEST]
    return any(part in folded for part in parts) or Telling({"name": name}).hints_at_her(pseudonym)


def _plain(text: str) -> str:
    """Without what nobody sees, which would part a name."""
    return _UNSEEN.sub("", text)


def _whole(values: Iterable[str]) -> Iterator[Hidden]:
    return (Hidden(Left.OTHER, value) for value in values)


def _numbers(values: Iterable[str]) -> Iterator[Hidden]:
    """Each long number of its own, for two telephones may stand in one field."""
    return (Hidden(Left.CONTACT, digits) for value in values for _start, _end, digits in long_numbers(value))


def _parts_of(name: str) -> Iterator[str]:
    return (word for word in words_of(name) if len(word) >= SHORTEST and not word.isdigit() and word not in _SHARED)


def _is_part(word: str, parts: tuple[str, ...]) -> bool:
    return any(_is_the_part(word, part) for part in parts)


@lru_cache(maxsize=50_000)
def _is_the_part(word: str, part: str) -> bool:
    if word == part:
        return True
    if _script(word) != _script(part):
        return _alike(word, part, least=BONES_OF_A_PART_ACROSS)
    if is_indic(part):
        grown = len(part) >= SHORTEST_TO_GROW and word.startswith(part) and len(word) - len(part) <= LONGEST_ENDING
        return grown or _alike(word, part, least=BONES_OF_A_PART)
    least = BONES_OF_A_PART_ACROSS if _worn(word) == _worn(part) else BONES_OF_A_PART
    return _alike(word, part, least=least)


def _worn(word: str) -> str:
    """A Latin spelling without what spellings of one name differ in: Raheema, Rohima and Rahima."""
    return _LONG_I.sub("i", word.replace("oo", "u").replace("o", "a"))


def _script(word: str) -> str:
    return next((one for one, letters in _SCRIPTS.items() if letters.search(word)), "")


def _alike(word: str, wanted: str, *, least: int) -> bool:
    """Whether both have the same bones, or the spoken word an ending of Bengali besides."""
    endings = _SPOKEN_ENDINGS if is_indic(word) else _SPOKEN_ENDINGS[:1]
    heard = skeletons(word)
    return any(len(bones) >= least and bones + ending in heard for bones in skeletons(wanted) for ending in endings)


def _sounds_in(text: str, name: str) -> bool:
    """Whether the words of the name follow each other in the text, or the other way round, by their sounds."""
    wanted, words = words_of(name), words_of(text)
    rows = (words[start : start + len(wanted)] for start in range(len(words) - len(wanted) + 1))
    return bool(wanted) and any(_is_row(row, one) for row in rows for one in (wanted, wanted[::-1]))


def _is_row(row: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if not all(_alike(said, word, least=1) for said, word in zip(row, wanted, strict=True)):
        return False
    across = _script("".join(row)) != _script("".join(wanted))
    bones = sum(min(map(len, skeletons(word))) for word in wanted)
    if len(wanted) == 1:
        return bones >= (BONES_OF_A_PART_ACROSS if across else BONES_OF_A_PART)
    return bones >= (BONES_OF_A_WHOLE_ACROSS if across else BONES_OF_A_WHOLE)
