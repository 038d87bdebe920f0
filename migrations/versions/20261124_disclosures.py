"""Disclosures: the text, its completers, the answers to the secrecy questions, what the unit decided."""

import sqlalchemy as sa
from alembic import op


revision = "disclosures"
down_revision = "plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("holder_id", sa.String(length=30), nullable=False),
        sa.Column("zone_id", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("clearance", sa.String(length=24), nullable=False),
        sa.Column("domestic_only", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("confidential", sa.JSON(), nullable=False),
        sa.Column("described", sa.Boolean(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=30), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=30), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.String(length=30), nullable=True),
        sa.Column("finding", sa.String(length=24), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("achievement_id", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(
            ["achievement_id"], ["achievement.id"], name=op.f("fk_disclosure_achievement_id_achievement")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user_account.id"], name=op.f("fk_disclosure_created_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["organisation.id"], name=op.f("fk_disclosure_holder_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["user_account.id"], name=op.f("fk_disclosure_saved_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["user_account.id"], name=op.f("fk_disclosure_submitted_by_user_account")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_disclosure_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("number", name=op.f("uq_disclosure_number")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_created_by"), ["created_by"], unique=False)
        batch_op.create_index("ix_disclosure_holder_id_state", ["holder_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_disclosure_next_deadline"), ["next_deadline"], unique=False)
        batch_op.create_index(batch_op.f("ix_disclosure_zone_id"), ["zone_id"], unique=False)

    op.create_table(
        "disclosure_assessment",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("disclosure_id", sa.String(length=30), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("assessed_by", sa.String(length=30), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessed_by"],
            ["user_account.id"],
            name=op.f("fk_disclosure_assessment_assessed_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_disclosure_assessment_disclosure_id_disclosure"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_assessment")),
    )
    with op.batch_alter_table("disclosure_assessment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disclosure_assessment_disclosure_id"), ["disclosure_id"], unique=False
        )

    op.create_table(
        "disclosure_completer",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("disclosure_id", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=30), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("share_bp", sa.Integer(), nullable=True),
        sa.Column("contribution", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_digest", sa.String(length=64), nullable=False),
        sa.Column("confirmed_by", sa.String(length=30), nullable=True),
        sa.Column("paper_document", sa.String(length=80), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["user_account.id"],
            name=op.f("fk_disclosure_completer_confirmed_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_disclosure_completer_disclosure_id_disclosure"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_disclosure_completer_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_completer")),
        sa.UniqueConstraint("disclosure_id", "position", name=op.f("uq_disclosure_completer_disclosure_id")),
    )
    with op.batch_alter_table("disclosure_completer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_completer_user_id"), ["user_id"], unique=False)

    op.create_table(
        "disclosure_decision",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("disclosure_id", sa.String(length=30), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("document", sa.String(length=80), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=30), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name=op.f("fk_disclosure_decision_decided_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name=op.f("fk_disclosure_decision_disclosure_id_disclosure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_decision")),
        sa.UniqueConstraint("disclosure_id", "n", name=op.f("uq_disclosure_decision_disclosure_id")),
    )


def downgrade() -> None:
    op.drop_table("disclosure_decision")
    with op.batch_alter_table("disclosure_completer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_completer_user_id"))

    op.drop_table("disclosure_completer")
    with op.batch_alter_table("disclosure_assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_assessment_disclosure_id"))

    op.drop_table("disclosure_assessment")
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_zone_id"))
        batch_op.drop_index(batch_op.f("ix_disclosure_next_deadline"))
        batch_op.drop_index("ix_disclosure_holder_id_state")
        batch_op.drop_index(batch_op.f("ix_disclosure_created_by"))

    op.drop_table("disclosure")
