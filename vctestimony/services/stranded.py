"""The one place that finds hearings whose time no longer lies in the working hours of who is needed there.

Nothing is moved: people are told, and choose another time or another person. The calendar of a post changes by its
own entries, by its file and by the list of public holidays, so the list can be asked for at any time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.calendar_entries import CalendarEntry
from vctestimony.domain.calendars import HolidayYearMissing
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import Reading, read, to_min, wall_of
from vctestimony.domain.slots import CauseRule, Search, check_start
from vctestimony.domain.wording import N_
from vctestimony.services.access import may_do
from vctestimony.services.reasons import WhyNot, told
from vctestimony.services.timetables import timetable_of
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import WorkingHours, working_hours
from vctestimony.store.calendar_entries import Keeper, hearings_of
from vctestimony.store.models import HearingRow, OfficialRow, PostRow

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
    hearings = hearings_of(unit.session, keeper, now=unit.now)
    against = _against(unit, hearings, _hours(unit, hearings))
    return tuple(_told(hearing, against[hearing.id], by=by) for hearing in hearings if against[hearing.id])


def would_strand(unit: Unit, keeper: Keeper, entries: Collection[CalendarEntry], *, by: Actor) -> tuple[Stranded, ...]:
    """The hearings that fit now, and would not if the post or official had exactly these entries."""
    hearings = hearings_of(unit.session, keeper, now=unit.now)
    after = _against(unit, hearings, _hours(unit, hearings, instead={keeper: entries}))
    hit = [hearing for hearing in hearings if after[hearing.id]]
    before = _against(unit, hit, _hours(unit, hit))
    return tuple(_told(hearing, after[hearing.id], by=by) for hearing in hit if not before[hearing.id])


def _hours(
    unit: Unit,
    hearings: Sequence[HearingRow],
    *,
    instead: Mapping[Keeper, Collection[CalendarEntry]] | None = None,
) -> WorkingHours:
    """Of everybody whom the hearings need, in one query."""
    officials = {seat.official_id: seat.official for hearing in hearings for seat in hearing.participants}
    posts: dict[int, PostRow] = {official.post_id: official.post for official in officials.values()}
    for hearing in hearings:
        posts |= {hearing.court_id: hearing.court, hearing.remote_id: hearing.remote}
    needed: Collection[OfficialRow] = officials.values()
    return working_hours(unit, posts.values(), needed, instead=instead)


def _against(unit: Unit, hearings: Sequence[HearingRow], hours: WorkingHours) -> Mapping[int, tuple[WhyNot, ...]]:
    return {hearing.id: _whys(unit, hearing, hours) for hearing in hearings}


def _whys(unit: Unit, hearing: HearingRow, hours: WorkingHours) -> tuple[WhyNot, ...]:
    """Why the hearing cannot be at its own time, by the check that booking makes; nobody's other claims count."""
    if hearing.starts_at is None:
        return ()
    timetable = timetable_of(unit, hearing, hours=hours)
    on = wall_of(hearing.starts_at, hearing.court.zone).date()
    search = Search(from_on=on, to_on=on, zone=hearing.court.zone)
    try:
        found = check_start(search, timetable.pattern, timetable.resources, start_min=to_min(hearing.starts_at))
    except HolidayYearMissing as missing:
        return (WhyNot(CauseRule.CLOSED, str(missing.facts["calendar"]), YEAR_UNKNOWN),)
    return told((cause for cause in found.causes if cause.rule in _OF_HOURS), timetable)


def _told(hearing: HearingRow, whys: tuple[WhyNot, ...], *, by: Actor) -> Stranded:
    if hearing.starts_at is None:
        raise ValueError("a hearing without a time is not stranded")
    court, remote = hearing.court, hearing.remote
    return Stranded(
        reference=hearing.reference if may_do(hearing, Action.SEE_HEARINGS, by=by) else "",
        court=court.name,
        starts=read(hearing.starts_at, court.zone, court.city),
        remote_starts=read(hearing.starts_at, remote.zone, remote.city),
        is_held=hearing.state is State.PROPOSED,
        whys=whys,
    )
