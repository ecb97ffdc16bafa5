"""retention"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what stops all deleting in a case, the counts that remain, and when something was wiped or anonymised."""
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("order_reference", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.String(length=200), nullable=False),
        sa.Column("placed_at", sa.DateTime(), nullable=False),
        sa.Column("lift_order", sa.String(length=120), nullable=False),
        sa.Column("lift_reason", sa.Text(), nullable=False),
        sa.Column("lifted_by", sa.String(length=200), nullable=False),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_legal_hold_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
        sa.UniqueConstraint("public_id", name=op.f("uq_legal_hold_public_id")),
    )
    op.create_index(op.f("ix_legal_hold_case_id"), "legal_hold", ["case_id"])
    _numbers()
    op.add_column("outbox", sa.Column("wiped_at", sa.DateTime(), nullable=True))
    op.add_column("outbox", sa.Column("body_sha256", sa.String(length=64), server_default="", nullable=False))
    op.add_column("inbound", sa.Column("wiped_at", sa.DateTime(), nullable=True))
    for table in ("official", "account"):
        op.add_column(table, sa.Column("anonymised_at", sa.DateTime(), nullable=True))


def _numbers() -> None:
    op.create_table(
        "court_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["post.id"], name=op.f("fk_court_number_court_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_number")),
        sa.UniqueConstraint("court_id", "month_on", "measure", "cause", name="uq_court_number_measure"),
    )
    op.create_index(op.f("ix_court_number_court_id"), "court_number", ["court_id"])


def downgrade() -> None:
    """Take the change back. What was wiped stays wiped."""
    for table in ("account", "official"):
        op.drop_column(table, "anonymised_at")
    op.drop_column("inbound", "wiped_at")
    op.drop_column("outbox", "body_sha256")
    op.drop_column("outbox", "wiped_at")
    op.drop_table("court_number")
    op.drop_table("legal_hold")
