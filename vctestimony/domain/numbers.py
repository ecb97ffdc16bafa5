"""The one place for the numbers of a court by month: what is counted of its hearings, and which of it may be shown.

They name nobody. A count of one or two could point at a person, so it is only said to be small; and where it could be
worked out from its neighbours, these are not shown either.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from vctestimony.domain.hearing import STATE_LABELS, State
from vctestimony.domain.record.causes import CAUSE_LABELS
from vctestimony.domain.wording import N_

SMALL = 3
KEPT_AFTER_DAYS = 7
"""So long after its last day a month is counted for good: what was held in it has been closed by then."""

HEARINGS, ADJOURNED, LOST_MINUTES, ORDER_DAYS = "hearings", "adjourned", "lost_minutes", "order_days"
COUNTED = "counted"
"""Beside a sum: of how many hearings it is."""
UNSAID = "unsaid"
"""Adjourned before the court was asked for a cause."""
_CAUSES: dict[str, str] = {
    **{cause.value: label for cause, label in CAUSE_LABELS.items()},
    UNSAID: N_("no cause was asked for"),
}
_BY_LINK = {"link_lost": N_("the link was lost that day"), "otherwise": N_("the link held")}
"""By what months were told apart that were counted for good before causes were."""
Measure = tuple[str, str]
"""What is counted, and by which cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What of one hearing goes into the numbers of its month; `cause` is why it was adjourned, if that was told."""

    state: State
    losses: int
    lost_minutes: int
    order_days: int | None
    cause: str = ""


def month_of(on: date) -> date:
    """The first day of the month."""
    return on.replace(day=1)


def next_month(month_on: date) -> date:
    """The first day of the month after.

    >>> next_month(date(2026, 12, 1))
    datetime.date(2027, 1, 1)
    """
    return date(month_on.year + month_on.month // 12, month_on.month % 12 + 1, 1)


def figures(hearings: Iterable[Counted]) -> dict[Measure, int]:
    """Everything that is counted of the hearings of one month; what there is none of is 0."""
    found = tuple(hearings)
    lossy = [one for one in found if one.losses]
    aged = [one.order_days for one in found if one.order_days is not None]
    adjourned = [one for one in found if one.state is State.ADJOURNED]
    causes = Counter(one.cause if one.cause in _CAUSES else UNSAID for one in adjourned)
    return {
        **{(HEARINGS, state.value): sum(1 for one in found if one.state is state) for state in State},
        **{(ADJOURNED, cause): causes[cause] for cause in _CAUSES},
        (LOST_MINUTES, ""): sum(one.lost_minutes for one in lossy),
        (LOST_MINUTES, COUNTED): len(lossy),
        (ORDER_DAYS, ""): sum(aged),
        (ORDER_DAYS, COUNTED): len(aged),
    }


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as it may be shown; `value` is None where it is small. `label` and `cause` are marked with N_."""

    label: str
    cause: str
    value: int | None


def shown(found: Mapping[Measure, int]) -> tuple[Figure, ...]:
    """The numbers of one month for their readers."""
    by_state = [
        Figure(_LABELS[HEARINGS], STATE_LABELS[state], _not_small(found.get((HEARINGS, state.value), 0)))
        for state in State
    ]
    labels = _BY_LINK if any((ADJOURNED, cause) in found for cause in _BY_LINK) else _CAUSES
    causes = {cause: found.get((ADJOURNED, cause), 0) for cause in labels}
    withheld = _withheld(causes)
    by_cause = [
        Figure(_LABELS[ADJOURNED], label, None if cause in withheld else causes[cause])
        for cause, label in labels.items()
    ]
    lost, days = _of_enough(found, LOST_MINUTES), _of_enough(found, ORDER_DAYS)
    mean = None if days is None else round(days / max(1, found.get((ORDER_DAYS, COUNTED), 0)))
    return (*by_state, *by_cause, Figure(_LABELS[LOST_MINUTES], "", lost), Figure(_LABELS[ORDER_DAYS], "", mean))


_LABELS = {
    HEARINGS: N_("Hearings"),
    ADJOURNED: N_("Adjourned"),
    LOST_MINUTES: N_("Minutes in which the link was lost"),
    ORDER_DAYS: N_("Days from order to hearing, on average"),
}


def _not_small(count: int) -> int | None:
    return None if 0 < count < SMALL else count


def _withheld(counts: Mapping[str, int]) -> frozenset[str]:
    """The causes that are not told: the small ones, and so many of the next that what is left out of the sum, which is
    told, could be shared out in several ways."""
    some = sorted((count, cause) for cause, count in counts.items() if count)
    if not some or _not_small(some[0][0]) is not None:
        return frozenset()
    hidden, total = set[str](), 0
    for count, cause in some:
        if _not_small(count) is not None and total >= 2 * SMALL:
            break
        hidden.add(cause)
        total += count
    return frozenset(hidden)


def _of_enough(found: Mapping[Measure, int], measure: str) -> int | None:
    """A sum of none, or of enough hearings; of one or two it would tell about these."""
    return None if _not_small(found.get((measure, COUNTED), 0)) is None else found.get((measure, ""), 0)
