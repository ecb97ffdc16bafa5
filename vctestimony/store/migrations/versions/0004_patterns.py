"""rooms by part, alternatives, limits of orders"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("resource", sa.Column("gap_minutes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("post", sa.Column("latitude", sa.Double(), nullable=True))
    op.add_column("post", sa.Column("longitude", sa.Double(), nullable=True))
    op.add_column("post", sa.Column("notice_minutes", sa.Integer(), nullable=False, server_default="1440"))
    for name in ("daylight_only", "court_hours_only"):
        op.add_column("court_order", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("longest_minutes", "break_after_minutes", "break_minutes"):
        op.add_column("court_order", sa.Column(name, sa.Integer(), nullable=True))
    op.create_table(
        "hearing_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_need_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_hearing_need_resource_id_resource")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_need")),
    )
    op.create_index(op.f("ix_hearing_need_hearing_id"), "hearing_need", ["hearing_id"])
    op.create_index(op.f("ix_hearing_need_resource_id"), "hearing_need", ["resource_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("hearing_need")
    for name in ("break_minutes", "break_after_minutes", "longest_minutes", "court_hours_only", "daylight_only"):
        op.drop_column("court_order", name)
    for name in ("notice_minutes", "longitude", "latitude"):
        op.drop_column("post", name)
    op.drop_column("resource", "gap_minutes")
