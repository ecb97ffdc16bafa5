"""Links to one's own checklist: who hands them out, when they end, and what becomes of the mails that bring them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.fielded import MINUTE, link, seat_of, sent, ticked
from tests.services.planned import MONDAY_11_AT, MONDAY_14, booked, listed, moved_to, version_of
from tests.services.ticking import steps_of, version
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.retention import Held
from vctestimony.services import (
    field_checklists,
    field_links,
    planning,
    scheduling,
)
from vctestimony.services.field_links import LinkClosed, NoLinkForThem
from vctestimony.services.ports import Ports
from vctestimony.services.seating import Seat
from vctestimony.services.unit import Units
from vctestimony.store import outbox
from vctestimony.store.models import HearingRow, OutboxRow, OutboxState, StepState


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def token(units: Units, reference: str, mumbai: Actor, clock: FrozenClock) -> str:
    made = link(units, reference, mumbai)
    clock.advance(hours=3)
    return made


def test_what_comes_by_a_withdrawn_link_changes_nothing_and_is_not_lost(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock
) -> None:
    seat = seat_of(units, reference)
    with units.writing() as unit:
        field_links.send(unit, reference, seat, by=mumbai)
    with units.writing() as unit:
        field_links.withdraw(unit, reference, seat, by=mumbai)
    assert sent(units, token, ticked("C02", version(units, "C02"), clock.at), at=clock.at) == ["withdrawn"]
    assert steps_of(units)["C02"].state is StepState.OPEN
    with units.reading() as unit:
        with pytest.raises(LinkClosed):
            field_checklists.page(unit, token, language="en")
        assert unit.session.query(OutboxRow).filter_by(kind="checklist_link").one().state is OutboxState.SUPERSEDED
    renewed = link(units, reference, mumbai)
    assert sent(units, renewed, ticked("C02", version(units, "C02"), clock.at, number=2), at=clock.at) == ["taken"]
    assert sent(units, token, ticked("C16", version(units, "C16"), clock.at, number=3), at=clock.at) == ["withdrawn"]


def mails_of(units: Units) -> list[OutboxState]:
    with units.reading() as unit:
        rows = unit.session.query(OutboxRow).filter_by(kind="checklist_link").order_by(OutboxRow.id)
        return [row.state for row in rows]


def mailed(units: Units, reference: str, by: Actor) -> None:
    with units.writing() as unit:
        field_links.send(unit, reference, seat_of(units, reference), by=by)


def test_a_mail_with_the_link_still_leaves_when_a_later_mail_tells_of_a_move(
    units: Units, reference: str, token: str, mumbai: Actor
) -> None:
    mailed(units, reference, mumbai)
    moved_to(units, reference, mumbai, MONDAY_14)
    assert mails_of(units) == [OutboxState.PENDING]
    with units.writing() as unit:
        row = unit.session.query(OutboxRow).filter_by(kind="checklist_link").one()
        later = unit.session.query(OutboxRow).filter_by(participant_id=row.participant_id, sequence=1).one()
        assert later.id > row.id
        assert not outbox.is_overtaken(unit.session, row, at_any_address=True)


def test_a_mail_with_the_link_does_not_leave_once_the_hearing_is_called_off(
    units: Units, reference: str, token: str, mumbai: Actor
) -> None:
    mailed(units, reference, mumbai)
    version_now = version_of(units, reference)
    with units.writing() as unit:
        scheduling.cancel(unit, reference, reason="The witness is ill.", version=version_now, by=mumbai)
    assert mails_of(units) == [OutboxState.SUPERSEDED]


@pytest.mark.parametrize("before", [OutboxState.PENDING, OutboxState.FAILED])
def test_a_mail_with_a_link_that_was_made_anew_is_kept_back(
    units: Units, reference: str, token: str, mumbai: Actor, before: OutboxState
) -> None:
    mailed(units, reference, mumbai)
    with units.writing() as unit:
        unit.session.query(OutboxRow).filter_by(kind="checklist_link").one().state = before
    link(units, reference, mumbai)
    mailed(units, reference, mumbai)
    assert mails_of(units) == [OutboxState.SUPERSEDED, OutboxState.PENDING]


def test_who_is_taken_out_of_the_hearing_ticks_no_more(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock
) -> None:
    with units.writing() as unit:
        row = unit.session.query(HearingRow).filter_by(reference=reference).one()
        seats = [
            Seat(one.official_id, one.duty, one.is_required)
            for one in row.participants
            if one.removed_at is None and one.duty is not Duty.REMOTE_COORDINATOR
        ]
    with units.writing() as unit:
        planning.name_people(unit, reference, seats, version=version_of(units, reference), by=mumbai)
    assert sent(units, token, ticked("C02", version(units, "C02"), clock.at), at=clock.at) == ["withdrawn"]


def test_the_link_ends_two_weeks_after_the_hearing(
    units: Units, reference: str, token: str, clock: FrozenClock
) -> None:
    found = []
    for after in (-MINUTE, timedelta(0), MINUTE):
        clock.at = MONDAY_11_AT + timedelta(minutes=90, days=14) + after
        with units.reading() as unit:
            found.append(field_links.holder_of(unit, token).is_open)
    assert found == [True, False, False]


def test_the_link_ends_after_its_life_also_for_who_hands_it_out(
    units: Units, reference: str, token: str, mumbai: Actor, clock: FrozenClock
) -> None:
    with units.writing() as unit:
        hearing = unit.session.query(HearingRow).filter_by(reference=reference).one()
        hearing.starts_at = hearing.starts_at + units.ports.lasts(Held.LINKS) if hearing.starts_at else None
    seat, made_at = seat_of(units, reference), clock.at - timedelta(hours=3)
    clock.at = made_at + units.ports.lasts(Held.LINKS)
    with units.reading() as unit:
        assert field_links.holder_of(unit, token).is_open
        assert field_links.of_person(unit, reference, seat, by=mumbai).address
    clock.advance(seconds=1)
    with units.reading() as unit:
        assert field_links.of_person(unit, reference, seat, by=mumbai).address == ""
        with pytest.raises(Absent):
            field_links.holder_of(unit, token)


def test_a_hearing_that_is_called_off_closes_its_links(units: Units, reference: str, token: str, mumbai: Actor) -> None:
    version_now = version_of(units, reference)
    with units.writing() as unit:
        scheduling.cancel(unit, reference, reason="The witness is ill.", version=version_now, by=mumbai)
    with units.reading() as unit:
        assert not field_links.holder_of(unit, token).is_open


def test_only_the_coordinator_hands_links_out_and_for_the_courts_own_people_there_are_none(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    seat = seat_of(units, reference)
    for role in (Role.MISSION_OFFICIAL, Role.PRESIDING_OFFICER):
        with pytest.raises(NotAllowed), units.writing() as unit:
            field_links.make(unit, reference, seat, by=actor(role))
    with pytest.raises(NoLinkForThem), units.writing() as unit:
        field_links.make(unit, reference, seat_of(units, reference, Duty.JUDGE), by=mumbai)
