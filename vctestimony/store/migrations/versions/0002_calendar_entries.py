"""calendar entries"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    for table in ("post", "official"):
        op.add_column(table, sa.Column("calendar_mark", sa.String(length=32), nullable=False, server_default=""))
    op.create_table(
        "calendar_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("official_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("weekdays", sa.String(length=40), nullable=False),
        sa.Column("weeks", sa.String(length=40), nullable=False),
        sa.Column("stretches", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(post_id IS NULL) <> (official_id IS NULL)", name=op.f("ck_calendar_entry_one_owner")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_calendar_entry_post_id_post")),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"], name=op.f("fk_calendar_entry_official_id_official")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_entry")),
    )
    op.create_index("ix_calendar_entry_post_id", "calendar_entry", ["post_id"], unique=False)
    op.create_index("ix_calendar_entry_official_id", "calendar_entry", ["official_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("calendar_entry")
    for table in ("official", "post"):
        op.drop_column(table, "calendar_mark")
