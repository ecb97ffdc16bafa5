"""The one place that spreads a long testimony over several days: the earliest sittings, each on a day of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from vctestimony.domain.instants import wall_of
from vctestimony.domain.slot_lengths import with_main
from vctestimony.domain.slots import Pattern, Search, Slot, SlotRefusal, SlotResource, find


@dataclass(frozen=True, slots=True)
class Series:
    """One slot for each sitting in order; or none, with how many fit, after which day none follows, and why not."""

    slots: tuple[Slot, ...]
    placed: int = 0
    stuck_after_on: date | None = None
    refusals: tuple[SlotRefusal, ...] = ()


Days = Mapping[date, Slot]


def series(
    search: Search,
    pattern: Pattern,
    resources: Mapping[str, SlotResource],
    *,
    lengths: Sequence[int],
    most_days_between: int,
) -> Series:
    """The earliest sittings of the given lengths of the main part, one a day, in order.

    Each lies on a later date of the search's zone than the one before, at most `most_days_between` days later. Among
    all that fit, the first sitting is as early as can be, then the second, and so on; a sitting takes the first start
    of its day. Where there is a choice, each sitting makes its own.
    """
    whole = replace(search, limit=None, preferred_wall=None)
    answers = {length: find(whole, with_main(pattern, length), resources) for length in dict.fromkeys(lengths)}
    firsts = {length: _first_of_days(answer.slots, search.zone) for length, answer in answers.items()}
    by_sitting = [firsts[length] for length in lengths]
    good = _can_be_finished(by_sitting, most_days_between)
    if good and good[0]:
        return Series(_earliest(by_sitting, good, most_days_between), placed=len(lengths))
    placed, last_on = _furthest(by_sitting, most_days_between)
    missing = answers[lengths[min(placed, len(lengths) - 1)]].refusals
    reach = [one for one in missing if last_on is None or 0 < (one.on - last_on).days <= most_days_between]
    return Series((), placed, last_on, tuple(reach))


def in_order(starts: Sequence[datetime], *, most_days_between: int) -> bool:
    """Whether these wall times of one clock lie on days of their own, in order and near enough."""
    gaps = [(later.date() - earlier.date()).days for earlier, later in pairwise(starts)]
    return all(0 < gap <= most_days_between for gap in gaps)


def _first_of_days(slots: Sequence[Slot], zone: str) -> Days:
    found: dict[date, Slot] = {}
    for slot in slots:
        found.setdefault(wall_of(slot.start_at, zone).date(), slot)
    return found


def _follows(on: date, later_on: date, most: int) -> bool:
    return 0 < (later_on - on).days <= most


def _can_be_finished(by_sitting: Sequence[Days], most: int) -> list[set[date]]:
    """For each sitting the days after which all later ones still find theirs."""
    good: list[set[date]] = []
    for days in reversed(by_sitting):
        after = good[0] if good else None
        good.insert(0, {on for on in days if after is None or any(_follows(on, later_on, most) for later_on in after)})
    return good


def _earliest(by_sitting: Sequence[Days], good: Sequence[set[date]], most: int) -> tuple[Slot, ...]:
    found: list[Slot] = []
    last_on: date | None = None
    for days, usable in zip(by_sitting, good, strict=True):
        on = min(on for on in usable if last_on is None or _follows(last_on, on, most))
        found.append(days[on])
        last_on = on
    return tuple(found)


def _furthest(by_sitting: Sequence[Days], most: int) -> tuple[int, date | None]:
    """How many sittings can follow one another from the first, and the latest day on which the last of them can be."""
    reached: set[date] = set()
    last_on: date | None = None
    for placed, days in enumerate(by_sitting):
        reached = {on for on in days if placed == 0 or any(_follows(before, on, most) for before in reached)}
        if not reached:
            return placed, last_on
        last_on = max(reached)
    return len(by_sitting), last_on
