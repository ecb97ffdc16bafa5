"""A booked hearing of the tests' world, and what was written to remind its people."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import sqlalchemy as sa

from tests.conftest import FindActor
from tests.services.mails import stored
from tests.services.planned import answered, booked
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, NoticeRow, OutboxRow, OutboxState, ParticipantRow

KINDS = ("reminder", "digest")


def invited(units: Units, world: World, actor: FindActor) -> str:
    """Mumbai's hearing is booked for Monday 14 September, 11:00 (11:30 in Dhaka); every invitation has left."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    delivered(units)
    return world.mumbai.hearing


def delivered(units: Units) -> None:
    """Every mail that waits leaves."""
    while deliver_one(units, owner="one"):
        pass


def everybody_accepts(units: Units, reference: str, *, but: tuple[str, ...] = ()) -> None:
    """All answers are there, except those of these public ids."""
    with units.writing() as unit:
        hearing = sa.select(HearingRow.id).where(HearingRow.reference == reference).scalar_subquery()
        rows = unit.session.scalars(sa.select(ParticipantRow).where(ParticipantRow.hearing_id == hearing))
        for row in rows:
            if row.public_id not in but:
                row.answer, row.answered_at = "ACCEPTED", unit.now


def reminding(units: Units, *states: OutboxState) -> list[OutboxRow]:
    """The mails that remind, as they were written."""
    return [row for row in stored(units, *states) if row.kind in KINDS]


def read(row: OutboxRow) -> EmailMessage:
    """The stored bytes, read."""
    return message_from_bytes(row.body, policy=default)


def words(row: OutboxRow) -> str:
    """Everything that can be read in the mail."""
    mail = read(row)
    texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join((*(f"{name}: {value}" for name, value in mail.items()), *texts))


def notices(units: Units) -> list[NoticeRow]:
    """Every notice that was given, detached."""
    with units.reading() as unit:
        rows = list(unit.session.scalars(sa.select(NoticeRow).order_by(NoticeRow.id)))
        unit.session.expunge_all()
        return rows
