"""The one place that asks, before a planned time is booked, whether what the plan was to heed still holds there.

Others may have booked since: another witness of the case close by, or so many hearings that the Remote Point's day or
week is full. Bookings out of plans at one Remote Point wait for each other, so that no two of them take its last place.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from vctestimony.domain.backlog.asked import Asked
from vctestimony.domain.errors import Conflict
from vctestimony.domain.instants import to_min, wall_of
from vctestimony.domain.wording import N_
from vctestimony.services import backlog_problem
from vctestimony.services.unit import Unit
from vctestimony.store import accounts, backlog
from vctestimony.store.models import HearingRow

_AROUND = timedelta(days=9)


class TooClose(Conflict):
    """Another witness of the case has been booked there, closer than the plan was to keep them."""

    text = N_("Another witness of the same case is heard there within {minutes} minutes of this time.")


class DayFull(Conflict):
    """As many hearings are at the Remote Point on that day as the plan was to allow."""

    text = N_("{place} has {limit} hearings on this day already, as many as the plan was to allow.")


class WeekFull(Conflict):
    """The same for the week from Monday to Sunday."""

    text = N_("{place} has {limit} hearings in this week already, as many as the plan was to allow.")


class ShareTaken(Conflict):
    """The same for the hearings of one court in that week."""

    text = N_("{place} has {limit} hearings of this court in this week already, as many as the plan was to allow.")


def check(unit: Unit, hearing: HearingRow, starts_at: datetime, asked: Asked) -> None:
    """Refuse a time that breaks what the plan was to heed, with all that is booked by now."""
    accounts.lock_name(unit.session, f"planned|{hearing.remote_id}")
    around = (starts_at - _AROUND, starts_at + _AROUND)
    found = backlog.standing(unit.session, remote_ids=[hearing.remote_id], from_at=around[0], to_at=around[1])
    others = [one for one in found if one.id != hearing.id]
    if asked.apart_minutes and not _is_apart(hearing, starts_at, others, asked.apart_minutes):
        raise TooClose(minutes=asked.apart_minutes)
    _check_full(hearing, starts_at, others, asked)


def _is_apart(hearing: HearingRow, starts_at: datetime, others: Iterable[HearingRow], minutes: int) -> bool:
    return all(backlog_problem.kept_apart(hearing, to_min(starts_at), other, minutes) for other in others)


def _check_full(hearing: HearingRow, starts_at: datetime, others: Sequence[HearingRow], asked: Asked) -> None:
    """Days and weeks are those of the Remote Point, as in the plan."""
    on = wall_of(starts_at, hearing.remote.zone).date()
    monday = on - timedelta(days=on.weekday())
    days = [(wall_of(one.starts_at, hearing.remote.zone).date(), one) for one in others if one.starts_at is not None]
    week = [one for day, one in days if monday <= day < monday + timedelta(days=7)]
    counted: tuple[tuple[type[Conflict], int | None, int], ...] = (
        (DayFull, asked.per_day, sum(1 for day, _ in days if day == on)),
        (WeekFull, asked.per_week, len(week)),
        (ShareTaken, asked.per_court, sum(1 for one in week if one.court_id == hearing.court_id)),
    )
    for refused, limit, there in counted:
        if limit is not None and there >= limit:
            raise refused(place=hearing.remote.name, limit=limit)
