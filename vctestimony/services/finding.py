"""The use-case of finding a time: what is offered, why the rest is not, what would help, and the board's figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.calendars import windows
from vctestimony.domain.hearing import End, Lengths
from vctestimony.domain.instants import from_min, offset_minutes, wall_of
from vctestimony.domain.intervals import Span, common, course
from vctestimony.domain.local_days import local_day
from vctestimony.domain.slot_lengths import too_long
from vctestimony.domain.slots import CAUSE_LABELS, CauseRule, Search, Slot, SlotAnswer, leave_one_out
from vctestimony.domain.slots import find as find_slots
from vctestimony.domain.wording import N_
from vctestimony.services import gates
from vctestimony.services.access import hearing_for
from vctestimony.services.claims import Alternative, alternative
from vctestimony.services.reasons import WhyNot, told
from vctestimony.services.timetables import (
    STEP_MINUTES,
    Timetable,
    lengths_of,
    search_of,
    sits_off_hours,
    timetable_of,
    with_taken,
)
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

DEFAULT_DAYS = 14
MOST_HELPS = 3
_WEEK = timedelta(days=7)
_TOO_LONG: dict[CauseRule | None, str] = {
    CauseRule.DAYLIGHT: CAUSE_LABELS[CauseRule.DAYLIGHT],
    CauseRule.COURT_HOURS: CAUSE_LABELS[CauseRule.COURT_HOURS],
    CauseRule.DAY_FULL: CAUSE_LABELS[CauseRule.DAY_FULL],
    CauseRule.NO_COMMON_TIME: N_("The hours of all together, for the examination"),
}
_SHUT = frozenset({CauseRule.WEEKLY_HOLIDAY, CauseRule.CLOSED})


@dataclass(frozen=True, slots=True)
class Offered:
    """A start that can be booked as it stands; `changed_in` names cities whose clocks changed in the week before."""

    time: Alternative
    start_min: int
    changed_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedDay:
    """A day that brings no time, with every reason; `shut` when somebody's calendar is closed all day."""

    on: date
    whys: tuple[WhyNot, ...]
    shut: bool


@dataclass(frozen=True, slots=True)
class Help:
    """How many more times there would be if this one were free at all hours."""

    label: str
    place: str
    more: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody, something or a limit of the order (a marked text) that is never open as long as the hearing needs."""

    label: str
    needed: int
    longest: int


@dataclass(frozen=True, slots=True)
class TakenBar:
    """What of a lane is taken, and who or what it is."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class DayLane:
    """Those who share a calendar at one end, on one day: when it is open and when one of them is taken."""

    label: str
    end: End
    opens: tuple[Span, ...]
    taken: tuple[TakenBar, ...]


@dataclass(frozen=True, slots=True)
class FoundDay:
    """One day of the Court Point with its lanes, offered starts and, if it has none, the reasons."""

    on: date
    midnight_min: int
    remote_shift_min: int
    lanes: tuple[DayLane, ...]
    offered: tuple[Offered, ...]
    refused: RefusedDay | None


@dataclass(frozen=True, slots=True)
class FindPage:
    """Everything the page of finding a time shows."""

    reference: str
    case_number: str
    pseudonym: str
    court: str
    court_city: str
    court_zone: str
    remote: str
    remote_city: str
    remote_zone: str
    lengths: Lengths
    people: int
    from_on: date
    to_on: date
    step_minutes: int
    days: tuple[FoundDay, ...]
    helps: tuple[Help, ...]
    too_long: tuple[Stretch, ...]
    missing: tuple[gates.Need, ...]
    has_time: bool
    off_hours: bool
    version: int

    @property
    def offered(self) -> tuple[Offered, ...]:
        """Every offered start in order."""
        return tuple(start for day in self.days for start in day.offered)

    @property
    def refused(self) -> tuple[RefusedDay, ...]:
        """Every day without a start in order."""
        return tuple(day.refused for day in self.days if day.refused)


def find(
    unit: Unit,
    reference: str,
    *,
    from_on: date | None = None,
    to_on: date | None = None,
    step_minutes: int = STEP_MINUTES,
    by: Actor,
) -> FindPage:
    """Search the dates asked for, else two weeks from tomorrow; one query for everything that is taken.

    Refuses, with the name of the file, a year whose closures nobody entered.
    """
    hearing = hearing_for(unit, reference, by=by, action=Action.BOOK)
    tomorrow_on = wall_of(unit.now, hearing.court.zone).date() + timedelta(days=1)
    first_on = max(from_on or tomorrow_on, tomorrow_on - timedelta(days=1), hearing.order.not_before_on or date.min)
    last_on = to_on or first_on + timedelta(days=DEFAULT_DAYS - 1)
    search = search_of(unit, hearing, from_on=first_on, to_on=last_on, step_minutes=step_minutes)
    timetable = with_taken(unit, hearing, timetable_of(unit, hearing), first_on=search.from_on, last_on=search.to_on)
    answer = find_slots(search, timetable.pattern, timetable.resources)
    return _page(hearing, search, timetable, answer)


