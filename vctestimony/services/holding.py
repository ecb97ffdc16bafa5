"""The one place that writes options: holds several starts at once, and settles them when one is booked or all end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from vctestimony.domain import options as rules
from vctestimony.domain.access import Actor
from vctestimony.domain.instants import TZ_VERSION, read
from vctestimony.domain.options import HoldTooShort, OptionMove, OptionState
from vctestimony.services import choices, claims
from vctestimony.services.timetables import lengths_of, notice_of
from vctestimony.services.unit import Unit
from vctestimony.store import occupancy
from vctestimony.store import options as store
from vctestimony.store.models import HearingRow, OptionRow


def hold(
    unit: Unit, hearing: HearingRow, *, starts: Sequence[datetime], zone: str, hours: int
) -> tuple[OptionRow, ...]:
    """Hold every start (wall times of the Court Point), or none; they replace whatever was held before.

    Starts that share a minute, too many of them, and a start that is too near are refused before anything is claimed.
    """
    walls = sorted(set(starts))
    rules.check_apart(walls, minutes=lengths_of(hearing).total)
    made = [_row(unit, hearing, wall, zone=zone, hours=hours) for wall in walls]
    last = store.newest_offer(unit.session, hearing.id)
    offer = last[0].offer + 1 if last else 1
    end_all(unit, hearing)
    for number, row in enumerate(made, start=1):
        row.offer, row.number = offer, number
    unit.session.add_all(made)
    unit.session.flush()
    for row, slot in zip(made, claims.hold(unit, hearing, made), strict=True):
        row.chosen = [[group, one] for group, one in slot.chosen]
    return tuple(made)


def book(unit: Unit, hearing: HearingRow, option: OptionRow, *, by: Actor) -> None:
    """Let what the option holds be the booking, and those serve whom it holds; the others are given back with it."""
    choices.apply(unit, hearing, claims.book_held(unit, hearing, option), by=by)
    end_all(unit, hearing, booked_at=option.starts_at)


def end_all(unit: Unit, hearing: HearingRow, *, booked_at: datetime | None = None) -> None:
    """Settle every held option: that of `booked_at` is booked, what ran out ran out, the rest is given back.

    What they had claimed is for the caller to give back or to turn into the booking.
    """
    for row in store.held(unit.session, hearing.id):
        row.state = rules.settled(row.state, _ending(row, booked_at=booked_at, now=unit.now))


def give_back(unit: Unit, hearing: HearingRow) -> None:
    """End every option and free what they held."""
    claims.give_back(unit, hearing)
    end_all(unit, hearing)


def expire(unit: Unit, hearing: HearingRow) -> bool:
    """Settle what has run out and give back its claims; whether anything is still held."""
    rows = store.held(unit.session, hearing.id)
    late = [row for row in rows if is_over(unit, row)]
    for row in late:
        row.state = rules.settled(row.state, OptionMove.EXPIRE)
        occupancy.release_option(unit.session, row.id)
    return len(late) < len(rows)


def is_over(unit: Unit, row: OptionRow) -> bool:
    """Whether the clock has ended the hold, tidied away or not."""
    return rules.standing(row.state, row.held_until, now=unit.now) is OptionState.EXPIRED


def _ending(row: OptionRow, *, booked_at: datetime | None, now: datetime) -> OptionMove:
    if rules.standing(row.state, row.held_until, now=now) is OptionState.EXPIRED:
        return OptionMove.EXPIRE
    return OptionMove.BOOK if row.starts_at == booked_at else OptionMove.RELEASE


def _row(unit: Unit, hearing: HearingRow, wall: datetime, *, zone: str, hours: int) -> OptionRow:
    starts_at = claims.instant_of(hearing, starts_wall=wall, zone=zone)
    notice = timedelta(minutes=notice_of(hearing))
    try:
        until = rules.held_until(unit.now, hours=hours, starts_at=starts_at, notice=notice)
    except HoldTooShort:
        start = read(starts_at, hearing.court.zone, hearing.court.city)
        raise HoldTooShort(field="start", start=start) from None
    return OptionRow(
        hearing_id=hearing.id,
        starts_at=starts_at,
        starts_wall=wall,
        zone=zone,
        tz_version=TZ_VERSION,
        held_until=until,
        state=OptionState.HELD,
        chosen=[],
        created_at=unit.now,
    )
