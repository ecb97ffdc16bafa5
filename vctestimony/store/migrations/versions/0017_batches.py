"""batches"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Papers printed many at a time: what was asked, each document, the finished files."""
    op.create_table(
        "bundle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_bundle_account_id_account")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_bundle_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_bundle_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
        sa.UniqueConstraint("reference", name=op.f("uq_bundle_reference")),
    )
    for column in ("account_id", "expires_at", "state"):
        op.create_index(f"ix_bundle_{column}", "bundle", [column], unique=False)
    op.create_table(
        "bundle_leaf",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bundle_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=100), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("loose", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundle.id"], name=op.f("fk_bundle_leaf_bundle_id_bundle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_leaf")),
        sa.UniqueConstraint("bundle_id", "position", name="uq_bundle_leaf_position"),
    )
    op.create_index("ix_bundle_leaf_bundle_id", "bundle_leaf", ["bundle_id"], unique=False)
    op.create_table(
        "bundle_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bundle_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundle.id"], name=op.f("fk_bundle_file_bundle_id_bundle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_file")),
        sa.UniqueConstraint("bundle_id", "form", name="uq_bundle_file_form"),
    )
    op.create_index("ix_bundle_file_bundle_id", "bundle_file", ["bundle_id"], unique=False)


def downgrade() -> None:
    """Take the change back; what was printed together is forgotten."""
    op.drop_table("bundle_file")
    op.drop_table("bundle_leaf")
    op.drop_table("bundle")
