"""The use-cases of replacing somebody who cannot come: who else would do, whether the time holds, and the exchange.

Those named as able to serve as well are asked first, in their order; then, for duties that can be exchanged, others
who have the duty (services/standins.py). The judge and counsel are only ever exchanged for those named beforehand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Conflict, Refusal
from vctestimony.domain.instants import to_min, wall_of
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.slots import Need, SlotResource, check_start
from vctestimony.domain.wording import N_
from vctestimony.services import planning, standins
from vctestimony.services.access import hearing_for
from vctestimony.services.needs import pool_of
from vctestimony.services.part_rooms import by_need
from vctestimony.services.reasons import WhyNot, told
from vctestimony.services.seating import Seat, end_of
from vctestimony.services.timetables import Lane, Timetable, search_of, timetable_of, with_taken
from vctestimony.services.unit import Unit
from vctestimony.services.working_hours import working_hours
from vctestimony.store import planning as store
from vctestimony.store.models import HearingRow, OfficialRow, ParticipantRow

MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who would do: whether they can at the booked time, or why not; `is_named` where they were named so."""

    official_id: int
    name: str
    designation: str
    post: str
    is_named: bool
    is_free: bool
    whys: tuple[WhyNot, ...]
    refusal: Refusal | None = None


class AnsweredSince(Conflict):
    """The person may be able to come after all."""

    text = N_("{name} has answered since this page was opened. Nothing was changed; look again.")


def person_at(unit: Unit, reference: str, participant_id: int, *, by: Actor) -> tuple[HearingRow, ParticipantRow]:
    """A hearing with a time and somebody who sits in it, for whoever books it."""
    hearing = hearing_for(unit, reference, by=by, action=Action.BOOK)
    person = next((p for p in hearing.participants if p.id == participant_id and p.removed_at is None), None)
    if person is None or hearing.starts_at is None:
        raise Absent()
    return hearing, person


def stand_ins(unit: Unit, hearing: HearingRow, person: ParticipantRow) -> tuple[StandIn, ...]:
    """Who would do, those first who can at the booked time; each is asked of the search, nothing is claimed."""
    named = _named(unit, hearing, person)
    others = [one for one in _others(unit, hearing, person) if one.id not in {known.id for known in named}]
    wanted = list(islice((*named, *others), MOST_SHOWN))
    if not wanted:
        return ()
    posts = {one.post_id: one.post for one in wanted}
    hours = working_hours(unit, list(posts.values()), wanted)
    timetable = timetable_of(unit, hearing)
    known = {one.id for one in named}
    found = []
    for one in wanted:
        calendar, gap = hours.of_official(one), one.resource.gap_minutes
        resource = SlotResource(str(one.resource_id), calendar, (), one.name, one.post.zone, gap_minutes=gap)
        changed = _with(hearing, timetable, person, one, resource)
        found.append(_asked(unit, hearing, changed, one, is_named=one.id in known))
    return tuple(sorted(found, key=lambda each: not each.is_free))


def exchange(
    unit: Unit, reference: str, participant_id: int, official_id: int, *, seen: str, version: int, by: Actor
) -> None:
    """Let one of those who would do take the place: the one is told not to come, the other is invited."""
    hearing, person = person_at(unit, reference, participant_id, by=by)
    check_same_answer(person, seen=seen)
    if official_id not in {one.official_id for one in stand_ins(unit, hearing, person)}:
        raise planning.NotOfferedHere(field="official")
    seat_instead(unit, hearing, person, official_id, version=version, by=by)


def answer_mark(person: ParticipantRow) -> str:
    """A mark that changes with every answer of the person."""
    return person.answered_at.isoformat() if person.answered_at else ""


def check_same_answer(person: ParticipantRow, *, seen: str) -> None:
    """Refuse to pass over an answer that came after the page was shown (`seen`, see `answer_mark`)."""
    if answer_mark(person) != seen:
        raise AnsweredSince(field="official", name=person.official.name)


