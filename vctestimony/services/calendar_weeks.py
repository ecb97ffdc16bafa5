"""What the pages of a week show: seven days of a post or an official, on its own clock and the other country's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from vctestimony.domain.access import Action, Actor, may_manage, relations_needed
from vctestimony.domain.calendar_weeks import DAYS, Taken, TakenKind, WeekDay, first_of_week, seven_days, span_of_week
from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.instants import FIRST_YEAR, LAST_YEAR, OutsideKnownTime, from_min, offset_minutes, wall_of
from vctestimony.services import place_pages, screening
from vctestimony.services.place_pages import PostLine
from vctestimony.services.places import known_post
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import working_hours
from vctestimony.store import hearings, places, weeks
from vctestimony.store.models import HearingRow, OccupancyKind, ResourceKind
from vctestimony.store.weeks import TakenRow

Place = tuple[str, str]
"""Zone and city of a clock."""

_KOLKATA: Place = ("Asia/Kolkata", "Kolkata")
_DHAKA: Place = ("Asia/Dhaka", "Dhaka")
_KINDS = {
    OccupancyKind.BOOKING: TakenKind.BOOKING,
    OccupancyKind.HOLD: TakenKind.HOLD,
    OccupancyKind.LEAVE: TakenKind.LEAVE,
    OccupancyKind.IMPORTED_TENTATIVE: TakenKind.TENTATIVE,
}
_OF_HEARINGS = frozenset({TakenKind.BOOKING, TakenKind.HOLD})


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPage:
    """The week of a post, or of one official of it (number and name). `shows_taken` False: it is not for this reader.

    `shifts` says day by day how many minutes the `other` clock is ahead of the `own`.
    """

    post: PostLine
    official: tuple[int, str] | None
    own: Place
    other: Place
    days: tuple[WeekDay, ...]
    shifts: tuple[int, ...]
    file: str
    shows_taken: bool
    may_manage: bool

    @property
    def first_on(self) -> date:
        """The Sunday it begins with."""
        return self.days[0].on

    @property
    def last_on(self) -> date:
        """The Saturday it ends with."""
        return self.days[-1].on

    @property
    def before_on(self) -> date | None:
        """The Sunday of the week before; None where clock changes are no longer known."""
        return _known(self.first_on - timedelta(days=DAYS))

    @property
    def after_on(self) -> date | None:
        """The Sunday of the week after; None where clock changes are not yet known."""
        return _known(self.first_on + timedelta(days=DAYS))


def post_week(unit: Unit, code: str, on: date | None, *, by: Actor) -> WeekPage:
    """The week of the date, else the present one. What is taken is for those who keep the post or belong to it.

    Rooms and links are listed with their hearings, people (for who keeps the post) with what else takes them. To who is
    kept apart at a hearing its rooms are not listed: from when they are taken is when the others come.
    """
    row = known_post(unit, code, by=by)
    calendar = working_hours(unit, [row]).of_post(row.id)
    week_on, manages = _asked(unit, on, calendar), may_manage(by, post_id=row.id)
    taken: Sequence[Taken] | None = None
    if manages or by.post_id == row.id:
        which = weeks.at_post(row.id) & weeks.without(screening.screened_ids(unit, by=by))
        found = _taken(unit, which, calendar, week_on, by=by)
        taken = [_piece(one) for one in found if _is_listed(one, manages=manages)]
    return _page(unit, row.code, calendar, week_on, taken, by=by, manages=manages)


def official_week(unit: Unit, official_id: int, on: date | None, *, by: Actor) -> WeekPage:
    """The same for one official, for those who keep the post and for that person."""
    row = places.official(unit.session, official_id)
    if row is None:
        raise Absent()
    manages = may_manage(by, post_id=row.post_id)
    if not manages and by.official_id != row.id:
        raise NotAllowed()
    calendar = working_hours(unit, [row.post], [row]).of_official(row)
    week_on = _asked(unit, on, calendar)
    found = _taken(unit, weeks.of_resource(row.resource_id), calendar, week_on, by=by)
    taken = [_piece(one) for one in found]
    return _page(unit, row.post.code, calendar, week_on, taken, official=(row.id, row.name), by=by, manages=manages)


def _asked(unit: Unit, on: date | None, calendar: WorkingCalendar) -> date:
    asked = on or wall_of(unit.now, calendar.zone).date()
    if _known(first_of_week(asked)) is None:
        raise OutsideKnownTime(field="on", when=asked, first=FIRST_YEAR + 1, last=LAST_YEAR - 1)
    return asked


def _known(sunday_on: date) -> date | None:
    last_on = sunday_on + timedelta(days=DAYS)
    return sunday_on if sunday_on.year > FIRST_YEAR and last_on.year < LAST_YEAR else None


def _taken(
    unit: Unit, which: sa.ColumnElement[bool], calendar: WorkingCalendar, on: date, *, by: Actor
) -> Sequence[TakenRow]:
    from_min, to_min = span_of_week(on, calendar.zone)
    wanted = relations_needed(by.role, Action.SEE_HEARINGS) if by.role is not None else frozenset()
    seen = hearings.seen_by(by, wanted) & HearingRow.id.not_in(screening.screened_ids(unit, by=by))
    return weeks.taken(unit.session, which, from_min=from_min, to_min=to_min, now=unit.now, seen=seen)


def _is_listed(row: TakenRow, *, manages: bool) -> bool:
    """A hearing stands once, at its room; people are listed only with what is not a hearing."""
    if row.resource_kind is not ResourceKind.PERSON:
        return True
    return manages and _kind_of(row) not in _OF_HEARINGS


def _kind_of(row: TakenRow) -> TakenKind:
    return _KINDS.get(row.kind, TakenKind.BUSY)


def _piece(row: TakenRow) -> Taken:
    return Taken(
        start_min=row.start_min,
        end_min=row.end_min,
        kind=_kind_of(row),
        who=row.name,
        reference=row.reference or "",
    )


def _page(
    unit: Unit,
    code: str,
    calendar: WorkingCalendar,
    on: date,
    taken: Sequence[Taken] | None,
    *,
    official: tuple[int, str] | None = None,
    by: Actor,
    manages: bool,
) -> WeekPage:
    post = place_pages.one_post(unit, code)
    days = seven_days(calendar, on, taken or ())
    other = _other_clock(calendar.zone, by)
    return WeekPage(
        post=post,
        official=official,
        own=(calendar.zone, post.city),
        other=other,
        days=days,
        shifts=tuple(_ahead(other[0], day) - _ahead(calendar.zone, day) for day in days),
        file=calendar.file or calendar.id,
        shows_taken=taken is not None,
        may_manage=manages,
    )


def _other_clock(zone: str, by: Actor) -> Place:
    """The reader's own clock where it is another one, else that across the border."""
    if by.zone and by.zone != zone:
        return by.zone, by.city
    return _DHAKA if zone == _KOLKATA[0] else _KOLKATA


def _ahead(zone: str, day: WeekDay) -> int:
    return offset_minutes(from_min((day.start_min + day.end_min) // 2), zone)
