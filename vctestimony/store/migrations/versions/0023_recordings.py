"""recordings"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = ("recording", "recording_entry")
EVENTS = (("update", "UPDATE"), ("delete", "DELETE"))


def upgrade() -> None:
    """The court's recordings and what was entered about them; the database itself refuses to change either."""
    op.create_table(
        "recording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("log_number", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("algorithm", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=128), nullable=False),
        sa.Column("custodian", sa.Text(), nullable=False),
        sa.Column("encryption", sa.Text(), nullable=False),
        sa.Column("key_place", sa.Text(), nullable=False),
        sa.Column("copies", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_recording_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("hearing_id", "number", "revision", name="uq_recording_revision"),
    )
    op.create_index("ix_recording_hearing_id", "recording", ["hearing_id"], unique=False)
    op.create_table(
        "recording_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.DateTime(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_recording_entry_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_entry")),
        sa.UniqueConstraint("hearing_id", "number", name="uq_recording_entry_number"),
    )
    op.create_index("ix_recording_entry_hearing_id", "recording_entry", ["hearing_id"], unique=False)
    for statement in _guards(op.get_bind().dialect.name):
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Take the change back; what was entered of recordings is forgotten. The guards go with their tables."""
    for table in reversed(TABLES):
        op.drop_index(f"ix_{table}_hearing_id", table)
        op.drop_table(table)


def _guards(dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER append_only_{table}_{name} BEFORE {event} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'append_only'); END"
            for table in TABLES
            for name, event in EVENTS
        )
    return tuple(
        f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        for table in TABLES
    )
