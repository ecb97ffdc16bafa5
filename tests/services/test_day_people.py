"""People of a hearing in session: one comes at once, one is taken off at once, and the conference's address is void."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.builders import add_official
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.mails import real_letters, waiting
from tests.services.planned import MONDAY_11_AT, hearing_of, take
from tests.services.sittings import completed, confirmed, started
from tests.services.test_invitations import everything_sent
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed, Refusal, Stale
from vctestimony.domain.hearing import ReasonMissing, State
from vctestimony.domain.instants import to_min
from vctestimony.domain.joining import Joining
from vctestimony.domain.people import Duty, Role
from vctestimony.services import day_people, invitations, joining, joining_by_link, joining_changes, journal
from vctestimony.services.day_people import LastPresidingOfficer, NobodyThemselves, NotInSession, TakenElsewhere
from vctestimony.services.ports import Ports
from vctestimony.services.seating import NamedTwice, NotOfferedHere, Seat
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OccupancyRow, OfficialRow, ParticipantRow

ROOM = Joining("https://meet.example/room-one", "471147")
NOW = MONDAY_11_AT + timedelta(minutes=30)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, letters=real_letters())


@pytest.fixture
def hearing(units: Units, world: World, clock: FrozenClock, actor: FindActor) -> str:
    """In session for half an hour; everybody was invited and the address is entered."""
    clerk, reference = actor(Role.COORDINATOR, "mumbai"), world.mumbai.hearing
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        invitations.announce(unit, row, by=clerk)
        joining_changes.enter(unit, reference, ROOM, version=row.version, by=clerk)
    started(units, reference, clerk)
    everything_sent(units)
    clock.at = NOW
    return reference


@pytest.fixture
def second(units: Units, world: World) -> int:
    """Another interpreter of the mission, who was not named."""
    with units.writing() as unit:
        from_post = unit.session.get_one(OfficialRow, world.dhaka.interpreter_id)
        one = add_official(unit.session, "Taslima Haque", post=from_post.post, duty=Duty.INTERPRETER, language="bn")
        return one.id


def added(units: Units, reference: str, seat: Seat, by: Actor, *, reason: str = "The interpreter fell ill") -> None:
    version = hearing_of(units, reference).version
    with units.writing() as unit:
        day_people.add(unit, reference, seat, reason=reason, version=version, by=by)


def taken_off(units: Units, reference: str, duty: Duty, by: Actor, *, reason: str = "Threatened somebody") -> None:
    row = hearing_of(units, reference)
    with units.writing() as unit:
        found = unit.session.get_one(HearingRow, row.id)
        person = next(one for one in found.participants if one.duty is duty and one.removed_at is None)
        day_people.take_off(unit, reference, person.id, reason=reason, version=row.version, by=by)


def claims_of(units: Units, official_id: int) -> list[tuple[int, int]]:
    with units.reading() as unit:
        resource_id = unit.session.get_one(OfficialRow, official_id).resource_id
        query = sa.select(OccupancyRow.start_min, OccupancyRow.end_min).where(OccupancyRow.resource_id == resource_id)
        return sorted((start, end) for start, end in unit.session.execute(query))


def test_somebody_who_comes_is_invited_and_taken_for_the_rest_and_the_hearing_stays_in_session(
    units: Units, hearing: str, second: int, mumbai: Actor
) -> None:
    added(units, hearing, Seat(second, Duty.INTERPRETER), mumbai)
    assert hearing_of(units, hearing).state is State.IN_SESSION
    assert [(mail.method, mail.to) for mail in waiting(units)] == [("REQUEST", "taslima.haque@dhaka.example")]
    now, end = to_min(NOW), to_min(MONDAY_11_AT + timedelta(minutes=75))
    assert claims_of(units, second) == [(now, end), (end, end + 15)]
    with units.reading() as unit:
        entry = [one for one in journal.history(unit, hearing) if one.action == "hearing.person_added"][-1]
        assert "The interpreter fell ill" in entry.facts
        assert not joining.is_missing(unit.session.scalars(sa.select(HearingRow).filter_by(reference=hearing)).one())
    with pytest.raises(NamedTwice):
        added(units, hearing, Seat(second, Duty.INTERPRETER), mumbai)


@pytest.mark.threat("T1")
def test_whoever_is_taken_off_is_shut_out_at_once_and_the_address_is_void_for_everybody(
    units: Units, hearing: str, world: World, mumbai: Actor, actor: FindActor
) -> None:
    interpreter = actor(Role.INTERPRETER)
    with units.writing() as unit:
        assert joining.look(unit, hearing, by=interpreter).joining == ROOM
    taken_off(units, hearing, Duty.INTERPRETER, actor(Role.PRESIDING_OFFICER, "mumbai"))
    with pytest.raises(Absent), units.writing() as unit:
        joining.look(unit, hearing, by=interpreter)
    with pytest.raises(joining.NotEntered), units.writing() as unit:
        joining.look(unit, hearing, by=mumbai)
    with units.reading() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        gone = next(one for one in row.participants if one.duty is Duty.INTERPRETER)
        with pytest.raises(joining_by_link.NoSuchSeat):
            joining_by_link.page(unit, unit.ports.tokens.issue(gone.public_id, sequence=1, now=unit.now))
        assert joining.opened(unit, row) == Joining("")
        assert joining.opens(unit)
        assert joining.card(unit, hearing, by=mumbai).to_be_changed
        actions = [one.action for one in journal.history(unit, hearing)]
        assert actions[-3:] == ["joining.voided", "hearing.person_taken_off", "invitations.written"]
    assert [mail.to for mail in waiting(units) if mail.method == "CANCEL"] == ["nasrin.alam@dhaka.example"]
    assert claims_of(units, world.dhaka.interpreter_id) == []
    version = hearing_of(units, hearing).version
    with units.writing() as unit:
        joining_changes.enter(unit, hearing, replace(ROOM, passcode="815815"), version=version, by=mumbai)
        assert joining.look(unit, hearing, by=mumbai).joining.passcode == "815815"


def test_only_the_last_presiding_officer_cannot_be_taken_off(
    units: Units, hearing: str, world: World, mumbai: Actor
) -> None:
    for duty in (Duty.REMOTE_COORDINATOR, Duty.PROSECUTION):
        taken_off(units, hearing, duty, mumbai)
    with pytest.raises(NobodyThemselves):
        taken_off(units, hearing, Duty.COURT_COORDINATOR, mumbai)
    with pytest.raises(LastPresidingOfficer):
        taken_off(units, hearing, Duty.JUDGE, mumbai)
    with units.writing() as unit:
        post = unit.session.get_one(OfficialRow, world.mumbai.judge_id).post
        other = add_official(unit.session, "Kiran Bhosale", post=post, duty=Duty.JUDGE)
        number = other.id
    added(units, hearing, Seat(number, Duty.JUDGE), mumbai)
    taken_off(units, hearing, Duty.JUDGE, mumbai)
    with pytest.raises(LastPresidingOfficer):
        taken_off(units, hearing, Duty.JUDGE, mumbai)


def test_whoever_is_taken_elsewhere_is_not_added_and_touching_is_not_taken(
    units: Units, hearing: str, second: int, mumbai: Actor
) -> None:
    with units.reading() as unit:
        resource_id = unit.session.get_one(OfficialRow, second).resource_id
    end = to_min(MONDAY_11_AT + timedelta(minutes=90))
    take(units, resource_id, to_min(NOW) - 60, to_min(NOW))
    take(units, resource_id, end, end + 60)
    added(units, hearing, Seat(second, Duty.INTERPRETER), mumbai)
    taken_off(units, hearing, Duty.INTERPRETER, mumbai)
    with units.writing() as unit:
        unit.session.execute(sa.update(ParticipantRow).values(removed_at=NOW).filter_by(official_id=second))
        unit.session.execute(sa.delete(OccupancyRow).filter_by(resource_id=resource_id))
    take(units, resource_id, end - 1, end + 60)
    with pytest.raises(TakenElsewhere, match="Taslima Haque is taken until 13:30 Mumbai / 14:00 Dhaka"):
        added(units, hearing, Seat(second, Duty.INTERPRETER), mumbai)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_hearing_past_its_time_takes_nobody_any_more_and_still_lets_somebody_come(
    units: Units, hearing: str, second: int, mumbai: Actor, clock: FrozenClock
) -> None:
    clock.at = MONDAY_11_AT + timedelta(minutes=90)
    added(units, hearing, Seat(second, Duty.INTERPRETER), mumbai)
    assert claims_of(units, second) == []


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    units: Units, hearing: str, second: int, world: World, mumbai: Actor, actor: FindActor
) -> None:
    one = Seat(second, Duty.INTERPRETER)
    refused: list[tuple[type[Refusal], Seat, Actor, str]] = [
        (ReasonMissing, one, mumbai, "  "),
        (NotOfferedHere, replace(one, duty=Duty.JUDGE), mumbai, "Why"),
        (NotOfferedHere, replace(one, official_id=world.pune.judge_id), mumbai, "Why"),
        (NotAllowed, one, actor(Role.MISSION_OFFICIAL), "Why"),
        (Absent, one, actor(Role.COORDINATOR, "pune"), "Why"),
    ]
    for refusal, seat, by, reason in refused:
        with pytest.raises(refusal):
            added(units, hearing, seat, by, reason=reason)
    with pytest.raises(Stale), units.writing() as unit:
        day_people.add(unit, hearing, one, reason="Why", version=0, by=mumbai)
    with pytest.raises(Absent), units.writing() as unit:
        version = hearing_of(units, hearing).version
        day_people.take_off(unit, hearing, 987654, reason="Why", version=version, by=mumbai)
    assert waiting(units) == []
    completed(units, hearing, mumbai)
    with pytest.raises(NotInSession):
        added(units, hearing, one, mumbai)
    with pytest.raises(NotInSession):
        taken_off(units, hearing, Duty.INTERPRETER, mumbai)
