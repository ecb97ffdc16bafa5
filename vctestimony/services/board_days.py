"""The one place that reads a search as the figures of the board: each day with its lanes, what is taken, its starts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vctestimony.domain.calendars import windows
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import from_min, offset_minutes
from vctestimony.domain.intervals import Span, common, course
from vctestimony.domain.local_days import local_day, opening_min
from vctestimony.domain.slot_ranking import BEST, Ranked
from vctestimony.domain.slots import CauseRule
from vctestimony.services.claims import Alternative, alternative
from vctestimony.services.reasons import WhyNot
from vctestimony.services.timetables import Lane, Timetable
from vctestimony.store.models import HearingRow

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_NOON = 12 * 60
SHUT = frozenset({CauseRule.WEEKLY_HOLIDAY, CauseRule.CLOSED})


@dataclass(frozen=True, slots=True)
class Offered:
    """A start that can be booked as it stands. `rank` is 1 for the best of the search.

    `strained` minutes lie outside the comfortable part of the day, `wasted` minutes of shared rooms are left too short
    for another hearing; `changed_in` names cities whose clocks changed in the week before.
    """

    time: Alternative
    start_min: int
    changed_in: tuple[str, ...]
    rank: int
    strained: int
    wasted: int

    @property
    def is_best(self) -> bool:
        """Whether it is one of the few that are marked."""
        return self.rank <= BEST


@dataclass(frozen=True, slots=True)
class RefusedDay:
    """A day that brings no time, with every reason; `shut` when somebody's calendar is closed all day."""

    on: date
    whys: tuple[WhyNot, ...]
    shut: bool


@dataclass(frozen=True, slots=True)
class TakenBar:
    """What of a lane is taken, and who or what it is."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class DayLane:
    """One participant, or all who share a calendar at one end, on one day: when it is open and what is taken.

    `always` for what has no working hours, such as the link; `shut` says why it does not work at all on this day.
    """

    label: str
    end: End
    opens: tuple[Span, ...]
    taken: tuple[TakenBar, ...]
    always: bool
    shut: tuple[WhyNot, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundDay:
    """One day of the Court Point with its lanes, offered starts and, if it has none, the reasons.

    `midnight_min` is noon less twelve hours: by day the clock is right even if it changed in the night. `turned` names
    the cities whose clocks change on this day.
    """

    on: date
    midnight_min: int
    remote_shift_min: int
    lanes: tuple[DayLane, ...]
    offered: tuple[Offered, ...]
    refused: RefusedDay | None
    turned: tuple[str, ...]


def offers(hearing: HearingRow, best_first: Sequence[Ranked]) -> tuple[Offered, ...]:
    """The starts as people read them, in the order they come in."""
    return tuple(
        Offered(
            time=alternative(hearing, one.slot),
            start_min=one.slot.start_min,
            changed_in=_changed(hearing, one.slot.start_min, within=_WEEK),
            rank=rank,
            strained=one.strained,
            wasted=one.wasted,
        )
        for rank, one in enumerate(best_first, start=1)
    )


def found_day(
    hearing: HearingRow, timetable: Timetable, on: date, offered: Iterable[Offered], refused: RefusedDay | None
) -> FoundDay:
    """The day with one lane for all who share a calendar at one end."""
    day = local_day(on, hearing.court.zone)
    noon_min = opening_min(on, _NOON, hearing.court.zone)
    noon = from_min(noon_min)
    shut = refused is not None and refused.shut
    return FoundDay(
        on=on,
        midnight_min=noon_min - _NOON,
        remote_shift_min=offset_minutes(noon, hearing.remote.zone) - offset_minutes(noon, hearing.court.zone),
        lanes=() if shut else _joined(_lanes(timetable, on, (day.start_min, day.end_min))),
        offered=tuple(offered),
        refused=refused,
        turned=_changed(hearing, noon_min, within=_DAY),
    )


def in_detail(hearing: HearingRow, timetable: Timetable, day: FoundDay) -> FoundDay:
    """The same day with a lane for every participant, room and link."""
    whole = local_day(day.on, hearing.court.zone)
    lanes = _lanes(timetable, day.on, (whole.start_min, whole.end_min))
    whys = [why for why in day.refused.whys if why.code in SHUT] if day.refused else []
    return replace(
        day,
        lanes=tuple(
            replace(one, shut=() if one.opens else tuple(why for why in whys if lane.key in why.resources))
            for lane, one in lanes
        ),
    )


def _lanes(timetable: Timetable, on: date, span: Span) -> list[tuple[Lane, DayLane]]:
    """One for each resource, the Court Point's first, and last what has no hours."""
    found = []
    of = timetable.resources
    for lane in sorted(timetable.lanes, key=lambda lane: (of[lane.key].calendar is None, lane.end is End.REMOTE)):
        resource = of[lane.key]
        opens: tuple[Span, ...] = ()
        if resource.calendar is not None:
            around = (date.fromordinal(on.toordinal() + n) for n in (-1, 0, 1))
            opens = tuple(common(course(s for d in around for s in windows(resource.calendar, d)), [span]))
        taken = tuple(TakenBar(cut, lane.label) for cut in common(course(resource.busy), [span]))
        found.append((lane, DayLane(lane.label, lane.end, opens, taken, always=resource.calendar is None)))
    return found


def _joined(lanes: Iterable[tuple[Lane, DayLane]]) -> tuple[DayLane, ...]:
    """One lane for each group; what has no calendar gets one only on a day it is taken."""
    groups: dict[str, DayLane] = {}
    for lane, one in lanes:
        if one.always and not one.taken:
            continue
        known = groups.get(lane.group, replace(one, label=lane.group_label, taken=()))
        groups[lane.group] = replace(known, taken=(*known.taken, *one.taken))
    return tuple(groups.values())


def _changed(hearing: HearingRow, minute: int, *, within: timedelta) -> tuple[str, ...]:
    at = from_min(minute)
    posts = (hearing.court, hearing.remote)
    return tuple(post.city for post in posts if offset_minutes(at, post.zone) != offset_minutes(at - within, post.zone))
