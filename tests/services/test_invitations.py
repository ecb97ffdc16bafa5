"""What a change of a hearing puts into the outbox, with the letters the service really writes."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.fakes import FrozenClock, MemorySender
from tests.services.mails import read_mail, real_letters, stored, waiting
from tests.services.planned import MONDAY_11, MONDAY_11_AT, MONDAY_14, answered, booked, moved_to, version_of
from tests.services.registered import REAL_NAME, witness_entry
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.joining import Joining
from vctestimony.domain.people import Duty
from vctestimony.services import invitations, joining_changes, journal, post_office, scheduling, witnesses
from vctestimony.services.ports import Ports
from vctestimony.services.pseudonymity import RealName
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow, OutboxState, ParticipantRow, WitnessRow

EVERYBODY = {
    "meera.mumbaikar@mumbai.example",
    "anil.mumbaikar@mumbai.example",
    "leela.mumbaikar@mumbai.example",
    "farhan.mumbaikar@mumbai.example",
    "rina.das@dhaka.example",
    "nasrin.alam@dhaka.example",
    "salma.khatun@dhaka.example",
}
INTERPRETER = "nasrin.alam@dhaka.example"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, letters=real_letters())


@pytest.fixture
def world(world: World, units: Units) -> World:
    with units.writing() as unit:
        answered(unit.session, world)
    return world


def everything_sent(units: Units) -> None:
    while post_office.deliver_one(units, owner="the only worker"):
        pass


def cancelled(units: Units, world: World, by: Actor) -> None:
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        scheduling.cancel(unit, world.mumbai.hearing, reason="The witness is ill", version=version, by=by)


def removed(units: Units, world: World, duty: Duty, by: Actor) -> None:
    with units.writing() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        next(one for one in hearing.participants if one.duty is duty).removed_at = unit.now
        invitations.announce(unit, hearing, by=by)


def announced_again(units: Units, world: World, by: Actor) -> int:
    with units.writing() as unit:
        return invitations.announce(unit, unit.session.get_one(HearingRow, world.mumbai.hearing_id), by=by)


def test_a_booking_asks_everybody_once_each_alone(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    mails = waiting(units)
    assert {mail.to for mail in mails} == EVERYBODY
    assert len(mails) == 7
    assert {(mail.method, mail.sequence, mail.start_at) for mail in mails} == {("REQUEST", 0, MONDAY_11_AT)}
    assert all(mail.attendees == [mail.to] for mail in mails)
    assert len({str(mail.message["Message-ID"]) for mail in mails}) == 7


def test_what_is_undone_leaves_no_mail(units: Units, world: World, mumbai: Actor) -> None:
    class PowerCutError(Exception):
        """Something after the booking, in the same transaction."""

    version = version_of(units, world.mumbai.hearing)
    with pytest.raises(PowerCutError), units.writing() as unit:
        scheduling.book(
            unit, world.mumbai.hearing, starts_wall=MONDAY_11, zone="Asia/Kolkata", version=version, by=mumbai
        )
        raise PowerCutError
    assert stored(units) == []


def test_a_move_asks_everybody_again_with_the_next_sequence(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    first = waiting(units)
    everything_sent(units)
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    mails = waiting(units)
    assert {mail.to for mail in mails} == EVERYBODY
    assert {(mail.row.kind, mail.method, mail.sequence) for mail in mails} == {("update", "REQUEST", 1)}
    assert {mail.start_at for mail in mails} == {MONDAY_11_AT + timedelta(hours=3)}
    threads = {mail.to: str(mail.message["Message-ID"]) for mail in first}
    assert {mail.to: str(mail.message["References"]) for mail in mails} == threads


def test_the_stamp_is_strictly_later_although_the_clock_stands_still(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    (first,) = {mail.stamp_at for mail in waiting(units)}
    everything_sent(units)
    clock.advance(seconds=-30)
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    (second,) = {mail.stamp_at for mail in waiting(units)}
    assert second == first + timedelta(seconds=1)


@pytest.mark.abuse(61)
def test_when_nothing_changed_nobody_is_written_to(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    assert announced_again(units, world, mumbai) == 0
    assert len(stored(units)) == 7


def test_a_corrected_name_or_another_language_is_no_reason_to_write(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        row = unit.session.get_one(OfficialRow, world.dhaka.interpreter_id)
        row.name, row.language = "Nasreen Alam", "en"
    assert announced_again(units, world, mumbai) == 0


def test_who_is_removed_is_told_so_and_the_others_are_asked_nothing_anew(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    removed(units, world, Duty.INTERPRETER, mumbai)
    mails = waiting(units)
    assert {(mail.to == INTERPRETER, mail.method, mail.sequence) for mail in mails} == {
        (True, "CANCEL", 1),
        (False, "REQUEST", 1),
    }
    assert sum(mail.method == "CANCEL" for mail in mails) == 1
    assert {mail.to for mail in mails} == EVERYBODY
    (cancel,) = [mail for mail in mails if mail.method == "CANCEL"]
    assert cancel.attendees == [INTERPRETER]


def test_a_cancelled_hearing_is_called_off_with_everybody_who_was_told(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    cancelled(units, world, mumbai)
    mails = waiting(units)
    assert {mail.to for mail in mails} == EVERYBODY
    assert {(mail.method, mail.sequence) for mail in mails} == {("CANCEL", 1)}


def test_who_was_removed_before_is_not_told_of_the_cancellation_again(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    removed(units, world, Duty.INTERPRETER, mumbai)
    everything_sent(units)
    cancelled(units, world, mumbai)
    assert {mail.to for mail in waiting(units)} == EVERYBODY - {INTERPRETER}


def test_a_hearing_called_off_before_its_invitations_left_is_never_spoken_of(
    units: Units, world: World, mumbai: Actor, sender: MemorySender
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    cancelled(units, world, mumbai)
    assert [row.state for row in stored(units)] == [OutboxState.SUPERSEDED] * 7
    everything_sent(units)
    assert sender.sent == []
    with units.reading() as unit:
        written = [entry for entry in journal.history(unit, world.mumbai.hearing) if "invitations" in entry.action]
    assert json.loads(written[-1].facts)["mails"] == []


def test_only_who_was_told_already_is_told_of_the_cancellation(units: Units, world: World, mumbai: Actor) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    for _ in range(3):
        assert post_office.deliver_one(units, owner="the only worker")
    told = {row.to_address for row in stored(units, OutboxState.SENT)}
    cancelled(units, world, mumbai)
    assert {mail.to for mail in waiting(units)} == told
    assert len(told) == 3


def test_a_move_before_the_first_mail_left_is_still_a_first_invitation(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    mails = waiting(units)
    assert {(mail.row.kind, mail.sequence) for mail in mails} == {("invitation", 1)}
    assert len(mails) == 7
    assert [row.state for row in stored(units)] == [OutboxState.SUPERSEDED] * 7 + [OutboxState.PENDING] * 7


def test_five_moves_while_no_mail_leaves_end_in_one_mail_each_with_the_last_time(
    units: Units, world: World, mumbai: Actor, sender: MemorySender
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    for later in (3, 0.25, 3.25, 0.5, 3.5):
        moved_to(units, world.mumbai.hearing, mumbai, MONDAY_11 + timedelta(hours=later))
    assert {(mail.sequence, mail.start_at) for mail in waiting(units)} == {(5, MONDAY_11_AT + timedelta(hours=3.5))}
    everything_sent(units)
    assert sorted(to for to, _ in sender.sent) == sorted(EVERYBODY)


def test_a_move_makes_earlier_answers_void_and_a_removal_of_somebody_else_does_not(
    units: Units, world: World, mumbai: Actor
) -> None:
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    answers = sa.update(ParticipantRow).values(answer="ACCEPTED", answered_at=MONDAY_11_AT)
    with units.writing() as unit:
        unit.session.execute(answers.where(ParticipantRow.hearing_id == world.mumbai.hearing_id))
    removed(units, world, Duty.INTERPRETER, mumbai)
    assert standing(units, world) == {("ACCEPTED", True)}
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14)
    assert standing(units, world) == {("NEEDS-ACTION", False)}


def standing(units: Units, world: World) -> set[tuple[str, bool]]:
    with units.reading() as unit:
        here = sa.select(ParticipantRow).where(ParticipantRow.hearing_id == world.mumbai.hearing_id)
        rows = unit.session.scalars(here.where(ParticipantRow.removed_at.is_(None)))
        return {(row.answer, row.answered_at is not None) for row in rows}


@pytest.mark.threat("T4", "T7", "T9")
def test_no_mail_tells_what_must_not_be_told(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit:
        row = unit.session.get_one(WitnessRow, world.mumbai.witness_id)
        entry = witness_entry("PW-7", documents_to_show="Exhibit 12")
        witnesses.revise(unit, row.reference, entry, version=row.version, by=mumbai)
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        told = Joining("https://meet.example/h-7", "471147")
        joining_changes.enter(unit, hearing.reference, told, version=hearing.version, by=mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    everything_sent(units)
    with pytest.raises(RealName):
        moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14, reason="PW-7 is ill, says Rahima")
    moved_to(units, world.mumbai.hearing, mumbai, MONDAY_14, reason="PW-7 is ill")
    everything_sent(units)
    cancelled(units, world, mumbai)
    secrets = (*REAL_NAME.split(), "PW-7", "W-MUMBAI1", "BNS", "143", "State v.", "Sessions Case", "12/2025", "Exhibit",
               "Exh. 41", "Courtroom", "Conference room", "Link 1", "passport", "meet.example", "471147")  # fmt: skip
    mails = [read_mail(row) for row in stored(units)]
    assert [mail.row.kind for mail in mails] == ["invitation"] * 7 + ["update"] * 7 + ["cancellation"] * 7
    for mail in mails:
        assert [secret for secret in secrets if secret.casefold() in mail.words.casefold()] == []
        assert [address for address in EVERYBODY - {mail.to} if address in mail.words] == []


@pytest.mark.parametrize(("language", "word"), [("en", "Mon"), ("hi", "सोम"), ("bn", "সোম")])
def test_an_official_is_written_to_in_the_officials_own_language(
    units: Units, world: World, mumbai: Actor, language: str, word: str
) -> None:
    with units.writing() as unit:
        unit.session.get_one(OfficialRow, world.dhaka.coordinator_id).language = language
    booked(units, world.mumbai.hearing, mumbai)
    (mail,) = [mail for mail in waiting(units) if mail.to == "rina.das@dhaka.example"]
    assert word in mail.words
    assert mail.message["Content-Language"] in (None, language)
