"""whose account no longer sees a hearing"""

import sqlalchemy as sa
from alembic import op

from vctestimony.store.base import Instant

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody who is gone already was shut out: only who took them off knows why."""
    with op.batch_alter_table("participant") as table:
        table.add_column(sa.Column("shut_out_at", Instant(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("participant") as table:
        table.drop_column("shut_out_at")
