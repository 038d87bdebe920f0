"""How a unit decides: its rules, its plans, the decisions about them."""

import sqlalchemy as sa
from alembic import op

revision = "plans"
down_revision = "first_schema"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("holder_id", sa.String(length=30), nullable=False),
        sa.Column("zone_id", sa.String(length=30), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("minutes", sa.String(length=64), nullable=False),
        sa.Column("resolution", sa.String(length=80), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("recorded_by", sa.String(length=30), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["organisation.id"], name=op.f("fk_decision_holder_id_organisation")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_decision_recorded_by_user_account")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_decision_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index("ix_decision_subject_kind_subject", ["subject_kind", "subject"], unique=False)

    op.create_table(
        "unit_rules",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("org_id", sa.String(length=30), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=30), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(length=30), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name=op.f("fk_unit_rules_org_id_organisation")),
        sa.ForeignKeyConstraint(["published_by"], ["user_account.id"], name=op.f("fk_unit_rules_published_by_user_account")),
        sa.ForeignKeyConstraint(["saved_by"], ["user_account.id"], name=op.f("fk_unit_rules_saved_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_rules")),
        sa.UniqueConstraint("org_id", "edition", name=op.f("uq_unit_rules_org_id")),
    )
    with op.batch_alter_table("unit_rules", schema=None) as batch_op:
        batch_op.create_index("ix_unit_rules_org_id_state", ["org_id", "state"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("achievement_id", sa.String(length=30), nullable=False),
        sa.Column("holder_id", sa.String(length=30), nullable=False),
        sa.Column("zone_id", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=30), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=30), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.String(length=30), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_id", sa.String(length=30), nullable=True),
        sa.Column("rules_id", sa.String(length=30), nullable=True),
        sa.Column("replaces_id", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(["achievement_id"], ["achievement.id"], name=op.f("fk_plan_achievement_id_achievement")),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_plan_created_by_user_account")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_plan_decision_id_decision")),
        sa.ForeignKeyConstraint(["holder_id"], ["organisation.id"], name=op.f("fk_plan_holder_id_organisation")),
        sa.ForeignKeyConstraint(["replaces_id"], ["plan.id"], name=op.f("fk_plan_replaces_id_plan")),
        sa.ForeignKeyConstraint(["rules_id"], ["unit_rules.id"], name=op.f("fk_plan_rules_id_unit_rules")),
        sa.ForeignKeyConstraint(["saved_by"], ["user_account.id"], name=op.f("fk_plan_saved_by_user_account")),
        sa.ForeignKeyConstraint(["submitted_by"], ["user_account.id"], name=op.f("fk_plan_submitted_by_user_account")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_plan_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("number", name=op.f("uq_plan_number")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_achievement_id"), ["achievement_id"], unique=False)
        batch_op.create_index("ix_plan_holder_id_state", ["holder_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_zone_id"), ["zone_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_zone_id"))
        batch_op.drop_index("ix_plan_holder_id_state")
        batch_op.drop_index(batch_op.f("ix_plan_achievement_id"))

    op.drop_table("plan")
    with op.batch_alter_table("unit_rules", schema=None) as batch_op:
        batch_op.drop_index("ix_unit_rules_org_id_state")

    op.drop_table("unit_rules")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_subject_kind_subject")
        batch_op.drop_index(batch_op.f("ix_decision_holder_id"))

    op.drop_table("decision")
