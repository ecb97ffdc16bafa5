"""What tests of options do over and over: book one, give all back, count mails and claims."""

import sqlalchemy as sa

from tests.services.planned import version_of
from vctestimony.domain.access import Actor
from vctestimony.services import offering
from vctestimony.services.unit import Units
from vctestimony.store.models import OccupancyKind, OccupancyRow, OutboxRow, OutboxState

ROWS, PEOPLE = 33, 7


def book_option(units: Units, reference: str, by: Actor, number: int, *, seen: str = "") -> None:
    """Book one option of the last offer."""
    version = version_of(units, reference)
    with units.writing() as unit:
        offering.book(unit, reference, number=number, answers_seen=seen, version=version, by=by)


def released(units: Units, reference: str, by: Actor) -> None:
    """Give everything that is held back."""
    version = version_of(units, reference)
    with units.writing() as unit:
        offering.release(unit, reference, version=version, by=by)


def kinds(units: Units, *states: OutboxState) -> list[str]:
    """The kinds of the mails in the outbox, in order; all, or those in the states."""
    with units.reading() as unit:
        query = sa.select(OutboxRow.kind).order_by(OutboxRow.id)
        return list(unit.session.scalars(query.where(OutboxRow.state.in_(states)) if states else query))


def rows(units: Units, kind: OccupancyKind) -> int:
    """How many claims of that kind there are."""
    with units.reading() as unit:
        query = sa.select(sa.func.count()).select_from(OccupancyRow).where(OccupancyRow.kind == kind)
        return unit.session.scalar(query) or 0


def sent(units: Units) -> None:
    """Let every waiting mail have left."""
    with units.writing() as unit:
        unit.session.execute(sa.update(OutboxRow).values(state=OutboxState.SENT, sent_at=unit.now))
