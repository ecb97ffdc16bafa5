"""The one place that finds what speaks against confirming a hearing, though nothing that must come first is open.

A calendar that changed since the booking, own calendars and leave, and who answered that they cannot come. None of it
forbids: who confirms reads it and says that the hearing is to take place all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Invalid
from vctestimony.domain.itip import PartStat
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.wording import N_
from vctestimony.services.reasons import WhyNot
from vctestimony.services.stranded import times_stranded
from vctestimony.services.unit import Unit
from vctestimony.store import occupancy
from vctestimony.store.models import HearingRow, OccupancyKind

CANNOT_COME = N_("answered that they cannot come")
_KINDS: Mapping[OccupancyKind, str] = {
    OccupancyKind.LEAVE: N_("on leave"),
    OccupancyKind.IMPORTED: N_("busy by their own calendar"),
    OccupancyKind.IMPORTED_TENTATIVE: N_("perhaps busy by their own calendar"),
}


class NotAllTheSame(Invalid):
    """Nobody confirms over a warning without having said so."""

    text = N_("Read what speaks against it. If the hearing is to take place all the same, tick the box.")


@dataclass(frozen=True, slots=True)
class Absentee:
    """Somebody needed who may not be there: who, in which duty, and why (a marked text)."""

    name: str
    duty: str
    what: str


@dataclass(frozen=True, slots=True)
class Doubts:
    """Why the calendars do not allow the hearing's time, and who may not be there."""

    whys: tuple[WhyNot, ...]
    people: tuple[Absentee, ...]

    @property
    def count(self) -> int:
        """How many things speak against it."""
        return len(self.whys) + len(self.people)


def doubts_of(unit: Unit, hearing: HearingRow, *, by: Actor) -> Doubts:
    """Everything that speaks against the hearing at its time."""
    whys = [why for one in times_stranded(unit, hearing, (), by=by) for why in one.whys]
    taken = occupancy.own_time_within(unit.session, hearing.id, kinds=_KINDS)
    people = []
    for seat in hearing.participants:
        if seat.removed_at is None and seat.is_required:
            said = [CANNOT_COME] if seat.answer == PartStat.DECLINED else []
            said += [_KINDS[kind] for number, kind in taken if number == seat.official.resource_id]
            people += [Absentee(seat.official.name, DUTY_LABELS[seat.duty], what) for what in said]
    return Doubts(tuple(whys), tuple(people))


def check(unit: Unit, hearing: HearingRow, *, all_the_same: bool, by: Actor) -> int:
    """How many things speak against it; refused unless it is to take place all the same."""
    count = doubts_of(unit, hearing, by=by).count
    if count and not all_the_same:
        raise NotAllTheSame(field="all_the_same")
    return count
