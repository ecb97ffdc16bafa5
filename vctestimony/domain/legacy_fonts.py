"""The one place that recognises text typed for an old font that draws Bengali or Hindi over Latin letters.

Such text is no Bengali and no Hindi for any program; only its own font makes it look so. It is recognised by the words
that occur in every deposition, as they come out in Latin letters; three different ones must be found, and often enough.
"""

import re
from dataclasses import dataclass

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

_ENOUGH, _SHARE = 3, 0.02
_WORD = re.compile(r"[^\s.,?!|]+")
_FONT_NAMES = re.compile(
    r"sutonny|bijoy|kruti\s?dev|devlys|chanakya|shusha|aapriti|boishakhi|lipi ?mj|\bmj\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class OldFont:
    """A family of fonts, and the common words of its language as they come out without it."""

    name: str
    language: str
    words: frozenset[str]


KRUTI_DEV = OldFont(
    "Kruti Dev, DevLys",
    N_("Hindi"),
    frozenset(
        [
            "gS",
            "gSa",
            "esa",
            "dk",
            "dks",
            "dh",
            "vkSj",
            "ugha",
            "Fkk",
            "Fkh",
            "Fks",
            "eSa",
            ";g",
            "fd",
            "eq>s",
            "eSaus",
            "djrk",
            "dgk",
        ]
    ),
)
BIJOY = OldFont(
    "Bijoy, SutonnyMJ",
    N_("Bengali"),
    frozenset(
        [
            "Avwg",
            "Avgvi",
            "Avgv‡K",
            "Avgiv",
            "bv",
            "Ges",
            "K‡i",
            "‡_‡K",
            "†_‡K",
            "Zvi",
            "‡m",
            "†m",
            "wQj",
            "wQjvg",
            "nq",
            "wK",
            "GKwU",
            "Avcwb",
            "‡Kvb",
            "†Kvb",
            "evwo",
        ]
    ),
)


class LegacyFont(Invalid):
    """Text for an old font would be stored as letters that mean nothing."""

    text = N_(
        "This looks like {language} typed for an old font ({font}): without that font it is no {language}. "
        "Convert it to Unicode first. If the letters are right all the same, bring it in as a file "
        "and confirm it on the check page."
    )


def likely_font(text: str) -> OldFont | None:
    """The family of fonts that the text was probably typed for; None for Unicode and for everything else.

    >>> likely_font("eSa ogka Fkk vkSj dgk fd eq>s ugha irk").name
    'Kruti Dev, DevLys'
    """
    words = _WORD.findall(text)
    for font in (KRUTI_DEV, BIJOY):
        found = [word for word in words if word in font.words]
        if len(set(found)) >= _ENOUGH and len(found) >= _SHARE * len(words):
            return font
    return None


def is_old_font(name: str) -> bool:
    """Whether a font of this name is one of those families.

    >>> is_old_font("SutonnyMJ"), is_old_font("Noto Serif Bengali")
    (True, False)
    """
    return _FONT_NAMES.search(name) is not None
