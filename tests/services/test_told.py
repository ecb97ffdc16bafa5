"""What stands in a calendar and what does not: people who come back, corrected addresses, successors, continuations."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.builders import add_hearing
from tests.services.mails import real_letters, waiting
from tests.services.planned import MONDAY_14, TUESDAY_11, answered, booked, moved_to
from tests.services.test_invitations import INTERPRETER, announced_again, cancelled, everything_sent, removed
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.instants import TZ_VERSION
from vctestimony.domain.people import Duty
from vctestimony.services.invited import first_of
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow, ParticipantRow, PostRow

SPEAKING_BENGALI = {INTERPRETER, "salma.khatun@dhaka.example"}


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, letters=real_letters())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def called_back(units: Units, world: World, by: Actor) -> None:
    with units.writing() as unit:
        here = ParticipantRow.hearing_id == world.mumbai.hearing_id, ParticipantRow.duty == Duty.INTERPRETER
        unit.session.execute(sa.update(ParticipantRow).where(*here).values(removed_at=None))
    announced_again(units, world, by)


def methods_to(units: Units, address: str) -> list[tuple[str, int]]:
    return [(mail.method, mail.sequence) for mail in waiting(units) if mail.to == address]


def test_who_was_told_once_is_told_that_it_is_off_however_often_the_court_changed_its_mind(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    removed(units, world, Duty.INTERPRETER, mumbai)
    called_back(units, world, mumbai)
    assert methods_to(units, INTERPRETER) == [("REQUEST", 2)]
    removed(units, world, Duty.INTERPRETER, mumbai)
    assert methods_to(units, INTERPRETER) == [("CANCEL", 3)]


def test_who_was_told_that_it_is_off_is_not_told_again(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    removed(units, world, Duty.INTERPRETER, mumbai)
    everything_sent(units)
    called_back(units, world, mumbai)
    cancelled(units, world, mumbai)
    assert methods_to(units, INTERPRETER) == []


def test_a_corrected_address_takes_the_event_from_the_old_calendar_and_gives_it_to_the_new(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    with units.writing() as unit:
        unit.session.get_one(OfficialRow, world.dhaka.interpreter_id).email = "nasrin@new.example"
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    assert methods_to(units, INTERPRETER) == [("CANCEL", 1)]
    assert methods_to(units, "nasrin@new.example") == [("REQUEST", 1)]
    everything_sent(units)
    cancelled(units, world, mumbai)
    assert methods_to(units, INTERPRETER) == []
    assert methods_to(units, "nasrin@new.example") == [("CANCEL", 2)]


def test_a_successor_with_the_same_mailbox_is_asked_anew_and_the_hearing_goes_on(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        past = next(one for one in row.participants if one.duty is Duty.INTERPRETER)
        past.removed_at = unit.now
        unit.session.get_one(OfficialRow, world.pune.defence_id).email = INTERPRETER.upper()
        copied = {name: getattr(past, name) for name in ("duty", "end", "is_required", "attends_main")}
        row.participants.append(
            ParticipantRow(
                public_id="successor",
                official_id=world.pune.defence_id,
                attends_pre=True,
                attends_post=True,
                **copied,
            )
        )
    announced_again(units, world, mumbai)
    assert methods_to(units, INTERPRETER.upper()) == [("REQUEST", 1)]
    everything_sent(units)
    cancelled(units, world, mumbai)
    assert methods_to(units, INTERPRETER.upper()) == [("CANCEL", 2)]


def test_another_city_at_the_other_end_is_told_to_everybody(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    with units.writing() as unit:
        unit.session.get_one(PostRow, world.dhaka.post_id).city = "Sylhet"
    assert announced_again(units, world, mumbai) == 7
    assert {("Mumbai–Sylhet" in mail.words) for mail in waiting(units) if mail.to not in SPEAKING_BENGALI} == {True}


def test_each_sent_revision_keeps_by_which_clock_rules_it_was_written(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.reading() as unit:
        here = ParticipantRow.hearing_id == world.mumbai.hearing_id
        sent = unit.session.scalars(sa.select(ParticipantRow.sent).where(here)).all()
        assert {one["tz_version"] for one in sent} == {TZ_VERSION}


def test_every_continuation_is_related_to_the_hearing_with_which_it_began(
    units: Units, world: World, mumbai: Actor
) -> None:
    references = [world.mumbai.hearing, "H-MUMBAI2", "H-MUMBAI3"]
    with units.writing() as unit:
        past = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        for reference in references[1:]:
            row = add_hearing(unit.session, world.mumbai, world.dhaka, world.link_id, reference=reference)
            row.continues_id, row.pre_minutes, row.main_minutes, row.post_minutes = past.id, 15, 60, 15
            past = row
    booked(units, references[-1], mumbai, wall=TUESDAY_11)
    with units.reading() as unit:
        rows = unit.session.scalars(sa.select(HearingRow).where(HearingRow.reference.in_(references))).all()
        uids = {row.reference: row.uid for row in rows}
        assert {first_of(row).reference for row in rows} == {references[0]}
    events = [event for mail in waiting(units) for event in mail.calendar.events]
    assert len(events) == 7
    assert {(str(event["UID"]), str(event["RELATED-TO"])) for event in events} == {
        (uids[references[2]], uids[references[0]])
    }
