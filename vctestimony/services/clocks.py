"""The one place that reads an instant for a person where no hearing says whose clocks count."""

from datetime import datetime

from vctestimony.domain.access import Actor
from vctestimony.domain.instants import Reading, read

_KOLKATA, _DHAKA = ("Asia/Kolkata", "Kolkata"), ("Asia/Dhaka", "Dhaka")


def both_clocks(at: datetime, *, by: Actor) -> tuple[Reading, Reading]:
    """The instant on the person's own clock and across the border; without a post, in Kolkata and Dhaka."""
    own = (by.zone, by.city) if by.zone else _KOLKATA
    other = _DHAKA if own[0] == _KOLKATA[0] else _KOLKATA
    return read(at, *own), read(at, *other)
