"""The one place that says which places are confidential, and what those are called to whoever may not know them (T7).

Where somebody lives who is protected, or lies ill, is found by whoever knows where she testifies. Of such a place
others learn a number and the city, so that its clock is understood, and nothing else.
"""

from collections.abc import Callable

from vctestimony.domain.errors import NotAllowed
from vctestimony.domain.people import PostKind
from vctestimony.domain.wording import N_

CONFIDENTIAL_KINDS = frozenset({PostKind.SHELTER_HOME, PostKind.HOSPITAL})
"""What is confidential where nobody has said otherwise: missions and courts can be found by anybody."""
_NEUTRAL = N_("Remote Point RP-{number}, {city}")


class PlaceWithheld(NotAllowed):
    """A paper that leads to the witness."""

    text = N_(
        "This paper says where the witness testifies, and that place is confidential. The coordinator of the court or "
        "of the place gives it to those who must have it."
    )


def is_confidential(kind: PostKind, *, said: bool | None) -> bool:
    """Whether the place is confidential: as was said, else by what it is.

    >>> is_confidential(PostKind.SHELTER_HOME, said=None), is_confidential(PostKind.MISSION, said=None)
    (True, False)
    >>> is_confidential(PostKind.HOSPITAL, said=False), is_confidential(PostKind.OTHER, said=True)
    (False, True)
    """
    return kind in CONFIDENTIAL_KINDS if said is None else said


def neutral_code(number: int) -> str:
    """What stands for such a place in journals and lists for programs.

    >>> neutral_code(7)
    'RP-7'
    """
    return f"RP-{number}"


def neutral_name(number: int, city: str, *, word: Callable[[str], str]) -> str:
    """What such a place is called to others.

    >>> neutral_name(7, "Khulna", word=str)
    'Remote Point RP-7, Khulna'
    """
    return word(_NEUTRAL).format(number=number, city=word(city))
