"""Commands that keep the data safe: write, verify and restore an encrypted backup, move to PostgreSQL."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click
import sqlalchemy as sa
from flask.cli import with_appcontext
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import scoped_session, sessionmaker

from vctestimony.adapters import backup_files
from vctestimony.adapters.backup_keys import BackupKeys, backup_keys
from vctestimony.cli.at_hand import says_why, settings, units
from vctestimony.config import database_url
from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_
from vctestimony.services import held_mails, restoring
from vctestimony.services.unit import Units
from vctestimony.store import backup as copies
from vctestimony.store import moving, postgres_backup, schema
from vctestimony.store.db import db, engine_options

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_PIECE = 1024 * 1024
RESTORED = (
    "Restored. No mail leaves until somebody looked through what waits, under Administration: Held mail.",
    "Everybody is signed out. Links by mail and recovery codes are void: people make new codes under Your account.",
    "Passwords, second steps, disabled accounts and leave to see identities stand as when the backup was made.",
)


class OtherEngine(Refusal):
    """A backup goes back to the kind of database it came from."""

    text = N_("This is a backup of {kind}, and the database here is {here}. Restore it there, then: flask move")


class NotEncrypted(Refusal):
    """A plain copy is taken only by who says that it is meant."""

    text = N_("{path} is a plain copy that anybody could have changed. If it is meant, say --plain.")


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--plain", is_flag=True, help="A plain SQLite file instead of an encrypted backup.")
@with_appcontext
@says_why
def backup(target: Path, *, plain: bool) -> None:
    """Copy the database, consistently and while the service runs, into one encrypted file."""
    if plain:
        copies.copy_out(db.engine, target)
        click.echo(f"Written to {target}, readable by whoever has it. Keep it apart from {settings().instance_dir}.")
        return
    keys = backup_keys(settings().backup_keys, settings().instance_dir, make=True)
    _refuse_to_overwrite(target)
    _sealed(target, keys)
    if keys.made:
        click.echo(f"A backup key was made: {keys.place}. Without it no backup can be opened; keep a copy elsewhere.")
    click.echo(f"Written to {target}, sealed with the backup key {keys.newest}. Keep it apart from {keys.place}.")


def _refuse_to_overwrite(target: Path) -> None:
    if not target.parent.is_dir():
        raise copies.FolderMissing(folder=target.parent)
    if target.exists():
        raise copies.FileThere(path=target)


def _sealed(target: Path, keys: BackupKeys) -> None:
    kind = db.engine.dialect.name
    header = backup_files.Header(
        kind=kind,
        key=keys.newest,
        made_at=units().ports.clock.now().isoformat(timespec="seconds"),
        revision=schema.present(db.engine) or "",
    )
    draft, plain = target.with_name(f"{target.name}.part"), _plain_draft()
    try:
        content = postgres_backup.dumped(db.engine.url) if kind == POSTGRESQL else _snapshot(plain)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            backup_files.seal(content, file, header=header, key=keys.by_id[keys.newest])
            file.flush()
            os.fsync(file.fileno())
        copies.put(draft, target)
    except OSError as error:
        raise copies.Unwritable(path=target, problem=error.strerror) from error
    finally:
        draft.unlink(missing_ok=True)
        plain.unlink(missing_ok=True)


def _plain_draft() -> Path:
    """Where an open copy lies for a moment: beside the database, in the folder that only its owner enters."""
    return settings().instance_dir / f"backup-{os.getpid()}.part"


def _snapshot(plain: Path) -> Iterable[bytes]:
    plain.unlink(missing_ok=True)
    copies.copy_out(db.engine, plain)
    with plain.open("rb") as file:
        yield from iter(lambda: file.read(_PIECE), b"")


@click.command("restore")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--verify", is_flag=True, help="Only open it and look it over; nothing is changed.")
@click.option("--plain", is_flag=True, help="SOURCE is a plain SQLite file.")
@with_appcontext
@says_why
def restore(source: Path, *, verify: bool, plain: bool) -> None:
    """Put a backup in place of the database; stop the service first. Mail is held until somebody releases it."""
    if plain:
        made_at = _put_sqlite(source, named=source, made_at="", verify=verify)
    else:
        made_at = _from_sealed(source, verify=verify)
    if verify:
        click.echo(f"{source} is whole and can be restored.{made_at and f' It was made at {made_at}.'}")
        return
    for line in RESTORED:
        click.echo(line)


def _from_sealed(source: Path, *, verify: bool) -> str:
    if not backup_files.is_backup(source) and copies.is_sqlite(source):
        raise NotEncrypted(path=source)
    header, here = backup_files.header_of(source), db.engine.dialect.name
    if header.kind != here:
        raise OtherEngine(kind=header.kind, here=here)
    keys = backup_keys(settings().backup_keys, settings().instance_dir)
    draft = _plain_draft()
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for chunk in backup_files.opened(source, keys.by_id, key_place=keys.place):
                file.write(chunk)
        if here == SQLITE:
            return _put_sqlite(draft, named=source, made_at=header.made_at, verify=verify)
        return _put_postgresql(draft, named=source, made_at=header.made_at, verify=verify)
    finally:
        for tail in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + tail).unlink(missing_ok=True)


def _put_sqlite(source: Path, *, named: Path, made_at: str, verify: bool) -> str:
    if verify:
        copies.look_over(source, named=named)
        return made_at
    now = units().ports.clock.now()
    aside = copies.copy_in(db.engine, source, named=named, now=now, ready=lambda engine: _ready(engine, made_at))
    if aside is not None:
        click.echo(f"The database before it is kept in {aside}, unencrypted; delete it when nothing in it is missed.")
    return made_at


def _put_postgresql(archive: Path, *, named: Path, made_at: str, verify: bool) -> str:
    if verify:
        postgres_backup.listed(archive, db.engine.url)
        return made_at
    db.session.remove()
    postgres_backup.restored(db.engine, archive, named=named, ready=lambda connection: _ready(connection, made_at))
    return made_at


def _ready(bind: Engine | Connection, made_at: str) -> None:
    """What must have happened before a restored database is one: this version's schema, no mail that leaves, and
    nothing that was ended since."""
    schema.upgrade(bind)
    sessions = scoped_session(sessionmaker(bind))
    try:
        with Units(sessions, units().ports).writing(wakes=False) as unit:
            restoring.settle(unit, backup_made_at=made_at)
    finally:
        with suppress(Exception):
            sessions.remove()


@click.command("move")
@click.option("--to", "url", envvar="VCT_MOVE_TO", required=True, help="An empty PostgreSQL, as VCT_DATABASE_URL.")
@with_appcontext
@says_why
def move(url: str) -> None:
    """Move everything from SQLite into an empty PostgreSQL, and prove that it is the same; stop the service first."""
    there = database_url(url, settings().instance_dir)
    target = sa.create_engine(there, **engine_options(there))
    db.session.remove()
    try:
        with copies.out_of_service(db.engine), copies.out_of_service(target):
            moved = moving.move(db.engine, target)
            with units().writing(wakes=False) as unit:
                held_mails.hold(unit)  # whoever starts the old one by mistake writes to nobody
    except OperationalError as error:
        raise moving.NotReached(problem=str(error.orig).strip().splitlines()[0]) from error
    finally:
        target.dispose()
    for one in moved:
        if one.rows:
            click.echo(f"{one.table}: {one.rows} rows, {one.hash[:16]}")
    click.echo(f"{sum(one.rows for one in moved)} rows in {len(moved)} tables, the same on both sides.")
    click.echo("Set VCT_DATABASE_URL to the new database and start the service. Mail of the old one is held for good.")


COMMANDS = (backup, restore, move)
