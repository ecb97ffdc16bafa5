"""held mails"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mail held after a restore, what somebody then said must not leave, and by what workers show that they live."""
    op.create_table(
        "mail_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(), nullable=False),
        sa.Column("backup_made_at", sa.String(length=40), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_by", sa.String(length=200), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_hold")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("beaten_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_heartbeat")),
    )
    op.add_column("outbox", sa.Column("dropped_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take the change back; what was held leaves."""
    op.drop_column("outbox", "dropped_at")
    op.drop_table("heartbeat")
    op.drop_table("mail_hold")
