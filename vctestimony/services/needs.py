"""The one place that says what a hearing needs, part by part, and for each need who or what would do, best first.

Needs are named `court_room`, `remote_room`, `link`, `court_room:pre` and the like for the room of one part, and
`seat:7` for the place that participant 7 had when its others were named. What has no other has one candidate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vctestimony.domain.hearing import End, Part
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.wording import N_
from vctestimony.services.invited import attends
from vctestimony.services.part_rooms import ROOM_LABELS, ROOMS, by_need, own_rooms, room_of_part
from vctestimony.services.seating import end_of
from vctestimony.services.unit import Unit
from vctestimony.store import planning
from vctestimony.store.models import HearingRow, NeedRow, OfficialRow, ParticipantRow, ResourceRow

LINK, SEAT = "link", "seat"
EVERY_PART = frozenset(Part)
_LINK_LABEL = N_("Video link")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that would do, at which end; without an official and a post it is open at all hours."""

    resource: ResourceRow
    end: End
    official: OfficialRow | None = None

    @property
    def key(self) -> str:
        """The resource as the slot search calls it."""
        return str(self.resource.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One need: during which parts, who would do in the order in which they are asked, and who serves now.

    `seat` is the participant whose place it is; `label` is a marked text.
    """

    need: str
    label: str
    parts: frozenset[Part]
    candidates: tuple[Candidate, ...]
    serves: int
    seat: ParticipantRow | None = None


def wanted_of(unit: Unit, hearing: HearingRow, *, stay: bool) -> tuple[Wanted, ...]:
    """Every need of the hearing. With `stay`, who serves now is asked first, else whoever is ranked first."""
    stored = by_need(hearing)
    seats = [person for person in hearing.participants if person.removed_at is None and person.is_required]
    known = _officials(unit, stored)
    found = [*_rooms(hearing, stored), _link(hearing, stored), *(_seat(hearing, seat, stored, known) for seat in seats)]
    return tuple(_in_order(one, stay=stay) for one in found)


def pool_of(person: ParticipantRow, stored: Mapping[str, Sequence[NeedRow]]) -> tuple[str, Sequence[NeedRow]]:
    """The stored need to which this person belongs, with all who would do; nothing when there is no other."""
    mine = person.official.resource_id
    for need, rows in stored.items():
        if need.startswith(f"{SEAT}:") and any(row.resource_id == mine for row in rows):
            return need, rows
    return "", ()


def _rooms(hearing: HearingRow, stored: Mapping[str, Sequence[NeedRow]]) -> list[Wanted]:
    found = []
    for end, room in ((End.COURT, hearing.court_room), (End.REMOTE, hearing.remote_room)):
        own = own_rooms(hearing, end)
        things = _things(stored, ROOMS[end], room, end)
        found.append(Wanted(ROOMS[end], ROOM_LABELS[ROOMS[end]], EVERY_PART - own.keys(), things, room.id))
        for part, chosen in own.items():
            if chosen is not None:
                need = room_of_part(end, part)
                things = _things(stored, need, chosen, end)
                found.append(Wanted(need, ROOM_LABELS[need], frozenset({part}), things, chosen.id))
    return found


def _link(hearing: HearingRow, stored: Mapping[str, Sequence[NeedRow]]) -> Wanted:
    things = _things(stored, LINK, hearing.link, End.REMOTE)
    return Wanted(LINK, _LINK_LABEL, EVERY_PART, things, hearing.link_id)


def _things(stored: Mapping[str, Sequence[NeedRow]], need: str, serves: ResourceRow, end: End) -> tuple[Candidate, ...]:
    rows = [row.resource for row in stored.get(need, ()) if row.resource is not None]
    usable = [one for one in rows if one.is_active or one.id == serves.id]
    return tuple(Candidate(one, end) for one in (usable if serves in usable else [serves]))


def _seat(
    hearing: HearingRow,
    seat: ParticipantRow,
    stored: Mapping[str, Sequence[NeedRow]],
    known: Mapping[int, OfficialRow],
) -> Wanted:
    need, rows = pool_of(seat, stored)
    pool = [known[row.resource_id] for row in rows if row.resource_id is not None and row.resource_id in known]
    usable = [one for one in pool if one.is_active or one.id == seat.official_id]
    candidates = tuple(Candidate(one.resource, _end_of(hearing, seat, one), one) for one in usable or [seat.official])
    label, serves = DUTY_LABELS[seat.duty], seat.official.resource_id
    return Wanted(need or f"{SEAT}:{seat.id}", label, attends(seat), candidates, serves, seat)


def _end_of(hearing: HearingRow, seat: ParticipantRow, official: OfficialRow) -> End:
    if official.id == seat.official_id:
        return seat.end
    return end_of(seat.duty, official, court=hearing.court, remote=hearing.remote)


def _officials(unit: Unit, stored: Mapping[str, Sequence[NeedRow]]) -> Mapping[int, OfficialRow]:
    numbers = [row.resource_id for need, rows in stored.items() if need.startswith(f"{SEAT}:") for row in rows]
    return planning.officials_by_resource(unit.session, [one for one in numbers if one is not None])


def _in_order(wanted: Wanted, *, stay: bool) -> Wanted:
    if not stay:
        return wanted
    first = [one for one in wanted.candidates if one.resource.id == wanted.serves]
    others = [one for one in wanted.candidates if one.resource.id != wanted.serves]
    return Wanted(wanted.need, wanted.label, wanted.parts, (*first, *others), wanted.serves, wanted.seat)
