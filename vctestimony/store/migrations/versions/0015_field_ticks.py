"""field_ticks"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Ticks that came from a signed link."""
    op.create_table(
        "field_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("mailed_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_field_link_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_link")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_field_link_participant_id")),
    )
    op.create_table(
        "field_tick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("step_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=True),
        sa.Column("skew_seconds", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("settled_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_field_tick_hearing_id_hearing")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_field_tick_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_tick")),
        sa.UniqueConstraint("participant_id", "key", name="uq_field_tick_participant_key"),
    )
    op.create_index(op.f("ix_field_tick_hearing_id"), "field_tick", ["hearing_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("field_tick")
    op.drop_table("field_link")
