"""The use-case of naming who or what would do as well: other rooms, links and people, in the order they are asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Invalid, Stale
from vctestimony.domain.hearing import End, State
from vctestimony.domain.wording import N_
from vctestimony.services import addressing, journal
from vctestimony.services.access import hearing_for
from vctestimony.services.needs import LINK, SEAT, Wanted, pool_of, wanted_of
from vctestimony.services.part_rooms import OWN_ROOMS, by_need
from vctestimony.services.placing import PlanClosed, drop
from vctestimony.services.seating import NamedTwice, NotOfferedHere
from vctestimony.services.unit import Unit
from vctestimony.store import planning
from vctestimony.store.models import HearingRow, NeedRow

MOST = 3
"""How many others can be named for one need."""

_OPEN = frozenset({State.REQUESTED, State.BOOKED, State.CONFIRMED})
Choice = tuple[int, str]


class ChosenTwice(Invalid):
    """The same room or link in two ranks."""

    text = N_("This one is named twice. Name each at most once.")


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need as the form shows it: who serves now, who else could, and those named so far, best first."""

    need: str
    label: str
    serves: str
    offered: tuple[Choice, ...]
    named: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AlternativesPage:
    """The form of everything that would do as well."""

    reference: str
    case_number: str
    pseudonym: str
    needs: tuple[NeedView, ...]
    has_time: bool
    version: int


def open_page(unit: Unit, reference: str, *, by: Actor) -> AlternativesPage:
    """Every need of the hearing with its others, rooms first, then link and people."""
    hearing = hearing_for(unit, reference, by=by, action=Action.PLAN)
    return AlternativesPage(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        needs=_views(unit, hearing),
        has_time=hearing.starts_at is not None,
        version=hearing.version,
    )


def name(unit: Unit, reference: str, others: Mapping[str, Sequence[int]], *, version: int, by: Actor) -> None:
    """Name exactly these others, by need; who serves now is asked first. They count from the next time that is taken.

    Refuses what was not offered, the same one twice, a person for two places, and two people with one mailbox.
    """
    hearing = hearing_for(unit, reference, by=by, action=Action.PLAN)
    if hearing.version != version:
        raise Stale()
    if hearing.state not in _OPEN:
        raise PlanClosed()
    views = {view.need: view for view in _views(unit, hearing)}
    _check(views, others)
    _check_mailboxes(unit, hearing, others)
    serving = {one.need: one.serves for one in wanted_of(unit, hearing, stay=True)}
    for need in by_need(hearing):
        if need not in OWN_ROOMS:
            drop(hearing, need)
    unit.session.flush()
    for need in views:
        _store(hearing, need, [serving[need], *others.get(need, ())])
    flag_modified(hearing, "state")  # what would do as well is part of what a form of this hearing shows
    unit.session.flush()
    said = {need: len(found) for need, found in others.items() if found}
    journal.write(unit, "hearing.alternatives", subject=reference, by=by, others=said)


def prune(hearing: HearingRow) -> None:
    """Forget the others of a place whose person was replaced, or of whom one now has another place."""
    stored = by_need(hearing)
    seated = [pool_of(person, stored)[0] for person in hearing.participants if person.removed_at is None]
    for need in stored:
        if need.startswith(f"{SEAT}:") and seated.count(need) != 1:
            drop(hearing, need)


def copy(past: HearingRow, row: HearingRow) -> None:
    """Let the same others do for another hearing with the same rooms and people."""
    for need in by_need(past):
        drop(row, need)
    for one in past.needs:
        row.needs.append(NeedRow(need=one.need, rank=one.rank, resource_id=one.resource_id, chosen=one.chosen))


def _store(hearing: HearingRow, need: str, members: Sequence[int]) -> None:
    if need in OWN_ROOMS:
        drop(hearing, need)
    elif len(members) == 1:
        return
    for rank, member in enumerate(members):
        hearing.needs.append(NeedRow(need=need, rank=rank, resource_id=member, chosen=need in OWN_ROOMS and rank == 0))


def _check(views: Mapping[str, NeedView], others: Mapping[str, Sequence[int]]) -> None:
    people: set[int] = set()
    for need, found in others.items():
        view = views.get(need)
        names = dict(view.offered) if view else {}
        for at, member in enumerate(found):
            field = field_of(need, at)
            if member not in names:
                raise NotOfferedHere(field=field)
            if member in found[:at]:
                raise ChosenTwice(field=field)
            if member in people:
                raise NamedTwice(field=field, name=names[member])
        if need.startswith(f"{SEAT}:"):
            people |= set(found)


def _check_mailboxes(unit: Unit, hearing: HearingRow, others: Mapping[str, Sequence[int]]) -> None:
    """Whoever may come to sit in one seat has another mailbox than whoever may sit in any other."""
    known = {official.resource_id: official for official in planning.officials_for(unit.session, hearing)}
    known |= {person.official.resource_id: person.official for person in hearing.participants}
    addressing.check_instead(
        unit,
        {
            one.need: [
                (known[member], field_of(one.need, max(0, at - 1)))
                for at, member in enumerate((one.serves, *others.get(one.need, ())))
            ]
            for one in wanted_of(unit, hearing, stay=True)
            if one.seat is not None
        },
    )


def field_of(need: str, rank: int) -> str:
    """What the field of a need's other is called.

    >>> field_of("court_room:pre", 0)
    'or-court_room-pre-0'
    """
    return f"or-{need.replace(':', '-')}-{rank}"


def _views(unit: Unit, hearing: HearingRow) -> tuple[NeedView, ...]:
    wanted = wanted_of(unit, hearing, stay=True)
    offered = _offered(unit, hearing, wanted)
    return tuple(_view(one, offered[one.need]) for one in wanted)


def _view(one: Wanted, offered: Iterable[Choice]) -> NeedView:
    serving = next(each for each in one.candidates if each.resource.id == one.serves)
    named = [each.resource.id for each in one.candidates if each.resource.id != one.serves]
    served_by = serving.official.name if serving.official else serving.resource.name
    return NeedView(one.need, one.label, served_by, tuple(offered), tuple(named))


def _offered(unit: Unit, hearing: HearingRow, wanted: Sequence[Wanted]) -> dict[str, list[Choice]]:
    """For each need what else there is: rooms of the same place, links, people who have that duty and no place yet."""
    rooms = planning.rooms(unit.session)
    links = [(link.id, link.name) for link in planning.links(unit.session)]
    officials = planning.officials_for(unit.session, hearing)
    seated = {person.official_id for person in hearing.participants if person.removed_at is None}
    found: dict[str, list[Choice]] = {}
    for one in wanted:
        if one.seat is not None:
            duty = one.seat.duty
            able = [o for o in officials if o.id not in seated and (duty in o.duties or not o.duties)]
            found[one.need] = [(o.resource_id, f"{o.name}, {o.designation} ({o.post.name})") for o in able]
        elif one.need == LINK:
            found[one.need] = [link for link in links if link[0] != one.serves]
        else:
            at = hearing.court_id if one.candidates[0].end is End.COURT else hearing.remote_id
            found[one.need] = [(room.id, room.name) for room, post in rooms if post.id == at and room.id != one.serves]
    return found
