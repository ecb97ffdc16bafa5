"""The one place that computes the instant at which a step is due."""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.domain.instants import earlier_min, from_min, wall_of
from vctestimony.domain.sop.offsets import Anchor, Manner, Offset, Unit
from vctestimony.domain.sop.values import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """The moments of a case that are known so far, as instants."""

    filing_at: datetime | None = None
    ordered_at: datetime | None = None
    summoned_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def at(self, anchor: Anchor) -> datetime | None:
        return {
            Anchor.FILING: self.filing_at,
            Anchor.ORDER: self.ordered_at,
            Anchor.SUMMONS: self.summoned_at,
            Anchor.START: self.starts_at,
            Anchor.END: self.ends_at,
        }.get(anchor)


def due_at(step: Step, *, anchors: Anchors, zone: str) -> datetime | None:
    """The instant a step is due; see `instant_of`."""
    return instant_of(step.offset, anchors=anchors, zone=zone)


def instant_of(offset: Offset, *, anchors: Anchors, zone: str) -> datetime | None:
    """The instant an offset means; None while its anchor is unknown or when it has no computable moment.

    Minutes and hours are counted in elapsed time. Days and months are counted on the calendar of `zone`, the
    responsible person's own, keeping the time of day on that wall clock; where the clocks change over that time it is
    the earlier occurrence, or the end of the gap.
    """
    anchor_at = anchors.at(offset.anchor)
    if anchor_at is None or offset.manner is Manner.OPEN:
        return None
    if offset.unit in (Unit.MINUTES, Unit.HOURS):
        return anchor_at + _elapsed(offset)
    return from_min(earlier_min(_moved(wall_of(anchor_at, zone), offset=offset), zone))


def _elapsed(offset: Offset) -> timedelta:
    return timedelta(minutes=offset.amount) if offset.unit is Unit.MINUTES else timedelta(hours=offset.amount)


def _moved(anchor_wall: datetime, *, offset: Offset) -> datetime:
    if offset.unit is Unit.DAYS:
        return anchor_wall + timedelta(days=offset.amount)
    months = anchor_wall.year * 12 + anchor_wall.month - 1 + offset.amount
    year, month = divmod(months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return anchor_wall.replace(year=year, month=month + 1, day=min(anchor_wall.day, last_day))
