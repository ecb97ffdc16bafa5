"""The use-case of sitting although somebody is taken: by order of the presiding officer, with a reason, kept for good.

Only officials can be taken twice: somebody can be sent for from leave or from another sitting, and says so when asked.
A room and a link cannot hold two hearings at once, and the witness cannot be in two places; those are never overlapped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.hearing import Move, State, moved
from vctestimony.domain.instants import from_min
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.slots import CauseRule
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, choices, claims, holding, journal
from vctestimony.services.hearing_clocks import Clocks, span_of
from vctestimony.services.pseudonymity import check_reason
from vctestimony.services.reasons import WhyNot, told
from vctestimony.services.scheduling import opened, set_time, settled
from vctestimony.services.timetables import timetable_of
from vctestimony.services.unit import Unit
from vctestimony.store import occupancy
from vctestimony.store import options as store
from vctestimony.store.models import HearingRow, OccupancyKind, OverlapRow
from vctestimony.store.occupancy import Taken

SHORTEST_REASON = 30
_TAKEN = frozenset({CauseRule.BUSY, CauseRule.GAP})
_TIMED = frozenset({State.BOOKED, State.CONFIRMED})
_KINDS: Mapping[OccupancyKind, str] = {
    OccupancyKind.BOOKING: N_("in another hearing"),
    OccupancyKind.HOLD: N_("kept for another hearing"),
    OccupancyKind.LEAVE: N_("on leave"),
    OccupancyKind.IMPORTED: N_("busy by their own calendar"),
    OccupancyKind.IMPORTED_TENTATIVE: N_("perhaps busy by their own calendar"),
    OccupancyKind.OTHER: N_("taken"),
}


class NobodyTaken(Conflict):
    """An order would be kept for good without having been needed."""

    text = N_("Nobody is taken at this time. It can be booked in the ordinary way.")


class NotByOrder(Conflict):
    """A closed calendar, the notice, the order's days, a room, the link or the witness stands in the way."""

    text = N_(
        "This time cannot be ordered, because not only officials stand in the way. Rooms, the link and the witness "
        "cannot be in two hearings at once; calendars, the notice and the days of the order stay as they are."
    )

    def __init__(self, whys: tuple[WhyNot, ...] = ()) -> None:
        self.whys = whys
        super().__init__(field="start")


class OrderReason(Invalid):
    """Those whose time is taken twice, and a higher court, will read it."""

    text = N_("Write the reason in at least {least} letters. It is kept in the journal and shown with the hearing.")


class ClashesChanged(Conflict):
    """The order was written for other clashes than there are now."""

    text = N_("Who is taken changed while this page was open. Nothing was booked; look at the list again.")


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody who is taken: who, in which duty, by what (a marked text), the other hearing's reference, and when.

    Of another court's hearing nothing is told but its reference.
    """

    name: str
    duty: str
    what: str
    hearing: str
    is_own: bool
    clocks: Clocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the presiding officer orders: the start by the Court Point's clock, why, and which clashes were read."""

    starts_wall: datetime
    zone: str
    reason: str
    clashes_seen: str


@dataclass(frozen=True, slots=True)
class Ways:
    """What stands in the way of a start when it is people only: their keys, and every stretch they are taken."""

    people: frozenset[str]
    taken: tuple[Taken, ...]

    @property
    def mark(self) -> str:
        """A text that changes with the clashes, so that an order is for those that were read."""
        return ";".join(f"{one.resource_id},{one.start_min},{one.end_min},{one.hearing}" for one in self.taken)


