"""The one place that makes what the search chose the hearing's own: its rooms, its link, the people in its seats."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.hearing import End
from vctestimony.domain.slots import Slot
from vctestimony.services import journal, needs, seating
from vctestimony.services.needs import Candidate
from vctestimony.services.part_rooms import ROOMS
from vctestimony.services.seating import Seat
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, OfficialRow, ParticipantRow

Chosen = Iterable[tuple[str, str]]
"""Choices as a slot names them: all who would do, and the one who was taken."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Who would serve in a seat at some time: whoever sits there now, or another who would do."""

    seat: ParticipantRow
    official: OfficialRow
    end: End

    @property
    def is_other(self) -> bool:
        """Whether it would be somebody else than now."""
        return self.official.id != self.seat.official_id


def apply(unit: Unit, hearing: HearingRow, slot: Slot, *, by: Actor = SYSTEM) -> None:
    """Let those serve whom the slot chose; nothing happens where they do already, or where there was no choice.

    A person who takes a seat is invited with the next mails, and who leaves it is told. The duty stays filled, as a
    seat is handed over and never given up.
    """
    if not slot.chosen:
        return
    wanted = [one for one in needs.wanted_of(unit, hearing, stay=True) if len(one.candidates) > 1]
    chosen = {one.need: among(slot.chosen, (each.key for each in one.candidates)) for one in wanted}
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


def served(unit: Unit, hearing: HearingRow, chosen: Chosen) -> tuple[Serving, ...]:
    """Everybody who would serve if `apply` made these choices the hearing's own; nothing is changed."""
    taken = _taken(unit, hearing, tuple(chosen))
    seats = [(seat, taken.get(seat.id)) for seat in hearing.participants if seat.removed_at is None]
    return tuple(
        Serving(seat, other.official, other.end) if other and other.official else Serving(seat, seat.official, seat.end)
        for seat, other in seats
    )


def _taken(unit: Unit, hearing: HearingRow, chosen: tuple[tuple[str, str], ...]) -> Mapping[int, Candidate]:
    """Who was chosen for each seat for which several would do."""
    if not chosen:
        return {}
    found: dict[int, Candidate] = {}
    for one in needs.wanted_of(unit, hearing, stay=True):
        key = among(chosen, (each.key for each in one.candidates))
        if one.seat is not None and key is not None:
            found[one.seat.id] = next(each for each in one.candidates if each.key == key)
    return found


def among(chosen: Chosen, keys: Iterable[str]) -> str | None:
    """Which of these was chosen; None when there was no such choice. Keys are numbers, so a choice is named by all."""
    wanted = frozenset(keys)
    return next((member for name, member in chosen if frozenset(name.split("|")) == wanted), None)


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
            seats.append(Seat((official or person.official).id, person.duty, person.is_required, person.side))
    seating.seat(unit, hearing, tuple(seats))
