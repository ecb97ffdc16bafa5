"""joining"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SETTINGS = ("mails_tell_joining", "mails_tell_passcode", "mails_show_others")


def upgrade() -> None:
    """Apply the change."""
    for name in SETTINGS:
        op.add_column("post", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "joining",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("address_key_id", sa.String(length=40), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("passcode_key_id", sa.String(length=40), nullable=False),
        sa.Column("passcode", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_joining_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joining")),
        sa.UniqueConstraint("hearing_id", name=op.f("uq_joining_hearing_id")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("joining")
    for name in reversed(SETTINGS):
        op.drop_column("post", name)