def seat_instead(
    unit: Unit, hearing: HearingRow, person: ParticipantRow, official_id: int | None, *, version: int, by: Actor
) -> None:
    """Name the same people with somebody else, or nobody, in this seat; the hearing keeps its time."""
    seats = []
    for one in hearing.participants:
        if one.removed_at is None and (one is not person or official_id is not None):
            who = one.official_id if one is not person or official_id is None else official_id
            seats.append(Seat(who, one.duty, one.is_required, one.side))
    planning.name_people(unit, hearing.reference, seats, version=version, by=by)


def without(timetable: Timetable, key: str, other: SlotResource | None = None) -> Timetable:
    """The timetable in which `other`, or nobody, is needed where `key` was, alone or as one of several."""
    parts = [replace(part, needs=_needs(part.needs, key, other)) for part in timetable.pattern.parts]
    resources = {name: one for name, one in timetable.resources.items() if name != key}
    if other is not None:
        resources[other.key] = other
    return replace(timetable, pattern=replace(timetable.pattern, parts=tuple(parts)), resources=resources)


def _needs(needs: Sequence[Need], key: str, other: SlotResource | None) -> tuple[Need, ...]:
    found: list[Need] = []
    for need in needs:
        if key not in ((need,) if isinstance(need, str) else need):
            found.append(need)
        elif other is not None:
            found.append(other.key)
    return tuple(found)


def _with(
    hearing: HearingRow, timetable: Timetable, person: ParticipantRow, one: OfficialRow, resource: SlotResource
) -> Timetable:
    end = end_of(person.duty, one, court=hearing.court, remote=hearing.remote)
    label = DUTY_LABELS[person.duty]
    lane = Lane(resource.key, label, end, one.post.city, f"stand-in-{resource.key}", label)
    changed = without(timetable, str(person.official.resource_id), resource)
    return replace(changed, lanes=(*changed.lanes, lane))


def _asked(unit: Unit, hearing: HearingRow, timetable: Timetable, one: OfficialRow, *, is_named: bool) -> StandIn:
    if hearing.starts_at is None:
        raise ValueError("somebody is replaced at a time")
    on = wall_of(hearing.starts_at, hearing.court.zone).date()
    whys: tuple[WhyNot, ...] = ()
    refused = None
    try:
        filled = with_taken(unit, hearing, timetable, first_on=on, last_on=on)
        search = search_of(unit, hearing, from_on=on, to_on=on, notice_minutes=0)
        check = check_start(search, filled.pattern, filled.resources, start_min=to_min(hearing.starts_at))
        whys = told(check.causes, filled)
    except Refusal as refusal:
        refused = refusal
    return StandIn(
        official_id=one.id,
        name=one.name,
        designation=one.designation,
        post=one.post.name,
        is_named=is_named,
        is_free=not whys and refused is None,
        whys=whys,
        refusal=refused,
    )


def _named(unit: Unit, hearing: HearingRow, person: ParticipantRow) -> list[OfficialRow]:
    """Those named as able to serve as well, best first."""
    _, rows = pool_of(person, by_need(hearing))
    numbers = [row.resource_id for row in rows if row.resource_id is not None]
    known = store.officials_by_resource(unit.session, numbers)
    seated = {one.official_id for one in hearing.participants if one.removed_at is None}
    found = (known[number] for number in numbers if number in known)
    return [one for one in found if one.is_active and one.id not in seated]


def _others(unit: Unit, hearing: HearingRow, person: ParticipantRow) -> list[OfficialRow]:
    """Others who have the duty and may come from where they are."""
    if person.duty not in standins.EXCHANGED:
        return []
    seated = {one.official_id for one in hearing.participants if one.removed_at is None}
    pool = standins.pool_of(unit, hearing)
    return [one for one in pool.officials if one.id not in seated and standins.can_take(one, person)]
