"""places whose name and address are kept confidential, and held mails that may leave"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let somebody say that a place is confidential, or is not; nothing said: as its kind has it.

    And which mails may leave although all other mail is held after a restore.
    """
    op.add_column("post", sa.Column("confidential", sa.Boolean(), nullable=True))
    op.add_column("outbox", sa.Column("let_go_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take the change back. A place that was kept confidential would be named to everybody."""
    said = sa.text("SELECT count(*) FROM post WHERE confidential")
    if op.get_bind().execute(said).scalar():
        raise RuntimeError("Places are kept confidential, and the version before names every place: settle that first.")
    op.drop_column("outbox", "let_go_at")
    op.drop_column("post", "confidential")
