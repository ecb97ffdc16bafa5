"""Recordings of the court: described once, corrected beside what was said, given on an order, certified, kept."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT, hearing_of
from tests.services.sittings import completed, confirmed, logged, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.casework import Regime
from vctestimony.domain.documents.closing import BLANK, ElectronicRecordCertificate
from vctestimony.domain.errors import Absent, NotAllowed, Refusal, Stale
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.recordings.access import EvidenceStillRecorded
from vctestimony.domain.recordings.description import Algorithm
from vctestimony.domain.recordings.entries import EntryKind
from vctestimony.services import journal, printing, recording_entries, recording_views, recordings, records, vault
from vctestimony.services.pseudonymity import NameOfFile
from vctestimony.services.recording_views import PageView
from vctestimony.services.recordings import NotAsLogged, TakenAlready, Typed
from vctestimony.services.unit import Units
from vctestimony.services.unsealed import NotOpened
from vctestimony.store.models import HearingRow, RecordingEntryRow, RecordingRow

DIGEST = "cd" * 32
TYPED = Typed(
    name="court-1.mkv",
    began_wall=datetime(2026, 9, 14, 11, 0),
    ended_wall=datetime(2026, 9, 14, 12, 10),
    seconds=70 * 60,
    size=5_000_000_000,
    algorithm=Algorithm.SHA256,
    digest=DIGEST,
    custodian="The record keeper",
    encryption="AES-256",
    key_place="Envelope 7, safe of the presiding officer",
    copies="none",
)
STOPPED = {"file_id": "7", "sha256": DIGEST, "duration": "01:10:00", "custodian": "The record keeper"}
GRANT = {
    "recording": "1",
    "asked_by": "A party",
    "asked_on": "2026-09-14",
    "decision": "granted",
    "order_number": "Order 9",
    "order_on": "2026-09-14",
    "ordered_by": "The presiding officer",
    "recipient": "appeal",
    "person": "Registrar of the High Court",
    "manner": "copy",
    "happened_on": "2026-09-14",
    "happened_time": "14:00",
}
BACK = {"became": "returned", "happened_on": "2026-09-14", "happened_time": "14:30"}
PART_A = {
    "name": "R. Keeper",
    "residence": "City Sessions Court",
    "source": "server",
    "produced": "By the court's own recorder",
    "control": "managed",
    "working": "yes",
    "agrees": "yes",
}


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World, clock: FrozenClock) -> Actor:
    """The coordinator, with the hearing opened at its time and over, four hours later."""
    confirmed(units, world)
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row.order.facts = {**row.order.facts, "recorded": True}
    clock.at = MONDAY_11_AT
    by: Actor = actor(Role.COORDINATOR, "mumbai")
    started(units, world.mumbai.hearing, by)
    clock.advance(minutes=70)
    logged(units, world.mumbai.hearing, Kind.RECORDING_STOPPED, by, **STOPPED)
    completed(units, world.mumbai.hearing, by)
    clock.advance(hours=3)
    return by


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


def described(units: Units, hearing: str, by: Actor, typed: Typed = TYPED, *, log_number: int | None = None) -> int:
    with units.writing() as unit:
        return recordings.describe(unit, hearing, typed, log_number=log_number, by=by)


def entered(units: Units, hearing: str, kind: EntryKind, by: Actor, answers: dict[str, str], **more: int) -> int:
    with units.writing() as unit:
        return recording_entries.enter(unit, hearing, kind, answers=answers, by=by, **more)


def page_of(units: Units, hearing: str, by: Actor) -> PageView:
    with units.reading() as unit:
        return recording_views.page(unit, hearing, language="en", by=by)


def changed(units: Units, world: World, **case_facts: bool) -> None:
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row.case.facts = {**row.case.facts, **case_facts}


def test_what_the_log_says_is_taken_over_once_and_stands_in_the_record_without_the_files_name(
    units: Units, hearing: str, mumbai: Actor
) -> None:
    (entry,) = page_of(units, hearing, mumbai).logged
    with pytest.raises(NotAsLogged):
        described(units, hearing, mumbai, replace(TYPED, digest="ef" * 32), log_number=entry.number)
    described(units, hearing, mumbai, log_number=entry.number)
    with pytest.raises(TakenAlready):
        described(units, hearing, mumbai, log_number=entry.number)
    view = page_of(units, hearing, mumbai)
    assert (view.logged, [one.title for one in view.recordings]) == ((), [f"{hearing}-REC-1"])
    assert view.recordings[0].now.began.other.reading.wall == datetime(2026, 9, 14, 11, 30)
    with units.reading() as unit:
        said = records.one(unit, hearing, "recording", language="en", by=mumbai).value
    assert said.startswith(f"{hearing}-REC-1: from 2026-09-14, 11:00 Mumbai (UTC+05:30) / 11:30 Dhaka")
    assert said.count(DIGEST) == 1
    assert TYPED.name not in said
    assert TYPED.key_place not in said


def test_a_correction_stands_beside_what_was_said_and_an_old_form_is_refused(
    units: Units, hearing: str, mumbai: Actor
) -> None:
    described(units, hearing, mumbai)
    right = replace(TYPED, copies="One, on the second server")
    with units.writing() as unit:
        recordings.correct(unit, hearing, 1, right, revision=1, reason="A copy was made", by=mumbai)
    with units.writing() as unit, pytest.raises(Stale):
        recordings.correct(unit, hearing, 1, TYPED, revision=1, reason="Again", by=mumbai)
    (one,) = page_of(units, hearing, mumbai).recordings
    assert (one.now.copies, one.now.reason, one.now.changed) == (right.copies, "A copy was made", ("Copies",))
    assert [before.copies for before in one.before] == ["none"]


@pytest.mark.parametrize("row", [RecordingRow, RecordingEntryRow])
def test_the_database_itself_refuses_to_change_what_was_entered(
    units: Units, hearing: str, mumbai: Actor, row: type[RecordingRow]
) -> None:
    described(units, hearing, mumbai)
    entered(units, hearing, EntryKind.ACCESS, mumbai, GRANT)
    for statement in (update(row).values(by="x"), delete(row)):
        with pytest.raises(DBAPIError, match="append_only"), units.writing() as unit:
            unit.session.execute(statement)


def test_a_file_named_like_the_witness_is_refused_and_the_journal_has_no_file_name(
    units: Units, world: World, hearing: str, mumbai: Actor
) -> None:
    with units.writing() as unit:
        witness = unit.session.get_one(HearingRow, world.mumbai.hearing_id).witness
        vault.put(unit, witness, {"name": "Rahima Khatun", "identity_number": "BD1234567"}, by=mumbai)
    for name in ("Rahima_14Sep.mkv", "bd-1234567.mkv"):
        with pytest.raises(NameOfFile):
            described(units, hearing, mumbai, replace(TYPED, name=name))
    described(units, hearing, mumbai)
    with units.reading() as unit:
        facts = [entry.facts for entry in journal.history(unit, hearing) if entry.action == "recording.described"]
    assert len(facts) == 1
    assert TYPED.name not in facts[0]
    assert "Envelope" not in facts[0]


def test_a_copy_is_given_on_an_order_and_comes_back_once(units: Units, hearing: str, mumbai: Actor) -> None:
    described(units, hearing, mumbai)
    given = entered(units, hearing, EntryKind.ACCESS, mumbai, GRANT)
    assert page_of(units, hearing, mumbai).access[0].is_out
    entered(units, hearing, EntryKind.RETURNED, mumbai, BACK, about=given)
    with pytest.raises(Absent):
        entered(units, hearing, EntryKind.RETURNED, mumbai, BACK, about=given)
    (access,) = page_of(units, hearing, mumbai).access
    assert not access.is_out
    assert access.returned is not None
    assert access.returned.happened is not None
    with units.reading() as unit:
        (told,) = (entry.facts for entry in journal.history(unit, hearing) if entry.action == "recording.access")
    assert "Order 9" in told
    assert "Registrar of the High Court" in told


def test_an_entry_is_corrected_by_a_new_one(units: Units, hearing: str, mumbai: Actor) -> None:
    described(units, hearing, mumbai)
    first = entered(units, hearing, EntryKind.ACCESS, mumbai, GRANT)
    second = entered(units, hearing, EntryKind.ACCESS, mumbai, {**GRANT, "order_number": "Order 10"}, replaces=first)
    assert [one.replaced_by for one in page_of(units, hearing, mumbai).access] == [second, None]
    with pytest.raises(Absent):
        entered(units, hearing, EntryKind.ACCESS, mumbai, GRANT, replaces=first)


def test_a_day_before_the_order_or_still_to_come_is_refused(units: Units, hearing: str, mumbai: Actor) -> None:
    described(units, hearing, mumbai)
    for answers in (
        {**GRANT, "order_on": "2026-09-15"},
        {**GRANT, "happened_on": "2026-09-13"},
        {**GRANT, "happened_time": "23:00"},
        {**GRANT, "recording": "2"},
        {**GRANT, "manner": "everything"},
    ):
        with pytest.raises(Refusal):
            entered(units, hearing, EntryKind.ACCESS, mumbai, answers)
    assert page_of(units, hearing, mumbai).access == ()


def test_under_the_live_streaming_rules_nothing_is_given_while_the_case_is_still_heard(
    units: Units, world: World, hearing: str, mumbai: Actor
) -> None:
    described(units, hearing, mumbai)
    changed(units, world, live_streaming_rules=True)
    told = {**GRANT, "all_heard": "yes"}
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row.state = State.ADJOURNED
    with pytest.raises(EvidenceStillRecorded):
        entered(units, hearing, EntryKind.ACCESS, mumbai, told)
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = State.COMPLETED
    entered(units, hearing, EntryKind.ACCESS, mumbai, told)
    view = page_of(units, hearing, mumbai)
    assert str(view.least) == "2027-03-14"
    assert "5.7–5.8" in view.access_rules[1].authority


@pytest.mark.parametrize(
    ("role", "at", "refusal"),
    [(Role.COORDINATOR, "pune", Absent), (Role.MISSION_OFFICIAL, "", NotAllowed), (Role.INTERPRETER, "", NotAllowed)],
)
def test_only_the_court_keeps_them(
    units: Units, hearing: str, mumbai: Actor, actor: FindActor, role: Role, at: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        described(units, hearing, actor(role, at))


def test_nothing_is_described_before_the_court_opened_the_hearing(units: Units, world: World, actor: FindActor) -> None:
    with pytest.raises(NotOpened):
        described(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"))


def certificate(units: Units, hearing: str) -> ElectronicRecordCertificate:
    with units.reading() as unit:
        row = unit.session.get_one(HearingRow, hearing_of(units, hearing).id)
        sheet = printing.drafted(unit, row, "certificate-63-4", lang="en").made.sheet
    assert isinstance(sheet, ElectronicRecordCertificate)
    return sheet


def test_the_certificate_prints_what_was_given_and_leaves_the_rest_to_the_pen(
    units: Units, world: World, hearing: str, mumbai: Actor
) -> None:
    assert [one.file_id for one in certificate(units, hearing).recordings] == ["7"]
    described(units, hearing, mumbai, log_number=page_of(units, hearing, mumbai).logged[0].number)
    entered(units, hearing, EntryKind.PART_A, mumbai, PART_A)
    sheet = certificate(units, hearing)
    assert [(one.file_id, one.algorithm) for one in sheet.recordings] == [(f"{hearing}-REC-1", "SHA256")]
    assert (sheet.part_a.signer, sheet.part_a.source, sheet.part_a.agrees) == ("R. Keeper", "server", True)
    assert sheet.part_b == BLANK
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).case.regime = Regime.CRPC
    with pytest.raises(recording_entries.NotUnderThisCode):
        entered(units, hearing, EntryKind.PART_B, mumbai, {**PART_A, "designation": "Examiner"})
