"""evidence"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a step say when it was done, who ordered that it need not be, and what shows it."""
    op.add_column("checklist_step", sa.Column("done_at", sa.DateTime(), nullable=True))
    op.add_column("checklist_step", sa.Column("ordered_by", sa.String(length=200), nullable=False, server_default=""))
    op.execute("UPDATE checklist_step SET done_at = acted_at WHERE state = 'done'")
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_evidence_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
    )
    op.create_index(op.f("ix_evidence_hearing_id"), "evidence", ["hearing_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("evidence")
    op.drop_column("checklist_step", "ordered_by")
    op.drop_column("checklist_step", "done_at")
