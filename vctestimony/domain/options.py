"""The one place for options: times held for one hearing while people are asked, how each ends, and what they answer.

A hold ends by the clock: from the minute it says, it blocks nothing and cannot be booked, whether or not anybody
tidied it away.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.wording import N_

MOST = 3
USUAL_HOURS = 48
HOURS_OFFERED = (24, 48, 72, 120, 168)
LONGEST_REMARK = 300


class OptionState(StrEnum):
    """Where an option stands. Only a held one can change."""

    HELD = "held"
    BOOKED = "booked"
    RELEASED = "released"
    EXPIRED = "expired"


class OptionMove(StrEnum):
    """What can become of a held option."""

    BOOK = "book"
    RELEASE = "release"
    EXPIRE = "expire"


OPTION_MOVES: dict[tuple[OptionState, OptionMove], OptionState] = {
    (OptionState.HELD, OptionMove.BOOK): OptionState.BOOKED,
    (OptionState.HELD, OptionMove.RELEASE): OptionState.RELEASED,
    (OptionState.HELD, OptionMove.EXPIRE): OptionState.EXPIRED,
}

OPTION_STATE_LABELS: dict[OptionState, str] = {
    OptionState.HELD: N_("held"),
    OptionState.BOOKED: N_("booked"),
    OptionState.RELEASED: N_("given back"),
    OptionState.EXPIRED: N_("ran out"),
}


class OptionAnswer(StrEnum):
    """What somebody says to one option."""

    CAN = "can"
    IF_NEEDED = "if_needed"
    CANNOT = "cannot"


OPTION_ANSWER_LABELS: dict[OptionAnswer, str] = {
    OptionAnswer.CAN: N_("Can"),
    OptionAnswer.IF_NEEDED: N_("Only if needed"),
    OptionAnswer.CANNOT: N_("Cannot"),
}


class Ending(StrEnum):
    """Why somebody who was asked is told that no option is held for them any more."""

    RELEASED = "released"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    REPLACED = "replaced"


class NoOptions(Invalid):
    """Nothing was ticked."""

    text = N_("Tick at least one time to offer.")


class TooManyOptions(Invalid):
    """Every option keeps rooms and people from others."""

    text = N_("Offer at most {most} times. Each one keeps rooms and people from other hearings while it is held.")


class OptionsOverlap(Invalid):
    """The same people cannot be kept twice for the same minutes."""

    text = N_("The times {first} and {second} overlap. Offer times that do not share a minute.")


class HoldTooShort(Invalid):
    """The notice that everybody is owed begins before the hold would."""

    text = N_("The start at {start} is too near to be held while people are asked. Book it at once, or choose another.")


class OptionRanOut(Conflict):
    """The clock ended the hold before somebody booked it."""

    text = N_("This time was held until {until} and ran out; others can have it. Look for a time again.")


class OptionGone(Conflict):
    """Somebody else booked another option or gave them back."""

    text = N_("This time is no longer held. Look at the options again.")


class IllegalOptionMove(Conflict):
    """An option that has ended does not change any more."""

    text = N_("This option is settled already and cannot be changed.")


def settled(state: OptionState, move: OptionMove) -> OptionState:
    """The state after `move`, or IllegalOptionMove."""
    after = OPTION_MOVES.get((state, move))
    if after is None:
        raise IllegalOptionMove()
    return after


def standing(state: OptionState, held_until: datetime, *, now: datetime) -> OptionState:
    """The state as the clock has it: a hold is over in the minute it says, also where the row still says held."""
    return OptionState.EXPIRED if state is OptionState.HELD and held_until <= now else state


def check_apart(starts: Sequence[datetime], *, minutes: int) -> None:
    """Refuse no start, more than MOST, or two of which one begins before the other is over. Wall times of one zone."""
    if not starts:
        raise NoOptions(field="start")
    if len(starts) > MOST:
        raise TooManyOptions(field="start", most=MOST)
    for first, second in pairwise(sorted(starts)):
        if second - first < timedelta(minutes=minutes):
            raise OptionsOverlap(field="start", first=first, second=second)


def held_until(now: datetime, *, hours: int, starts_at: datetime, notice: timedelta) -> datetime:
    """Until when a start is held: so many hours, but never into the notice that everybody is owed before it."""
    until = min(now + timedelta(hours=hours), starts_at - notice)
    if until <= now:
        raise HoldTooShort(field="start", start=starts_at)
    return until
