"""plans"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Plans with their lines, the day of cognizance of a case, the priority of a hearing."""
    op.add_column("case", sa.Column("cognizance_on", sa.Date(), nullable=True))
    op.add_column("hearing", sa.Column("priority", sa.Integer(), nullable=False, server_default="3"))

    op.create_table(
        "backlog_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("first_cost", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("solver", sa.String(length=40), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["post.id"], name=op.f("fk_backlog_plan_court_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backlog_plan")),
        sa.UniqueConstraint("reference", name=op.f("uq_backlog_plan_reference")),
    )
    op.create_index("ix_backlog_plan_court_id", "backlog_plan", ["court_id"], unique=False)
    op.create_index("ix_backlog_plan_state", "backlog_plan", ["state"], unique=False)

    op.create_table(
        "backlog_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=True),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("whys", sa.JSON(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_backlog_line_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["plan_id"], ["backlog_plan.id"], name=op.f("fk_backlog_line_plan_id_backlog_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backlog_line")),
        sa.UniqueConstraint("plan_id", "hearing_id", name="uq_backlog_line_hearing"),
    )
    op.create_index("ix_backlog_line_hearing_id", "backlog_line", ["hearing_id"], unique=False)
    op.create_index("ix_backlog_line_plan_id", "backlog_line", ["plan_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("backlog_line")
    op.drop_table("backlog_plan")
    op.drop_column("hearing", "priority")
    op.drop_column("case", "cognizance_on")
