"""first tables"""

import sqlalchemy as sa
from alembic import op

from vctestimony.store import guards


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(length=120), nullable=False),
        sa.Column("tried_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_bucket", "attempt", ["bucket"], unique=False)
    op.create_index("ix_attempt_tried_at", "attempt", ["tried_at"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("hash", name=op.f("uq_journal_hash")),
    )
    op.create_index("ix_journal_action", "journal", ["action"], unique=False)
    op.create_index("ix_journal_subject", "journal", ["subject"], unique=False)

    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("calendar_id", sa.String(length=60), nullable=False),
        sa.Column("high_court", sa.String(length=40), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("code", name=op.f("uq_post_code")),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("cnr", sa.String(length=20), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("cause_title", sa.String(length=300), nullable=False),
        sa.Column("sections", sa.String(length=500), nullable=False),
        sa.Column("stage", sa.String(length=200), nullable=False),
        sa.Column("instance", sa.String(length=40), nullable=False),
        sa.Column("regime", sa.String(length=40), nullable=False),
        sa.Column("instituted_on", sa.Date(), nullable=False),
        sa.Column("rule_pack", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["post.id"], name=op.f("fk_case_court_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reference")),
    )
    op.create_index("ix_case_court_id", "case", ["court_id"], unique=False)

    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_resource_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
    )
    op.create_index("ix_resource_post_id", "resource", ["post_id"], unique=False)

    op.create_table(
        "court_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=True),
        sa.Column("host_consent", sa.String(length=200), nullable=False),
        sa.Column("signing", sa.String(length=40), nullable=False),
        sa.Column("not_before_on", sa.Date(), nullable=True),
        sa.Column("not_after_on", sa.Date(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_court_order_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_order")),
    )
    op.create_index("ix_court_order_case_id", "court_order", ["case_id"], unique=False)

    op.create_table(
        "official",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("designation", sa.String(length=200), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("duties", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_official_post_id_post")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_official_resource_id_resource")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official")),
        sa.UniqueConstraint("resource_id", name=op.f("uq_official_resource_id")),
    )
    op.create_index("ix_official_post_id", "official", ["post_id"], unique=False)

    op.create_table(
        "witness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.String(length=40), nullable=False),
        sa.Column("languages", sa.String(length=200), nullable=False),
        sa.Column("nationality", sa.String(length=5), nullable=False),
        sa.Column("identity_document", sa.String(length=40), nullable=False),
        sa.Column("documents_to_show", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_witness_case_id_case")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_witness_resource_id_resource")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witness")),
        sa.UniqueConstraint("case_id", "pseudonym", name="uq_witness_pseudonym"),
        sa.UniqueConstraint("reference", name=op.f("uq_witness_reference")),
        sa.UniqueConstraint("resource_id", name=op.f("uq_witness_resource_id")),
    )
    op.create_index("ix_witness_case_id", "witness", ["case_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("official_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"], name=op.f("fk_account_official_id_official")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_account_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_index("ix_account_official_id", "account", ["official_id"], unique=False)
    op.create_index("ix_account_post_id", "account", ["post_id"], unique=False)

    op.create_table(
        "hearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("remote_id", sa.Integer(), nullable=False),
        sa.Column("court_room_id", sa.Integer(), nullable=False),
        sa.Column("remote_room_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("pre_minutes", sa.Integer(), nullable=False),
        sa.Column("main_minutes", sa.Integer(), nullable=False),
        sa.Column("post_minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=True),
        sa.Column("starts_wall", sa.DateTime(), nullable=True),
        sa.Column("tz_version", sa.String(length=20), nullable=False),
        sa.Column("held_until", sa.DateTime(), nullable=True),
        sa.Column("uid", sa.String(length=120), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("dtstamp_at", sa.DateTime(), nullable=True),
        sa.Column("continues_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_hearing_case_id_case")),
        sa.ForeignKeyConstraint(["continues_id"], ["hearing.id"], name=op.f("fk_hearing_continues_id_hearing")),
        sa.ForeignKeyConstraint(["court_id"], ["post.id"], name=op.f("fk_hearing_court_id_post")),
        sa.ForeignKeyConstraint(["court_room_id"], ["resource.id"], name=op.f("fk_hearing_court_room_id_resource")),
        sa.ForeignKeyConstraint(["link_id"], ["resource.id"], name=op.f("fk_hearing_link_id_resource")),
        sa.ForeignKeyConstraint(["order_id"], ["court_order.id"], name=op.f("fk_hearing_order_id_court_order")),
        sa.ForeignKeyConstraint(["remote_id"], ["post.id"], name=op.f("fk_hearing_remote_id_post")),
        sa.ForeignKeyConstraint(["remote_room_id"], ["resource.id"], name=op.f("fk_hearing_remote_room_id_resource")),
        sa.ForeignKeyConstraint(["witness_id"], ["witness.id"], name=op.f("fk_hearing_witness_id_witness")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("reference", name=op.f("uq_hearing_reference")),
        sa.UniqueConstraint("uid", name=op.f("uq_hearing_uid")),
    )
    op.create_index("ix_hearing_case_id", "hearing", ["case_id"], unique=False)
    op.create_index("ix_hearing_court_id", "hearing", ["court_id"], unique=False)
    op.create_index("ix_hearing_remote_id", "hearing", ["remote_id"], unique=False)
    op.create_index("ix_hearing_starts_at", "hearing", ["starts_at"], unique=False)
    op.create_index("ix_hearing_state", "hearing", ["state"], unique=False)
    op.create_index("ix_hearing_witness_id", "hearing", ["witness_id"], unique=False)

    op.create_table(
        "vault",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["witness_id"], ["witness.id"], name=op.f("fk_vault_witness_id_witness")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault")),
        sa.UniqueConstraint("witness_id", "field", name="uq_vault_field"),
    )
    op.create_index("ix_vault_witness_id", "vault", ["witness_id"], unique=False)

    op.create_table(
        "checklist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("packs", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("composed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_checklist_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
        sa.UniqueConstraint("hearing_id", name=op.f("uq_checklist_hearing_id")),
    )
    op.create_table(
        "deposition_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_deposition_line_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposition_line")),
        sa.UniqueConstraint("hearing_id", "number", name="uq_deposition_line_number"),
    )
    op.create_index("ix_deposition_line_hearing_id", "deposition_line", ["hearing_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_document_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("number", name=op.f("uq_document_number")),
    )
    op.create_index("ix_document_hearing_id", "document", ["hearing_id"], unique=False)

    op.create_table(
        "log_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["corrects_id"], ["log_entry.id"], name=op.f("fk_log_entry_corrects_id_log_entry")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_log_entry_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("hearing_id", "number", name="uq_log_entry_number"),
    )
    op.create_index("ix_log_entry_hearing_id", "log_entry", ["hearing_id"], unique=False)

    op.create_table(
        "occupancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("start_min", sa.Integer(), nullable=False),
        sa.Column("end_min", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("blocking", sa.Boolean(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(length=40), nullable=True),
        sa.Column("held_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("end_min > start_min", name=op.f("ck_occupancy_ends_after_start")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_occupancy_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_occupancy_resource_id_resource")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupancy")),
    )
    op.create_index("ix_occupancy_hearing_id", "occupancy", ["hearing_id"], unique=False)
    op.create_index(
        "occupancy_search",
        "occupancy",
        ["resource_id", "end_min", "start_min", "held_until", "hearing_id"],
        unique=False,
    )

    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("end", sa.String(length=40), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("attends_pre", sa.Boolean(), nullable=False),
        sa.Column("attends_main", sa.Boolean(), nullable=False),
        sa.Column("attends_post", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("sent", sa.JSON(), nullable=False),
        sa.Column("sent_sequence", sa.Integer(), nullable=True),
        sa.Column("sent_dtstamp_at", sa.DateTime(), nullable=True),
        sa.Column("asked_since", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("answer_sequence", sa.Integer(), nullable=True),
        sa.Column("answer_dtstamp_at", sa.DateTime(), nullable=True),
        sa.Column("answer_channel", sa.String(length=20), nullable=False),
        sa.Column("answer_comment", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_participant_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"], name=op.f("fk_participant_official_id_official")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("public_id", name=op.f("uq_participant_public_id")),
    )
    op.create_index("ix_participant_hearing_id", "participant", ["hearing_id"], unique=False)
    op.create_index("ix_participant_official_id", "participant", ["official_id"], unique=False)

    op.create_table(
        "record_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_record_fact_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_fact")),
        sa.UniqueConstraint("hearing_id", "field", name="uq_record_fact_field"),
    )
    op.create_index("ix_record_fact_hearing_id", "record_fact", ["hearing_id"], unique=False)

    op.create_table(
        "sealed_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("journal_head", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_sealed_record_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_record")),
        sa.UniqueConstraint("code", name=op.f("uq_sealed_record_code")),
        sa.UniqueConstraint("hearing_id", name=op.f("uq_sealed_record_hearing_id")),
    )
    op.create_index("ix_sealed_record_pdf_sha256", "sealed_record", ["pdf_sha256"], unique=False)

    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_submission_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("key", name=op.f("uq_submission_key")),
    )
    op.create_index("ix_submission_created_at", "submission", ["created_at"], unique=False)

    op.create_table(
        "web_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_web_session_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_session_token_hash")),
    )
    op.create_index("ix_web_session_account_id", "web_session", ["account_id"], unique=False)
    op.create_index("ix_web_session_seen_at", "web_session", ["seen_at"], unique=False)

    op.create_table(
        "checklist_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checklist_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.String(length=20), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("blocks", sa.String(length=10), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("acted_by", sa.String(length=200), nullable=False),
        sa.Column("acted_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklist.id"], name=op.f("fk_checklist_step_checklist_id_checklist")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_step")),
        sa.UniqueConstraint("checklist_id", "step_id", name="uq_checklist_step_id"),
    )
    op.create_index("ix_checklist_step_checklist_id", "checklist_step", ["checklist_id"], unique=False)
    op.create_index("ix_checklist_step_due_at", "checklist_step", ["due_at"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_outbox_hearing_id_hearing")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_outbox_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    op.create_index("ix_outbox_hearing_id", "outbox", ["hearing_id"], unique=False)
    op.create_index("ix_outbox_participant_id", "outbox", ["participant_id"], unique=False)
    op.create_index("outbox_due", "outbox", ["state", "next_at"], unique=False)
    for statement in guards.install(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Undo the change."""
    for statement in guards.remove(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_index("outbox_due", "outbox")
    op.drop_index("ix_outbox_participant_id", "outbox")
    op.drop_index("ix_outbox_hearing_id", "outbox")

    op.drop_table("outbox")
    op.drop_index("ix_checklist_step_due_at", "checklist_step")
    op.drop_index("ix_checklist_step_checklist_id", "checklist_step")

    op.drop_table("checklist_step")
    op.drop_index("ix_web_session_seen_at", "web_session")
    op.drop_index("ix_web_session_account_id", "web_session")

    op.drop_table("web_session")
    op.drop_index("ix_submission_created_at", "submission")

    op.drop_table("submission")
    op.drop_index("ix_sealed_record_pdf_sha256", "sealed_record")

    op.drop_table("sealed_record")
    op.drop_index("ix_record_fact_hearing_id", "record_fact")

    op.drop_table("record_fact")
    op.drop_index("ix_participant_official_id", "participant")
    op.drop_index("ix_participant_hearing_id", "participant")

    op.drop_table("participant")
    op.drop_index("occupancy_search", "occupancy")
    op.drop_index("ix_occupancy_hearing_id", "occupancy")

    op.drop_table("occupancy")
    op.drop_index("ix_log_entry_hearing_id", "log_entry")

    op.drop_table("log_entry")
    op.drop_index("ix_document_hearing_id", "document")

    op.drop_table("document")
    op.drop_index("ix_deposition_line_hearing_id", "deposition_line")

    op.drop_table("deposition_line")
    op.drop_table("checklist")
    op.drop_index("ix_vault_witness_id", "vault")

    op.drop_table("vault")
    op.drop_index("ix_hearing_witness_id", "hearing")
    op.drop_index("ix_hearing_state", "hearing")
    op.drop_index("ix_hearing_starts_at", "hearing")
    op.drop_index("ix_hearing_remote_id", "hearing")
    op.drop_index("ix_hearing_court_id", "hearing")
    op.drop_index("ix_hearing_case_id", "hearing")

    op.drop_table("hearing")
    op.drop_index("ix_account_post_id", "account")
    op.drop_index("ix_account_official_id", "account")

    op.drop_table("account")
    op.drop_index("ix_witness_case_id", "witness")

    op.drop_table("witness")
    op.drop_index("ix_official_post_id", "official")

    op.drop_table("official")
    op.drop_index("ix_court_order_case_id", "court_order")

    op.drop_table("court_order")
    op.drop_index("ix_resource_post_id", "resource")

    op.drop_table("resource")
    op.drop_index("ix_case_court_id", "case")

    op.drop_table("case")
    op.drop_table("post")
    op.drop_index("ix_journal_subject", "journal")
    op.drop_index("ix_journal_action", "journal")

    op.drop_table("journal")
    op.drop_index("ix_attempt_tried_at", "attempt")
    op.drop_index("ix_attempt_bucket", "attempt")

    op.drop_table("attempt")
