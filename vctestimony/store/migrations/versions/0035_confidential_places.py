"""places whose name and address are kept confidential"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let somebody say that a place is confidential, or is not; nothing said: as its kind has it."""
    op.add_column("post", sa.Column("confidential", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Take the change back. A place that was kept confidential would be named to everybody."""
    said = sa.text("SELECT count(*) FROM post WHERE confidential")
    if op.get_bind().execute(said).scalar():
        raise RuntimeError("Places are kept confidential, and the version before names every place: settle that first.")
    op.drop_column("post", "confidential")
