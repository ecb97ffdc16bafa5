"""What the tests of answers and proposals share: the people of a booked hearing, and saying something for them."""

from datetime import datetime

import sqlalchemy as sa

from tests.fakes import NOW
from tests.services.planned import hearing_of_unit
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Duty
from vctestimony.services import answers, proposals
from vctestimony.services.answer_pages import Said, Way
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import HearingRow, ParticipantRow, ProposalRow

BY = Actor(name="Nasrin Alam, by link")


def link(units: Units, reference: str, duty: Duty = Duty.INTERPRETER, *, sequence: int = 0, at: datetime = NOW) -> str:
    """The token of a mail that went to whoever has the duty."""
    return units.ports.tokens.issue(f"{reference}-{duty}", sequence=sequence, now=at)


def say(units: Units, token: str, way: Way, *, seen_at: datetime, comment: str = "", **facts: str | datetime) -> None:
    """Send the form behind a link."""
    said = Said(way=way, seen=seen_at.isoformat(), comment=comment, **facts)  # type: ignore[arg-type]  # by name
    with units.writing() as unit:
        answers.give(unit, token, said)


def seat_of(unit: Unit, reference: str, duty: Duty = Duty.INTERPRETER) -> tuple[HearingRow, ParticipantRow]:
    """The hearing, and whoever has the duty in it now."""
    hearing = hearing_of_unit(unit, reference)
    return hearing, next(p for p in hearing.participants if p.duty is duty and p.removed_at is None)


def person(units: Units, reference: str, duty: Duty = Duty.INTERPRETER) -> ParticipantRow:
    """The participant who was named first with the duty, detached."""
    with units.reading() as unit:
        query = sa.select(ParticipantRow).where(ParticipantRow.public_id == f"{reference}-{duty}")
        row = unit.session.scalars(query).one()
        unit.session.expunge_all()
        return row


def proposed(
    units: Units,
    reference: str,
    starts_at: datetime,
    *,
    duty: Duty = Duty.INTERPRETER,
    sequence: int = 0,
    dtstamp_at: datetime | None = None,
    channel: str = "link",
) -> int:
    """Propose another time for whoever has the duty; the number of the proposal."""
    with units.writing() as unit:
        hearing, seat = seat_of(unit, reference, duty)
        return proposals.propose(
            unit,
            hearing,
            seat,
            starts_at=starts_at,
            ends_at=None,
            comment="",
            channel=channel,
            sequence=sequence,
            dtstamp_at=dtstamp_at,
            by=BY,
        ).id


def named(units: Units, reference: str, address: str = "ruma@dhaka.example", *, duty: Duty = Duty.INTERPRETER) -> int:
    """Name a substitute for whoever has the duty; the number of the proposal."""
    with units.writing() as unit:
        hearing, seat = seat_of(unit, reference, duty)
        return proposals.name_substitute(
            unit,
            hearing,
            seat,
            name="Ruma Akter",
            designation="Interpreter",
            address=address,
            comment="",
            channel="link",
            sequence=0,
            dtstamp_at=None,
            by=BY,
        ).id


def kept(units: Units) -> list[ProposalRow]:
    """Every proposal, the oldest first, detached."""
    with units.reading() as unit:
        rows = list(unit.session.scalars(sa.select(ProposalRow).order_by(ProposalRow.id)))
        unit.session.expunge_all()
        return rows


def standings(units: Units) -> list[tuple[str, str]]:
    """Where each stands, and what made it moot."""
    return [(row.state.value, row.ending) for row in kept(units)]
