"""batches"""

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Papers printed many at a time."""


def downgrade() -> None:
    """Take the change back."""
