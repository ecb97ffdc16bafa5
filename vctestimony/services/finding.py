"""The use-case of finding a time: what is offered in which order, why the rest is not, and who stands in the way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.hearing import Lengths
from vctestimony.domain.instants import wall_of
from vctestimony.domain.slot_board import SlotBoard
from vctestimony.domain.slot_dead_ends import DeadEndRule, dead_ends_of
from vctestimony.domain.slot_lengths import too_long
from vctestimony.domain.slot_ranking import ranked
from vctestimony.domain.slots import CAUSE_LABELS, CauseRule, Search, SlotAnswer, leave_one_out
from vctestimony.domain.slots import find as find_slots
from vctestimony.domain.wording import N_
from vctestimony.services import gates
from vctestimony.services.access import hearing_for
from vctestimony.services.board_days import SHUT, FoundDay, Offered, RefusedDay, found_day, offers
from vctestimony.services.needs import SEAT
from vctestimony.services.reasons import told
from vctestimony.services.timetables import (
    LONGEST_SEARCH,
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
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_TOO_LONG: dict[CauseRule | None, str] = {
    CauseRule.DAYLIGHT: CAUSE_LABELS[CauseRule.DAYLIGHT],
    CauseRule.COURT_HOURS: CAUSE_LABELS[CauseRule.COURT_HOURS],
    CauseRule.DAY_FULL: CAUSE_LABELS[CauseRule.DAY_FULL],
    CauseRule.NO_COMMON_TIME: N_("The hours of all together, for the examination"),
}


class Narrowing(StrEnum):
    """Why fewer days were searched than were asked for."""

    PAST = "past"
    ORDER = "order"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched: a hearing's timetable with all that is taken, and the dates asked for and searched."""

    hearing: HearingRow
    search: Search
    timetable: Timetable
    narrowings: tuple[Narrowing, ...]


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
class Hopeless:
    """Something that no other day would mend: who never works, or that both are never open for as long as is needed."""

    rule: DeadEndRule
    who: tuple[str, ...]
    place: str
    needed: int
    longest: int


@dataclass(frozen=True, slots=True)
class FindPage:
    """Everything the page of finding a time shows. `proposed` holds every offered start, the best first."""

    reference: str
    case_reference: str
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
    narrowings: tuple[Narrowing, ...]
    order_from: date | None
    order_to: date | None
    days: tuple[FoundDay, ...]
    proposed: tuple[Offered, ...]
    helps: tuple[Help, ...]
    dead_ends: tuple[Hopeless, ...]
    too_long: tuple[Stretch, ...]
    missing: tuple[gates.Need, ...]
    has_time: bool
    off_hours: bool
    version: int

    @property
    def next_on(self) -> date:
        """The day after those that were searched."""
        return self.to_on + _DAY

    @property
    def offered(self) -> tuple[Offered, ...]:
        """Every offered start in the order of time."""
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
    """Search the dates asked for and say what came of it."""
    return page_of(ask(unit, reference, from_on=from_on, to_on=to_on, step_minutes=step_minutes, by=by))


def ask(
    unit: Unit,
    reference: str,
    *,
    from_on: date | None = None,
    to_on: date | None = None,
    step_minutes: int = STEP_MINUTES,
    by: Actor,
) -> Question:
    """The dates asked for, else two weeks from tomorrow; one query for everything that is taken.

    Refuses, with the name of the file, a year whose closures nobody entered.
    """
    hearing = hearing_for(unit, reference, by=by, action=Action.BOOK)
    today_on = wall_of(unit.now, hearing.court.zone).date()
    first_on = max(from_on or today_on + _DAY, today_on, hearing.order.not_before_on or date.min)
    last_on = to_on or first_on + timedelta(days=DEFAULT_DAYS - 1)
    search = search_of(unit, hearing, from_on=first_on, to_on=last_on, step_minutes=step_minutes)
    timetable = with_taken(unit, hearing, timetable_of(unit, hearing), first_on=search.from_on, last_on=search.to_on)
    narrowings = _narrowings(hearing, search, from_on=from_on, to_on=to_on, today_on=today_on)
    return Question(hearing, search, timetable, narrowings)


