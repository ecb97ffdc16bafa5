"""signing cycle"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_NEVER_CHANGED = ("cycle_move", "cycle_file")


def upgrade() -> None:
    """Keep how a transcript is read over, signed at both ends and sent back, and the scans, never to be changed."""
    op.create_table(
        "cycle_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=40), nullable=False),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("path", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_cycle_move_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_move")),
        sa.UniqueConstraint("hearing_id", "number", name="uq_cycle_move_number"),
    )
    op.create_index(op.f("ix_cycle_move_hearing_id"), "cycle_move", ["hearing_id"])
    op.create_table(
        "cycle_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_cycle_file_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cycle_file_public_id")),
    )
    op.create_index(op.f("ix_cycle_file_hearing_id"), "cycle_file", ["hearing_id"])
    for statement in _guards(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take the change back; the ways of all transcripts and their scans are forgotten."""
    op.drop_table("cycle_file")
    op.drop_table("cycle_move")


def _guards(dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER append_only_{table}_{event.lower()} BEFORE {event} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'append_only'); END"
            for table in _NEVER_CHANGED
            for event in ("UPDATE", "DELETE")
        )
    return tuple(
        f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        for table in _NEVER_CHANGED
    )
