"""sealed mails, and codes by which somebody without an account joins"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say with which key a mail is sealed, and keep its subject sealed; and codes to join by.

    What lies there stays as it is and readable; the worker seals it by and by.
    """
    op.add_column("outbox", sa.Column("key_id", sa.String(length=40), server_default="", nullable=False))
    op.add_column("outbox", sa.Column("subject", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_outbox_key_id"), "outbox", ["key_id"])
    op.create_table(
        "joining_code",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_joining_code_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_joining_code")),
    )


def downgrade() -> None:
    """Take the change back. What came before cannot open a mail: whatever may still leave must have left."""
    waits = sa.text("SELECT count(*) FROM outbox WHERE key_id <> '' AND state IN ('pending', 'sending', 'failed')")
    if op.get_bind().execute(waits).scalar():
        raise RuntimeError("Sealed mails wait to leave or were not delivered: let them leave, or settle them, first.")
    op.drop_table("joining_code")
    op.drop_index(op.f("ix_outbox_key_id"), table_name="outbox")
    op.drop_column("outbox", "subject")
    op.drop_column("outbox", "key_id")
