"""The one place for what the countries of posts and witnesses are called on paper."""

from collections.abc import Callable, Mapping

from vctestimony.domain.wording import N_

COUNTRIES: Mapping[str, str] = {
    "BD": N_("Bangladesh"),
    "NP": N_("Nepal"),
    "IN": N_("India"),
    "LK": N_("Sri Lanka"),
    "AE": N_("United Arab Emirates"),
    "GB": N_("United Kingdom"),
    "OTHER": N_("Another country"),
}


def in_words(code: str, translate: Callable[[str], str]) -> str:
    """The name of the country; its code where it has no name here.

    >>> in_words("BD", str), in_words("FR", str)
    ('Bangladesh', 'FR')
    """
    return translate(COUNTRIES[code]) if code in COUNTRIES else code