def book(unit: Unit, reference: str, order: Order, *, version: int, by: Actor) -> None:
    """Book, or move, the hearing to a start at which officials are taken. Everything else must be as for any booking.

    Their claims stand over the others' only where they meet; all the rest stays under the database's guard. The order
    is journalled with its reason and with everybody whom it takes.
    """
    hearing = opened(unit, reference, version=version, by=by, action=Action.OVERLAP)
    reason = order.reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise OrderReason(field="reason", least=SHORTEST_REASON)
    check_reason(unit, hearing, reason)
    is_move = hearing.state in _TIMED
    state = moved(hearing.state, Move.RESCHEDULE if is_move else Move.BOOK, reason=reason)
    if not is_move:
        checklists.require(unit, hearing, "book", language=by.language)
    starts_at = claims.instant_of(hearing, starts_wall=order.starts_wall, zone=order.zone)
    claims.queued(unit, hearing, stay=False)
    ways = ways_of(unit, hearing, starts_at=starts_at)
    if ways.mark != order.clashes_seen:
        raise ClashesChanged()
    choices.apply(unit, hearing, claims.take(unit, hearing, starts_at=starts_at, over=ways.people), by=by)
    holding.end_all(unit, hearing, booked_at=starts_at)
    was_at, hearing.state, hearing.reason = hearing.starts_at, state, reason
    set_time(unit, hearing, starts_at=starts_at, starts_wall=order.starts_wall)
    _write_down(unit, hearing, ways, starts_at=starts_at, reason=reason, by=by)
    facts: dict[str, object] = {"starts_at": starts_at, "starts_wall": order.starts_wall, "zone": order.zone}
    if is_move:
        facts |= {"was_at": was_at, "reason": reason}
    settled(unit, hearing, "hearing.moved" if is_move else "hearing.booked", by=by, **facts)


def ways_of(unit: Unit, hearing: HearingRow, *, starts_at: datetime) -> Ways:
    """What an order would overlap; NobodyTaken when nothing, NotByOrder when anything but people is in the way."""
    timetable = timetable_of(unit, hearing, stay=starts_at == hearing.starts_at)
    causes = claims.examined(unit, hearing, timetable, starts_at=starts_at).causes
    if not causes:
        raise NobodyTaken(field="start")
    busy = [int(cause.resource) for cause in causes if cause.rule is CauseRule.BUSY and cause.resource]
    people = frozenset(map(str, store.people(unit.session, busy)))
    if any(cause.rule not in _TAKEN or cause.resource not in people for cause in causes):
        raise NotByOrder(told(causes, timetable))
    found = claims.examined(unit, hearing, timetable, starts_at=starts_at, over=people)
    if found.slot is None:
        raise NotByOrder(told(found.causes, timetable))
    wanted = [one for one in timetable.claims(found.slot) if str(one.resource_id) in people]
    return Ways(people, occupancy.in_the_way(unit.session, wanted, now=unit.now, except_hearing_id=hearing.id))


def is_possible(unit: Unit, hearing: HearingRow, *, starts_at: datetime) -> bool:
    """Whether a start that is refused could be ordered."""
    try:
        ways_of(unit, hearing, starts_at=starts_at)
    except (NobodyTaken, NotByOrder):
        return False
    return True


def clashes(hearing: HearingRow, ways: Ways) -> tuple[Clash, ...]:
    """Every clash as the person reads it who is about to order it."""
    seats = {p.official.resource_id: p for p in hearing.participants if p.removed_at is None}
    return tuple(
        Clash(
            name=seats[one.resource_id].official.name,
            duty=DUTY_LABELS[seats[one.resource_id].duty],
            what=_KINDS[one.kind],
            hearing=one.hearing,
            is_own=one.court_id == hearing.court_id,
            clocks=span_of(hearing, from_min(one.start_min), from_min(one.end_min)),
        )
        for one in ways.taken
    )


def _write_down(unit: Unit, hearing: HearingRow, ways: Ways, *, starts_at: datetime, reason: str, by: Actor) -> None:
    duties = {p.official.resource_id: p.duty for p in hearing.participants if p.removed_at is None}
    for number in sorted({one.resource_id for one in ways.taken}):
        row = OverlapRow(
            hearing_id=hearing.id, resource_id=number, starts_at=starts_at, reason=reason, by=by.name, made_at=unit.now
        )
        unit.session.add(row)
    said = [
        f"{duties[one.resource_id]}: {one.kind} {one.hearing}".rstrip()
        + f" {from_min(one.start_min):%Y-%m-%d %H:%M}–{from_min(one.end_min):%Y-%m-%d %H:%M} UTC"
        for one in ways.taken
    ]
    journal.write(
        unit, "hearing.overlap_ordered", subject=hearing.reference, by=by, starts_at=starts_at, reason=reason, over=said
    )
