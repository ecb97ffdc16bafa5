"""Two people with one mailbox, and the service's own: refused when somebody is named or corrected, not at booking."""

import pytest
import sqlalchemy as sa

from tests.services.planned import version_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.mailboxes import MailboxOfService, MailboxShared
from vctestimony.domain.people import Duty
from vctestimony.services import alternatives, officials, planning
from vctestimony.services.officials import NewOfficial
from vctestimony.services.seating import Seat
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow

SERVICE = "Calendar@Court.example"


def entered(units: Units, world: World, by: Actor, email: str, *, name: str = "Vikram Naik", duty: Duty) -> int:
    new = NewOfficial(name=name, designation="Clerk", post_id=world.mumbai.post_id, duties=(duty,), email=email)
    with units.writing() as unit:
        return officials.add_official(unit, new, by=by)


def named(units: Units, world: World, by: Actor, *more: Seat) -> None:
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        seats = [Seat(one.official_id, one.duty) for one in hearing.participants if one.removed_at is None]
        planning.name_people(unit, world.mumbai.hearing, [*seats, *more], version=version, by=by)


def corrected(units: Units, official_id: int, email: str, by: Actor) -> None:
    with units.writing() as unit:
        row = unit.session.get_one(OfficialRow, official_id)
        wanted = NewOfficial(
            name=row.name, designation=row.designation, post_id=row.post_id, duties=(Duty.DEFENCE,), email=email
        )
        officials.revise_official(unit, official_id, wanted, version=row.version, by=by)


def test_somebody_with_the_mailbox_of_another_is_not_put_on_the_hearing(
    units: Units, world: World, mumbai: Actor
) -> None:
    clerk = entered(units, world, mumbai, "leela.mumbaikar@mumbai.example", duty=Duty.TECHNICIAN)
    with pytest.raises(MailboxShared, match="Leela Mumbaikar and Vikram Naik") as refused:
        named(units, world, mumbai, Seat(clerk, Duty.TECHNICIAN))
    assert refused.value.field == "seat_TECH"


def test_a_mailbox_that_differs_only_in_case_is_the_same(units: Units, world: World, mumbai: Actor) -> None:
    clerk = entered(units, world, mumbai, "clerk@mumbai.example", duty=Duty.TECHNICIAN)
    with units.writing() as unit:
        changed = sa.update(OfficialRow).where(OfficialRow.id == clerk)
        unit.session.execute(changed.values(email="LEELA.Mumbaikar@Mumbai.Example"))
    with pytest.raises(MailboxShared, match="Leela Mumbaikar and Vikram Naik"):
        named(units, world, mumbai, Seat(clerk, Duty.TECHNICIAN))


def test_who_has_the_mailbox_of_the_service_is_neither_entered_nor_named(
    units: Units, world: World, mumbai: Actor
) -> None:
    with pytest.raises(MailboxOfService, match="Vikram Naik"):
        entered(units, world, mumbai, SERVICE, duty=Duty.TECHNICIAN)
    clerk = entered(units, world, mumbai, "clerk@mumbai.example", duty=Duty.TECHNICIAN)
    with units.writing() as unit:
        unit.session.execute(sa.update(OfficialRow).where(OfficialRow.id == clerk).values(email=SERVICE))
    with pytest.raises(MailboxOfService, match="Vikram Naik"):
        named(units, world, mumbai, Seat(clerk, Duty.TECHNICIAN))


def test_an_address_is_not_corrected_to_that_of_somebody_on_the_same_hearing_to_come(
    units: Units, world: World, mumbai: Actor
) -> None:
    with pytest.raises(MailboxShared, match="Leela Mumbaikar and Farhan Mumbaikar"):
        corrected(units, world.mumbai.defence_id, "LEELA.mumbaikar@mumbai.example", mumbai)
    with pytest.raises(MailboxOfService, match="Farhan Mumbaikar"):
        corrected(units, world.mumbai.defence_id, SERVICE, mumbai)
    corrected(units, world.mumbai.defence_id, "leela.punekar@pune.example", mumbai)


def test_two_for_one_seat_may_share_a_mailbox_and_for_two_seats_may_not(
    units: Units, world: World, mumbai: Actor
) -> None:
    office = "leela.mumbaikar@mumbai.example"
    able = {duty: entered(units, world, mumbai, office, duty=duty) for duty in (Duty.PROSECUTION, Duty.DEFENCE)}
    with units.reading() as unit:
        page = alternatives.open_page(unit, world.mumbai.hearing, by=mumbai)
        resources = {duty: unit.session.get_one(OfficialRow, able[duty]).resource_id for duty in able}
        needs = {duty: next(v.need for v in page.needs if resources[duty] in dict(v.offered)) for duty in able}
    instead = {needs[duty]: [resources[duty]] for duty in able}
    with pytest.raises(MailboxShared, match="Leela Mumbaikar and Vikram Naik"), units.writing() as unit:
        alternatives.name(unit, world.mumbai.hearing, instead, version=page.version, by=mumbai)
    del instead[needs[Duty.DEFENCE]]
    with units.writing() as unit:
        alternatives.name(unit, world.mumbai.hearing, instead, version=page.version, by=mumbai)
