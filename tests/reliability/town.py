"""The hearings of a run and the people in them: enough of each that clerks seldom want the same thing at once."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tests.builders import add_official, add_resource
from tests.services.crowd import add_witness
from tests.services.planned import KOLKATA, answered
from tests.world import World, build
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import End, Lengths, State
from vctestimony.domain.people import Duty, Role
from vctestimony.services.accounts import actor_of
from vctestimony.services.placing import Rooms
from vctestimony.services.seating import Seat
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import AccountRow, HearingRow, ParticipantRow, PostRow, ResourceKind

BEGINS_AT_MONDAY = date(2026, 9, 14)
WEEKS, DAYS_OF_A_WEEK = 8, 4
AT_MINUTES = (630, 675, 720, 840, 900)
"""By the clock of the court; each hearing of one circle has one of them for itself."""
LENGTHS = (Lengths(pre=5, main=20, post=5), Lengths(pre=10, main=20, post=5), Lengths(pre=5, main=30, post=0))
NAMES = ("Anil Rao", "অনিল রায়, ঢাকা", "सुनीता देशपांडे; मुंबई", 'R. "Raj" O\\Neil 👩‍⚖️')
LANGUAGES = ("en", "bn", "hi", "en")
_DUTIES = (Duty.JUDGE, Duty.PROSECUTION, Duty.REMOTE_COORDINATOR, Duty.INTERPRETER, Duty.SUPPORT_PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Rooms and people that a few hearings share; those hearings never meet at one time."""

    court_rooms: tuple[int, int]
    remote_rooms: tuple[int, int]
    links: tuple[int, int]
    people: dict[Duty, int]
    second_interpreter: int

    def rooms(self, number: int, *, lengths: Lengths) -> Rooms:
        """The first or the second room at each end and link."""
        return Rooms(
            court_room_id=self.court_rooms[number % 2],
            remote_room_id=self.remote_rooms[number // 2 % 2],
            link_id=self.links[number // 4 % 2],
            lengths=lengths,
        )

    def seats(self, number: int) -> tuple[Seat, ...]:
        """Everybody; or without the interpreter, with another one, or without the support person."""
        people = dict(self.people)
        if number % 4 == 1:
            del people[Duty.INTERPRETER]
        elif number % 4 == 2:
            people[Duty.INTERPRETER] = self.second_interpreter
        elif number % 4 == 3:
            del people[Duty.SUPPORT_PERSON]
        return tuple(Seat(official_id, duty) for duty, official_id in people.items())


@dataclass(frozen=True, slots=True)
class Matter:
    """One hearing of the run: to whom it belongs and when it may be."""

    reference: str
    circle: Circle
    at_minute: int

    def start(self, number: int) -> datetime:
        """One of its starts, by the clock of the court."""
        weeks, day = divmod(number % (WEEKS * DAYS_OF_A_WEEK), DAYS_OF_A_WEEK)
        on = BEGINS_AT_MONDAY + timedelta(days=7 * weeks + day)
        return datetime.combine(on, datetime.min.time()) + timedelta(minutes=self.at_minute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What the clerks work on, and as whom."""

    matters: tuple[Matter, ...]
    coordinator: Actor
    administrator: Actor


def found(units: Units, *, hearings: int) -> Town:
    """Write everything into the empty database."""
    with units.writing() as unit:
        world = build(unit.session)
        answered(unit.session, world)
        each = len(AT_MINUTES)
        circles = [_circle(unit, world, number) for number in range((hearings + each - 1) // each)]
        matters = tuple(
            Matter(
                _enter(unit, world, circles[number // each], number), circles[number // each], AT_MINUTES[number % each]
            )
            for number in range(hearings)
        )
        return Town(
            matters=matters,
            coordinator=_actor(unit.session, world, Role.COORDINATOR),
            administrator=_actor(unit.session, world, Role.ADMINISTRATOR),
        )


def _actor(session: Session, world: World, role: Role) -> Actor:
    at = "mumbai" if role is Role.COORDINATOR else ""
    return actor_of(session.get_one(AccountRow, world.account_id(role, at)))


def _circle(unit: Unit, world: World, number: int) -> Circle:
    session = unit.session
    court, mission = session.get_one(PostRow, world.mumbai.post_id), session.get_one(PostRow, world.dhaka.post_id)

    def two(kind: ResourceKind, post_id: int | None) -> tuple[int, int]:
        one, other = (add_resource(session, kind, f"{kind} {number}{letter}", post_id=post_id).id for letter in "ab")
        return one, other

    def person(duty: Duty, letter: str, at: int) -> int:
        post = court if duty in {Duty.JUDGE, Duty.PROSECUTION} else mission
        row = add_official(session, f"{duty} {number}{letter}", post=post, duty=duty)
        row.name, row.language = f"{NAMES[at % 4]} {number}{letter}", LANGUAGES[at % 4]
        return row.id

    return Circle(
        court_rooms=two(ResourceKind.ROOM, court.id),
        remote_rooms=two(ResourceKind.ROOM, mission.id),
        links=two(ResourceKind.LINK, None),
        people={duty: person(duty, "a", number + at) for at, duty in enumerate(_DUTIES)},
        second_interpreter=person(Duty.INTERPRETER, "b", number),
    )


def _enter(unit: Unit, world: World, circle: Circle, number: int) -> str:
    """A hearing without a time."""
    rooms, reference = circle.rooms(0, lengths=LENGTHS[0]), f"H-FIRE{number}"
    row = HearingRow(
        reference=reference,
        case_id=world.mumbai.case_id,
        order_id=world.mumbai.order_id,
        witness_id=add_witness(unit, world, number),
        court_id=world.mumbai.post_id,
        remote_id=world.dhaka.post_id,
        court_room_id=rooms.court_room_id,
        remote_room_id=rooms.remote_room_id,
        link_id=rooms.link_id,
        state=State.REQUESTED,
        pre_minutes=rooms.lengths.pre,
        main_minutes=rooms.lengths.main,
        post_minutes=rooms.lengths.post,
        zone=KOLKATA,
        uid=f"{unit.ports.random(16).hex()}@court.example",
        created_at=unit.now,
    )
    for seat in circle.seats(0):
        at_court = seat.duty in {Duty.JUDGE, Duty.PROSECUTION}
        row.participants.append(
            ParticipantRow(
                public_id=unit.ports.random(16).hex(),
                official_id=seat.official_id,
                duty=seat.duty,
                end=End.COURT if at_court else End.REMOTE,
                is_required=True,
                attends_pre=not at_court,
                attends_main=True,
                attends_post=True,
            )
        )
    unit.session.add(row)
    unit.session.flush()
    return reference


def share_of(town: Town, number: int, clerks: int) -> Town:
    """The hearings that one of so many clerks sees to."""
    return replace(town, matters=town.matters[number::clerks])
