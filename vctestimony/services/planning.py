"""The use-cases of planning a hearing: set it up, choose its rooms and lengths, name its people."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict, Invalid, Stale
from vctestimony.domain.hearing import Lengths, State
from vctestimony.domain.itip import FEWEST_RANDOM_BYTES, new_uid
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, choices, claims, gates, invitations, journal, seating
from vctestimony.services.access import hearing_for
from vctestimony.services.cases import case_for
from vctestimony.services.references import new_reference
from vctestimony.services.seating import NamedTwice, NotOfferedHere, Seat
from vctestimony.services.unit import Unit
from vctestimony.store import cases, planning
from vctestimony.store.models import CaseRow, HearingRow, PostRow, ResourceRow

__all__ = ["NamedTwice", "NotOfferedHere", "Rooms", "Seat"]


class SamePlace(Invalid):
    """Both ends in one room is no video link."""

    text = N_("The Remote Point must be another room than the Court Point.")


class PlanClosed(Conflict):
    """The hearing is past the state in which this can be changed."""

    text = N_("A hearing in this state cannot be changed here. Release a held time, or move a confirmed hearing first.")


class StillNeeded(Conflict):
    """A confirmed hearing would lose somebody whom the law or the order asks for."""

    text = N_("The hearing is confirmed and nobody would be left as: {duties}. Name somebody else in the same step.")


class NotAdjourned(Conflict):
    """Only a part-heard hearing is continued."""

    text = N_("Only a hearing that was adjourned part-heard can be continued.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The two ends, the link and how long each part lasts. The remote room decides the Remote Point."""

    court_room_id: int
    remote_room_id: int
    link_id: int
    lengths: Lengths


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
    """Set up the continuation of an adjourned hearing: same rooms, same people, no time yet."""
    past = hearing_for(unit, reference, by=by, action=Action.PLAN)
    if past.state is not State.ADJOURNED:
        raise NotAdjourned()
    rooms = Rooms(
        court_room_id=past.court_room_id,
        remote_room_id=past.remote_room_id,
        link_id=past.link_id,
        lengths=Lengths(pre=past.pre_minutes, main=past.main_minutes, post=past.post_minutes),
    )
    seats = [Seat(p.official_id, p.duty, p.is_required) for p in past.participants if p.removed_at is None]
    row = _created(unit, past.case, order_id=past.order_id, witness_id=past.witness_id, rooms=rooms, seats=seats, by=by)
    row.continues_id = past.id
    journal.write(unit, "hearing.continued", subject=reference, by=by, continuation=row.reference)
    return row.reference


def change_rooms(unit: Unit, reference: str, rooms: Rooms, *, version: int, by: Actor) -> None:
    """Choose other rooms, another link or other lengths; a booked hearing keeps its time if they are free then."""
    hearing = _opened(unit, reference, version=version, by=by)
    if hearing.state not in {State.REQUESTED, State.BOOKED}:
        raise PlanClosed()
    _place(unit, hearing, rooms)
    unit.session.flush()
    unit.session.refresh(hearing)
    _changed(unit, hearing, "hearing.rooms_changed", by=by)


def name_people(unit: Unit, reference: str, seats: Iterable[Seat], *, version: int, by: Actor) -> None:
    """Name exactly these people. Of a booked hearing, who comes must be free then; who leaves is told."""
    hearing = _opened(unit, reference, version=version, by=by)
    if hearing.state not in {State.REQUESTED, State.BOOKED, State.CONFIRMED}:
        raise PlanClosed()
    seating.seat(unit, hearing, tuple(seats))
    unit.session.flush()
    unit.session.refresh(hearing)
    lost = gates.missing_of(hearing) if hearing.state is State.CONFIRMED else ()
    if lost:
        labels = (unit.ports.words.gettext(by.language, DUTY_LABELS[one.duty]) for one in lost)
        raise StillNeeded(duties=", ".join(labels))
    flag_modified(hearing, "state")  # the people are part of what a form of this hearing shows
    _changed(unit, hearing, "hearing.people_named", by=by)


def _opened(unit: Unit, reference: str, *, version: int, by: Actor) -> HearingRow:
    hearing = hearing_for(unit, reference, by=by, action=Action.PLAN)
    if hearing.version != version:
        raise Stale()
    return hearing


def _changed(unit: Unit, hearing: HearingRow, what: str, *, by: Actor) -> None:
    duties = sorted(p.duty for p in hearing.participants if p.removed_at is None)
    journal.write(unit, what, subject=hearing.reference, by=by, duties=duties, remote=hearing.remote.code)
    checklists.compose_for(unit, hearing, by=by)
    if hearing.starts_at is not None:
        choices.apply(unit, hearing, claims.retake(unit, hearing), by=by)
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
    _place(unit, hearing, rooms)
    unit.session.add(hearing)
    unit.session.flush()
    seating.seat(unit, hearing, tuple(seats))
    unit.session.flush()
    unit.session.refresh(hearing)
    journal.write(unit, "hearing.requested", subject=hearing.reference, by=by, case=case.reference)
    checklists.compose_for(unit, hearing, by=by)
    return hearing


def _place(unit: Unit, hearing: HearingRow, rooms: Rooms) -> None:
    offered = {room.id: (room, post) for room, post in planning.rooms(unit.session)}
    court_room, court = _room(offered, rooms.court_room_id, field="court_room")
    remote_room, remote = _room(offered, rooms.remote_room_id, field="remote_room")
    if court.id != hearing.court_id:
        raise NotOfferedHere(field="court_room")
    if remote_room.id == court_room.id:
        raise SamePlace(field="remote_room")
    if rooms.link_id not in {link.id for link in planning.links(unit.session)}:
        raise NotOfferedHere(field="link")
    hearing.court_room_id, hearing.remote_room_id, hearing.remote_id = court_room.id, remote_room.id, remote.id
    hearing.link_id = rooms.link_id
    hearing.pre_minutes, hearing.main_minutes = rooms.lengths.pre, rooms.lengths.main
    hearing.post_minutes = rooms.lengths.post


def _room(offered: dict[int, tuple[ResourceRow, PostRow]], room_id: int, *, field: str) -> tuple[ResourceRow, PostRow]:
    if room_id not in offered:
        raise NotOfferedHere(field=field)
    return offered[room_id]
