"""All that is held about one person, given away without anybody else in it; a name replaced; a key under legal hold."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.reliability.looking import with_one_key
from tests.services.planned import MONDAY_11_AT, answered, booked
from tests.services.registered import REAL_NAME, witness_entry
from tests.world import World, email_of
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.grants import Length
from vctestimony.domain.people import Role
from vctestimony.services import (
    accounts,
    destroying,
    journal,
    leaving,
    legal_holds,
    numbers,
    officials,
    person_data,
    vault_grants,
    witness_data,
    witnesses,
)
from vctestimony.services.legal_holds import OnHold
from vctestimony.services.papers import destruction
from vctestimony.services.ports import Ports
from vctestimony.services.printing import Printed
from vctestimony.services.unit import Units
from vctestimony.services.vault import NoLeave
from vctestimony.store.models import AccountRow, OfficialRow, OutboxRow, ParticipantRow

ORDER = "Exh. 90 of 1 September"
REASON = "she asked what is held about her"


@pytest.fixture
def ports(ports: Ports, tmp_path: Path) -> Ports:
    return with_one_key(ports, tmp_path)


@pytest.fixture
def witness(units: Units, world: World, mumbai: Actor) -> str:
    with units.writing() as unit:
        witnesses.revise(unit, world.mumbai.witness, witness_entry("PW-7"), version=1, by=mumbai)
    return world.mumbai.witness


def files(made: Printed) -> dict[str, bytes]:
    assert made.file_name == "held-data.zip"
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.threat("T18", "T32")
def test_the_archive_tells_neither_when_the_others_come_nor_what_became_of_a_hearing_one_was_taken_off(
    units: Units, world: World, mumbai: Actor
) -> None:
    """T32: counsel of the accused come when the examination begins, a quarter of an hour after the others. T18."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    seats = []
    for removed_at in (None, units.ports.clock.now()):
        with units.writing() as unit:
            query = sa.select(ParticipantRow).filter_by(official_id=world.mumbai.defence_id)
            seat = unit.session.scalars(query).one()
            seat.side, seat.attends_pre, seat.removed_at = "accused", False, removed_at
            unit.session.flush()
            counsel = person_data.of_official_number(unit, world.mumbai.defence_id)
            administrator = accounts.actor_of(unit.session.get_one(AccountRow, world.account_id(Role.ADMINISTRATOR)))
            made = person_data.by_administrator(unit, counsel, reason=REASON, by=administrator)
            seats += json.loads(files(made)["hearings.json"])
    own_start_at = (MONDAY_11_AT + timedelta(minutes=15)).isoformat()
    assert [(one["starts_at"], one["state"]) for one in seats] == [(own_start_at, "booked"), (None, None)]


