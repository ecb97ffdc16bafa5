"""The one place that finds hearings whose time no longer lies in the working hours of who is needed there.

Nothing is moved: people are told, and choose another time or another person. The calendar of a post changes by its
own entries, by its file and by the list of public holidays, so the list can be asked for at any time.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

import sqlalchemy as sa

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.calendar_entries import CalendarEntry
from vctestimony.domain.calendars import HolidayYearMissing, WorkingCalendar, open_course
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import Reading, read, to_min, wall_of
from vctestimony.domain.intervals import Span
from vctestimony.domain.slots import CauseRule, Pattern, Search, check_start
from vctestimony.domain.wording import N_
from vctestimony.services.access import may_do
from vctestimony.services.reasons import WhyNot, told
from vctestimony.services.timetables import Timetable, timetable_of
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import Instead, working_hours
from vctestimony.store import waiting as store
from vctestimony.store.calendar_entries import AHEAD, Keeper, hearings_of
from vctestimony.store.hearings import listed
from vctestimony.store.models import HearingRow, OptionRow
from vctestimony.store.planning import load_posts

YEAR_UNKNOWN = N_("the closures of that year are not entered")
_OF_HOURS = {CauseRule.WEEKLY_HOLIDAY, CauseRule.CLOSED, CauseRule.OUTSIDE_HOURS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranded:
    """A hearing that somebody's calendar no longer allows, on both clocks, with every reason.

    `reference` is empty for whoever may not see the hearing: they tell the court named here.
    """

    reference: str
    court: str
    starts: Reading
    remote_starts: Reading
    is_held: bool
    whys: tuple[WhyNot, ...]


def stranded(unit: Unit, keeper: Keeper, *, by: Actor) -> tuple[Stranded, ...]:
    """The hearings ahead that do not fit the calendar of the post or official as it stands, by time."""
    times = hearings_of(unit.session, keeper, now=unit.now)
    found = ((hearing, at, _whys(unit, hearing, at)) for hearing, at in times)
    return tuple(_told(hearing, at, whys, by=by) for hearing, at, whys in found if whys)


def times_stranded(unit: Unit, hearing: HearingRow, held: Sequence[OptionRow], *, by: Actor) -> tuple[Stranded, ...]:
    """Of the hearing's own time and those held for it, the ones ahead that no longer fit, for its page.

    Every calendar is looked up once, however many times there are.
    """
    own = [hearing.starts_at] if hearing.starts_at and hearing.state in AHEAD else []
    ahead = [at for at in (*own, *(one.starts_at for one in held if one.held_until > unit.now)) if at > unit.now]
    if not ahead:
        return ()
    timetable = timetable_of(unit, hearing)
    found = ((at, _whys_by(timetable, hearing, at)) for at in ahead)
    return tuple(_told(hearing, at, whys, by=by) for at, whys in found if whys)


def count_among(unit: Unit, condition: sa.ColumnElement[bool]) -> int:
    """How many hearings with a time that meet the condition no longer fit.

    A hearing surely fits where everybody's calendar is open from its first minute to its last, and surely does not
    where a post is shut during the examination. Only of the others more is read: where a post shuts between the parts,
    where somebody has own hours, or the order is for a sitting outside court hours.
    """
    rows = store.ahead(unit.session, condition)
    if not rows:
        return 0
    people = store.with_own_hours(unit.session, condition)
    officials = {one.id: one for own in people.values() for one in own}
    posts = load_posts(unit.session, {number for row in rows for number in (row.court_id, row.remote_id)})
    posts = {**posts, **{one.post_id: one.post for one in officials.values()}}
    hours = working_hours(unit, posts.values(), officials.values())
    sure, doubtful = 0, []
    for row in rows:
        ends = {hours.of_post(row.court_id), hours.of_post(row.remote_id)}
        start, zone = to_min(row.starts_at), posts[row.court_id].zone
        main = (start + row.pre_minutes, start + row.pre_minutes + row.main_minutes)
        whole = (start, main[1] + row.post_minutes)
        if not row.order.get("off_hours", False) and not _all_open(ends, main, starts_at=row.starts_at, zone=zone):
            sure += 1
        elif not _all_open(
            ends | set(map(hours.of_official, people.get(row.id, ()))), whole, starts_at=row.starts_at, zone=zone
        ):
            doubtful.append(row.id)
    return sure + (count_stranded(unit, listed(unit.session, HearingRow.id.in_(doubtful))) if doubtful else 0)


def _all_open(calendars: Iterable[WorkingCalendar], span: Span, *, starts_at: datetime, zone: str) -> bool:
    """Whether each of these is open all the time, on the day on which the hearing starts."""
    on = _day(starts_at, zone)
    try:
        courses = [open_course(calendar, on, on) for calendar in calendars]
    except HolidayYearMissing:
        return False
    return all(any(first <= span[0] and span[1] <= last for first, last in found) for found in courses)


@lru_cache(maxsize=4096)
def _day(at: datetime, zone: str) -> date:
    return wall_of(at, zone).date()


def count_stranded(unit: Unit, hearings: Collection[HearingRow]) -> int:
    """How many of these hearings no longer fit at their time; as many queries for many as for one."""
    return sum(bool(_whys(unit, hearing, hearing.starts_at)) for hearing in hearings if hearing.starts_at)


def would_strand(unit: Unit, keeper: Keeper, entries: Collection[CalendarEntry], *, by: Actor) -> tuple[Stranded, ...]:
    """The hearings that fit now, and would not if the post or official had exactly these entries."""
    times = hearings_of(unit.session, keeper, now=unit.now)
    found = ((hearing, at, _whys(unit, hearing, at, instead={keeper: entries})) for hearing, at in times)
    return tuple(
        _told(hearing, at, whys, by=by) for hearing, at, whys in found if whys and not _whys(unit, hearing, at)
    )


def _whys(
    unit: Unit, hearing: HearingRow, starts_at: datetime, *, instead: Instead | None = None
) -> tuple[WhyNot, ...]:
    """Why the hearing cannot be at that time, by the check that booking makes; nobody's other claims count."""
    return _whys_by(timetable_of(unit, hearing, instead=instead), hearing, starts_at)


