"""Hands out links to checklists and sends ticks by them, as a phone does."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from vctestimony.domain.access import Actor
from vctestimony.domain.field_ticks import Sending, SentTick
from vctestimony.domain.people import Duty
from vctestimony.services import field_links, field_ticks
from vctestimony.services.unit import Units
from vctestimony.store.models import FieldTickRow, ParticipantRow


def seat_of(units: Units, reference: str, duty: Duty = Duty.REMOTE_COORDINATOR) -> int:
    """The number of the participant with that duty."""
    with units.reading() as unit:
        found = unit.session.scalar(sa.select(ParticipantRow.id).filter_by(public_id=f"{reference}-{duty}"))
        assert found is not None
        return found


def link(units: Units, reference: str, by: Actor, duty: Duty = Duty.REMOTE_COORDINATOR) -> str:
    """The token of a link made now."""
    seat = seat_of(units, reference, duty)
    with units.writing() as unit:
        field_links.make(unit, reference, seat, by=by)
    with units.reading() as unit:
        return field_links.of_person(unit, reference, seat, by=by).address.rpartition("/")[2]


def ticked(step: str, version: int, said_at: datetime, *, number: int = 1, note: str = "") -> SentTick:
    """A tick with an id of its own."""
    return SentTick(str(UUID(int=number)), step, version, said_at, note)


def sent(units: Units, token: str, *ticks: SentTick, at: datetime) -> list[str]:
    """What is answered to each when the phone sends them at that hour of its own clock."""
    with units.writing() as unit:
        return [one.outcome.value for one in field_ticks.take(unit, token, Sending(at, ticks))]


def kept(units: Units) -> list[tuple[str, str, datetime, int]]:
    """Step, outcome, corrected instant and skew of everything that came."""
    with units.reading() as unit:
        rows = unit.session.scalars(sa.select(FieldTickRow).order_by(FieldTickRow.id))
        return [(row.step_id, row.outcome.value, row.done_at, row.skew_seconds) for row in rows]


MINUTE = timedelta(minutes=1)