def _narrowings(
    hearing: HearingRow, search: Search, *, from_on: date | None, to_on: date | None, today_on: date
) -> tuple[Narrowing, ...]:
    order = hearing.order
    first_on, last_on = from_on or search.from_on, to_on or search.to_on
    found = {
        Narrowing.PAST: first_on < today_on,
        Narrowing.ORDER: (order.not_before_on is not None and first_on < order.not_before_on)
        or (order.not_after_on is not None and last_on > order.not_after_on),
        Narrowing.LONGEST: last_on > search.to_on == search.from_on + LONGEST_SEARCH,
    }
    return tuple(one for one, so in found.items() if so)


def page_of(question: Question) -> FindPage:
    """Everything that the page shows of this search; no further query."""
    hearing, search, timetable = question.hearing, question.search, question.timetable
    answer = find_slots(search, timetable.pattern, timetable.resources)
    proposed = _proposed(question, answer)
    return FindPage(
        reference=hearing.reference,
        case_reference=hearing.case.reference,
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
        narrowings=question.narrowings,
        order_from=hearing.order.not_before_on,
        order_to=hearing.order.not_after_on,
        days=_days(question, answer, proposed),
        proposed=proposed,
        helps=_helps(search, timetable),
        dead_ends=() if answer.slots else _dead_ends(search, timetable),
        too_long=() if answer.slots else _too_long(search, timetable),
        missing=gates.shown(gates.missing_of(hearing)),
        has_time=hearing.starts_at is not None,
        off_hours=sits_off_hours(hearing),
        version=hearing.version,
    )


def _proposed(question: Question, answer: SlotAnswer) -> tuple[Offered, ...]:
    hearing, timetable = question.hearing, question.timetable
    shared = {hearing.court_room_id, hearing.remote_room_id, hearing.link_id}
    shared |= {row.resource_id for row in hearing.needs if row.resource_id and not row.need.startswith(f"{SEAT}:")}
    order = ranked(
        answer.slots,
        question.search,
        timetable.pattern,
        timetable.resources,
        clocks=(hearing.court.zone, hearing.remote.zone),
        shared=tuple(str(number) for number in shared),
    )
    return offers(hearing, order)


def _days(question: Question, answer: SlotAnswer, proposed: tuple[Offered, ...]) -> tuple[FoundDay, ...]:
    search, timetable = question.search, question.timetable
    offered: dict[date, list[Offered]] = {}
    for one in sorted(proposed, key=lambda one: one.start_min):
        offered.setdefault(one.time.start_wall.date(), []).append(one)
    refused = {
        refusal.on: RefusedDay(
            refusal.on, told(refusal.causes, timetable), any(cause.rule in SHUT for cause in refusal.causes)
        )
        for refusal in answer.refusals
    }
    dates = (date.fromordinal(n) for n in range(search.from_on.toordinal(), search.to_on.toordinal() + 1))
    return tuple(found_day(question.hearing, timetable, on, offered.get(on, ()), refused.get(on)) for on in dates)


def _helps(search: Search, timetable: Timetable) -> tuple[Help, ...]:
    found = leave_one_out(search, timetable.pattern, timetable.resources)
    lanes = [(timetable.named(key), more) for key, more in found if more > 0]
    return tuple(Help(lane.label, lane.city, more) for lane, more in lanes)[:MOST_HELPS]


def _too_long(search: Search, timetable: Timetable) -> tuple[Stretch, ...]:
    found = too_long(search, timetable.pattern, timetable.resources)
    return tuple(
        Stretch(_TOO_LONG.get(one.rule) or timetable.named(one.name).label, one.needed, one.longest) for one in found
    )


def _dead_ends(search: Search, timetable: Timetable) -> tuple[Hopeless, ...]:
    """Told of a week or more only: that a single day is closed says nothing about others."""
    if search.to_on - search.from_on < _WEEK - _DAY:
        return ()
    lanes = {lane.key: lane for lane in timetable.lanes}
    ends = dead_ends_of(SlotBoard(search, timetable.pattern, timetable.resources))
    return tuple(
        Hopeless(
            one.rule,
            tuple(dict.fromkeys(lanes[key].label for key in one.resources)),
            lanes[one.resources[0]].city,
            one.needed,
            one.longest,
        )
        for one in ends
        if not one.longest  # what is open, but not for long enough, is told by `too_long`
    )


def chosen_wall(text: str) -> datetime | None:
    """The start as it stands in a link of the page, or None for anything else."""
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        return None
    return wall if wall.tzinfo is None and not wall.second and not wall.microsecond else None