def _page(hearing: HearingRow, search: Search, timetable: Timetable, answer: SlotAnswer) -> FindPage:
    return FindPage(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        court=hearing.court.name,
        court_city=hearing.court.city,
        court_zone=hearing.court.zone,
        remote=hearing.remote.name,
        remote_city=hearing.remote.city,
        remote_zone=hearing.remote.zone,
        lengths=lengths_of(hearing),
        people=sum(1 for p in hearing.participants if p.removed_at is None and p.is_required),
        from_on=search.from_on,
        to_on=search.to_on,
        step_minutes=search.step_minutes,
        days=_days(hearing, search, timetable, answer),
        helps=_helps(search, timetable),
        too_long=() if answer.slots else _too_long(search, timetable),
        missing=gates.shown(gates.missing_of(hearing)),
        has_time=hearing.starts_at is not None,
        off_hours=sits_off_hours(hearing),
        version=hearing.version,
    )


def _days(hearing: HearingRow, search: Search, timetable: Timetable, answer: SlotAnswer) -> tuple[FoundDay, ...]:
    slots: dict[date, list[Slot]] = {}
    for slot in answer.slots:
        slots.setdefault(wall_of(slot.start_at, search.zone).date(), []).append(slot)
    refused = {
        refusal.on: RefusedDay(
            refusal.on, told(refusal.causes, timetable), any(cause.rule in _SHUT for cause in refusal.causes)
        )
        for refusal in answer.refusals
    }
    dates = (date.fromordinal(n) for n in range(search.from_on.toordinal(), search.to_on.toordinal() + 1))
    return tuple(_day(hearing, timetable, on, slots.get(on, ()), refused.get(on)) for on in dates)


def _day(
    hearing: HearingRow, timetable: Timetable, on: date, slots: Sequence[Slot], refused: RefusedDay | None
) -> FoundDay:
    day = local_day(on, hearing.court.zone)
    noon = from_min((day.start_min + day.end_min) // 2)
    shift = offset_minutes(noon, hearing.remote.zone) - offset_minutes(noon, hearing.court.zone)
    return FoundDay(
        on=on,
        midnight_min=day.start_min,
        remote_shift_min=shift,
        lanes=() if refused and refused.shut else _lanes(timetable, on, (day.start_min, day.end_min)),
        offered=tuple(Offered(alternative(hearing, slot), slot.start_min, _changed(hearing, slot)) for slot in slots),
        refused=refused,
    )


def _lanes(timetable: Timetable, on: date, span: Span) -> tuple[DayLane, ...]:
    """One lane for all who share a calendar at one end; what has no calendar gets one only on a day it is taken."""
    groups: dict[str, DayLane] = {}
    for lane in timetable.lanes:
        resource = timetable.resources[lane.key]
        taken = tuple(TakenBar(cut, lane.label) for cut in common(course(resource.busy), [span]))
        if resource.calendar is None and not taken:
            continue
        opens: tuple[Span, ...] = ()
        if resource.calendar is not None:
            around = (date.fromordinal(on.toordinal() + n) for n in (-1, 0, 1))
            opens = tuple(common(course(s for d in around for s in windows(resource.calendar, d)), [span]))
        known = groups.get(lane.group, DayLane(lane.group_label, lane.end, opens, ()))
        groups[lane.group] = DayLane(known.label, known.end, known.opens, (*known.taken, *taken))
    return tuple(sorted(groups.values(), key=lambda lane: lane.end is End.REMOTE))


def _changed(hearing: HearingRow, slot: Slot) -> tuple[str, ...]:
    posts = (hearing.court, hearing.remote)
    return tuple(
        post.city
        for post in posts
        if offset_minutes(slot.start_at, post.zone) != offset_minutes(slot.start_at - _WEEK, post.zone)
    )


def _helps(search: Search, timetable: Timetable) -> tuple[Help, ...]:
    found = leave_one_out(search, timetable.pattern, timetable.resources)
    lanes = [(timetable.named(key), more) for key, more in found if more > 0]
    return tuple(Help(lane.label, lane.city, more) for lane, more in lanes)[:MOST_HELPS]


def _too_long(search: Search, timetable: Timetable) -> tuple[Stretch, ...]:
    found = too_long(search, timetable.pattern, timetable.resources)
    return tuple(
        Stretch(_TOO_LONG.get(one.rule) or timetable.named(one.name).label, one.needed, one.longest) for one in found
    )


def chosen_wall(text: str) -> datetime | None:
    """The start as it stands in a link of the page, or None for anything else."""
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        return None
    return wall if wall.tzinfo is None and not wall.second and not wall.microsecond else None
