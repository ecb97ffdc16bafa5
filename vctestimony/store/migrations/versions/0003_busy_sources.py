"""busy sources"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "busy_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("modified", sa.String(length=200), nullable=False),
        sa.Column("read_as", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("tried_at", sa.DateTime(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("covers_until", sa.DateTime(), nullable=True),
        sa.Column("unreadable", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=False),
        sa.Column("failure_facts", sa.JSON(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"], name=op.f("fk_busy_source_official_id_official")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_source")),
        sa.UniqueConstraint("reference", name=op.f("uq_busy_source_reference")),
    )
    op.create_index("ix_busy_source_official_id", "busy_source", ["official_id"], unique=False)
    op.create_index("ix_busy_source_next_at", "busy_source", ["next_at"], unique=False)
    # In plain words, which both engines read alike: the table must not be made anew, or its guards would be lost.
    op.execute(
        "ALTER TABLE occupancy ADD COLUMN source_id INTEGER "
        "CONSTRAINT fk_occupancy_source_id_busy_source REFERENCES busy_source (id)"
    )
    op.create_index("ix_occupancy_source_id", "occupancy", ["source_id"], unique=False)


def downgrade() -> None:
    """Take the change back. What came from calendars goes with them; it would never be replaced again."""
    op.execute("DELETE FROM occupancy WHERE source_id IS NOT NULL")
    op.drop_index("ix_occupancy_source_id", table_name="occupancy")
    op.execute("ALTER TABLE occupancy DROP COLUMN source_id")
    op.drop_table("busy_source")
