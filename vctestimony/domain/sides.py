"""The one place for who is kept apart from whom at a hearing: the side of the witness and the side of the accused.

A court may order that the witness and the accused do not meet (a screen in the room, separate rooms, separate times).
Who stands on one side never learns times, rooms, addresses or names of the other. The witness herself is always on
the hearing, and on her own side.
"""

from collections.abc import Iterable
from enum import StrEnum

from vctestimony.domain.errors import Invalid, NotAllowed
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_


class Side(StrEnum):
    """With whom somebody comes and goes."""

    WITNESS = "witness"
    ACCUSED = "accused"
    NEITHER = "neither"


SIDE_LABELS: dict[Side, str] = {
    Side.WITNESS: N_("With the witness"),
    Side.ACCUSED: N_("With the accused"),
    Side.NEITHER: N_("With neither: sees both"),
}

SEES_BOTH = frozenset(
    {Duty.JUDGE, Duty.COURT_COORDINATOR, Duty.REMOTE_COORDINATOR, Duty.MAGISTRATE, Duty.TECHNICIAN, Duty.INTERPRETER}
)
"""Who leads the hearing, brings the two ends together or speaks for both; nobody can be kept apart from them."""

_WITH_THE_WITNESS = frozenset({Duty.SUPPORT_PERSON, Duty.WITNESS})
_WITH_THE_ACCUSED = frozenset({Duty.DEFENCE, Duty.PRISON})


class SeesBoth(Invalid):
    """The hearing could not be held."""

    text = N_("Who leads the hearing, coordinates an end or interprets sees both sides and is kept apart from nobody.")


class KeptApart(NotAllowed):
    """The page or paper would show the other side."""

    text = N_(
        "You are kept apart from somebody at a hearing that stands here. The coordinator of the court gives you your "
        "own sheet."
    )


def side_of(duty: Duty, *, said: str | None, is_protected: bool) -> Side:
    """On which side somebody stands: as the court has said, else by duty where the witness is protected.

    >>> side_of(Duty.DEFENCE, said=None, is_protected=True).value
    'accused'
    >>> side_of(Duty.DEFENCE, said=None, is_protected=False).value
    'neither'
    >>> side_of(Duty.JUDGE, said="accused", is_protected=True).value
    'neither'
    """
    if duty in SEES_BOTH:
        return Side.NEITHER
    if said is not None:
        return Side(said)
    if is_protected and duty in _WITH_THE_ACCUSED:
        return Side.ACCUSED
    return Side.WITNESS if is_protected and duty in _WITH_THE_WITNESS else Side.NEITHER


def are_apart(one: Side, other: Side) -> bool:
    """Whether neither may learn of the other.

    >>> are_apart(Side.WITNESS, Side.ACCUSED), are_apart(Side.WITNESS, Side.NEITHER)
    (True, False)
    """
    return {one, other} == {Side.WITNESS, Side.ACCUSED}


def is_screened(own: Side, others: Iterable[Side]) -> bool:
    """Whether somebody on that side is kept apart from anybody on the hearing; the witness is always on it."""
    return any(are_apart(own, other) for other in (Side.WITNESS, *others))
