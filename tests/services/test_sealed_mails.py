"""Mails lie sealed in the outbox, leave as the bytes that were written, and cannot be opened in another row's place."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import MemorySender
from tests.services.mails import real_letters, stored
from tests.services.planned import answered, booked
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.domain.sealing import VaultShut
from vctestimony.services import mail_lists, sealed_mails, vault_rotation
from vctestimony.services.ports import Ports
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store.models import OutboxRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """With mails as they leave."""
    return replace(ports, letters=real_letters())


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World) -> Actor:
    by = actor(Role.COORDINATOR, "mumbai")
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, by)
    return by


def raw(units: Units) -> list[bytes]:
    with units.reading() as unit:
        return list(unit.session.scalars(sa.select(OutboxRow.body).order_by(OutboxRow.id)))


@pytest.mark.threat("T5")
def test_what_lies_there_tells_nothing_and_what_leaves_is_what_was_written(
    units: Units, mumbai: Actor, sender: MemorySender
) -> None:
    written = [(row.to_address, row.body) for row in stored(units)]
    assert written
    assert not any(b"Message-ID" in body or b"VCALENDAR" in body for body in raw(units))
    while deliver_one(units, owner="one"):
        pass
    assert sorted(sender.sent) == sorted(written)


@pytest.mark.threat("T6")
def test_a_mail_of_another_row_is_refused(units: Units, mumbai: Actor) -> None:
    with units.writing() as unit:
        one, other = unit.session.scalars(sa.select(OutboxRow).order_by(OutboxRow.id).limit(2))
        one.body, one.key_id = other.body, other.key_id
        with pytest.raises(VaultShut):
            sealed_mails.content_of(unit, one)
        unit.session.rollback()


def test_mails_of_before_are_read_listed_and_sealed_and_what_was_wiped_is_left_alone(
    units: Units, mumbai: Actor, world: World
) -> None:
    before = stored(units)
    with units.writing() as unit:
        for row in before:
            plain = {"body": row.body, "key_id": "", "subject": None, "body_sha256": ""}
            unit.session.execute(sa.update(OutboxRow).where(OutboxRow.id == row.id).values(**plain))
        unit.session.execute(sa.update(OutboxRow).where(OutboxRow.id == before[0].id).values(body=b""))
    with units.reading() as unit:
        subjects = [line.subject for line in mail_lists.of_hearing(unit, world.mumbai.hearing, by=mumbai).waiting]
    assert [row.body for row in stored(units)][1:] == [row.body for row in before][1:]
    vault_rotation.move_quietly(units)
    assert sealed_mails.seal_old(units) == 0
    assert raw(units)[0] == b""
    assert [(row.body, row.body_sha256) for row in stored(units)][1:] == [
        (row.body, row.body_sha256) for row in before
    ][1:]
    with units.reading() as unit:
        lines = mail_lists.of_hearing(unit, world.mumbai.hearing, by=mumbai).waiting
    assert [line.subject for line in lines][1:] == subjects[1:]
    assert all(line.subject for line in lines[1:])
