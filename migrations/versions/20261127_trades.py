"""Trades: lots, intents, deposits, offers, first refusal, gates, questions, confirmations."""

import sqlalchemy as sa
from alembic import op

revision = "trades"
down_revision = "supplements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trade",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("achievement_id", sa.String(length=30), nullable=False),
        sa.Column("holder_id", sa.String(length=30), nullable=False),
        sa.Column("zone_id", sa.String(length=30), nullable=False),
        sa.Column("plan_id", sa.String(length=30), nullable=True),
        sa.Column("before_id", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("seen", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("regime", sa.String(length=12), nullable=False),
        sa.Column("lot", sa.JSON(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=30), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=30), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.String(length=30), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_by", sa.String(length=30), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspension", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["achievement_id"], ["achievement.id"], name=op.f("fk_trade_achievement_id_achievement")
        ),
        sa.ForeignKeyConstraint(
            ["announced_by"], ["user_account.id"], name=op.f("fk_trade_announced_by_user_account")
        ),
        sa.ForeignKeyConstraint(["before_id"], ["trade.id"], name=op.f("fk_trade_before_id_trade")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user_account.id"], name=op.f("fk_trade_created_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["organisation.id"], name=op.f("fk_trade_holder_id_organisation")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_trade_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["user_account.id"], name=op.f("fk_trade_saved_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["user_account.id"], name=op.f("fk_trade_submitted_by_user_account")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_trade_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade")),
        sa.UniqueConstraint("number", name=op.f("uq_trade_number")),
    )
    op.create_index(op.f("ix_trade_achievement_id"), "trade", ["achievement_id"], unique=False)
    op.create_index(op.f("ix_trade_before_id"), "trade", ["before_id"], unique=False)
    op.create_index("ix_trade_holder_id_state", "trade", ["holder_id", "state"], unique=False)
    op.create_index(op.f("ix_trade_next_deadline"), "trade", ["next_deadline"], unique=False)
    op.create_index(op.f("ix_trade_plan_id"), "trade", ["plan_id"], unique=False)
    op.create_index(op.f("ix_trade_seen"), "trade", ["seen"], unique=False)
    op.create_index("ix_trade_state_announced_at", "trade", ["state", "announced_at"], unique=False)
    op.create_index("ix_trade_zone_id_state", "trade", ["zone_id", "state"], unique=False)
    op.create_table(
        "trade_gate",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("trade_id", sa.String(length=30), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("gate", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("assessed_by", sa.String(length=30), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessed_by"], ["user_account.id"], name=op.f("fk_trade_gate_assessed_by_user_account")
        ),
        sa.ForeignKeyConstraint(["trade_id"], ["trade.id"], name=op.f("fk_trade_gate_trade_id_trade")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_gate")),
        sa.UniqueConstraint("trade_id", "n", name=op.f("uq_trade_gate_trade_id")),
    )
    op.create_table(
        "trade_intent",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("trade_id", sa.String(length=30), nullable=False),
        sa.Column("bidder_id", sa.String(length=30), nullable=False),
        sa.Column("holder_id", sa.String(length=30), nullable=False),
        sa.Column("zone_id", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("statement", sa.JSON(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("supplements", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("registered_by", sa.String(length=30), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opinion", sa.JSON(), nullable=False),
        sa.Column("opined_by", sa.String(length=30), nullable=True),
        sa.Column("opined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("clock_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("qualified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deposit_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payment_pending", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["bidder_id"], ["organisation.id"], name=op.f("fk_trade_intent_bidder_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["organisation.id"], name=op.f("fk_trade_intent_holder_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["opined_by"], ["user_account.id"], name=op.f("fk_trade_intent_opined_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["user_account.id"], name=op.f("fk_trade_intent_registered_by_user_account")
        ),
        sa.ForeignKeyConstraint(["trade_id"], ["trade.id"], name=op.f("fk_trade_intent_trade_id_trade")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_trade_intent_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_intent")),
        sa.UniqueConstraint("trade_id", "bidder_id", name=op.f("uq_trade_intent_trade_id")),
        sa.UniqueConstraint("trade_id", "position", name="uq_trade_intent_position"),
    )
    op.create_index("ix_trade_intent_bidder_id_state", "trade_intent", ["bidder_id", "state"], unique=False)
    op.create_index("ix_trade_intent_holder_id_state", "trade_intent", ["holder_id", "state"], unique=False)
    op.create_index(op.f("ix_trade_intent_next_deadline"), "trade_intent", ["next_deadline"], unique=False)
    op.create_index("ix_trade_intent_zone_id_state", "trade_intent", ["zone_id", "state"], unique=False)
    op.create_table(
        "trade_priority_holder",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("trade_id", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=30), nullable=True),
        sa.Column("notice", sa.JSON(), nullable=False),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notified_by", sa.String(length=30), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("answer_document", sa.String(length=120), nullable=False),
        sa.Column("answered_by", sa.String(length=30), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["user_account.id"],
            name=op.f("fk_trade_priority_holder_answered_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["notified_by"],
            ["user_account.id"],
            name=op.f("fk_trade_priority_holder_notified_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["trade_id"], ["trade.id"], name=op.f("fk_trade_priority_holder_trade_id_trade")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_trade_priority_holder_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_priority_holder")),
        sa.UniqueConstraint("trade_id", "code", name=op.f("uq_trade_priority_holder_trade_id")),
    )
    op.create_index(
        op.f("ix_trade_priority_holder_user_id"), "trade_priority_holder", ["user_id"], unique=False
    )
    op.create_table(
        "trade_question",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("trade_id", sa.String(length=30), nullable=False),
        sa.Column("org_id", sa.String(length=30), nullable=False),
        sa.Column("asked_by", sa.String(length=30), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=30), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["user_account.id"], name=op.f("fk_trade_question_answered_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["user_account.id"], name=op.f("fk_trade_question_asked_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_trade_question_org_id_organisation")
        ),
        sa.ForeignKeyConstraint(["trade_id"], ["trade.id"], name=op.f("fk_trade_question_trade_id_trade")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_question")),
    )
    op.create_index(op.f("ix_trade_question_trade_id"), "trade_question", ["trade_id"], unique=False)
    op.create_table(
        "trade_spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trade_id", sa.String(length=30), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("promised", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["trade_id"], ["trade.id"], name=op.f("fk_trade_spell_trade_id_trade")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_spell")),
        sa.UniqueConstraint("trade_id", "run", "n", name=op.f("uq_trade_spell_trade_id")),
    )
    op.create_table(
        "trade_confirmation",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("trade_id", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("protocol", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("buyer_id", sa.String(length=30), nullable=True),
        sa.Column("priority_id", sa.String(length=30), nullable=True),
        sa.Column("buyer_name", sa.String(length=200), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=30), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["organisation.id"], name=op.f("fk_trade_confirmation_buyer_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["user_account.id"],
            name=op.f("fk_trade_confirmation_confirmed_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"],
            ["trade_priority_holder.id"],
            name=op.f("fk_trade_confirmation_priority_id_trade_priority_holder"),
        ),
        sa.ForeignKeyConstraint(
            ["trade_id"], ["trade.id"], name=op.f("fk_trade_confirmation_trade_id_trade")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_confirmation")),
        sa.UniqueConstraint("code", name=op.f("uq_trade_confirmation_code")),
        sa.UniqueConstraint("number", name=op.f("uq_trade_confirmation_number")),
        sa.UniqueConstraint("trade_id", name=op.f("uq_trade_confirmation_trade_id")),
    )
    op.create_table(
        "trade_deposit",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("trade_id", sa.String(length=30), nullable=False),
        sa.Column("intent_id", sa.String(length=30), nullable=False),
        sa.Column("bidder_id", sa.String(length=30), nullable=False),
        sa.Column("zone_id", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared", sa.JSON(), nullable=False),
        sa.Column("declared_by", sa.String(length=30), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("received_fen", sa.BigInteger(), nullable=True),
        sa.Column("value_date", sa.Date(), nullable=True),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("recorded_by", sa.String(length=30), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by", sa.String(length=30), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refund_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refund_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refund", sa.JSON(), nullable=False),
        sa.Column("forfeiture", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["bidder_id"], ["organisation.id"], name=op.f("fk_trade_deposit_bidder_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["user_account.id"], name=op.f("fk_trade_deposit_checked_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["user_account.id"], name=op.f("fk_trade_deposit_declared_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["intent_id"], ["trade_intent.id"], name=op.f("fk_trade_deposit_intent_id_trade_intent")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_trade_deposit_recorded_by_user_account")
        ),
        sa.ForeignKeyConstraint(["trade_id"], ["trade.id"], name=op.f("fk_trade_deposit_trade_id_trade")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_trade_deposit_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_deposit")),
        sa.UniqueConstraint("intent_id", name=op.f("uq_trade_deposit_intent_id")),
        sa.UniqueConstraint("number", name=op.f("uq_trade_deposit_number")),
    )
    op.create_index(op.f("ix_trade_deposit_account"), "trade_deposit", ["account"], unique=False)
    op.create_index(op.f("ix_trade_deposit_bidder_id"), "trade_deposit", ["bidder_id"], unique=False)
    op.create_index(op.f("ix_trade_deposit_next_deadline"), "trade_deposit", ["next_deadline"], unique=False)
    op.create_index(op.f("ix_trade_deposit_trade_id"), "trade_deposit", ["trade_id"], unique=False)
    op.create_index("ix_trade_deposit_zone_id_state", "trade_deposit", ["zone_id", "state"], unique=False)
    op.create_table(
        "trade_offer",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("trade_id", sa.String(length=30), nullable=False),
        sa.Column("intent_id", sa.String(length=30), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["intent_id"], ["trade_intent.id"], name=op.f("fk_trade_offer_intent_id_trade_intent")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["user_account.id"], name=op.f("fk_trade_offer_made_by_user_account")
        ),
        sa.ForeignKeyConstraint(["trade_id"], ["trade.id"], name=op.f("fk_trade_offer_trade_id_trade")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_offer")),
        sa.UniqueConstraint("trade_id", "intent_id", "stage", name=op.f("uq_trade_offer_trade_id")),
        sa.UniqueConstraint("trade_id", "position", name="uq_trade_offer_position"),
    )
    op.create_index(op.f("ix_trade_offer_intent_id"), "trade_offer", ["intent_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_trade_offer_intent_id"), table_name="trade_offer")
    op.drop_table("trade_offer")
    op.drop_index("ix_trade_deposit_zone_id_state", table_name="trade_deposit")
    op.drop_index(op.f("ix_trade_deposit_trade_id"), table_name="trade_deposit")
    op.drop_index(op.f("ix_trade_deposit_next_deadline"), table_name="trade_deposit")
    op.drop_index(op.f("ix_trade_deposit_bidder_id"), table_name="trade_deposit")
    op.drop_index(op.f("ix_trade_deposit_account"), table_name="trade_deposit")
    op.drop_table("trade_deposit")
    op.drop_table("trade_confirmation")
    op.drop_table("trade_spell")
    op.drop_index(op.f("ix_trade_question_trade_id"), table_name="trade_question")
    op.drop_table("trade_question")
    op.drop_index(op.f("ix_trade_priority_holder_user_id"), table_name="trade_priority_holder")
    op.drop_table("trade_priority_holder")
    op.drop_index("ix_trade_intent_zone_id_state", table_name="trade_intent")
    op.drop_index(op.f("ix_trade_intent_next_deadline"), table_name="trade_intent")
    op.drop_index("ix_trade_intent_holder_id_state", table_name="trade_intent")
    op.drop_index("ix_trade_intent_bidder_id_state", table_name="trade_intent")
    op.drop_table("trade_intent")
    op.drop_table("trade_gate")
    op.drop_index("ix_trade_zone_id_state", table_name="trade")
    op.drop_index("ix_trade_state_announced_at", table_name="trade")
    op.drop_index(op.f("ix_trade_seen"), table_name="trade")
    op.drop_index(op.f("ix_trade_plan_id"), table_name="trade")
    op.drop_index(op.f("ix_trade_next_deadline"), table_name="trade")
    op.drop_index("ix_trade_holder_id_state", table_name="trade")
    op.drop_index(op.f("ix_trade_before_id"), table_name="trade")
    op.drop_index(op.f("ix_trade_achievement_id"), table_name="trade")
    op.drop_table("trade")
