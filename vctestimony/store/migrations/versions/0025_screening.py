"""screening: on which side somebody named on a hearing stands, where the court has said so"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the side; without one, the duty decides."""
    with op.batch_alter_table("participant") as table:
        table.add_column(sa.Column("side", sa.String(20), nullable=True))


def downgrade() -> None:
    """Forget the sides."""
    with op.batch_alter_table("participant") as table:
        table.drop_column("side")
