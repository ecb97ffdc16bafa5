"""The use-cases of planning a hearing: set it up, choose its rooms, lengths and order, name its people."""

from collections.abc import Iterable

from sqlalchemy.orm.attributes import flag_modified

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict, Stale
from vctestimony.domain.hearing import Lengths, State
from vctestimony.domain.itip import FEWEST_RANDOM_BYTES, new_uid
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.sides import Side
from vctestimony.domain.wording import N_
from vctestimony.services import (
    alternatives,
    checklists,
    choices,
    claims,
    gates,
    invitations,
    journal,
    placing,
    seating,
    whereabouts,
)
from vctestimony.services.access import hearing_for
from vctestimony.services.cases import case_for
from vctestimony.services.part_rooms import OWN_ROOMS, by_need
from vctestimony.services.placing import PlanClosed, Rooms, SamePlace
from vctestimony.services.references import new_reference
from vctestimony.services.seating import NamedTwice, NotOfferedHere, Seat
from vctestimony.services.unit import Unit
from vctestimony.store import accounts, cases, hearings
from vctestimony.store.models import CaseRow, HearingRow

__all__ = ["NamedTwice", "NotOfferedHere", "PlanClosed", "Rooms", "SamePlace", "Seat"]


class StillNeeded(Conflict):
    """A confirmed hearing would lose somebody whom the law or the order asks for."""

    text = N_("The hearing is confirmed and nobody would be left as: {duties}. Name somebody else in the same step.")


class NotAdjourned(Conflict):
    """Only a part-heard hearing is continued."""

    text = N_("Only a hearing that was adjourned part-heard can be continued.")


def create(
    unit: Unit,
    *,
    case_ref: str,
    order_id: int,
    witness_ref: str,
    rooms: Rooms,
    seats: Iterable[Seat] = (),
    by: Actor,
) -> str:
    """Set up a hearing of one witness under one order, with its checklist; returns its reference."""
    case = case_for(unit, case_ref, by=by, action=Action.PLAN)
    order = cases.order_of(unit.session, case.id, order_id)
    if order is None:
        raise NotOfferedHere(field="order")
    witness = cases.witness_by_reference(unit.session, witness_ref)
    if witness is None or witness.case_id != case.id:
        raise NotOfferedHere(field="witness")
    return _created(unit, case, order_id=order.id, witness_id=witness.id, rooms=rooms, seats=seats, by=by).reference


def continue_part_heard(unit: Unit, reference: str, *, by: Actor) -> str:
    """Set up the continuation of an adjourned hearing: same rooms, same people, no time yet.

    One that is there already, and was neither cancelled nor left to lapse, is the continuation.
    """
    past = hearing_for(unit, reference, by=by, action=Action.PLAN)
    if past.state is not State.ADJOURNED:
        raise NotAdjourned()
    accounts.lock_name(unit.session, f"continuation of {reference}")
    if known := hearings.continuation_of(unit.session, past.id):
        return known
    row = continuation_of(unit, past, main_minutes=past.main_minutes, by=by)
    journal.write(unit, "hearing.continued", subject=reference, by=by, continuation=row.reference)
    return row.reference


def continuation_of(unit: Unit, past: HearingRow, *, main_minutes: int, by: Actor) -> HearingRow:
    """A new hearing that goes on where another ends: same rooms, same people, same alternatives."""
    own = {need: next((row.resource_id for row in rows if row.chosen), None) for need, rows in by_need(past).items()}
    rooms = Rooms(
        court_room_id=past.court_room_id,
        remote_room_id=past.remote_room_id,
        link_id=past.link_id,
        lengths=Lengths(pre=past.pre_minutes, main=main_minutes, post=past.post_minutes),
        own={need: room_id for need, room_id in own.items() if need in OWN_ROOMS},
    )
    seats = [Seat(p.official_id, p.duty, p.is_required, p.side) for p in past.participants if p.removed_at is None]
    row = _created(unit, past.case, order_id=past.order_id, witness_id=past.witness_id, rooms=rooms, seats=seats, by=by)
    row.continues_id = past.id
    seating.stay_away(unit, past, row)
    alternatives.copy(past, row)
    unit.session.flush()
    return row


