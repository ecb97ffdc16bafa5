"""editions"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Editions of rule packs, kept as they were read; a checklist says from which it was made."""
    op.create_table(
        "pack_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_edition")),
        sa.UniqueConstraint("pack_id", "digest", name=op.f("uq_pack_edition_pack_id")),
    )
    op.create_table(
        "pack_collection",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_pack_collection")),
    )
    op.add_column("checklist", sa.Column("collection", sa.String(length=64), nullable=False, server_default=""))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("checklist", "collection")
    op.drop_table("pack_collection")
    op.drop_table("pack_edition")
