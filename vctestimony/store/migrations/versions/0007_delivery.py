"""delivery"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What became of a mail: until when it is tried, why it did not arrive, what came back, that it was opened."""
    op.add_column("outbox", sa.Column("until_at", sa.DateTime(), nullable=True))
    op.add_column("outbox", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("failure_code", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("dead_at", sa.DateTime(), nullable=True))
    op.add_column("outbox", sa.Column("settled_at", sa.DateTime(), nullable=True))
    op.add_column("outbox", sa.Column("delayed_at", sa.DateTime(), nullable=True))
    op.add_column("outbox", sa.Column("bounced_at", sa.DateTime(), nullable=True))
    op.add_column("outbox", sa.Column("bounce_words", sa.Text(), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("opened_at", sa.DateTime(), nullable=True))
    op.create_index("outbox_undelivered", "outbox", ["hearing_id", "state"], unique=False)
    op.execute("UPDATE outbox SET dead_at = next_at WHERE state = 'failed'")


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("outbox_undelivered", table_name="outbox")
    for column in (
        "opened_at",
        "bounce_words",
        "bounced_at",
        "delayed_at",
        "settled_at",
        "dead_at",
        "failure_code",
        "tries",
        "until_at",
    ):
        op.drop_column("outbox", column)
