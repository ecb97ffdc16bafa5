"""reminders"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ONE_READER = "(official_id IS NULL) <> (account_id IS NULL)"


def upgrade() -> None:
    """Notices that were given, and how people want to be reminded."""
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(ONE_READER, name=op.f("ck_notice_one_reader")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id_account")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_notice_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"], name=op.f("fk_notice_official_id_official")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_notice_outbox_id_outbox")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    for column in ("hearing_id", "official_id", "account_id", "made_at", "outbox_id"):
        op.create_index(f"ix_notice_{column}", "notice", [column], unique=False)
    op.create_table(
        "reminder_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(ONE_READER, name=op.f("ck_reminder_choice_one_reader")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reminder_choice_account_id_account")),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"], name=op.f("fk_reminder_choice_official_id_official")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_choice")),
        sa.UniqueConstraint("account_id", name=op.f("uq_reminder_choice_account_id")),
        sa.UniqueConstraint("official_id", name=op.f("uq_reminder_choice_official_id")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("reminder_choice")
    for column in ("hearing_id", "official_id", "account_id", "made_at", "outbox_id"):
        op.drop_index(f"ix_notice_{column}", "notice")
    op.drop_table("notice")
