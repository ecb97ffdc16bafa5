"""What the pages of planning show: rooms, links, orders and witnesses to choose from, and the seats to be filled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.hearing import End, Lengths, RequiredDuty, State
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.sides import SEES_BOTH, SIDE_LABELS, Side
from vctestimony.services import gates
from vctestimony.services.access import hearing_for
from vctestimony.services.cases import case_for
from vctestimony.services.part_rooms import ROOM_LABELS, SIDE_PARTS, own_rooms, room_of_part
from vctestimony.services.timetables import lengths_of
from vctestimony.services.unit import Unit
from vctestimony.store import planning
from vctestimony.store.models import CaseRow, HearingRow, OfficialRow, ParticipantRow, PostRow

Choice = tuple[str, str]
SAME, NONE = "same", "none"
"""Answers to which room a part has: that of the examination, or none at all."""
# Every seat the form has; a duty with two seats can be held by two people.
SEATS: tuple[tuple[str, Duty], ...] = (
    ("JUDGE", Duty.JUDGE),
    ("CPC", Duty.COURT_COORDINATOR),
    ("APP", Duty.PROSECUTION),
    ("DEF", Duty.DEFENCE),
    ("DEF-2", Duty.DEFENCE),
    ("RPC", Duty.REMOTE_COORDINATOR),
    ("INT", Duty.INTERPRETER),
    ("MAG", Duty.MAGISTRATE),
    ("SUP", Duty.SUPPORT_PERSON),
    ("NGO", Duty.LEGAL_STAFF),
    ("IO", Duty.INVESTIGATOR),
    ("JAIL", Duty.PRISON),
    ("TECH", Duty.TECHNICIAN),
)


@dataclass(frozen=True, slots=True)
class RoomChoices:
    """What can be chosen for the two ends and the link."""

    court_rooms: tuple[Choice, ...]
    remote_rooms: tuple[Choice, ...]
    links: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class OwnRoom:
    """The question which room a part has at one end: that of the examination, another of the place, or none."""

    need: str
    label: str
    rooms: tuple[Choice, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class NewPlan:
    """The form of a new hearing."""

    case_reference: str
    case_number: str
    orders: tuple[Choice, ...]
    witnesses: tuple[Choice, ...]
    rooms: RoomChoices


@dataclass(frozen=True, slots=True)
class RoomsPlan:
    """The form of a hearing's rooms and lengths, with what is stored."""

    reference: str
    case_number: str
    pseudonym: str
    rooms: RoomChoices
    court_room_id: int
    remote_room_id: int
    link_id: int
    lengths: Lengths
    own: tuple[OwnRoom, ...]
    is_booked: bool
    version: int


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """The form of the order under which a hearing is held."""

    reference: str
    case_number: str
    case_reference: str
    pseudonym: str
    orders: tuple[Choice, ...]
    chosen: str
    is_booked: bool
    version: int


@dataclass(frozen=True, slots=True)
class SeatChoice:
    """One seat: why it is needed (None when neither law nor order asks), who could sit there and who does.

    Who works at one of the two ends stands first; while nobody is named, the only one of them is chosen already.
    `side` is what the court has said of who sits there, where one can be kept apart from somebody; empty: as the duty.
    """

    key: str
    label: str
    need: RequiredDuty | None
    people: tuple[Choice, ...]
    chosen: str
    can_be_missed: bool
    can_be_apart: bool
    side: str


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """The form of a hearing's people."""

    reference: str
    case_number: str
    pseudonym: str
    seats: tuple[SeatChoice, ...]
    missing: tuple[gates.Need, ...]
    is_booked: bool
    in_session: bool
    version: int
    sides: Mapping[Side, str] = field(default_factory=lambda: dict(SIDE_LABELS))


def new_plan(unit: Unit, case_ref: str, *, by: Actor) -> NewPlan:
    """What a new hearing of the case can be made of."""
    case = case_for(unit, case_ref, by=by, action=Action.PLAN)
    return NewPlan(
        case_reference=case.reference,
        case_number=case.number,
        orders=_orders(unit, case, by=by),
        witnesses=tuple((row.reference, row.pseudonym) for row in case.witnesses),
        rooms=_rooms(unit, case.court_id),
    )


def rooms_plan(unit: Unit, reference: str, *, by: Actor) -> RoomsPlan:
    """The rooms and lengths of a hearing, to be changed."""
    row = hearing_for(unit, reference, by=by, action=Action.PLAN)
    return RoomsPlan(
        reference=row.reference,
        case_number=row.case.number,
        pseudonym=row.witness.pseudonym,
        rooms=_rooms(unit, row.court_id),
        court_room_id=row.court_room_id,
        remote_room_id=row.remote_room_id,
        link_id=row.link_id,
        lengths=lengths_of(row),
        own=_own_rooms(unit, row),
        is_booked=row.state is State.BOOKED,
        version=row.version,
    )


