"""form contents"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the first sending of a form held, as a code that tells nothing: keys of before have none."""
    op.add_column("submission", sa.Column("content", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("submission", "content")
