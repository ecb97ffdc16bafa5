"""A key for each witness: moved to, wrapped anew while others read and write, destroyed for here and every backup."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.conftest import Database
from tests.fakes import FrozenClock
from tests.reliability.looking import KEYS, PARTS, READY, STOP, sealed_in
from tests.services.planned import answered, booked
from tests.services.registered import REAL_NAME, leave, witness_entry
from tests.world import World
from vctestimony.adapters.vault_keys import KeyFile, KeysElsewhere, LastKey
from vctestimony.config import PROJECT
from vctestimony.domain.access import Actor
from vctestimony.domain.sealing import SealedForGood, VaultShut, keys_in, written
from vctestimony.services import (
    destroying,
    journal,
    restoring,
    vault,
    vault_pages,
    vault_rotation,
    witness_keys,
    witnesses,
)
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import backup
from vctestimony.store.db import engine_options, prepare
from vctestimony.store.models import VaultRow, WitnessKeyRow, WitnessRow

REASON = "to compare the passport before the oath"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / KEYS).write_text(written({"first": bytes(range(32))}))
    return tmp_path


@pytest.fixture
def ports(ports: Ports, folder: Path) -> Ports:
    return sealed_in(ports, folder)


@pytest.fixture
def witness(units: Units, world: World, mumbai: Actor) -> str:
    with units.writing() as unit:
        witnesses.revise(unit, world.mumbai.witness, witness_entry("PW-7"), version=1, by=mumbai)
    leave(units, world.mumbai.witness, mumbai)
    return world.mumbai.witness


def name_of(units: Units, witness: str, by: Actor) -> str:
    with units.writing() as unit:
        return dict(vault.look(unit, witness, reason=REASON, by=by).fields)["Full name"]


def used(units: Units) -> set[str]:
    with units.reading() as unit:
        return set(unit.session.scalars(sa.select(WitnessKeyRow.key_id)))


def ordered(units: Units, witness: str, judge: Actor) -> str:
    with units.writing() as unit:
        destroying.order(unit, witness, order_reference="Exh. 90 of 1 September", reason="she has asked", by=judge)
    with units.reading() as unit:
        return unit.session.scalars(sa.select(WitnessKeyRow.public_id)).one()


@pytest.mark.asvs("11.2.2")
def test_a_new_master_key_is_taken_while_another_process_reads_and_writes(
    units: Units, database: Database, folder: Path, witness: str, mumbai: Actor, ports: Ports
) -> None:
    command = (sys.executable, "-m", "tests.reliability.looking", database.url, str(folder), witness)
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as other:
        while not (folder / READY).exists():
            assert other.poll() is None
        for _ in range(2):
            newest = ports.master_keys.add()
            assert vault_rotation.rewrap(units) > 0
            assert used(units) == {newest}
        (folder / READY).unlink()
        while not (folder / READY).exists():
            assert other.poll() is None
        (folder / STOP).touch()
        assert other.wait(timeout=60) == 0
    for key_id in ports.master_keys.ids()[:-1]:
        vault_rotation.retire(units, key_id)
    assert ports.master_keys.ids() == (newest,)
    assert (folder / KEYS).stat().st_mode & 0o777 == 0o600
    assert name_of(units, witness, mumbai) == REAL_NAME


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_key_that_is_in_use_or_the_last_is_not_retired(units: Units, witness: str, ports: Ports) -> None:
    with pytest.raises(vault_rotation.KeyInUse, match="witness_key: 1"):
        vault_rotation.retire(units, "first")
    vault_rotation.rewrap(units)
    newest = ports.master_keys.add()
    vault_rotation.rewrap(units)
    with pytest.raises(vault_rotation.KeyInUse):
        vault_rotation.retire(units, newest)
    with pytest.raises(LastKey):
        ports.master_keys.remove(newest)
    with pytest.raises(KeysElsewhere):
        KeyFile(None).add()


def test_what_a_master_key_sealed_in_older_times_opens_before_and_after_it_is_moved(
    units: Units, witness: str, mumbai: Actor
) -> None:
    with units.writing() as unit:
        row = unit.session.scalars(sa.select(WitnessRow).where(WitnessRow.reference == witness)).one()
        for field in unit.session.scalars(sa.select(VaultRow)):
            place = witness_keys.place_of(row, field.field)
            plain = witness_keys.opened(unit, row, field.sealed, key_id=field.key_id, bound_to=place)
            field.key_id, field.sealed = unit.ports.vault.seal(plain, bound_to=place)
    assert name_of(units, witness, mumbai) == REAL_NAME
    assert (vault_rotation.move_to_witness_keys(units), vault_rotation.move_to_witness_keys(units)) == (2, 0)
    assert name_of(units, witness, mumbai) == REAL_NAME
    with units.reading() as unit:
        assert vault_rotation.uses(unit, "first") == {"witness_key": 1}


@pytest.mark.threat("T6")
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_key_or_a_field_of_another_witness_is_refused_with_an_alert(
    units: Units, world: World, witness: str, mumbai: Actor
) -> None:
    with units.writing() as unit:
        other = witness_entry("W-2", identity={"name": "Somebody Else"})
        witnesses.register(unit, world.mumbai.case, other, by=mumbai)
    with units.writing() as unit:
        mine, theirs = unit.session.scalars(sa.select(WitnessKeyRow).order_by(WitnessKeyRow.id))
        mine.wrapped, theirs.wrapped = theirs.wrapped, mine.wrapped
    with pytest.raises(VaultShut):
        vault.look_or_alert(units, witness, reason=REASON, by=mumbai)
    with units.reading() as unit:
        assert [entry.action for entry in journal.history(unit, witness)][-1] == "vault.alert"
        assert not vault.opens(unit)


@pytest.fixture
def restored(database: Database, tmp_path: Path, ports: Ports) -> Iterator[Units]:
    """Units on the backup `copy.sqlite`, with the keys and parts of today."""
    url = f"sqlite:///{tmp_path / 'copy.sqlite'}"
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    yield Units(scoped_session(sessionmaker(engine)), ports)
    engine.dispose()


@pytest.mark.threat("T27")
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_backup_of_before_does_not_know_her_after_her_key_was_destroyed(
    units: Units,
    database: Database,
    world: World,
    witness: str,
    mumbai: Actor,
    judge: Actor,
    tmp_path: Path,
    restored: Units,
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    key = ordered(units, witness, judge)
    part = tmp_path / PARTS / key
    assert part.stat().st_mode & 0o777 == 0o600
    backup.copy_out(database.engine, tmp_path / "copy.sqlite")
    assert name_of(restored, witness, mumbai) == REAL_NAME
    destroying.carry_out(units, key, by=mumbai)
    assert not part.exists()
    for everywhere in (units, restored):
        with pytest.raises(SealedForGood):
            witness_keys_opened(everywhere, witness)
        booked(everywhere, world.mumbai.hearing, mumbai)
    with pytest.raises(SealedForGood):
        name_of(restored, witness, mumbai)
    with units.reading() as unit:
        told = destroying.certificate(unit, key, by=mumbai)
        assert (told.pseudonym, told.order) == ("PW-7", "Exh. 90 of 1 September")
        assert vault.opens(unit)
        assert unit.session.scalars(sa.select(VaultRow)).all() == []
        assert journal.verify(unit)[1] is None


@pytest.mark.threat("T27")
@pytest.mark.bad_day("R20")
@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize("was_ordered", [True, False], ids=["ordered before", "ordered after"])
def test_a_restored_backup_knows_by_the_mark_that_a_key_was_destroyed_and_when(
    units: Units,
    database: Database,
    witness: str,
    judge: Actor,
    tmp_path: Path,
    restored: Units,
    clock: FrozenClock,
    was_ordered: bool,
) -> None:
    if was_ordered:
        key = ordered(units, witness, judge)
    backup.copy_out(database.engine, tmp_path / "copy.sqlite")
    if not was_ordered:
        key = ordered(units, witness, judge)
    destroying.carry_out(units, key, by=judge)
    at = clock.at
    clock.advance(hours=5)
    with restored.reading() as unit:
        page, waits = vault_pages.looks(unit, witness, by=judge), destroying.count_waiting(unit)
    assert page.gone is not None
    assert (page.gone[0].at, waits) == (at, 0)
    with restored.writing() as unit, pytest.raises(destroying.DestroyedAlready):
        destroying.order(unit, witness, order_reference="Exh. 91", reason="she has asked", by=judge)
    for _ in range(2):
        with restored.writing() as unit:
            restoring.settle(unit, backup_made_at="")
    with restored.reading() as unit:
        row = unit.session.scalars(sa.select(WitnessKeyRow)).one()
        assert (row.destroyed_at, row.wrapped, row.destroyed_by) == (at, b"", "")
        entries = [one.action for one in journal.history(unit, witness)]
        assert entries.count("vault.key_destroyed") == 1
        told = destroying.of_witness(unit, row.witness, by=judge)
        assert (told is not None) is was_ordered
        if told is not None:
            assert (told.done, told.done_by) == (page.gone, "")


def witness_keys_opened(units: Units, witness: str) -> None:
    with units.writing() as unit:
        row = unit.session.scalars(sa.select(WitnessRow).where(WitnessRow.reference == witness)).one()
        witness_keys.seal(unit, row, "anything", bound_to="test")


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_key_is_destroyed_only_by_order_only_once_and_to_the_end_after_a_crash(
    units: Units, witness: str, mumbai: Actor, judge: Actor, ports: Ports
) -> None:
    key = ordered(units, witness, judge)
    with units.writing() as unit, pytest.raises(destroying.OrderedAlready):
        destroying.order(unit, witness, order_reference="Exh. 91", reason="she has asked", by=judge)
    with units.writing() as unit:
        destroying.recall(unit, witness, by=judge)
    with pytest.raises(destroying.NotOrdered):
        destroying.carry_out(units, key, by=mumbai)
    assert name_of(units, witness, mumbai) == REAL_NAME
    ordered(units, witness, judge)
    ports.parts.destroy(key, at=ports.clock.now())  # as if it stopped right after this
    with pytest.raises(SealedForGood):
        name_of(units, witness, mumbai)
    destroying.carry_out(units, key, by=mumbai)
    with pytest.raises(destroying.DestroyedAlready):
        destroying.carry_out(units, key, by=mumbai)


@pytest.mark.threat("T5")
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_without_its_keys_a_copy_says_sealed_and_still_books(
    units: Units, world: World, witness: str, mumbai: Actor, folder: Path
) -> None:
    for part in (folder / PARTS).iterdir():
        part.rename(folder / part.name)
    with units.writing() as unit:
        answered(unit.session, world)
    with pytest.raises(VaultShut) as refused:
        name_of(units, witness, mumbai)
    assert not isinstance(refused.value, SealedForGood)
    booked(units, world.mumbai.hearing, mumbai)


def test_a_spoilt_key_file_changes_nothing_for_who_serves(folder: Path) -> None:
    file = KeyFile(folder / KEYS)
    assert file.renewed() is None
    (folder / KEYS).write_text("not a key")
    assert file.renewed() is None
    (folder / KEYS).write_text(written({"first": bytes(range(32)), "second": bytes(32)}))
    assert file.renewed() == keys_in((folder / KEYS).read_text())
    assert file.renewed() is None
