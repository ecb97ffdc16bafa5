"""How a conference is joined: sealed, opened by a look that is written down, told of when changed, in mails if let."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.services.mails import Mail, real_letters, waiting
from tests.services.planned import answered, booked, version_of
from tests.services.test_invitations import cancelled, everything_sent
from tests.world import World
from vctestimony.adapters.vault import FieldVault
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed, Stale
from vctestimony.domain.joining import Joining, JoiningAddressRefused
from vctestimony.domain.people import Role
from vctestimony.services import joining, joining_changes, journal, mail_settings
from vctestimony.services.joining import JoiningClosed, JoiningShut, NotEntered
from vctestimony.services.mail_settings import MailSettings, PasscodeAlone
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, JoiningRow, ParticipantRow

ROOM = Joining("https://meet.example/room-one?pwd=QUJD", "471147")
OTHER_ROOM = Joining("https://meet.example/room-two")
COURT = "mumbai-court"
MAY_LOOK = {
    (Role.COORDINATOR, "mumbai"),
    (Role.PRESIDING_OFFICER, "mumbai"),
    (Role.MISSION_OFFICIAL, ""),
    (Role.INTERPRETER, ""),
    (Role.SUPPORT, ""),
}


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, letters=real_letters())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).starts_at = unit.now + timedelta(minutes=30)
    return world


def entered(units: Units, world: World, by: Actor, wanted: Joining = ROOM) -> int:
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        return joining_changes.enter(unit, world.mumbai.hearing, wanted, version=version, by=by)


def settled(units: Units, by: Actor, wanted: MailSettings) -> None:
    with units.writing() as unit:
        page = mail_settings.open_page(unit, COURT, by=by)
        mail_settings.change(unit, COURT, wanted, version=page.version, by=by)


def conferences(mails: list[Mail]) -> set[str]:
    return {str(event.get("CONFERENCE", "")) for mail in mails for event in mail.calendar.events}


def test_the_address_lies_sealed_and_whoever_may_looks_at_it_and_is_written_down(
    units: Units, world: World, mumbai: Actor
) -> None:
    assert entered(units, world, mumbai) == 0
    with units.writing() as unit:
        row = unit.session.scalars(sa.select(JoiningRow)).one()
        assert b"meet.example" not in row.address
        assert b"471147" not in row.passcode
        assert joining.look(unit, world.mumbai.hearing, by=mumbai).joining == ROOM
    with units.reading() as unit:
        entries = list(journal.history(unit, world.mumbai.hearing))
        assert [entry.action for entry in entries][-2:] == ["joining.entered", "joining.opened"]
        assert not [entry for entry in entries if "meet.example" in entry.facts or "471147" in entry.facts]
        assert not joining.is_missing(unit.session.get_one(HearingRow, world.mumbai.hearing_id))
        assert joining.is_missing(unit.session.get_one(HearingRow, world.pune.hearing_id))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_who_is_named_or_of_the_court_or_the_receiving_mission_looks_and_nobody_else(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    entered(units, world, mumbai)
    people = [*((role, at) for role in (Role.COORDINATOR, Role.PRESIDING_OFFICER) for at in ("mumbai", "pune"))]
    people += [(role, "") for role in (Role.MISSION_OFFICIAL, Role.INTERPRETER, Role.SUPPORT, Role.ADMINISTRATOR)]
    looked = set()
    for role, at in [*people, (Role.LEGAL_STAFF, "mumbai")]:
        try:
            with units.writing() as unit:
                joining.look(unit, world.mumbai.hearing, by=actor(role, at))
        except (Absent, NotAllowed):
            continue
        looked.add((role, at))
    assert looked == MAY_LOOK


def test_everybody_invited_is_told_that_it_changed_and_the_same_again_tells_nobody(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    assert entered(units, world, mumbai) == 7
    mails = waiting(units)
    assert {(mail.method, mail.sequence) for mail in mails} == {("REQUEST", 1)}
    assert conferences(mails) == {""}
    assert not [mail for mail in mails if "meet.example" in mail.words or "471147" in mail.words]
    everything_sent(units)
    assert entered(units, world, mumbai) == 0
    assert entered(units, world, mumbai, OTHER_ROOM) == 7
    with units.reading() as unit:
        sent = unit.session.scalars(sa.select(ParticipantRow.sent)).all()
        assert "meet.example" not in str(sent)


def test_taken_back_it_is_missing_and_everybody_invited_is_told(units: Units, world: World, mumbai: Actor) -> None:
    entered(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    with units.writing() as unit:
        version = unit.session.get_one(HearingRow, world.mumbai.hearing_id).version
        assert joining_changes.withdraw(unit, world.mumbai.hearing, version=version, by=mumbai) == 7
    with pytest.raises(NotEntered), units.writing() as unit:
        joining.look(unit, world.mumbai.hearing, by=mumbai)


def test_a_switch_writes_to_nobody_and_holds_for_the_next_mail(units: Units, world: World, mumbai: Actor) -> None:
    entered(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    assert conferences(waiting(units)) == {""}
    everything_sent(units)
    settled(units, mumbai, MailSettings(tell_joining=True))
    assert waiting(units) == []
    entered(units, world, mumbai, replace(ROOM, passcode="815815"))
    mails = waiting(units)
    assert conferences(mails) == {ROOM.address}
    assert not [mail for mail in mails if "815815" in mail.words]
    everything_sent(units)
    settled(units, mumbai, MailSettings(tell_joining=True, tell_passcode=True))
    entered(units, world, mumbai)
    assert all("471147" in mail.words for mail in waiting(units))
    everything_sent(units)
    cancelled(units, world, mumbai)
    assert not [mail for mail in waiting(units) if "meet.example" in mail.words]


def test_participants_see_each_other_but_for_those_who_are_screened(units: Units, world: World, mumbai: Actor) -> None:
    settled(units, mumbai, MailSettings(show_others=True))
    booked(units, world.mumbai.hearing, mumbai)
    screened = {"nasrin.alam@dhaka.example", "salma.khatun@dhaka.example"}
    mails = waiting(units)
    assert len(mails) == 7
    seen = {mail.to: set(mail.attendees) - {mail.to} for mail in mails}
    everybody = seen.keys() - screened
    assert seen == {to: everybody - {to} for to in seen}
    for mail in mails:
        assert not [address for address in screened - {mail.to} if address in mail.words]
        assert ("Nasrin Alam" in mail.words) == (mail.to == "nasrin.alam@dhaka.example")


def test_a_passcode_alone_and_an_address_that_is_none_are_refused(units: Units, world: World, mumbai: Actor) -> None:
    with pytest.raises(PasscodeAlone):
        settled(units, mumbai, MailSettings(tell_passcode=True))
    with pytest.raises(JoiningAddressRefused):
        entered(units, world, mumbai, Joining("http://meet.example/room-one"))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_another_courts_settings_and_a_mission_s_are_not_there(units: Units, world: World, actor: FindActor) -> None:
    with pytest.raises(NotAllowed), units.reading() as unit:
        mail_settings.open_page(unit, COURT, by=actor(Role.COORDINATOR, "pune"))
    with pytest.raises(Absent), units.reading() as unit:
        mail_settings.open_page(unit, "dhaka-mission", by=actor(Role.MISSION_OFFICIAL))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_somebody_else_changed_is_not_overwritten_and_what_is_over_stays_shut(
    units: Units, world: World, mumbai: Actor
) -> None:
    stale = version_of(units, world.mumbai.hearing)
    entered(units, world, mumbai)
    with pytest.raises(Stale), units.writing() as unit:
        joining_changes.enter(unit, world.mumbai.hearing, OTHER_ROOM, version=stale, by=mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    cancelled(units, world, mumbai)
    with pytest.raises(JoiningClosed), units.writing() as unit:
        joining.look(unit, world.mumbai.hearing, by=mumbai)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_without_its_key_nothing_is_guessed(units: Units, world: World, mumbai: Actor, ports: Ports) -> None:
    entered(units, world, mumbai)
    with units.reading() as unit:
        assert joining.opens(unit)
    elsewhere = units.with_ports(replace(ports, vault=FieldVault({"other": bytes(32)})))
    with pytest.raises(JoiningShut), elsewhere.writing() as unit:
        joining.look(unit, world.mumbai.hearing, by=mumbai)
    with elsewhere.reading() as unit:
        assert not joining.opens(unit)
