"""taken back"""

import sqlalchemy as sa
from alembic import op

from vctestimony.store.guards import APPEND_ONLY

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

COLUMNS = ("reason", "taken_back_by", "taken_back_at", "account_id")


def upgrade() -> None:
    """Keep a word that is taken back, with who took it back, when and why; no row of such words goes any more."""
    op.add_column("left_out", sa.Column("account_id", sa.Integer(), nullable=True))
    op.add_column("left_out", sa.Column("taken_back_at", sa.DateTime(), nullable=True))
    op.add_column("left_out", sa.Column("taken_back_by", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("left_out", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.execute(_guard(op.get_bind().dialect.name))


def downgrade() -> None:
    """Take the change back. What was taken back cannot be told from what holds any more, so it goes first."""
    table = " ON left_out" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER {APPEND_ONLY}_left_out_delete{table}")
    op.execute("DELETE FROM left_out WHERE taken_back_at IS NOT NULL")
    for name in COLUMNS:
        op.drop_column("left_out", name)


def _guard(dialect: str) -> str:
    if dialect == "sqlite":
        return (
            f"CREATE TRIGGER {APPEND_ONLY}_left_out_delete BEFORE DELETE ON left_out "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        )
    return (
        f"CREATE TRIGGER {APPEND_ONLY}_left_out_delete BEFORE DELETE OR TRUNCATE ON left_out "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {APPEND_ONLY}()"
    )
