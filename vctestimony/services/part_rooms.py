"""The one place that says in which room each end sits during each part, and how pages and papers put it."""

from collections.abc import Callable
from itertools import groupby

from vctestimony.domain.hearing import End, Part
from vctestimony.domain.wording import N_
from vctestimony.store.models import HearingRow, NeedRow, ResourceRow

ROOMS = {End.COURT: "court_room", End.REMOTE: "remote_room"}
SIDE_PARTS = (Part.PRE, Part.POST)
_WORDS = {
    (Part.PRE, True): N_("before the examination: {room}"),
    (Part.PRE, False): N_("no room before the examination"),
    (Part.POST, True): N_("after the examination: {room}"),
    (Part.POST, False): N_("no room after the examination"),
}


def room_of_part(end: End, part: Part) -> str:
    """What the need of an own room is called.

    >>> room_of_part(End.REMOTE, Part.PRE)
    'remote_room:pre'
    """
    return f"{ROOMS[end]}:{part}"


OWN_ROOMS = tuple(room_of_part(end, part) for end in End for part in SIDE_PARTS)
"""The needs of all the rooms that a part can have of its own."""


ROOM_LABELS = {
    ROOMS[End.COURT]: N_("Room at the Court Point"),
    ROOMS[End.REMOTE]: N_("Room at the Remote Point"),
    room_of_part(End.COURT, Part.PRE): N_("Room at the Court Point before the examination"),
    room_of_part(End.COURT, Part.POST): N_("Room at the Court Point after the examination"),
    room_of_part(End.REMOTE, Part.PRE): N_("Room at the Remote Point before the examination"),
    room_of_part(End.REMOTE, Part.POST): N_("Room at the Remote Point after the examination"),
}


def by_need(hearing: HearingRow) -> dict[str, list[NeedRow]]:
    """The stored rows of each need, best first."""
    in_order = sorted(hearing.needs, key=lambda row: (row.need, row.rank))
    return {need: list(rows) for need, rows in groupby(in_order, key=lambda row: row.need)}


def main_room(hearing: HearingRow, end: End) -> ResourceRow:
    """The room of the examination."""
    return hearing.court_room if end is End.COURT else hearing.remote_room


def own_rooms(hearing: HearingRow, end: End) -> dict[Part, ResourceRow | None]:
    """The parts for which the end has not the room of the examination: another one, or none."""
    stored = by_need(hearing)
    own = {part: stored[room_of_part(end, part)] for part in SIDE_PARTS if room_of_part(end, part) in stored}
    return {part: next((row.resource for row in rows if row.chosen), None) for part, rows in own.items()}


def part_room(hearing: HearingRow, end: End, part: Part) -> ResourceRow | None:
    """The room that is taken at that end during the part; None where none is."""
    return own_rooms(hearing, end).get(part, main_room(hearing, end))


def rooms_in_words(hearing: HearingRow, end: End, *, word: Callable[[str], str]) -> str:
    """The room of the examination and, where a part that has a length has another one or none, that too."""
    lengths = {Part.PRE: hearing.pre_minutes, Part.POST: hearing.post_minutes}
    said = [
        word(_WORDS[part, room is not None]).format(room=room.name if room else "")
        for part, room in own_rooms(hearing, end).items()
        if lengths[part]
    ]
    return "; ".join([main_room(hearing, end).name, *said])
