"""The one place for how an examination fills a day: its breaks, and the shares of one that takes several days.

A break of so many minutes follows after so many minutes of sitting. Breaks lie inside the examination: rooms and
people stay taken, so its length includes them.
"""

from dataclasses import dataclass

from vctestimony.domain.errors import Invalid
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_

ROUND_MINUTES = 5


class BreaksUnclear(Invalid):
    """A break without its length, or without the sitting after which it comes."""

    text = N_("Say both: after how many minutes of sitting a break comes, and how many minutes it lasts.")


class LongerThanOrdered(Invalid):
    """The court's order allows less on one day."""

    text = N_(
        "The order allows an examination of at most {longest} minutes on one day, breaks included; this one takes "
        "{minutes}. Split it over several days from the page of the hearing."
    )


@dataclass(frozen=True, slots=True)
class Breaks:
    """A break of `minutes` after every `after` minutes of sitting; both 0 for none."""

    after: int = 0
    minutes: int = 0

    def within(self, length: int) -> tuple[Span, ...]:
        """The breaks of an examination of that length, in minutes from its start.

        >>> Breaks(after=60, minutes=15).within(150), Breaks().within(150)
        (((60, 75), (135, 150)), ())
        """
        if not self.after or not self.minutes:
            return ()
        starts = range(self.after, length, self.after + self.minutes)
        return tuple((start, min(start + self.minutes, length)) for start in starts)

    def sitting(self, length: int) -> int:
        """How much of the length is sitting.

        >>> Breaks(after=60, minutes=15).sitting(150)
        120
        """
        return length - sum(end - start for start, end in self.within(length))

    def with_breaks(self, sitting: int) -> int:
        """The length that so much sitting takes; it does not end with a break.

        >>> Breaks(after=60, minutes=15).with_breaks(120)
        135
        """
        if not self.after or not self.minutes:
            return sitting
        return sitting + (sitting - 1) // self.after * self.minutes


def shares(total: int, longest: int, breaks: Breaks) -> tuple[int, ...]:
    """Lengths, breaks included, of as few sittings as there can be, as even as whole five minutes allow.

    `total` is the whole examination as one length, breaks included.

    >>> shares(300, 120, Breaks()), shares(120, 120, Breaks()), shares(130, 66, Breaks())
    ((100, 100, 100), (120,), (65, 65))
    """
    sitting, most = breaks.sitting(total), breaks.sitting(longest)
    count = -(-sitting // most)
    unit = ROUND_MINUTES if sitting % ROUND_MINUTES == 0 and most % ROUND_MINUTES == 0 else 1
    each, more = divmod(sitting // unit, count)
    sat = [(each + (number < more)) * unit for number in range(count)]
    return tuple(breaks.with_breaks(minutes) for minutes in sat)
