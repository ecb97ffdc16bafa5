"""deposition drafts"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_TEXTS = ("question_translation", "answer_translation")
_SHORT = (
    ("speaker", 40),
    ("question_language", 5),
    ("answer_language", 5),
    ("translation_language", 5),
    ("translated_by", 200),
    ("exhibits", 200),
)
_NEVER_CHANGED = ("deposition_version", "deposition_fixing")
_KEPT_BEFORE = """
INSERT INTO deposition_version (hearing_id, change, ordinal, line_version, done, number, content, written_at, "by")
SELECT hearing_id, number, number, version, 'written', number, {content}, written_at, "by" FROM deposition_line
"""
_CONTENT = {
    "sqlite": "json_object('stage', stage, 'question', question, 'answer', answer)",
    "postgresql": "json_build_object('stage', stage, 'question', question, 'answer', answer)",
}


def _added() -> tuple[sa.Column[Any], ...]:
    texts = (sa.Column(name, sa.Text(), nullable=False, server_default="") for name in _TEXTS)
    short = (sa.Column(name, sa.String(length), nullable=False, server_default="") for name, length in _SHORT)
    ordinal = sa.Column("ordinal", sa.Integer(), nullable=False, server_default="0")
    return (ordinal, *short, *texts, sa.Column("spoken_at", sa.DateTime(), nullable=True))


def upgrade() -> None:
    """What more a line tells; every former state of it; what is being typed; when the text was fixed."""
    for column in _added():
        op.add_column("deposition_line", column)
    op.execute("UPDATE deposition_line SET ordinal = number")
    op.create_table(
        "deposition_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("line_version", sa.Integer(), nullable=False),
        sa.Column("done", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_deposition_version_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposition_version")),
        sa.UniqueConstraint("hearing_id", "change", name="uq_deposition_version_change"),
    )
    op.create_index("ix_deposition_version_line", "deposition_version", ["hearing_id", "ordinal"], unique=False)
    op.create_table(
        "deposition_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("window", sa.String(length=40), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("line_version", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_deposition_draft_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_deposition_draft_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposition_draft")),
        sa.UniqueConstraint("hearing_id", "account_id", "place", name="uq_deposition_draft_place"),
    )
    op.create_table(
        "deposition_fixing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fixed", sa.Boolean(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_deposition_fixing_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposition_fixing")),
        sa.UniqueConstraint("hearing_id", "number", name="uq_deposition_fixing_number"),
    )
    dialect = op.get_bind().dialect.name
    op.execute(_KEPT_BEFORE.format(content=_CONTENT[dialect]))
    for statement in _guards(dialect):
        op.execute(statement)


def _guards(dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER append_only_{table}_{event.lower()} BEFORE {event} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'append_only'); END"
            for table in _NEVER_CHANGED
            for event in ("UPDATE", "DELETE")
        )
    return tuple(
        f"CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        for table in _NEVER_CHANGED
    )


def downgrade() -> None:
    """Take the change back; translations, former states, drafts and fixings are forgotten, the lines stay."""
    for table in ("deposition_fixing", "deposition_draft", "deposition_version"):
        op.drop_table(table)
    for column in _added():
        op.drop_column("deposition_line", column.name)
