"""live log"""

import sqlalchemy as sa
from alembic import op

from vctestimony.store.guards import APPEND_ONLY

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None
_EVENTS = ("update", "delete")


def upgrade() -> None:
    """Entries of the log with the id and the clock of the device they came from, and those that were refused."""
    op.add_column("log_entry", sa.Column("client_key", sa.String(length=40), nullable=True))
    op.add_column("log_entry", sa.Column("said_at", sa.DateTime(), nullable=True))
    op.add_column("log_entry", sa.Column("skew_seconds", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("uq_log_entry_client_key", "log_entry", ["hearing_id", "client_key"], unique=True)
    op.create_table(
        "log_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("skew_seconds", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_log_remark_account_id_account")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_log_remark_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_remark")),
        sa.UniqueConstraint("hearing_id", "account_id", "key", name="uq_log_remark_key"),
    )
    op.create_index("ix_log_remark_hearing_id", "log_remark", ["hearing_id"], unique=False)
    for statement in _guards():
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Take the change back; what was refused is forgotten, and so is how entries came."""
    op.drop_table("log_remark")
    op.drop_index("uq_log_entry_client_key", "log_entry")
    with op.batch_alter_table("log_entry") as table:
        for column in ("client_key", "said_at", "skew_seconds"):
            table.drop_column(column)


def _guards() -> tuple[str, ...]:
    if op.get_bind().dialect.name == "sqlite":
        return tuple(
            f"CREATE TRIGGER {APPEND_ONLY}_log_remark_{event} BEFORE {event.upper()} ON log_remark "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
            for event in _EVENTS
        )
    every = "BEFORE UPDATE OR DELETE OR TRUNCATE ON log_remark FOR EACH STATEMENT"
    return (f"CREATE TRIGGER {APPEND_ONLY}_log_remark {every} EXECUTE FUNCTION {APPEND_ONLY}()",)
