"""The one place for what a device of ours says of itself: the ids it gives, its own clock, and that put right."""

import re
from datetime import UTC, datetime, timedelta

from vctestimony.domain.entered import LAST_YEAR

_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST_SECONDS = 2**31 - 1


def is_key(text: object) -> bool:
    """Whether this is an id as `crypto.randomUUID()` makes them."""
    return isinstance(text, str) and _KEY.fullmatch(text) is not None


def said_instant(text: object) -> datetime | None:
    """The instant of `Date.toISOString()`; None for what cannot be one.

    >>> said_instant("2026-09-14T05:30:00.000Z"), said_instant("yesterday")
    (datetime.datetime(2026, 9, 14, 5, 30, tzinfo=datetime.timezone.utc), None)
    """
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if found is None or found.tzinfo is None or not 1 < found.year < LAST_YEAR:
        return None
    return found.astimezone(UTC)


def skew_of(sent_at: datetime, *, now: datetime) -> timedelta:
    """By how much the device's clock is behind; negative where it is ahead. To be added to what the device says."""
    return now - sent_at


def seconds_of(skew: timedelta) -> int:
    """The same in whole seconds, as it is kept."""
    return max(-_MOST_SECONDS, min(_MOST_SECONDS, round(skew.total_seconds())))


def moved_by(said_at: datetime, skew: timedelta) -> datetime | None:
    """What the device said, put right by its skew; None where no calendar has such a day."""
    try:
        return said_at + skew
    except OverflowError:
        return None