def change_rooms(unit: Unit, reference: str, rooms: Rooms, *, version: int, by: Actor) -> None:
    """Choose other rooms, another link or other lengths; a booked hearing keeps its time if they are free then."""
    hearing = _opened(unit, reference, version=version, by=by)
    if hearing.state not in {State.REQUESTED, State.BOOKED}:
        raise PlanClosed()
    placing.place(unit, hearing, rooms)
    flag_modified(hearing, "state")  # the rooms of the parts are part of what a form of this hearing shows
    unit.session.flush()
    unit.session.refresh(hearing)
    _changed(unit, hearing, "hearing.rooms_changed", by=by)


def change_order(unit: Unit, reference: str, order_id: int, *, version: int, by: Actor) -> None:
    """Put the hearing under another order of its case; a booked hearing keeps its time if that order allows it."""
    hearing = _opened(unit, reference, version=version, by=by)
    if hearing.state not in {State.REQUESTED, State.BOOKED}:
        raise PlanClosed()
    order = cases.order_of(unit.session, hearing.case_id, order_id)
    if order is None:
        raise NotOfferedHere(field="order")
    if order.id == hearing.order_id:
        return
    hearing.order_id = order.id
    unit.session.flush()
    unit.session.refresh(hearing)
    _changed(unit, hearing, "hearing.order_changed", by=by, order=order.reference, made_on=order.made_on)


def name_people(unit: Unit, reference: str, seats: Iterable[Seat], *, version: int, by: Actor) -> None:
    """Name exactly these people. Of a booked hearing, who comes must be free then; who leaves is told."""
    hearing = _opened(unit, reference, version=version, by=by)
    if hearing.state not in {State.REQUESTED, State.BOOKED, State.CONFIRMED}:
        raise PlanClosed()
    seating.seat(unit, hearing, tuple(seats))
    unit.session.flush()
    unit.session.refresh(hearing)
    alternatives.prune(hearing)
    lost = gates.missing_of(hearing) if hearing.state is State.CONFIRMED else ()
    if lost:
        labels = (unit.ports.words.gettext(by.language, DUTY_LABELS[one.duty]) for one in lost)
        raise StillNeeded(duties=", ".join(labels))
    flag_modified(hearing, "state")  # the people are part of what a form of this hearing shows
    _changed(unit, hearing, "hearing.people_named", by=by, sides=_sides(hearing))


def _sides(hearing: HearingRow) -> dict[str, list[str]]:
    """The duties that are kept apart, by the side on which they stand."""
    apart = [(hearings.side(hearing, one), one.duty.value) for one in hearing.participants if one.removed_at is None]
    return {side.value: sorted(duty for own, duty in apart if own is side) for side in Side if side is not Side.NEITHER}


def _opened(unit: Unit, reference: str, *, version: int, by: Actor) -> HearingRow:
    hearing = hearing_for(unit, reference, by=by, action=Action.PLAN)
    if hearing.version != version:
        raise Stale()
    return hearing


def _changed(unit: Unit, hearing: HearingRow, what: str, *, by: Actor, **facts: object) -> None:
    duties = sorted(p.duty for p in hearing.participants if p.removed_at is None)
    code = whereabouts.code_of(hearing.remote)
    slot = None if hearing.starts_at is None else claims.retake(unit, hearing)  # before the journal all queue for
    journal.write(unit, what, subject=hearing.reference, by=by, duties=duties, remote=code, **facts)
    checklists.compose_for(unit, hearing, by=by)
    if slot is not None:
        choices.apply(unit, hearing, slot, by=by)
        invitations.announce(unit, hearing, by=by)


def _created(
    unit: Unit,
    case: CaseRow,
    *,
    order_id: int,
    witness_id: int,
    rooms: Rooms,
    seats: Iterable[Seat],
    by: Actor,
) -> HearingRow:
    hearing = HearingRow(
        reference=new_reference(unit, "H"),
        case_id=case.id,
        order_id=order_id,
        witness_id=witness_id,
        court_id=case.court_id,
        state=State.REQUESTED,
        zone=case.court.zone,
        uid=new_uid(unit.ports.random(FEWEST_RANDOM_BYTES), unit.ports.addresses.uid_host),
        created_at=unit.now,
    )
    placing.place(unit, hearing, rooms)
    unit.session.add(hearing)
    unit.session.flush()
    seating.seat(unit, hearing, tuple(seats))
    unit.session.flush()
    unit.session.refresh(hearing)
    journal.write(unit, "hearing.requested", subject=hearing.reference, by=by, case=case.reference)
    checklists.compose_for(unit, hearing, by=by)
    return hearing