def order_plan(unit: Unit, reference: str, *, by: Actor) -> OrderPlan:
    """The orders of the case and the one under which the hearing is held."""
    row = hearing_for(unit, reference, by=by, action=Action.PLAN)
    return OrderPlan(
        reference=row.reference,
        case_number=row.case.number,
        case_reference=row.case.reference,
        pseudonym=row.witness.pseudonym,
        orders=_orders(unit, row.case, by=by),
        chosen=str(row.order_id),
        is_booked=row.state is State.BOOKED,
        version=row.version,
    )


def people_plan(unit: Unit, reference: str, *, by: Actor) -> PeoplePlan:
    """The seats of a hearing: needed ones first, each with those who have that duty."""
    row = hearing_for(unit, reference, by=by, action=Action.PLAN)
    needs = {need.duty: need for need in gates.required_of(row)}
    ends = {row.court_id, row.remote_id}
    officials = sorted(planning.officials_for(unit.session, row), key=lambda one: one.post_id not in ends)
    seated = _seated(row)
    seats = [_seat(key, duty, needs.get(duty), officials, seated.get(key)) for key, duty in SEATS]
    if not row.participants:
        near = {str(one.id) for one in officials if one.post_id in ends}
        seats = [replace(seat, chosen=_only_one(seat, near)) for seat in seats]
    return PeoplePlan(
        reference=row.reference,
        case_number=row.case.number,
        pseudonym=row.witness.pseudonym,
        seats=tuple(sorted(seats, key=lambda seat: seat.need is None or not seat.need.required or "-" in seat.key)),
        missing=gates.shown(gates.missing_of(row)),
        is_booked=row.state in {State.BOOKED, State.CONFIRMED},
        in_session=row.state is State.IN_SESSION,
        version=row.version,
    )


def _orders(unit: Unit, case: CaseRow, *, by: Actor) -> tuple[Choice, ...]:
    day = unit.ports.words.day
    return tuple((str(row.id), f"{row.reference}, {day(by.language, row.made_on)}") for row in reversed(case.orders))


def _seated(row: HearingRow) -> dict[str, ParticipantRow]:
    """Who sits where: of two with one duty, the first takes the first seat."""
    found: dict[str, ParticipantRow] = {}
    for person in row.participants:
        keys = (key for key, duty in SEATS if duty is person.duty and key not in found)
        key = next(keys, None)
        if person.removed_at is None and key is not None:
            found[key] = person
    return found


def _seat(
    key: str, duty: Duty, need: RequiredDuty | None, officials: Sequence[OfficialRow], person: ParticipantRow | None
) -> SeatChoice:
    chosen = str(person.official_id) if person else ""
    able = (one for one in officials if duty in one.duties or not one.duties or str(one.id) == chosen)
    return SeatChoice(
        key=key,
        label=DUTY_LABELS[duty],
        need=need if "-" not in key else None,
        people=tuple((str(one.id), f"{one.name}, {one.designation} ({one.post.name})") for one in able),
        chosen=chosen,
        can_be_missed=person is not None and not person.is_required,
        can_be_apart=duty not in SEES_BOTH,
        side=(person.side or "") if person else "",
    )


def _only_one(seat: SeatChoice, near: Collection[str]) -> str:
    """The only one at the two ends who could take a seat that is needed; empty where there are several or none."""
    able = [official for official, _ in seat.people if official in near]
    return able[0] if seat.need is not None and seat.need.required and len(able) == 1 else ""


def _own_rooms(unit: Unit, row: HearingRow) -> tuple[OwnRoom, ...]:
    found = planning.rooms(unit.session)
    questions = []
    for end, post_id in ((End.COURT, row.court_id), (End.REMOTE, row.remote_id)):
        rooms = tuple((str(room.id), room.name) for room, post in found if post.id == post_id)
        own = own_rooms(row, end)
        for part in SIDE_PARTS:
            need, room = room_of_part(end, part), own.get(part)
            chosen = SAME if part not in own else NONE if room is None else str(room.id)
            questions.append(OwnRoom(need, ROOM_LABELS[need], rooms, chosen))
    return tuple(questions)


def _rooms(unit: Unit, court_id: int) -> RoomChoices:
    found = planning.rooms(unit.session)
    return RoomChoices(
        court_rooms=tuple((str(room.id), room.name) for room, post in found if post.id == court_id),
        remote_rooms=tuple((str(room.id), f"{_place(post)}: {room.name}") for room, post in found),
        links=tuple((str(link.id), link.name) for link in planning.links(unit.session)),
    )


def _place(post: PostRow) -> str:
    """The name of the post with its city, which many names end in."""
    return post.name if post.name.endswith(post.city) else f"{post.name}, {post.city}"
