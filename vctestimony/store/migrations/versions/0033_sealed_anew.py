"""sealed anew"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_SEALED = {
    "cycle_file": "content",
    "signing_copy": "original",
}
"""Each table of files that are never changed, and the column that holds what is sealed."""


def upgrade() -> None:
    """Let sealed files be sealed with another key while a master key holds them; nothing else of them is changed."""
    bind = op.get_bind()
    for table, sealed in _SEALED.items():
        columns = [one["name"] for one in sa.inspect(bind).get_columns(table)]
        kept = [name for name in columns if name not in ("key_id", sealed)]
        for statement in _relaxed(bind.dialect.name, table, kept):
            op.execute(sa.text(statement))


def downgrade() -> None:
    """Take the change back: no column is changed any more. What witnesses' keys sealed stays sealed with them."""
    dialect = op.get_bind().dialect.name
    for table in _SEALED:
        for statement in _strict(dialect, table):
            op.execute(sa.text(statement))


def _relaxed(dialect: str, table: str, kept: list[str]) -> tuple[str, ...]:
    """A row of a witness's own key stays as it is; any other is only sealed with another key."""
    if dialect == "sqlite":
        changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in kept)
        return (
            f"DROP TRIGGER append_only_{table}_update",
            (
                f"CREATE TRIGGER append_only_{table}_update BEFORE UPDATE ON {table} "
                f"WHEN OLD.key_id LIKE 'w-%' OR OLD.key_id = NEW.key_id OR {changed} BEGIN SELECT RAISE(ABORT, 'append_only'); END"
            ),
        )
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in kept)
    return (
        f"DROP TRIGGER append_only_{table} ON {table}",
        (
            f"CREATE TRIGGER append_only_{table} BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        ),
        (
            f"CREATE TRIGGER append_only_{table}_update BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN (OLD.key_id LIKE 'w-%' OR OLD.key_id = NEW.key_id OR {changed}) EXECUTE FUNCTION append_only()"
        ),
    )


def _strict(dialect: str, table: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return (
            f"DROP TRIGGER append_only_{table}_update",
            (
                f"CREATE TRIGGER append_only_{table}_update BEFORE UPDATE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'append_only'); END"
            ),
        )
    return (
        f"DROP TRIGGER append_only_{table}_update ON {table}",
        f"DROP TRIGGER append_only_{table} ON {table}",
        (
            f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        ),
    )
