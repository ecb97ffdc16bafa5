"""Copying the database out and in by command: what is refused, and that nothing is lost either way."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.conftest import Database
from vctestimony.adapters.anchor_file import AnchorFile
from vctestimony.composition import create_app
from vctestimony.config import PROJECT, Settings
from vctestimony.domain.access import SYSTEM
from vctestimony.services import anchors, journal
from vctestimony.services.unit import Units
from vctestimony.settings.keeping import ANCHOR_FILE
from vctestimony.store.db import db
from vctestimony.store.sqlite_driver import SQLITE

Run = Callable[..., Result]


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


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
def run(app: Flask) -> Run:
    def call(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=list(words))

    return call


@pytest.mark.bad_day("R19")
def test_a_backup_restores_what_was_there(
    run: Run, units: Units, database: Database, tmp_path: Path, sqlite_folder: Path, settings: Settings
) -> None:
    """Anchors that were set after the backup are given up, because the restore says so beside the database."""
    target, anchored = tmp_path / "copy.sqlite", AnchorFile(settings.instance_dir / ANCHOR_FILE)
    with units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
    assert run("backup", "--plain", str(target)).exit_code == 0
    assert target.stat().st_mode & 0o077 == 0
    with units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-2", by=SYSTEM)
    for _ in range(3):
        with units.with_ports(replace(units.ports, anchors=anchored)).writing() as unit:
            anchors.set_now(unit)
    database.engine.dispose()
    restored = run("restore", "--plain", str(target))
    assert restored.exit_code == 0, restored.output
    whole = run("journal", "verify")
    assert whole.exit_code == 0, whole.output
    assert whole.output.startswith("4 entries, all in place and unchanged.\n"), "and what is held and ended"
    assert "3 anchors are of entries that a restored backup did not have." in whole.output
    (settings.instance_dir / ANCHOR_FILE).write_text("\n".join(anchored.lines()[:-1]))
    assert run("journal", "verify").exit_code == 1
    (aside,) = sqlite_folder.glob("vctestimony-replaced-*.sqlite")
    assert str(aside) in restored.output
    assert aside.stat().st_mode & 0o077 == 0
    with closing(SQLITE.connect(str(aside))) as kept:
        assert kept.execute("SELECT count(*) FROM journal").fetchone() == (5,)


def _foreign(path: Path, _whole: Path) -> None:
    with closing(SQLITE.connect(str(path))) as connection:
        connection.execute("CREATE TABLE recipe (id INTEGER)")


def _of_another_version(path: Path, whole: Path) -> None:
    _altered(path, whole, "UPDATE alembic_version SET version_num = '9999'")


def _without_journal(path: Path, whole: Path) -> None:
    _altered(path, whole, "DROP TABLE journal")


def _rewritten(path: Path, whole: Path) -> None:
    _altered(path, whole, "DROP TRIGGER append_only_journal_update", "UPDATE journal SET subject = 'H-2'")


def _altered(path: Path, whole: Path, *statements: str) -> None:
    shutil.copyfile(whole, path)
    with closing(SQLITE.connect(str(path), isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path, _: path.write_text("a letter", encoding="utf-8"), "is not a SQLite database"),
        (lambda path, _: path.write_bytes(b""), "is not a SQLite database"),
        (lambda path, _: path.mkdir(), "is not a SQLite database"),
        (lambda path, _: path.write_bytes(b"SQLite format 3\x00" + bytes(5000)), "is damaged"),
        (_foreign, "is not a database of this service"),
        (_of_another_version, "is not a database of this service"),
        (_without_journal, "is not a database of this service"),
        (_rewritten, "entry 1 was changed after it was written"),
    ],
)
def test_what_is_no_sound_backup_is_refused_and_the_database_stays(
    run: Run,
    units: Units,
    database: Database,
    tmp_path: Path,
    sqlite_folder: Path,
    spoil: Callable[[Path, Path], object],
    sentence: str,
) -> None:
    with units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
    whole, spoilt = tmp_path / "whole.sqlite", tmp_path / "spoilt.sqlite"
    assert run("backup", "--plain", str(whole)).exit_code == 0
    database.engine.dispose()
    spoil(spoilt, whole)
    refused = run("restore", "--plain", str(spoilt))
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)
    assert sentence in refused.output
    assert run("journal", "verify").output.startswith("1 entries, all in place and unchanged.\n")
    assert not [*sqlite_folder.glob("*-replaced-*"), *sqlite_folder.glob("*.restoring*")]


def test_nothing_is_restored_while_a_connection_is_open(run: Run, units: Units, tmp_path: Path) -> None:
    with units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
    target = tmp_path / "copy.sqlite"
    run("backup", "--plain", str(target))
    refused = run("restore", "--plain", str(target))
    assert (refused.exit_code, "in use" in refused.output) == (1, True)


SERVE = (sys.executable, "-u", "-m", "flask", "--app", "wsgi", "serve")


def _environ(settings: Settings, port: int) -> dict[str, str]:
    instance, url = str(settings.instance_dir), settings.database_url
    return {**os.environ, "VCT_INSTANCE": instance, "VCT_DATABASE_URL": url, "PORT": str(port)}


@pytest.mark.bad_day("R20")
def test_nothing_is_restored_while_the_service_runs(run: Run, settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    run("backup", "--plain", str(target))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        SERVE, cwd=PROJECT, env=_environ(settings, port), stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline().startswith("Serving on")
            refused = run("restore", "--plain", str(target))
        finally:
            server.terminate()
    assert (refused.exit_code, "in use" in refused.output) == (1, True)
    restored = run("restore", "--plain", str(target))
    assert restored.exit_code == 0, restored.output


def test_a_database_that_is_no_longer_one_is_replaced_and_kept(
    run: Run, database: Database, database_url: str, tmp_path: Path, sqlite_folder: Path
) -> None:
    target, path = tmp_path / "copy.sqlite", Path(database_url.removeprefix("sqlite:///"))
    run("backup", "--plain", str(target))
    database.engine.dispose()
    path.write_text("flooded", encoding="utf-8")
    assert run("restore", "--plain", str(target)).exit_code == 0
    (aside,) = sqlite_folder.glob("vctestimony-replaced-*.sqlite")
    assert aside.read_text(encoding="utf-8") == "flooded"
    assert run("journal", "verify").exit_code == 0


def test_a_backup_overwrites_nothing_and_makes_no_folder(run: Run, tmp_path: Path) -> None:
    there = tmp_path / "there.sqlite"
    there.write_text("precious", encoding="utf-8")
    refused, nowhere = (
        run("backup", "--plain", str(there)),
        run("backup", "--plain", str(tmp_path / "none" / "copy.sqlite")),
    )
    assert (refused.exit_code, refused.output.count("\n")) == (1, 1)
    assert "was not overwritten" in refused.output
    assert there.read_text(encoding="utf-8") == "precious"
    assert (nowhere.exit_code, "There is no folder" in nowhere.output) == (1, True)


def test_a_taken_port_is_one_sentence(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        environ = _environ(settings, port)
        result = subprocess.run(SERVE, cwd=PROJECT, env=environ, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert f"Port {port} of 127.0.0.1 cannot be opened" in result.stderr
