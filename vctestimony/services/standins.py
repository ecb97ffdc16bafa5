"""The one place that lists what single change a hearing could bear: who or what could stand in, and what could go.

An idea is data: which resources it puts in place of which, and who comes with calendars of their own. What it would
open is for services/relaxing.py to compute. The judge, counsel and the investigating officer are never exchanged.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.domain.hearing import End, Lengths
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.slots import SlotResource
from vctestimony.services import gates
from vctestimony.services.needs import SEAT
from vctestimony.services.part_rooms import own_rooms
from vctestimony.services.timetables import lengths_of, sits_off_hours
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import WorkingHours, working_hours
from vctestimony.store import standins
from vctestimony.store.models import HearingRow, OfficialRow, ParticipantRow, PostRow, ResourceRow

# Who may come from any post of the two countries; the others stand in only for somebody of their own post.
_TRAVELLING = frozenset({Duty.INTERPRETER, Duty.SUPPORT_PERSON, Duty.LEGAL_STAFF, Duty.TECHNICIAN})
_OF_A_POST = frozenset({Duty.COURT_COORDINATOR, Duty.REMOTE_COORDINATOR, Duty.PROSECUTION, Duty.PRISON})
EXCHANGED = _TRAVELLING | _OF_A_POST
MOST_EACH, MOST_PLACES = 3, 3
SHORTER_BY, SHORTEST_MAIN = 30, 45


class Change(StrEnum):
    """What kind of change it is."""

    ROOM = "room"
    LINK = "link"
    PERSON = "person"
    OFF_HOURS = "off_hours"
    PLACE = "place"
    WITHOUT = "without"
    SHORTER = "shorter"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Idea:
    """One change. `swaps` gives for a key what comes in its place, or None for nothing; `added` are those who come.

    `label` says what is changed and `other` what comes instead; `place` is the other Remote Point, `people` who would
    serve there.
    """

    change: Change
    label: str
    other: str = ""
    city: str = ""
    swaps: Mapping[str, str | None] = field(default_factory=dict)
    added: tuple[SlotResource, ...] = ()
    place: PostRow | None = None
    people: tuple[str, ...] = ()
    lengths: Lengths | None = None
    notice_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """Everything that could stand in, read in three queries, with the calendars of those who have their own."""

    rooms: Sequence[tuple[ResourceRow, PostRow]]
    links: Sequence[ResourceRow]
    officials: Sequence[OfficialRow]
    hours: WorkingHours


def pool_of(unit: Unit, hearing: HearingRow) -> Pool:
    """What could stand in for something of this hearing."""
    rooms = standins.rooms(unit.session, hearing)
    officials = standins.officials(unit.session, hearing, EXCHANGED)
    posts = {post.id: post for post in (hearing.court, hearing.remote, *(post for _, post in rooms))}
    posts |= {one.post_id: one.post for one in officials}
    known = frozenset(unit.ports.calendars.ids())
    usable = [post for post in posts.values() if post.calendar_id in known]
    numbers = {post.id for post in usable}
    return Pool(
        rooms=[(room, post) for room, post in rooms if post.id in numbers],
        links=standins.links(unit.session, hearing),
        officials=[one for one in officials if one.post_id in numbers],
        hours=working_hours(unit, usable, [one for one in officials if one.post_id in numbers]),
    )


def ideas_of(hearing: HearingRow, pool: Pool, *, barring: Collection[str]) -> Iterator[Idea]:
    """The changes worth computing: to exchange or drop one thing opens times only where it alone stands in the way."""
    seats = [p for p in hearing.participants if p.removed_at is None and p.is_required]
    if str(hearing.court_room_id) in barring:
        yield from islice(_rooms(pool, hearing.court_room, hearing.court), MOST_EACH)
    if str(hearing.remote_room_id) in barring:
        yield from islice(_rooms(pool, hearing.remote_room, hearing.remote), MOST_EACH)
    if str(hearing.link_id) in barring:
        yield from islice(_links(pool, hearing), MOST_EACH)
    for seat in seats:
        if str(seat.official.resource_id) in barring:
            yield from islice(_persons(pool, seats, seat), MOST_EACH)
            yield from _without(hearing, seats, seat)
    if not sits_off_hours(hearing):
        yield Idea(Change.OFF_HOURS, "", city=hearing.court.city)
    yield from _shorter(hearing)
    yield from _sooner(hearing)


def _rooms(pool: Pool, room: ResourceRow, post: PostRow) -> Iterator[Idea]:
    for other, at in pool.rooms:
        if at.id == post.id:
            added = _resource(other, pool.hours.of_post(post.id), post)
            yield Idea(Change.ROOM, room.name, other.name, post.city, {str(room.id): added.key}, (added,))


def _links(pool: Pool, hearing: HearingRow) -> Iterator[Idea]:
    for other in pool.links:
        added = _resource(other, None, hearing.remote)
        yield Idea(Change.LINK, hearing.link.name, other.name, "", {str(hearing.link_id): added.key}, (added,))


def _persons(pool: Pool, seats: Sequence[ParticipantRow], seat: ParticipantRow) -> Iterator[Idea]:
    seated = {one.official_id for one in seats}
    for other in pool.officials:
        if other.id in seated or not can_take(other, seat):
            continue
        added = _official(pool, other)
        label, old = DUTY_LABELS[seat.duty], str(seat.official.resource_id)
        yield Idea(Change.PERSON, label, other.name, other.post.city, {old: added.key}, (added,))


def can_take(other: OfficialRow, seat: ParticipantRow) -> bool:
    """Whether this official has the duty of the seat and may come from where they are."""
    if seat.duty not in EXCHANGED or seat.duty.value not in other.duties:
        return False
    return seat.duty in _TRAVELLING or other.post_id == seat.official.post_id


def _without(hearing: HearingRow, seats: Sequence[ParticipantRow], seat: ParticipantRow) -> Iterator[Idea]:
    """To go on without somebody is an idea only where neither law nor order asks for them, or another has the duty."""
    needed = {one.duty for one in gates.required_of(hearing) if one.required}
    alone = not any(one.duty is seat.duty and one is not seat for one in seats)
    if seat.duty in needed and alone:
        return
    yield Idea(Change.WITHOUT, DUTY_LABELS[seat.duty], seat.official.name, swaps={str(seat.official.resource_id): None})


def _shorter(hearing: HearingRow) -> Iterator[Idea]:
    lengths = lengths_of(hearing)
    main = lengths.main - SHORTER_BY
    if main >= SHORTEST_MAIN:
        yield Idea(Change.SHORTER, "", lengths=Lengths(lengths.pre, main, lengths.post))


def _sooner(hearing: HearingRow) -> Iterator[Idea]:
    """Where one place asks for longer notice than the other, the notice of the other."""
    shorter, longer = sorted((hearing.court, hearing.remote), key=lambda post: post.notice_minutes)
    if shorter.notice_minutes < longer.notice_minutes:
        yield Idea(Change.NOTICE, longer.name, longer.code, longer.city, notice_minutes=shorter.notice_minutes)


def places_of(hearing: HearingRow, pool: Pool, minutes_taken: Callable[[str], int]) -> Iterator[Idea]:
    """Other places of the Remote Point's country that have a room and everybody who now comes from the Remote Point.

    In each place the least occupied room and people; `minutes_taken` says how occupied a key is. None is named where
    the daylight of the place, an own room of a part or a choice of people would have to be settled with it.
    """
    if hearing.order.daylight_only or own_rooms(hearing, End.REMOTE) or any(SEAT in row.need for row in hearing.needs):
        return
    seats = [p for p in hearing.participants if p.removed_at is None and p.is_required]
    leaving = [seat for seat in seats if seat.official.post_id == hearing.remote_id]
    posts = {
        post.id: post
        for _, post in pool.rooms
        if post.id not in {hearing.court_id, hearing.remote_id} and post.zone == hearing.remote.zone
    }
    found = (_place(hearing, pool, post, leaving, minutes_taken) for post in posts.values())
    yield from islice((idea for idea in found if idea is not None), MOST_PLACES)


def place_candidates(hearing: HearingRow, pool: Pool) -> tuple[SlotResource, ...]:
    """Every room and person that `places_of` may choose from."""
    own = {hearing.court_id, hearing.remote_id}
    rooms = (_resource(room, pool.hours.of_post(post.id), post) for room, post in pool.rooms if post.id not in own)
    return (*rooms, *(_official(pool, one) for one in pool.officials if one.post_id not in own))


def _place(
    hearing: HearingRow,
    pool: Pool,
    post: PostRow,
    leaving: Iterable[ParticipantRow],
    minutes_taken: Callable[[str], int],
) -> Idea | None:
    rooms = [room for room, at in pool.rooms if at.id == post.id]
    room = min(rooms, key=lambda one: (minutes_taken(str(one.id)), one.name, one.id))
    added = [_resource(room, pool.hours.of_post(post.id), post)]
    swaps: dict[str, str | None] = {str(hearing.remote_room_id): added[0].key}
    people: list[str] = []
    for seat in leaving:
        able = [one for one in pool.officials if one.post_id == post.id and seat.duty.value in one.duties]
        able = [one for one in able if str(one.resource_id) not in swaps.values()]
        if not able:
            return None
        chosen = min(able, key=lambda one: (minutes_taken(str(one.resource_id)), one.name, one.id))
        added.append(_official(pool, chosen))
        swaps[str(seat.official.resource_id)] = added[-1].key
        people.append(chosen.name)
    return Idea(Change.PLACE, room.name, post.name, post.city, swaps, tuple(added), post, tuple(people))


def _resource(row: ResourceRow, calendar: WorkingCalendar | None, post: PostRow) -> SlotResource:
    return SlotResource(str(row.id), calendar, (), row.name, post.zone, gap_minutes=row.gap_minutes)


def _official(pool: Pool, row: OfficialRow) -> SlotResource:
    calendar, gap = pool.hours.of_official(row), row.resource.gap_minutes
    return SlotResource(str(row.resource_id), calendar, (), row.name, row.post.zone, gap_minutes=gap)
