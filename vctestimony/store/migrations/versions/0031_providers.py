"""providers"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One person at the provider, one account; an address that waits to be confirmed; a step set up by link only."""
    op.create_index("ix_account_provider_subject", "account", ["provider_subject"], unique=True)
    op.add_column("account", sa.Column("set_up_by_link", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("account_link", sa.Column("address", sa.String(length=254), nullable=True))


def downgrade() -> None:
    """Take the change back. An address that was not confirmed is forgotten with the link that told of it."""
    op.execute("DELETE FROM account_link WHERE purpose IN ('address', 'steps_reset')")
    op.drop_column("account_link", "address")
    op.drop_column("account", "set_up_by_link")
    op.drop_index("ix_account_provider_subject", "account")
