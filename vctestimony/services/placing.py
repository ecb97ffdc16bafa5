"""The one place that gives a hearing its rooms and its link, and some parts another room than the examination."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.hearing import End, Lengths
from vctestimony.domain.wording import N_
from vctestimony.services.part_rooms import OWN_ROOMS, ROOMS, SIDE_PARTS, by_need, room_of_part
from vctestimony.services.seating import NotOfferedHere
from vctestimony.services.unit import Unit
from vctestimony.store import planning
from vctestimony.store.models import HearingRow, NeedRow, PostRow, ResourceRow

Offered = Mapping[int, tuple[ResourceRow, PostRow]]


class SamePlace(Invalid):
    """Both ends in one room is no video link."""

    text = N_("The Remote Point must be another room than the Court Point.")


class PlanClosed(Conflict):
    """The hearing is past the state in which this can be changed."""

    text = N_("A hearing in this state cannot be changed here. Release a held time, or move a confirmed hearing first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The two ends, the link and how long each part lasts. The remote room decides the Remote Point.

    `own` names, by need (`court_room:pre`), the parts that have another room at that end; None: no room is taken then.
    """

    court_room_id: int
    remote_room_id: int
    link_id: int
    lengths: Lengths
    own: Mapping[str, int | None] = field(default_factory=dict)


def place(unit: Unit, hearing: HearingRow, rooms: Rooms) -> None:
    """Store the rooms, the link and the lengths. What would do as well goes where it no longer fits the choice."""
    offered = {room.id: (room, post) for room, post in planning.rooms(unit.session)}
    court_room, court = _room(offered, rooms.court_room_id, field="court_room")
    remote_room, remote = _room(offered, rooms.remote_room_id, field="remote_room")
    if court.id != hearing.court_id:
        raise NotOfferedHere(field="court_room")
    if rooms.link_id not in {link.id for link in planning.links(unit.session)}:
        raise NotOfferedHere(field="link")
    _check_own(offered, rooms, posts={End.COURT: court.id, End.REMOTE: remote.id})
    hearing.court_room_id, hearing.remote_room_id, hearing.remote_id = court_room.id, remote_room.id, remote.id
    hearing.link_id = rooms.link_id
    hearing.pre_minutes, hearing.main_minutes = rooms.lengths.pre, rooms.lengths.main
    hearing.post_minutes = rooms.lengths.post
    _store_own(hearing, rooms)
    chosen = {ROOMS[End.COURT]: court_room.id, ROOMS[End.REMOTE]: remote_room.id, "link": rooms.link_id}
    for need, rows in by_need(hearing).items():
        if need in chosen and chosen[need] not in {row.resource_id for row in rows}:
            drop(hearing, need)


def drop(hearing: HearingRow, need: str) -> None:
    """Forget what was stored for a need."""
    hearing.needs = [row for row in hearing.needs if row.need != need]


def _room(offered: Offered, room_id: int, *, field: str) -> tuple[ResourceRow, PostRow]:
    if room_id not in offered:
        raise NotOfferedHere(field=field)
    return offered[room_id]


def _check_own(offered: Offered, rooms: Rooms, *, posts: Mapping[End, int]) -> None:
    """Every own room lies at the place of its end, and during no part do both ends sit in one room."""
    if rooms.court_room_id == rooms.remote_room_id:
        raise SamePlace(field="remote_room")
    for part in SIDE_PARTS:
        taken: dict[End, int | None] = {End.COURT: rooms.court_room_id, End.REMOTE: rooms.remote_room_id}
        for end in End:
            need = room_of_part(end, part)
            room_id = rooms.own.get(need)
            if room_id is not None and _room(offered, room_id, field=need)[1].id != posts[end]:
                raise NotOfferedHere(field=need)
            taken[end] = room_id if need in rooms.own else taken[end]
        if taken[End.COURT] is not None and taken[End.COURT] == taken[End.REMOTE]:
            raise SamePlace(field=room_of_part(End.REMOTE, part))


def _store_own(hearing: HearingRow, rooms: Rooms) -> None:
    stored = by_need(hearing)
    for need in OWN_ROOMS:
        rows, room_id = stored.get(need, []), rooms.own.get(need)
        if need not in rooms.own:
            drop(hearing, need)
        elif room_id is not None and room_id in {row.resource_id for row in rows}:
            for row in rows:
                row.chosen = row.resource_id == room_id
        else:
            drop(hearing, need)
            hearing.needs.append(NeedRow(need=need, rank=0, resource_id=room_id, chosen=room_id is not None))
