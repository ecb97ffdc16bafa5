"""Makes the hearings of the tests' world short enough for a sitting, and answers every question of their cases."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.casework import ASKED_OF_CASE, ASKED_OF_ORDER, ASKED_OF_WITNESS
from vctestimony.domain.options import USUAL_HOURS
from vctestimony.services import checklists
from vctestimony.services.offering import Offer, offer
from vctestimony.services.scheduling import book, move
from vctestimony.services.unit import Unit, Units
from vctestimony.store import hearings, options
from vctestimony.store.models import HearingRow, OccupancyKind, OccupancyRow, OptionRow

KOLKATA = "Asia/Kolkata"
MONDAY_11 = datetime(2026, 9, 14, 11, 0)  # 11:30 in Dhaka
MONDAY_11_AT = datetime(2026, 9, 14, 5, 30, tzinfo=UTC)
MONDAY_14 = datetime(2026, 9, 14, 14, 0)
TUESDAY_11 = datetime(2026, 9, 15, 11, 0)
FRIDAY_11 = datetime(2026, 9, 18, 11, 0)


@dataclass(frozen=True, slots=True)
class PlainClaim:
    """What a link says."""

    participant: str
    sequence: int


class PlainTokens:
    """Links that anybody could make up; signing them is tested elsewhere."""

    def issue(self, participant: str, *, sequence: int, now: datetime) -> str:
        """The id and the sequence as they are."""
        return f"{participant}.{sequence}"

    def read(self, token: str, *, max_age: timedelta, now: datetime) -> PlainClaim:
        """What `issue` wrote."""
        participant, _, sequence = token.rpartition(".")
        return PlainClaim(participant, int(sequence))


def answered(session: Session, world: World) -> None:
    """15, 60 and 15 minutes for each hearing; every question answered with no, but for the interpreter."""
    for court in (world.mumbai, world.pune):
        row = session.get_one(HearingRow, court.hearing_id)
        row.pre_minutes, row.main_minutes, row.post_minutes = 15, 60, 15
        row.case.facts = dict.fromkeys(ASKED_OF_CASE, False)
        row.order.facts = dict.fromkeys(ASKED_OF_ORDER, False)
        row.witness.facts = {**dict.fromkeys(ASKED_OF_WITNESS, False), "interpreter": True, "support_person": True}
    session.flush()


def listed(units: Units, world: World, by: Actor) -> str:
    """The hearing in Mumbai with every question answered and its checklist made; its reference."""
    with units.writing() as unit:
        answered(unit.session, world)
        checklists.compose_for(unit, unit.session.get_one(HearingRow, world.mumbai.hearing_id), by=by)
    return world.mumbai.hearing


def version_of(units: Units, reference: str) -> int:
    """The version that a form opened now would carry."""
    return hearing_of(units, reference).version


def hearing_of(units: Units, reference: str) -> HearingRow:
    """The row as it is stored, detached."""
    with units.reading() as unit:
        row = hearing_of_unit(unit, reference)
        unit.session.expunge_all()
        return row


def hearing_of_unit(unit: Unit, reference: str) -> HearingRow:
    """The row within the unit."""
    row = hearings.by_reference(unit.session, reference)
    assert row is not None
    return row


def booked(units: Units, reference: str, by: Actor, wall: datetime = MONDAY_11) -> None:
    """Book the hearing."""
    version = version_of(units, reference)
    with units.writing() as unit:
        book(unit, reference, starts_wall=wall, zone=KOLKATA, version=version, by=by)


def held(
    units: Units, reference: str, by: Actor, *walls: datetime, asks: bool = False, hours: int = USUAL_HOURS
) -> None:
    """Hold those starts, MONDAY_11 when none is given; with `asks`, write to everybody."""
    version = version_of(units, reference)
    with units.writing() as unit:
        what = Offer(starts=walls or (MONDAY_11,), zone=KOLKATA, hours=hours, asks=asks)
        offer(unit, reference, what, version=version, by=by)


def options_of(units: Units, reference: str) -> list[OptionRow]:
    """The last offer of the hearing with its answers, detached."""
    with units.reading() as unit:
        found = list(options.newest_offer(unit.session, hearing_of_unit(unit, reference).id))
        unit.session.expunge_all()
        return found


def moved_to(units: Units, reference: str, by: Actor, wall: datetime, reason: str = "The judge is ill") -> None:
    """Move the hearing."""
    version = version_of(units, reference)
    with units.writing() as unit:
        move(unit, reference, starts_wall=wall, zone=KOLKATA, reason=reason, version=version, by=by)


def take(units: Units, resource_id: int, start_min: int, end_min: int, *, blocking: bool = True) -> None:
    """Let something else have the resource."""
    with units.writing() as unit:
        kind = OccupancyKind.OTHER if blocking else OccupancyKind.LEAVE
        unit.session.add(
            OccupancyRow(resource_id=resource_id, start_min=start_min, end_min=end_min, kind=kind, blocking=blocking)
        )
