"""Encrypted backups by command on both engines: what they hide and refuse, and that no mail leaves afterwards."""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from tests import engines
from tests.conftest import Database
from tests.fakes import MemorySender
from tests.services.mails import stored
from tests.services.planned import answered, booked
from tests.world import World
from vctestimony.adapters.backup_files import CHUNK, BackupDamaged, Header, NoSuchKey, opened, seal
from vctestimony.adapters.backup_keys import backup_keys
from vctestimony.cli.starting import WRONG_SCHEMA, schema_problem
from vctestimony.composition import create_app
from vctestimony.config import Settings
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.people import Role
from vctestimony.services import held_mails, journal, restoring, sessions
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store import holds
from vctestimony.store.db import db
from vctestimony.store.models import AccountLinkRow, OutboxState, RecoveryCodeRow, WebSessionRow
from vctestimony.store.postgres_backup import restored

Run = Callable[..., Result]
HEADER = Header(kind="sqlite", key="one", made_at="2026-09-01T00:00:00+00:00", revision="0029")
KEYS = {"one": bytes(32), "two": bytes([2]) * 32}


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Let what is forgotten be reported within the test."""
    yield
    gc.collect()


def _written(path: Path, content: bytes) -> Path:
    with path.open("wb") as file:
        seal(
            [content[at : at + 999_999] for at in range(0, len(content), 999_999)], file, header=HEADER, key=KEYS["one"]
        )
    return path


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_is_sealed_opens_again_whatever_its_length(tmp_path: Path, length: int) -> None:
    content = bytes(n % 251 for n in range(length))
    assert b"".join(opened(_written(tmp_path / "b", content), KEYS, key_place="here")) == content


@pytest.mark.threat("T27")
def test_no_byte_of_a_backup_can_be_changed_moved_added_or_cut_off(tmp_path: Path) -> None:
    whole = _written(tmp_path / "b", bytes(2 * CHUNK + 5)).read_bytes()
    ends = len(whole) - 2 * (CHUNK + 16) - 21
    first, second = whole[ends : ends + CHUNK + 16], whole[ends + CHUNK + 16 : ends + 2 * (CHUNK + 16)]
    spoilt = {
        "cut within a chunk": whole[:-1],
        "cut between chunks": whole[:-21],
        "all chunks gone": whole[:ends],
        "added to": whole + b"x",
        "two chunks changed places": whole[:ends] + second + first + whole[-21:],
        "a bit of the content": whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
        "a bit of the header": whole.replace(b'"made_at": "2026', b'"made_at": "2025'),
        "a bit of the salt": whole[: ends - 1] + bytes([whole[ends - 1] ^ 1]) + whole[ends:],
    }
    for what, content in spoilt.items():
        (tmp_path / "spoilt").write_bytes(content)
        with pytest.raises(BackupDamaged):
            assert list(opened(tmp_path / "spoilt", KEYS, key_place="here")), what
    with pytest.raises(NoSuchKey, match="one"):
        list(opened(tmp_path / "b", {"two": KEYS["two"]}, key_place="here"))
    with pytest.raises(BackupDamaged):
        list(opened(tmp_path / "b", {"one": KEYS["two"]}, key_place="here"))


def alone_with(database: Database) -> None:
    """Part from every connection that the tests themselves keep open."""
    database.engine.dispose()
    kept = engines._RENEWING.pop(database.url, None)
    if kept is not None:
        kept.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings.from_env({"VCT_INSTANCE": str(tmp_path / "instance"), "VCT_DATABASE_URL": database_url})


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def run(app: Flask, database: Database) -> Run:
    def call(*words: str) -> Result:
        alone_with(database)
        return app.test_cli_runner().invoke(args=list(words))

    return call


@pytest.mark.bad_day("R20")
def test_after_a_restore_no_mail_leaves_until_somebody_released_it(
    run: Run, units: Units, world: World, mumbai: Actor, sender: MemorySender, tmp_path: Path, settings: Settings
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    written = stored(units)
    target = tmp_path / "copy.vctb"
    made = run("backup", str(target))
    assert made.exit_code == 0, made.output
    content, address = target.read_bytes(), written[0].to_address
    assert (address.encode() in content, b"SQLite format" in content, target.stat().st_mode & 0o077) == (
        False,
        False,
        0,
    )
    while deliver_one(units, owner="one"):
        pass
    gone = len(sender.sent)
    verified = run("restore", str(target), "--verify")
    assert (verified.exit_code, "is whole" in verified.output) == (0, True), verified.output
    restored = run("restore", str(target))
    assert restored.exit_code == 0, restored.output
    assert {row.state for row in stored(units)} == {OutboxState.PENDING}
    assert not deliver_one(units, owner="one"), "nothing leaves by itself"
    first, second = written[0].id, next(row.id for row in written if row.to_address != address)
    assert f"{first} invitation to {address}" in run("mail", "held").output
    assert run("mail", "drop", str(first)).output == "Dropped: 1 mails will not leave.\n"
    assert run("mail", "release", "--only", str(second), "--yes").output == "Released: 1 mails leave now.\n"
    assert deliver_one(units, owner="one")
    assert not deliver_one(units, owner="one"), "the rest is held still"
    with units.reading() as unit:
        assert journal.verify(unit)[1] is None
    released = run("mail", "release", "--yes")
    assert released.output == f"Released: {len(written) - 2} mails leave now.\n"
    while deliver_one(units, owner="one"):
        pass
    assert (len(sender.sent) - gone, address in {to for to, _ in sender.sent[gone:]}) == (len(written) - 1, False)
    assert not list(settings.instance_dir.glob("backup-*"))


def test_whoever_may_have_been_told_before_the_backup_is_told_of_the_end(
    units: Units, world: World, mumbai: Actor
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        held_mails.hold(unit)
    assert {row.attempts for row in stored(units)} == {1}
    with units.reading() as unit:
        assert holds.current(unit.session) is not None


@pytest.mark.bad_day("R20")
def test_after_a_restore_nobody_is_signed_in_and_no_link_or_code_works(
    run: Run, units: Units, world: World, tmp_path: Path
) -> None:
    account_id, target = world.account_id(Role.COORDINATOR), tmp_path / "copy.vctb"
    with units.writing() as unit:
        for whose in (account_id, None):
            sessions.start(
                unit, token=f"t{whose}", account_id=whose, content={}, browser="", lifetime=sessions.Lifetime()
            )
        unit.session.add_all(
            (
                AccountLinkRow(account_id=account_id, purpose="lost", token_hash="h", made_at=unit.now),
                RecoveryCodeRow(account_id=account_id, code_hash="h"),
            )
        )
    assert run("backup", str(target)).exit_code == 0
    restored = run("restore", str(target))
    assert (restored.exit_code, "Everybody is signed out." in restored.output) == (0, True), restored.output
    assert "stand as when the backup was made" in restored.output
    with units.reading() as unit:
        for row in (WebSessionRow, AccountLinkRow, RecoveryCodeRow):
            assert unit.session.query(row).count() == 0
        assert "account.all_ended" in {entry.action for entry in journal.history(unit, restoring.SUBJECT)}


@pytest.mark.bad_day("R21")
def test_without_its_key_a_backup_is_refused_and_the_database_stays(
    run: Run, units: Units, tmp_path: Path, app: Flask, settings: Settings
) -> None:
    target = tmp_path / "copy.vctb"
    assert run("backup", str(target)).exit_code == 0
    (settings.instance_dir / "backup.key").unlink()
    with units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
    refused = run("restore", str(target))
    assert (refused.exit_code, "There is no backup key" in refused.output) == (1, True)
    other = create_app(replace(settings, backup_keys="other:" + "A" * 43 + "="))
    refused = other.test_cli_runner().invoke(args=["restore", str(target)])
    assert (refused.exit_code, "was sealed with the backup key" in refused.output) == (1, True)
    with other.app_context():
        db.engine.dispose()
    assert run("journal", "verify").output.startswith("1 entries, all in place and unchanged.\n")


@pytest.mark.bad_day("R20")
@pytest.mark.postgresql
@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_killed_before_mail_is_held_a_restored_database_is_none_that_starts(
    run: Run, units: Units, database: Database, app: Flask, tmp_path: Path
) -> None:
    with units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
    target, archive = tmp_path / "copy.vctb", tmp_path / "archive"
    assert run("backup", str(target)).exit_code == 0
    keys = backup_keys("", tmp_path / "instance")
    archive.write_bytes(b"".join(opened(target, keys.by_id, key_place="here")))
    archive.chmod(0o600)
    alone_with(database)

    def restore() -> None:
        engine = sa.create_engine(database.url)
        restored(engine, archive, named=target, ready=lambda _: os.kill(os.getpid(), signal.SIGKILL))

    with app.app_context():
        db.engine.dispose()
    killed = multiprocessing.get_context("fork").Process(target=restore)
    killed.start()
    killed.join()
    assert (killed.exitcode, schema_problem(database.engine)) == (-signal.SIGKILL, WRONG_SCHEMA)
    again = run("restore", str(target))
    assert again.exit_code == 0, again.output
    with units.reading() as unit:
        assert held_mails.is_held(unit)
