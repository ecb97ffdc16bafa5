"""documents"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Documents by number and version, of hearings and of posts. What was printed before keeps its number."""
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("post_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("starts_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("key", sa.String(length=200), nullable=False, server_default=""))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("facts_sha256", sa.String(length=64), nullable=False, server_default=""))
        table.alter_column("hearing_id", existing_type=sa.Integer(), nullable=True)
        table.drop_constraint("uq_document_number", type_="unique")
    op.execute(sa.text("UPDATE document SET key = number"))
    with op.batch_alter_table("document") as table:
        table.alter_column("key", existing_type=sa.String(length=200), server_default=None)
        table.alter_column("version", existing_type=sa.Integer(), server_default=None)
        table.alter_column("facts_sha256", existing_type=sa.String(length=64), server_default=None)
        table.create_foreign_key(op.f("fk_document_post_id_post"), "post", ["post_id"], ["id"])
        table.create_unique_constraint("uq_document_number_version", ["number", "version"])
        table.create_unique_constraint("uq_document_key_version", ["key", "version"])
    op.create_index("ix_document_post_id", "document", ["post_id"], unique=False)
    op.create_index("ix_document_sha256", "document", ["sha256"], unique=False)


def downgrade() -> None:
    """Take the change back; documents of posts and later versions are forgotten."""
    op.execute(sa.text("DELETE FROM document WHERE hearing_id IS NULL OR version > 1"))
    op.drop_index("ix_document_sha256", "document")
    op.drop_index("ix_document_post_id", "document")
    with op.batch_alter_table("document") as table:
        table.drop_constraint("uq_document_key_version", type_="unique")
        table.drop_constraint("uq_document_number_version", type_="unique")
        table.drop_constraint("fk_document_post_id_post", type_="foreignkey")
        table.create_unique_constraint("uq_document_number", ["number"])
        table.alter_column("hearing_id", existing_type=sa.Integer(), nullable=False)
        for column in ("post_id", "starts_at", "key", "version", "facts_sha256"):
            table.drop_column(column)
