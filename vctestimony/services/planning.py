"""The use-cases of planning a hearing: set it up, choose its rooms and lengths, name its people."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict, Invalid, Stale
from vctestimony.domain.hearing import End, Lengths, Part, State, attendance
from vctestimony.domain.itip import FEWEST_RANDOM_BYTES, new_uid
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, claims, gates, invitations, journal
from vctestimony.services.access import hearing_for
from vctestimony.services.cases import case_for
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit
from vctestimony.store import cases, planning
from vctestimony.store.models import CaseRow, HearingRow, OfficialRow, ParticipantRow, PostRow, ResourceRow

_AT_COURT = frozenset({Duty.JUDGE, Duty.PROSECUTION, Duty.COURT_COORDINATOR, Duty.PRISON})
_AT_REMOTE = frozenset({Duty.REMOTE_COORDINATOR, Duty.MAGISTRATE})


class NotOfferedHere(Invalid):
    """A room, link, order, witness or person that this court or this case does not have."""

    text = N_("Choose one of those offered; what was sent does not belong here.")


class SamePlace(Invalid):
    """Both ends in one room is no video link."""

    text = N_("The Remote Point must be another room than the Court Point.")


class NamedTwice(Invalid):
    """One person cannot sit in two seats of one hearing."""

    text = N_("{name} is named twice. One person can have one part in a hearing.")


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


@dataclass(frozen=True, slots=True)
class Seat:
    """An official in a duty. Who is not `is_required` is invited but does not limit the times."""

    official_id: int
    duty: Duty
    is_required: bool = True


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
    _seat(unit, hearing, tuple(seats))
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
        claims.retake(unit, hearing)
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
    _seat(unit, hearing, tuple(seats))
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


def _seat(unit: Unit, hearing: HearingRow, seats: tuple[Seat, ...]) -> None:
    """Make the participants be exactly the seats: who stays keeps the row, the invitation and the answer."""
    named = {one.id: one for one in planning.officials(unit.session, {seat.official_id for seat in seats})}
    wanted: dict[int, Seat] = {}
    for seat in seats:
        if seat.official_id not in named:
            raise NotOfferedHere(field=f"seat_{seat.duty}")
        if seat.official_id in wanted:
            raise NamedTwice(field=f"seat_{seat.duty}", name=named[seat.official_id].name)
        wanted[seat.official_id] = seat
    rows = {row.official_id: row for row in hearing.participants}
    for official_id, row in rows.items():
        if official_id not in wanted and row.removed_at is None:
            row.removed_at = unit.now
    posts = planning.load_posts(unit.session, {hearing.court_id, hearing.remote_id})
    for official_id, seat in wanted.items():
        row = rows.get(official_id) or _new_participant(unit, hearing, official_id)
        end = _end(seat.duty, named[official_id], court=posts[hearing.court_id], remote=posts[hearing.remote_id])
        _fill(row, seat, end=end)


def _new_participant(unit: Unit, hearing: HearingRow, official_id: int) -> ParticipantRow:
    row = ParticipantRow(public_id=unit.ports.random(16).hex(), hearing_id=hearing.id, official_id=official_id)
    unit.session.add(row)
    return row


def _fill(row: ParticipantRow, seat: Seat, *, end: End) -> None:
    parts = attendance(seat.duty)
    row.duty, row.end, row.is_required, row.removed_at = seat.duty, end, seat.is_required, None
    row.attends_pre, row.attends_main = Part.PRE in parts, Part.MAIN in parts
    row.attends_post = Part.POST in parts


def _end(duty: Duty, official: OfficialRow, *, court: PostRow, remote: PostRow) -> End:
    """Where the duty has no fixed end, people sit where they are: at the remote end if they belong to its country."""
    if duty in _AT_COURT:
        return End.COURT
    if duty in _AT_REMOTE or official.post_id == remote.id:
        return End.REMOTE
    abroad = remote.country != court.country and official.post.country == remote.country
    nearby = official.post.city == remote.city and remote.city != court.city
    return End.REMOTE if abroad or nearby else End.COURT
