"""The one place that takes a time for a hearing: asks the search for exactly that start, then claims everything.

What is offered is bookable and nothing else is: the check and the offer are the same code. The database has the last
word; whoever comes second is told so, with the nearest times that are still free.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from vctestimony.domain.calendars import HolidayYearMissing
from vctestimony.domain.errors import Conflict, Invalid, as_given, as_it_is
from vctestimony.domain.instants import Reading, read, resolve, to_min, wall_of
from vctestimony.domain.moments import Moments
from vctestimony.domain.slots import Cause, CauseRule, Search, Slot, StartCheck, check_start, nearest
from vctestimony.domain.wording import N_
from vctestimony.services import double_claims
from vctestimony.services.reasons import WhyNot, not_free, people_of, told
from vctestimony.services.timetables import NoDaysLeft, Timetable, search_of, timetable_of, with_taken
from vctestimony.services.unit import AnsweredLater, Unit
from vctestimony.store import occupancy
from vctestimony.store.models import HearingRow, OptionRow
from vctestimony.store.occupancy import Claim

ENOUGH = 3
_SEARCHED_DAYS = (14, 60)
_TAKEN = frozenset({CauseRule.BUSY, CauseRule.GAP})


@dataclass(frozen=True, slots=True)
class Alternative:
    """A start of the hearing, on both clocks; `start_wall` is the Court Point's."""

    start_wall: datetime
    court: Reading
    court_ends: Reading
    remote: Reading
    remote_ends: Reading


class _NoSlot(AnsweredLater):
    """`whys` say what is taken or forbids it, `who` names the people of it, `alternatives` are the nearest free times.

    Those take the longest to find, so they are looked for when everybody who queues can go on.
    """

    def __init__(
        self, whys: tuple[WhyNot, ...], who: tuple[str, ...], later: Callable[[Unit], tuple[Alternative, ...]]
    ) -> None:
        self.whys, self.who = whys, who
        self.alternatives: tuple[Alternative, ...] = ()
        self._later: Callable[[Unit], tuple[Alternative, ...]] | None = later
        super().__init__(field="start", times=Moments())

    def sentence(self, translate: Callable[[str], str] = as_given, say: Callable[[object], object] = as_it_is) -> str:
        """The sentence, and after it with whom it lies; of whom nobody is told, only that there is somebody."""
        return " ".join(filter(None, (super().sentence(translate, say), not_free(self.who, translate))))

    def finish(self, unit: Unit) -> None:
        """Find the alternatives, if that has not been done."""
        if self._later is not None:
            self.alternatives, self._later = self._later(unit), None
            self.facts["times"] = Moments(tuple((one.court, one.remote) for one in self.alternatives))
            self.args = (self.sentence(),)


class SlotTaken(_NoSlot, Conflict):
    """Somebody else was quicker."""

    text = N_("This time is no longer free. Nearest free times: {times}.")


class TimeRefused(_NoSlot, Invalid):
    """Not a time at which everybody works and may be asked."""

    text = N_("This hearing cannot be at this time. Nearest free times: {times}.")


class NotThisZone(Invalid):
    """The wall time was read off another clock than the Court Point's."""

    text = N_("Times are chosen by the clock of the Court Point ({zone}). Choose the time again.")


def alternative(hearing: HearingRow, slot: Slot) -> Alternative:
    """A slot of the search as people read it."""
    court, remote = hearing.court, hearing.remote
    return Alternative(
        start_wall=wall_of(slot.start_at, court.zone),
        court=read(slot.start_at, court.zone, court.city),
        court_ends=read(slot.end_at, court.zone, court.city),
        remote=read(slot.start_at, remote.zone, remote.city),
        remote_ends=read(slot.end_at, remote.zone, remote.city),
    )


def instant_of(hearing: HearingRow, *, starts_wall: datetime, zone: str) -> datetime:
    """The instant meant; a wall time that happens twice or never is refused with both readings."""
    if zone != hearing.court.zone:
        raise NotThisZone(field="start", zone=hearing.court.zone)
    return resolve(starts_wall, zone)


