"""editions"""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Editions of rule packs, kept as they were read."""


def downgrade() -> None:
    """Take the change back."""
