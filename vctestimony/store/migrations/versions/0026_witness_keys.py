"""witness keys"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep a data key for each witness, who may open whose identity until when, and when a conference was changed."""
    op.create_table(
        "witness_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("order_reference", sa.String(length=120), nullable=False),
        sa.Column("order_reason", sa.Text(), nullable=False),
        sa.Column("ordered_by", sa.String(length=200), nullable=False),
        sa.Column("ordered_at", sa.DateTime(), nullable=True),
        sa.Column("destroyed_by", sa.String(length=200), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["witness_id"], ["witness.id"], name=op.f("fk_witness_key_witness_id_witness")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witness_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_witness_key_public_id")),
        sa.UniqueConstraint("witness_id", name=op.f("uq_witness_key_witness_id")),
    )
    op.create_index(op.f("ix_witness_key_key_id"), "witness_key", ["key_id"])
    _grants()
    op.add_column("post", sa.Column("looks_need_two", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("post", sa.Column("joining_hosts", sa.Text(), server_default="", nullable=False))
    op.add_column("joining", sa.Column("rotate_since", sa.DateTime(), nullable=True))


def _grants() -> None:
    op.create_table(
        "vault_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_by", sa.String(length=200), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=True),
        sa.Column("until_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=200), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("second_asked_at", sa.DateTime(), nullable=True),
        sa.Column("second_reason", sa.Text(), nullable=False),
        sa.Column("seconded_by", sa.String(length=200), nullable=False),
        sa.Column("seconded_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_vault_grant_account_id_account")),
        sa.ForeignKeyConstraint(["given_by_id"], ["account.id"], name=op.f("fk_vault_grant_given_by_id_account")),
        sa.ForeignKeyConstraint(["witness_id"], ["witness.id"], name=op.f("fk_vault_grant_witness_id_witness")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_grant")),
        sa.UniqueConstraint("public_id", name=op.f("uq_vault_grant_public_id")),
    )
    op.create_index(op.f("ix_vault_grant_witness_id"), "vault_grant", ["witness_id"])
    op.create_index(op.f("ix_vault_grant_account_id"), "vault_grant", ["account_id"])


def downgrade() -> None:
    """Take the change back. What witnesses' keys sealed is unreadable then; older entries stay as they are."""
    op.drop_column("joining", "rotate_since")
    op.drop_column("post", "joining_hosts")
    op.drop_column("post", "looks_need_two")
    op.drop_table("vault_grant")
    op.drop_table("witness_key")