def _whys_by(timetable: Timetable, hearing: HearingRow, starts_at: datetime) -> tuple[WhyNot, ...]:
    on = wall_of(starts_at, hearing.court.zone).date()
    search = Search(from_on=on, to_on=on, zone=hearing.court.zone)
    pattern, start_min = _of_who_serves(timetable.pattern), to_min(starts_at)
    try:
        found = check_start(search, pattern, timetable.resources, start_min=start_min)
    except HolidayYearMissing as missing:
        return (WhyNot(CauseRule.CLOSED, str(missing.facts["calendar"]), YEAR_UNKNOWN),)
    return told((cause for cause in found.causes if cause.rule in _OF_HOURS), timetable)


def _of_who_serves(pattern: Pattern) -> Pattern:
    """Where several would do, the one who serves stands first; that another would do too moves nobody."""
    parts = (
        replace(part, needs=tuple(need if isinstance(need, str) else need[0] for need in part.needs))
        for part in pattern.parts
    )
    return Pattern(tuple(parts))


def _told(hearing: HearingRow, starts_at: datetime, whys: tuple[WhyNot, ...], *, by: Actor) -> Stranded:
    court, remote = hearing.court, hearing.remote
    return Stranded(
        reference=hearing.reference if may_do(hearing, Action.SEE_HEARINGS, by=by) else "",
        court=court.name,
        starts=read(starts_at, court.zone, court.city),
        remote_starts=read(starts_at, remote.zone, remote.city),
        is_held=hearing.state is State.PROPOSED,
        whys=whys,
    )