def test_an_official_gets_everything_about_themselves_and_nothing_about_anybody_else(
    units: Units, world: World, mumbai: Actor, judge: Actor
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
        unit.session.get_one(OfficialRow, world.mumbai.judge_id).designation = '=HYPERLINK("x")'
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        found = files(person_data.own(unit, by=judge))
        others = list(unit.session.scalars(sa.select(OfficialRow).where(OfficialRow.id != world.mumbai.judge_id)))
        whole = b"".join(found.values()).decode()
        assert [one.name for one in others if one.name in whole or one.email in whole] == []
    [seat] = json.loads(found["hearings.json"])
    assert (seat["reference"], seat["duty"]) == (world.mumbai.hearing, "JUDGE")
    assert json.loads(found["account.json"])[0]["email"] == email_of(Role.PRESIDING_OFFICER, "mumbai")
    assert json.loads(found["mails.json"])
    assert b"'=HYPERLINK" in found["directory.csv"]
    assert {"README.txt", "SHA256SUMS", "manifest.json", "sessions.csv", "journal.json"} <= found.keys()
    with units.reading() as unit:
        entry = journal.newest(unit, f"account:{judge.account_id}")
        assert entry is not None
        assert (entry.action, judge.name in entry.facts) == ("held.taken_out", False)


def test_only_an_administrator_takes_out_what_is_held_about_somebody_else(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    administrator = actor(Role.ADMINISTRATOR)
    with units.writing() as unit:
        person = person_data.of_official_number(unit, world.mumbai.defence_id)
        name = person.name
        with pytest.raises(NotAllowed):
            person_data.by_administrator(unit, person, reason=REASON, by=mumbai)
        made = files(person_data.by_administrator(unit, person, reason=REASON, by=administrator))
    assert json.loads(made["directory.json"])[0]["name"] == name


def test_a_witness_is_taken_out_by_the_presiding_officer_under_leave_and_nobody_else_is_in_it(
    units: Units, world: World, witness: str, judge: Actor, mumbai: Actor, actor: FindActor
) -> None:
    for by, refusal in ((mumbai, NotAllowed), (actor(Role.PRESIDING_OFFICER, "pune"), Absent), (judge, NoLeave)):
        with pytest.raises(refusal):
            witness_data.take_out(units, witness, order_reference=ORDER, reason=REASON, by=by)
    assert judge.account_id is not None
    with units.writing() as unit:
        vault_grants.give(unit, witness, judge.account_id, length=Length.HOUR, reason=REASON, by=judge)
    made = witness_data.take_out(units, witness, order_reference=f"{ORDER} {REAL_NAME}", reason=REASON, by=judge)
    found = files(made)
    assert {one["value"] for one in json.loads(found["identity.json"])} >= {REAL_NAME}
    assert json.loads(found["hearings.json"])[0]["reference"] == world.mumbai.hearing
    assert [one["office"] for one in json.loads(found["looks.json"])][-1] == "presiding_officer"
    whole = b"".join(found.values()).decode()
    assert judge.name not in whole
    with units.reading() as unit:
        assert all(REAL_NAME not in entry.facts for entry in journal.history(unit, witness))


def test_a_key_is_not_destroyed_while_the_case_is_on_hold_and_the_court_has_the_certificate_afterwards(
    units: Units, world: World, witness: str, judge: Actor, mumbai: Actor, actor: FindActor, ports: Ports
) -> None:
    with units.writing() as unit:
        destroying.order(unit, witness, order_reference=ORDER, reason=REASON, by=judge)
        [line] = destroying.waiting(unit, by=judge)
        hold = legal_holds.place(unit, world.mumbai.case, order_reference="Exh. 91", reason="an appeal", by=judge)
    administrator = actor(Role.ADMINISTRATOR)
    with pytest.raises(OnHold, match=rf"{hold}\) by the order Exh\. 91"):
        destroying.carry_out(units, line.key, by=administrator)
    with pytest.raises(OnHold):
        destroying.destroy_by_command(units, witness, order_reference=ORDER, reason=REASON)
    assert not ports.parts.is_gone(line.key)
    with units.writing() as unit:
        legal_holds.lift(unit, world.mumbai.case, hold, order_reference="Exh. 95", reason="decided", by=judge)
    destroying.carry_out(units, line.key, by=administrator)
    with units.reading() as unit:
        assert destruction.for_court(unit, witness, by=mumbai).pseudonym == "PW-7"
        with pytest.raises(Absent):
            destruction.for_court(unit, witness, by=actor(Role.COORDINATOR, "pune"))
    printed = destruction.print_for_court(units, witness, language="en", by=mumbai)
    again = destruction.print_for_administrator(units, line.key, language="en", by=administrator)
    assert (printed.number, printed.version) == (again.number, 1)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_key_that_is_gone_already_is_finished_although_a_hold_came_since(
    units: Units, world: World, witness: str, judge: Actor, ports: Ports, actor: FindActor
) -> None:
    with units.writing() as unit:
        destroying.order(unit, witness, order_reference=ORDER, reason=REASON, by=judge)
        [line] = destroying.waiting(unit, by=judge)
        ports.parts.destroy(line.key, at=unit.now)
        legal_holds.place(unit, world.mumbai.case, order_reference="Exh. 91", reason="an appeal", by=judge)
    destroying.carry_out(units, line.key, by=actor(Role.ADMINISTRATOR))
    with units.reading() as unit:
        assert destroying.certificate(unit, line.key, by=judge).done is not None


def closed(units: Units, official_id: int, account_id: int, by: Actor) -> None:
    with units.writing() as unit:
        accounts.disable(unit, account_id, version=unit.session.get_one(AccountRow, account_id).version, by=by)
        version = unit.session.get_one(OfficialRow, official_id).version
        officials.retire_official(unit, official_id, version=version, by=by)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_an_order_that_an_operator_types_names_nobody_in_the_journal(units: Units, witness: str) -> None:
    destroying.destroy_by_command(units, witness, order_reference=f"{ORDER} {REAL_NAME}", reason=REASON)
    with units.reading() as unit:
        told = [entry.facts for entry in journal.history(unit, witness) if ORDER in entry.facts]
    assert len(told) == 2
    assert not [facts for facts in told if any(part in facts for part in REAL_NAME.split())]


def test_the_name_of_who_left_is_replaced_everywhere_but_in_the_journal_and_not_while_a_hold_lasts(
    units: Units, world: World, mumbai: Actor, judge: Actor, actor: FindActor
) -> None:
    administrator, official = actor(Role.ADMINISTRATOR), world.dhaka.interpreter_id
    account = world.account_id(Role.INTERPRETER)
    with units.writing() as unit:
        person = person_data.of_account(unit, account)
        name, address = person.name, person.addresses[0]
        with pytest.raises(leaving.NotLeft):
            leaving.replace(unit, person, by=administrator)
        mail = OutboxRow(message_id="<1.0@x>", kind="request", to_address=address, body=b"", state="sent")
        mail.next_at = mail.created_at = unit.now
        unit.session.add(mail)
        for seat in unit.session.scalars(sa.select(ParticipantRow).where(ParticipantRow.official_id == official)):
            seat.removed_at = unit.now
            seat.sent = {"name": name, "address": address, "others": None}
    closed(units, official, account, administrator)
    with units.writing() as unit:
        hold = legal_holds.place(unit, world.mumbai.case, order_reference="Exh. 91", reason="an appeal", by=judge)
        person = person_data.of_account(unit, account)
        assert isinstance(leaving.standing(unit, person).why_not, OnHold)
        legal_holds.lift(unit, world.mumbai.case, hold, order_reference="Exh. 95", reason="decided", by=judge)
        with pytest.raises(NotAllowed):
            leaving.replace(unit, person, by=mumbai)
        number = leaving.replace(unit, person, by=administrator)
    with units.reading() as unit:
        row, directory = unit.session.get_one(AccountRow, account), unit.session.get_one(OfficialRow, official)
        assert row.name == directory.name == directory.resource.name == f"Former official {number}"
        assert (row.email, directory.email, directory.phone) == (*[f"{number.lower()}@left.invalid"] * 2, "")
        assert unit.session.scalars(sa.select(OutboxRow.to_address)).all() == [row.email]
        assert name not in str(unit.session.scalars(sa.select(ParticipantRow.sent)).all())
        person = person_data.of_account(unit, account)
        assert leaving.standing(unit, person).is_replaced
        assert journal.verify(unit)[1] is None
    with units.writing() as unit, pytest.raises(accounts.NobodysAccount):
        accounts.enable(unit, account, version=unit.session.get_one(AccountRow, account).version, by=administrator)


def test_a_court_sees_its_own_numbers_and_a_month_that_was_counted_stays(
    units: Units, world: World, judge: Actor, actor: FindActor, clock: FrozenClock
) -> None:
    with units.reading() as unit:
        [month] = numbers.page(unit, by=judge).months
        assert not month.is_kept
        with pytest.raises(NotAllowed):
            numbers.page(unit, by=actor(Role.ADMINISTRATOR))
    clock.at = clock.at.replace(month=10, day=8)
    numbers.keep(units)
    numbers.keep(units)
    with units.reading() as unit:
        kept = [one.month_on.month for one in numbers.page(unit, by=judge).months if one.is_kept]
        assert kept == [month.month_on.month]
        assert b"<3" in numbers.table(unit, language="en", by=judge)
