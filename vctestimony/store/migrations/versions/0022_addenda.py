"""addenda"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what is added to a sealed record, never to be changed, and the words left out of its redacted copy."""
    op.create_table(
        "addendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("journal_head", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_addendum_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["record_id"], ["sealed_record.id"], name=op.f("fk_addendum_record_id_sealed_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
        sa.UniqueConstraint("code", name=op.f("uq_addendum_code")),
        sa.UniqueConstraint("hearing_id", "number", name="uq_addendum_number"),
    )
    op.create_index(op.f("ix_addendum_pdf_sha256"), "addendum", ["pdf_sha256"])
    op.create_table(
        "left_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_left_out_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_out")),
        sa.UniqueConstraint("public_id", name=op.f("uq_left_out_public_id")),
    )
    op.create_index(op.f("ix_left_out_hearing_id"), "left_out", ["hearing_id"])
    for statement in _guards(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("left_out")
    op.drop_table("addendum")


def _guards(dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER append_only_addendum_{name} BEFORE {name} ON addendum "
            "BEGIN SELECT RAISE(ABORT, 'append_only'); END"
            for name in ("update", "delete")
        )
    on_postgresql = (
        "CREATE TRIGGER append_only_addendum BEFORE UPDATE OR DELETE OR TRUNCATE ON addendum "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    )
    return (on_postgresql,)