def check(unit: Unit, hearing: HearingRow, *, starts_at: datetime) -> Slot:
    """The slot that `take` would take there; SlotTaken or TimeRefused where the hearing cannot be. Claims nothing."""
    try:
        timetable = timetable_of(unit, hearing, stay=starts_at == hearing.starts_at)
        return _checked(unit, hearing, timetable, starts_at=starts_at)
    except AnsweredLater as refusal:
        refusal.finish(unit)
        raise


def take(
    unit: Unit,
    hearing: HearingRow,
    *,
    starts_at: datetime,
    notice_minutes: int | None = None,
    over: Collection[str] = (),
    chosen: Collection[tuple[str, str]] = (),
) -> Slot:
    """Claim everything for that start in place of what the hearing had; all of it or, refused, nothing.

    Bookings of the same rooms and people queue, so the check sees what the others did. The slot says who was chosen
    where several would do; `choices.apply` makes them the hearing's own. At the hearing's own time whoever serves
    stays if free; at another the ranking chooses anew. `over` are the keys of people who may be taken all the same;
    what of theirs is free, and everything of all others, stays under the guard. `chosen` are choices made already, as
    Slot.chosen names them: those serve and nobody else.
    """
    timetable = queued(unit, hearing, stay=starts_at == hearing.starts_at).pinned(chosen)
    slot = _checked(unit, hearing, timetable, starts_at=starts_at, notice_minutes=notice_minutes, over=over)
    wanted = timetable.claims(slot)
    if over:
        wanted = double_claims.cut(unit, hearing, wanted, over=over)
    occupancy.release(unit.session, hearing.id)
    _claim(unit, hearing, timetable, wanted, starts_at=starts_at)
    return replace(slot, chosen=(*slot.chosen, *chosen))


def hold(unit: Unit, hearing: HearingRow, options: Sequence[OptionRow]) -> tuple[Slot, ...]:
    """Claim everything for the start of every option, until it runs out, in place of what the hearing had; or nothing.

    Gives the slots in the order of the options.
    """
    timetable = queued(unit, hearing, stay=False)
    slots = tuple(_checked(unit, hearing, timetable, starts_at=option.starts_at) for option in options)
    occupancy.release(unit.session, hearing.id)
    for option, slot in zip(options, slots, strict=True):
        _claim(unit, hearing, timetable, timetable.claims(slot), starts_at=option.starts_at, option=option)
    return slots


def book_held(unit: Unit, hearing: HearingRow, option: OptionRow) -> Slot:
    """Turn what the option holds into the booking and give the hearing's other holds back.

    Checked once more, with those whom the option holds: a calendar may have closed, or somebody gone on leave, since.
    """
    chosen = tuple((name, member) for name, member in option.chosen)
    timetable = queued(unit, hearing, stay=False).pinned(chosen)
    slot = _checked(unit, hearing, timetable, starts_at=option.starts_at)
    if not occupancy.book_option(unit.session, option.id):
        raise _refused(SlotTaken, unit, hearing, timetable, starts_at=option.starts_at)
    occupancy.release(unit.session, hearing.id, except_option_id=option.id)
    return replace(slot, chosen=chosen)


def retake(unit: Unit, hearing: HearingRow) -> Slot:
    """Claim again at the hearing's own time after people or rooms changed: what left is free, what came must be.

    The notice was given when the hearing was booked; a replacement may come at the last hour. Whom a court took
    although they were taken, both hearings keep.
    """
    if hearing.starts_at is None:
        raise ValueError("a hearing without a time claims nothing")
    over = double_claims.kept(unit, hearing)
    return take(unit, hearing, starts_at=hearing.starts_at, notice_minutes=0, over=over)


def give_back(unit: Unit, hearing: HearingRow) -> None:
    """Free everything the hearing had claimed or held."""
    occupancy.release(unit.session, hearing.id)


def examined(
    unit: Unit, hearing: HearingRow, timetable: Timetable, *, starts_at: datetime, over: Collection[str] = ()
) -> StartCheck:
    """The slot at that start, or every cause why there is none, with `over` taken for free; nothing is claimed."""
    return _asked(unit, hearing, timetable, starts_at=starts_at, over=over)


def queued(unit: Unit, hearing: HearingRow, *, stay: bool) -> Timetable:
    """The hearing's needs, with everybody else who wants one of them made to wait, and holds that ran out forgotten."""
    timetable = timetable_of(unit, hearing, stay=stay)
    occupancy.lock(unit.session, timetable.resource_ids)
    occupancy.forget_expired(unit.session, timetable.resource_ids, now=unit.now)
    return timetable


