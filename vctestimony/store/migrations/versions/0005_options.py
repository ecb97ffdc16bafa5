"""options of a hearing"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change: a held time becomes the only option of its hearing."""
    op.create_table(
        "hearing_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("offer", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("starts_wall", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("tz_version", sa.String(length=20), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("held_until", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_option_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_option")),
        sa.UniqueConstraint("hearing_id", "offer", "number", name="uq_hearing_option_number"),
    )
    op.create_index("ix_hearing_option_hearing_id", "hearing_option", ["hearing_id"], unique=False)
    op.create_index("ix_hearing_option_held_until", "hearing_option", ["held_until"], unique=False)

    op.create_table(
        "option_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["option_id"], ["hearing_option.id"], name=op.f("fk_option_answer_option_id_hearing_option")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_option_answer_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_answer")),
        sa.UniqueConstraint("option_id", "participant_id", name="uq_option_answer_participant"),
    )
    op.create_index("ix_option_answer_option_id", "option_answer", ["option_id"], unique=False)
    op.create_index("ix_option_answer_participant_id", "option_answer", ["participant_id"], unique=False)

    op.create_table(
        "overlap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_overlap_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_overlap_resource_id_resource")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overlap")),
    )
    op.create_index("ix_overlap_hearing_id", "overlap", ["hearing_id"], unique=False)

    # By hand, as on SQLite alembic would make the table anew and lose its guards.
    op.execute(
        "ALTER TABLE occupancy ADD COLUMN option_id INTEGER"
        " CONSTRAINT fk_occupancy_option_id_hearing_option REFERENCES hearing_option (id)"
    )
    op.execute(
        "INSERT INTO hearing_option (hearing_id, offer, number, starts_at, starts_wall, zone, tz_version, chosen,"
        " held_until, state, created_at)"
        " SELECT id, 1, 1, starts_at, starts_wall, zone, tz_version, '[]', held_until, 'held', created_at"
        " FROM hearing WHERE state = 'proposed' AND starts_at IS NOT NULL AND held_until IS NOT NULL"
    )
    op.execute(
        "UPDATE occupancy SET option_id ="
        " (SELECT id FROM hearing_option WHERE hearing_option.hearing_id = occupancy.hearing_id)"
        " WHERE kind = 'hold' AND hearing_id IN (SELECT hearing_id FROM hearing_option)"
    )
    op.execute("UPDATE hearing SET starts_at = NULL, starts_wall = NULL WHERE state = 'proposed'")
    op.drop_column("hearing", "held_until")


def downgrade() -> None:
    """Take the change back: of several options the first keeps its hold, the others are given back."""
    op.add_column("hearing", sa.Column("held_until", sa.DateTime(), nullable=True))
    op.execute(
        "DELETE FROM occupancy WHERE kind = 'hold' AND option_id NOT IN"
        " (SELECT MIN(id) FROM hearing_option WHERE state = 'held' GROUP BY hearing_id)"
    )
    op.execute(
        "UPDATE hearing SET"
        " starts_at = (SELECT MIN(starts_at) FROM hearing_option WHERE hearing_id = hearing.id AND state = 'held'),"
        " starts_wall = (SELECT MIN(starts_wall) FROM hearing_option WHERE hearing_id = hearing.id AND state = 'held'),"
        " held_until = (SELECT MIN(held_until) FROM hearing_option WHERE hearing_id = hearing.id AND state = 'held')"
        " WHERE state = 'proposed'"
    )
    op.execute("ALTER TABLE occupancy DROP COLUMN option_id")
    op.drop_index("ix_overlap_hearing_id", "overlap")
    op.drop_table("overlap")
    op.drop_index("ix_option_answer_participant_id", "option_answer")
    op.drop_index("ix_option_answer_option_id", "option_answer")
    op.drop_table("option_answer")
    op.drop_index("ix_hearing_option_held_until", "hearing_option")
    op.drop_index("ix_hearing_option_hearing_id", "hearing_option")
    op.drop_table("hearing_option")
