"""an index for which mail goes before which"""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Find what waits for somebody before a mail without reading what the mails say."""
    op.create_index("outbox_before", "outbox", ["participant_id", "state", "id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("outbox_before", "outbox")
