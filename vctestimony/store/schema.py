"""The one place that moves the database between schema versions and says which one it has."""

from contextlib import nullcontext
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

_SCRIPTS = Path(__file__).with_name("migrations")


def _config(bind: Engine | Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["bind"] = bind
    return config


def upgrade(bind: Engine | Connection, revision: str = "head") -> None:
    """Bring the schema up to `revision`. A SQLite file is for its owner only; its WAL takes the same mode."""
    command.upgrade(_config(bind), revision)
    if bind.dialect.name == "sqlite" and bind.engine.url.database:
        Path(bind.engine.url.database).chmod(0o600)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take the schema down to `revision`."""
    command.downgrade(_config(engine), revision)


def wanted() -> str | None:
    """The revision this code was written for."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return ScriptDirectory.from_config(config).get_current_head()


def known() -> frozenset[str]:
    """Every revision this code can bring up to the wanted one."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return frozenset(script.revision for script in ScriptDirectory.from_config(config).walk_revisions())


def present(bind: Engine | Connection) -> str | None:
    """The revision the database has; None for an empty one."""
    with nullcontext(bind) if isinstance(bind, Connection) else bind.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
