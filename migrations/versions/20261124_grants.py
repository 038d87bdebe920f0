"""Grants of rights and the completers who sign for them."""

import sqlalchemy as sa
from alembic import op

revision = "grants"
down_revision = "public_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rights_grant',
    sa.Column('id', sa.String(length=30), nullable=False),
    sa.Column('number', sa.String(length=16), nullable=False),
    sa.Column('achievement_id', sa.String(length=30), nullable=False),
    sa.Column('holder_id', sa.String(length=30), nullable=False),
    sa.Column('zone_id', sa.String(length=30), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('created_by', sa.String(length=30), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by', sa.String(length=30), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_by', sa.String(length=30), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('review', sa.JSON(), nullable=False),
    sa.Column('reviewed_by', sa.String(length=30), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_id', sa.String(length=30), nullable=True),
    sa.Column('rules_id', sa.String(length=30), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agreement', sa.JSON(), nullable=False),
    sa.Column('certificate_id', sa.String(length=30), nullable=True),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('filings', sa.JSON(), nullable=False),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('registrations', sa.JSON(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=True),
    sa.Column('effective_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('end_reason', sa.String(length=24), nullable=False),
    sa.Column('next_deadline', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['achievement_id'], ['achievement.id'], name=op.f('fk_rights_grant_achievement_id_achievement')),
    sa.ForeignKeyConstraint(['certificate_id'], ['notice_certificate.id'], name=op.f('fk_rights_grant_certificate_id_notice_certificate')),
    sa.ForeignKeyConstraint(['created_by'], ['user_account.id'], name=op.f('fk_rights_grant_created_by_user_account')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_rights_grant_decision_id_decision')),
    sa.ForeignKeyConstraint(['holder_id'], ['organisation.id'], name=op.f('fk_rights_grant_holder_id_organisation')),
    sa.ForeignKeyConstraint(['reviewed_by'], ['user_account.id'], name=op.f('fk_rights_grant_reviewed_by_user_account')),
    sa.ForeignKeyConstraint(['rules_id'], ['unit_rules.id'], name=op.f('fk_rights_grant_rules_id_unit_rules')),
    sa.ForeignKeyConstraint(['saved_by'], ['user_account.id'], name=op.f('fk_rights_grant_saved_by_user_account')),
    sa.ForeignKeyConstraint(['submitted_by'], ['user_account.id'], name=op.f('fk_rights_grant_submitted_by_user_account')),
    sa.ForeignKeyConstraint(['zone_id'], ['zone.id'], name=op.f('fk_rights_grant_zone_id_zone')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rights_grant')),
    sa.UniqueConstraint('number', name=op.f('uq_rights_grant_number'))
    )
    op.create_index(op.f('ix_rights_grant_achievement_id'), 'rights_grant', ['achievement_id'], unique=False)
    op.create_index('ix_rights_grant_holder_id_state', 'rights_grant', ['holder_id', 'state'], unique=False)
    op.create_index(op.f('ix_rights_grant_next_deadline'), 'rights_grant', ['next_deadline'], unique=False)
    op.create_index(op.f('ix_rights_grant_zone_id'), 'rights_grant', ['zone_id'], unique=False)
    op.create_table('grant_completer',
    sa.Column('id', sa.String(length=30), nullable=False),
    sa.Column('grant_id', sa.String(length=30), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.String(length=30), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('unit', sa.String(length=100), nullable=False),
    sa.Column('share_bp', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_digest', sa.String(length=64), nullable=False),
    sa.Column('confirmed_by', sa.String(length=30), nullable=True),
    sa.Column('paper_document', sa.String(length=80), nullable=False),
    sa.Column('paper', sa.JSON(), nullable=False),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decline_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['confirmed_by'], ['user_account.id'], name=op.f('fk_grant_completer_confirmed_by_user_account')),
    sa.ForeignKeyConstraint(['grant_id'], ['rights_grant.id'], name=op.f('fk_grant_completer_grant_id_rights_grant')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_grant_completer_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grant_completer')),
    sa.UniqueConstraint('grant_id', 'position', name=op.f('uq_grant_completer_grant_id'))
    )
    op.create_index(op.f('ix_grant_completer_user_id'), 'grant_completer', ['user_id'], unique=False)
    op.create_table(
        "grant_zone_minimum",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("zone_id", sa.String(length=30), nullable=False),
        sa.Column("share_bp", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(length=30), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by"], ["user_account.id"], name=op.f("fk_grant_zone_minimum_set_by_user_account")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_grant_zone_minimum_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_zone_minimum")),
    )
    op.create_index(op.f("ix_grant_zone_minimum_zone_id"), "grant_zone_minimum", ["zone_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_grant_zone_minimum_zone_id"), table_name="grant_zone_minimum")
    op.drop_table("grant_zone_minimum")
    op.drop_index(op.f('ix_grant_completer_user_id'), table_name='grant_completer')
    op.drop_table('grant_completer')
    op.drop_index(op.f('ix_rights_grant_zone_id'), table_name='rights_grant')
    op.drop_index(op.f('ix_rights_grant_next_deadline'), table_name='rights_grant')
    op.drop_index('ix_rights_grant_holder_id_state', table_name='rights_grant')
    op.drop_index(op.f('ix_rights_grant_achievement_id'), table_name='rights_grant')
    op.drop_table('rights_grant')
