"""The one place that reads when a step is due: an anchor of the case and a signed distance from it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_


class Anchor(StrEnum):
    """A moment in the life of a case from which steps are counted."""

    FILING = "filing"
    ORDER = "order"
    SUMMONS = "summons"
    START = "start"
    END = "end"
    EVENT = "event"


class Unit(StrEnum):
    MINUTES = "m"
    HOURS = "h"
    DAYS = "d"
    MONTHS = "mo"


class Manner(StrEnum):
    """How the moment is meant: at it, no later than it, once it is past, or no moment that can be computed."""

    AT = "at"
    BEFORE = "before"
    AFTER = "after"
    OPEN = "open"


class OffsetUnreadable(Invalid):
    """The offset is not in the notation of the packs."""

    text = N_("“{offset}” is not a time the packs know. Write for example T-30m, T-21d, end, order, filing or monthly.")


@dataclass(frozen=True, slots=True)
class Offset:
    """When a step is due. `written` is the pack's own notation."""

    written: str
    anchor: Anchor
    amount: int = 0
    unit: Unit = Unit.MINUTES
    manner: Manner = Manner.AT

    @property
    def nominal(self) -> tuple[int, int]:
        """A place in the order of steps that needs no date; steps with no moment come last."""
        rank = len(Anchor) if self.manner is Manner.OPEN else list(Anchor).index(self.anchor)
        return rank, self.amount * _MINUTES[self.unit]


_MINUTES = {Unit.MINUTES: 1, Unit.HOURS: 60, Unit.DAYS: 1440, Unit.MONTHS: 30 * 1440}
_NAMES = {
    "T": Anchor.START,
    "end": Anchor.END,
    "order": Anchor.ORDER,
    "filing": Anchor.FILING,
    "summons": Anchor.SUMMONS,
    "event": Anchor.EVENT,
}
_WORDED = {
    "before filing": (Anchor.FILING, Manner.BEFORE),
    "after filing": (Anchor.FILING, Manner.AFTER),
    "before T": (Anchor.START, Manner.BEFORE),
    "before oath": (Anchor.START, Manner.BEFORE),
    "per order": (Anchor.ORDER, Manner.OPEN),
    "monthly": (Anchor.EVENT, Manner.OPEN),
    "promptly": (Anchor.EVENT, Manner.OPEN),
    "on tender": (Anchor.EVENT, Manner.OPEN),
    "always": (Anchor.EVENT, Manner.OPEN),
}
_COUNTED = re.compile(r"(T|end|order|filing|summons|event)(?:([+-])(\d{1,4})(m|h|d|mo))?")

_MOMENTS = {
    Anchor.FILING: N_("the filing of the application"),
    Anchor.ORDER: N_("the order"),
    Anchor.SUMMONS: N_("the issue of the summons"),
    Anchor.START: N_("the start of the hearing"),
    Anchor.END: N_("the end of the hearing"),
    Anchor.EVENT: N_("the event"),
}
_SPANS = {
    Unit.MINUTES: N_("{number} minutes"),
    Unit.HOURS: N_("{number} hours"),
    Unit.DAYS: N_("{number} days"),
    Unit.MONTHS: N_("{number} months"),
}
_PHRASES = {
    "filing": N_("when the application is filed"),
    "order": N_("in the order"),
    "summons": N_("when the summons is issued"),
    "T": N_("at the start of the hearing"),
    "end": N_("when the link is cut"),
    "event": N_("when it happens"),
    "before filing": N_("before the application is filed"),
    "after filing": N_("after the application is filed"),
    "before T": N_("before the start of the hearing"),
    "before oath": N_("before the oath"),
    "per order": N_("within the time the order fixes"),
    "monthly": N_("every month"),
    "promptly": N_("promptly"),
    "on tender": N_("each time the recording is tendered"),
    "always": N_("at all times"),
}


def parse_offset(written: str) -> Offset:
    """Read the notation of the packs; anything else is refused.

    >>> parse_offset("T-30m").amount
    -30
    """
    if written in _WORDED:
        anchor, manner = _WORDED[written]
        return Offset(written=written, anchor=anchor, manner=manner)
    found = _COUNTED.fullmatch(written)
    if found is None:
        raise OffsetUnreadable(field="offset", offset=written)
    name, sign, number, unit = found.groups()
    if number is None:
        return Offset(written=written, anchor=_NAMES[name])
    amount = int(number) * (-1 if sign == "-" else 1)
    return Offset(written=written, anchor=_NAMES[name], amount=amount, unit=Unit(unit))


@dataclass(frozen=True, slots=True)
class TimingPhrase:
    """Translatable parts of a time: either one `phrase`, or `span` before or after `moment`."""

    phrase: str = ""
    pattern: str = ""
    span: str = ""
    number: int = 0
    moment: str = ""


def timing_phrase(offset: Offset) -> TimingPhrase:
    """The parts from which a page says when, for a moment that is not known yet."""
    if offset.amount == 0:
        return TimingPhrase(phrase=_PHRASES[offset.written])
    pattern = N_("{span} before {moment}") if offset.amount < 0 else N_("{span} after {moment}")
    return TimingPhrase(
        pattern=pattern, span=_SPANS[offset.unit], number=abs(offset.amount), moment=_MOMENTS[offset.anchor]
    )