def _claim(
    unit: Unit,
    hearing: HearingRow,
    timetable: Timetable,
    wanted: Collection[Claim],
    *,
    starts_at: datetime,
    option: OptionRow | None = None,
) -> None:
    held_until, option_id = (option.held_until, option.id) if option else (None, None)
    try:
        occupancy.claim(unit.session, wanted, hearing_id=hearing.id, held_until=held_until, option_id=option_id)
    except occupancy.Overlap as overlap:
        raise _refused(SlotTaken, unit, hearing, timetable, starts_at=starts_at) from overlap


def _asked(
    unit: Unit,
    hearing: HearingRow,
    timetable: Timetable,
    *,
    starts_at: datetime,
    notice_minutes: int | None = None,
    over: Collection[str] = (),
) -> StartCheck:
    on = wall_of(starts_at, hearing.court.zone).date()
    filled = with_taken(unit, hearing, timetable, first_on=on, last_on=on)
    resources = {key: replace(one, busy=(), booked=()) if key in over else one for key, one in filled.resources.items()}
    search = search_of(unit, hearing, from_on=on, to_on=on, notice_minutes=notice_minutes)
    return check_start(search, filled.pattern, resources, start_min=to_min(starts_at))


def _checked(
    unit: Unit,
    hearing: HearingRow,
    timetable: Timetable,
    *,
    starts_at: datetime,
    notice_minutes: int | None = None,
    over: Collection[str] = (),
) -> Slot:
    found = _asked(unit, hearing, timetable, starts_at=starts_at, notice_minutes=notice_minutes, over=over)
    if found.slot is None:
        busy = all(cause.rule in _TAKEN for cause in found.causes)
        kind = SlotTaken if busy else TimeRefused
        raise _refused(kind, unit, hearing, timetable, starts_at=starts_at, causes=found.causes)
    return found.slot


def _refused(
    kind: type[SlotTaken | TimeRefused],
    unit: Unit,
    hearing: HearingRow,
    timetable: Timetable,
    *,
    starts_at: datetime,
    causes: tuple[Cause, ...] = (),
) -> SlotTaken | TimeRefused:
    """The refusal, its alternatives to be found by what the hearing needs now, as that may be undone with all the rest.

    A continuation may have been set up in this very transaction, after other sittings, so it is answered at once.
    """
    later = partial(
        _nearest, hearing_id=hearing.id, timetable=timetable, main_minutes=hearing.main_minutes, starts_at=starts_at
    )
    whys = told(causes, timetable)
    refusal = kind(whys, people_of(hearing, whys), later)
    if hearing.continues_id is not None:
        refusal.finish(unit)
    return refusal


def _nearest(
    unit: Unit, *, hearing_id: int, timetable: Timetable, main_minutes: int, starts_at: datetime
) -> tuple[Alternative, ...]:
    """The nearest free starts in the weeks around, further away while there are not enough."""
    hearing = unit.session.get_one(HearingRow, hearing_id)
    on = wall_of(starts_at, hearing.court.zone).date()
    found: tuple[Slot, ...] = ()
    for days in _SEARCHED_DAYS:
        try:
            search, filled = _around(unit, hearing, timetable, on=on, days=days, main_minutes=main_minutes)
        except (HolidayYearMissing, NoDaysLeft):
            break
        main_min = to_min(starts_at) + filled.pattern.main_offset
        found = nearest(search, filled.pattern, filled.resources, main_min=main_min, count=ENOUGH)
        if len(found) >= ENOUGH:
            break
    return tuple(alternative(hearing, slot) for slot in found)


def _around(
    unit: Unit, hearing: HearingRow, timetable: Timetable, *, on: date, days: int, main_minutes: int
) -> tuple[Search, Timetable]:
    today_on = wall_of(unit.now, hearing.court.zone).date()
    first_on = max(today_on, on - timedelta(days=min(days, 14)))
    to_on = max(on, first_on) + timedelta(days=days)
    search = search_of(unit, hearing, from_on=first_on, to_on=to_on, main_minutes=main_minutes)
    return search, with_taken(unit, hearing, timetable, first_on=search.from_on, last_on=search.to_on)
