"""The one place that makes what the search chose the hearing's own: its rooms, its link, the people in its seats."""

from collections.abc import Iterable

from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.hearing import End
from vctestimony.domain.slots import Slot
from vctestimony.services import journal, needs, seating
from vctestimony.services.part_rooms import ROOMS
from vctestimony.services.seating import Seat
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow


def apply(unit: Unit, hearing: HearingRow, slot: Slot, *, by: Actor = SYSTEM) -> None:
    """Let those serve whom the slot chose; nothing happens where they do already, or where there was no choice.

    A person who takes a seat is invited with the next mails, and who leaves it is told. The duty stays filled, as a
    seat is handed over and never given up.
    """
    if not slot.chosen:
        return
    wanted = [one for one in needs.wanted_of(unit, hearing, stay=True) if len(one.candidates) > 1]
    chosen = {one.need: among(slot, (each.key for each in one.candidates)) for one in wanted}
    changed = [one for one in wanted if chosen[one.need] not in {None, str(one.serves)}]
    if not changed:
        return
    for one in changed:
        _place(hearing, one.need, int(str(chosen[one.need])))
    _hand_over(unit, hearing, {one.serves: int(str(chosen[one.need])) for one in changed if one.seat is not None})
    unit.session.flush()
    unit.session.refresh(hearing)
    said = {one.need: chosen[one.need] for one in changed}
    journal.write(unit, "hearing.chosen", subject=hearing.reference, by=by, chosen=said)


def among(slot: Slot, keys: Iterable[str]) -> str | None:
    """Which of these the slot chose; None when it had no such choice. Keys are numbers, so a choice is named by all."""
    wanted = frozenset(keys)
    return next((member for name, member in slot.chosen if frozenset(name.split("|")) == wanted), None)


def _place(hearing: HearingRow, need: str, resource_id: int) -> None:
    if need == needs.LINK:
        hearing.link_id = resource_id
    elif need == ROOMS[End.COURT]:
        hearing.court_room_id = resource_id
    elif need == ROOMS[End.REMOTE]:
        hearing.remote_room_id = resource_id
    for row in hearing.needs:
        if row.need == need:
            row.chosen = row.resource_id == resource_id


def _hand_over(unit: Unit, hearing: HearingRow, successors: dict[int, int]) -> None:
    """Seat the successors, by resource, and leave everybody else where they are."""
    if not successors:
        return
    pool = {
        each.resource.id: each.official
        for one in needs.wanted_of(unit, hearing, stay=True)
        for each in one.candidates
        if each.official is not None
    }
    seats = []
    for person in hearing.participants:
        if person.removed_at is None:
            official = pool.get(successors.get(person.official.resource_id, 0), person.official)
            seats.append(Seat((official or person.official).id, person.duty, person.is_required))
    seating.seat(unit, hearing, tuple(seats))
