"""signatures"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FROZEN = ("signing_copy", "signature", "signing_certificate")


def upgrade() -> None:
    """Copies that are signed, what each signature added, whose certificate is whose, and what waits to be signed."""
    op.create_table(
        "signing_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.Column("offered_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_signing_copy_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_copy")),
        sa.UniqueConstraint("code", name=op.f("uq_signing_copy_code")),
        sa.UniqueConstraint("hearing_id", "original_sha256", name="uq_signing_copy_original"),
    )
    op.create_index(op.f("ix_signing_copy_original_sha256"), "signing_copy", ["original_sha256"])
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("increment", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("certificate_name", sa.String(length=300), nullable=False),
        sa.Column("certificate_sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signature_account_id_account")),
        sa.ForeignKeyConstraint(["copy_id"], ["signing_copy.id"], name=op.f("fk_signature_copy_id_signing_copy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("copy_id", "field", name="uq_signature_field"),
        sa.UniqueConstraint("copy_id", "number", name="uq_signature_number"),
    )
    op.create_index(op.f("ix_signature_sha256"), "signature", ["sha256"])
    op.create_table(
        "signing_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signing_certificate_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_certificate")),
    )
    op.create_index(op.f("ix_signing_certificate_account_id"), "signing_certificate", ["account_id"])
    op.create_table(
        "signing_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("base_sha256", sa.String(length=64), nullable=False),
        sa.Column("increment", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("gap_start", sa.Integer(), nullable=False),
        sa.Column("gap_end", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signing_draft_account_id_account")),
        sa.ForeignKeyConstraint(["copy_id"], ["signing_copy.id"], name=op.f("fk_signing_draft_copy_id_signing_copy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_draft")),
        sa.UniqueConstraint("copy_id", "account_id", name="uq_signing_draft_person"),
    )
    for statement in _frozen(op.get_bind().dialect.name):
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Take the change back; the guards go with their tables."""
    for table in ("signing_draft", "signing_certificate", "signature", "signing_copy"):
        op.drop_table(table)


def _frozen(dialect: str) -> tuple[str, ...]:
    """The statements after which no row of these tables can be changed or removed."""
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER append_only_{table}_{event.lower()} BEFORE {event} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'append_only'); END"
            for table in FROZEN
            for event in ("UPDATE", "DELETE")
        )
    return tuple(
        f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        for table in FROZEN
    )
