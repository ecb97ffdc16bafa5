"""The one place that copies a SQLite database out and in; PostgreSQL has pg_dump for it."""

from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import Engine

from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_
from vctestimony.store.sqlite_driver import SQLITE


class NotSqlite(Refusal):
    """Another engine has its own tools."""

    text = N_("This database is not SQLite. Use pg_dump and pg_restore for PostgreSQL.")


class BackupBroken(Refusal):
    """The copy does not pass the integrity check."""

    text = N_("The copy {path} is damaged ({problem}) and was not used.")


def copy_out(engine: Engine, target: Path) -> None:
    """A consistent copy while others write (a plain file copy loses what is in the WAL), checked before it counts."""
    draft = target.with_name(target.name + ".part")
    with closing(SQLITE.connect(_path(engine))) as source, closing(SQLITE.connect(str(draft))) as copy:
        source.backup(copy)
    draft.chmod(0o600)
    _check(draft)
    draft.replace(target)


def copy_in(engine: Engine, source: Path) -> None:
    """Replace the content of the database by the copy's."""
    _check(source)
    path = _path(engine)
    engine.dispose()
    with closing(SQLITE.connect(str(source))) as copy, closing(SQLITE.connect(path)) as target:
        copy.backup(target)


def _path(engine: Engine) -> str:
    if engine.dialect.name != "sqlite" or not engine.url.database:
        raise NotSqlite()
    return engine.url.database


def _check(path: Path) -> None:
    with closing(SQLITE.connect(str(path))) as connection:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        raise BackupBroken(path=path, problem=answer)
