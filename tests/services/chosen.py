"""What tests of alternatives and of rooms by part share: who is named, what is taken, who serves and who is told."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from tests.builders import add_official, add_resource
from tests.services.planned import MONDAY_11_AT, hearing_of, version_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import Lengths
from vctestimony.domain.instants import to_min
from vctestimony.domain.people import Duty
from vctestimony.services import alternatives, planning
from vctestimony.services.planning import Rooms
from vctestimony.services.unit import Units
from vctestimony.store.models import OccupancyRow, OfficialRow, OutboxRow, PostRow, ResourceKind

START = to_min(MONDAY_11_AT)


def second_of_each(units: Units, world: World) -> Mapping[str, int]:
    """A second room at each end, a second link and a second interpreter: their resources by name."""
    with units.writing() as unit:
        mission = unit.session.get_one(PostRow, world.dhaka.post_id)
        interpreter = add_official(unit.session, "Kamal Hossain", post=mission, duty=Duty.INTERPRETER, language="bn")
        return {
            "court": add_resource(unit.session, ResourceKind.ROOM, "Chamber", post_id=world.mumbai.post_id).id,
            "remote": add_resource(unit.session, ResourceKind.ROOM, "Quiet room", post_id=mission.id).id,
            "link": add_resource(unit.session, ResourceKind.LINK, "Link 2", post_id=None).id,
            "interpreter": interpreter.resource_id,
        }


def resource_of(units: Units, official_id: int) -> int:
    """The resource of an official."""
    with units.reading() as unit:
        return unit.session.get_one(OfficialRow, official_id).resource_id


def seat_of(units: Units, world: World, duty: Duty) -> str:
    """How the need of that duty is called."""
    [person] = [p for p in hearing_of(units, world.mumbai.hearing).participants if p.duty is duty]
    return f"seat:{person.id}"


def named(units: Units, world: World, by: Actor, others: Mapping[str, Sequence[int]]) -> None:
    """Name exactly these others."""
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        alternatives.name(unit, world.mumbai.hearing, others, version=version, by=by)


def placed(units: Units, world: World, by: Actor, **own: int | None) -> None:
    """Store the usual rooms with these own ones; `_at_` stands for the colon."""
    rooms = Rooms(
        court_room_id=world.mumbai.room_id,
        remote_room_id=world.dhaka.room_id,
        link_id=world.link_id,
        lengths=Lengths(pre=15, main=60, post=15),
        own={need.replace("_at_", ":"): room for need, room in own.items()},
    )
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        planning.change_rooms(unit, world.mumbai.hearing, rooms, version=version, by=by)


def claims(units: Units, resource_id: int) -> list[tuple[int, int]]:
    """What the hearing has of a resource, in minutes from MONDAY_11."""
    with units.reading() as unit:
        row = OccupancyRow
        query = sa.select(row.start_min, row.end_min).where(row.resource_id == resource_id, row.hearing_id.is_not(None))
        return sorted((start - START, end - START) for start, end in unit.session.execute(query))


def serving(units: Units, world: World, duty: Duty) -> list[str]:
    """Who sits there."""
    row = hearing_of(units, world.mumbai.hearing)
    return [p.official.name for p in row.participants if p.duty is duty and p.removed_at is None]


def mails(units: Units) -> list[tuple[str, str]]:
    """Kind and address of every mail that waits."""
    with units.reading() as unit:
        query = sa.select(OutboxRow.kind, OutboxRow.to_address).where(OutboxRow.state == "pending")
        return [(kind, address) for kind, address in unit.session.execute(query)]
