"""field_ticks"""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Ticks that came from a signed link."""


def downgrade() -> None:
    """Take the change back."""
