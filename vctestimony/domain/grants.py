"""The one place for how long somebody may open an identity, and for what a second person's yes is good."""

from datetime import datetime, timedelta
from enum import StrEnum

from vctestimony.domain.wording import N_


class Length(StrEnum):
    """For how long leave to open an identity is given."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


LENGTHS: dict[Length, timedelta] = {
    Length.HOUR: timedelta(hours=1),
    Length.DAY: timedelta(days=1),
    Length.WEEK: timedelta(days=7),
    Length.MONTH: timedelta(days=30),
}
LENGTH_LABELS: dict[Length, str] = {
    Length.HOUR: N_("One hour"),
    Length.DAY: N_("24 hours"),
    Length.WEEK: N_("7 days"),
    Length.MONTH: N_("30 days"),
}
RESTS = timedelta(hours=24)
"""How long an account opens no identity after an administrator opened it or took its second step away."""
SECOND_LASTS = timedelta(minutes=30)
"""How long a look may follow a second person's yes."""


def until(now: datetime, length: Length) -> datetime:
    """The minute at which leave given now ends; it is over from that minute on.

    >>> until(datetime(2026, 9, 1, 5, 0, 59), Length.HOUR)
    datetime.datetime(2026, 9, 1, 6, 0)
    """
    return (now + LENGTHS[length]).replace(second=0, microsecond=0)


def is_running(
    *, given_at: datetime | None, ended_at: datetime | None, until_at: datetime | None, now: datetime
) -> bool:
    """Whether leave is given, not withdrawn and not over at this very instant."""
    return given_at is not None and ended_at is None and until_at is not None and now < until_at


def is_seconded(seconded_at: datetime | None, *, now: datetime) -> bool:
    """Whether a second person's yes still carries a look."""
    return seconded_at is not None and now < seconded_at + SECOND_LASTS
