"""Public notices with their editions, captures and certificates; objections."""

import sqlalchemy as sa
from alembic import op


revision = 'public_notices'
down_revision = "disclosures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('notice',
    sa.Column('id', sa.String(length=30), nullable=False),
    sa.Column('number', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.String(length=30), nullable=False),
    sa.Column('achievement_id', sa.String(length=30), nullable=True),
    sa.Column('holder_id', sa.String(length=30), nullable=False),
    sa.Column('zone_id', sa.String(length=30), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('related', sa.Boolean(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('visibility', sa.String(length=8), nullable=False),
    sa.Column('created_by', sa.String(length=30), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('void_reason', sa.String(length=40), nullable=False),
    sa.Column('void_note', sa.Text(), nullable=False),
    sa.Column('next_deadline', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['achievement_id'], ['achievement.id'], name=op.f('fk_notice_achievement_id_achievement')),
    sa.ForeignKeyConstraint(['created_by'], ['user_account.id'], name=op.f('fk_notice_created_by_user_account')),
    sa.ForeignKeyConstraint(['holder_id'], ['organisation.id'], name=op.f('fk_notice_holder_id_organisation')),
    sa.ForeignKeyConstraint(['zone_id'], ['zone.id'], name=op.f('fk_notice_zone_id_zone')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('number', name=op.f('uq_notice_number'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_achievement_id'), ['achievement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_holder_id'), ['holder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_next_deadline'), ['next_deadline'], unique=False)
        batch_op.create_index('ix_notice_state_started_at', ['state', 'started_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_subject'), ['subject'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_visibility'), ['visibility'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_zone_id'), ['zone_id'], unique=False)

    op.create_table('notice_capture',
    sa.Column('id', sa.String(length=30), nullable=False),
    sa.Column('notice_id', sa.String(length=30), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('point', sa.String(length=10), nullable=False),
    sa.Column('seen', sa.String(length=10), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_by', sa.String(length=60), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('recorded_by', sa.String(length=30), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_notice_capture_notice_id_notice')),
    sa.ForeignKeyConstraint(['recorded_by'], ['user_account.id'], name=op.f('fk_notice_capture_recorded_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_capture'))
    )
    with op.batch_alter_table('notice_capture', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_capture_notice_id'), ['notice_id'], unique=False)

    op.create_table('notice_certificate',
    sa.Column('id', sa.String(length=30), nullable=False),
    sa.Column('number', sa.String(length=16), nullable=False),
    sa.Column('notice_id', sa.String(length=30), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('issued_by', sa.String(length=30), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['issued_by'], ['user_account.id'], name=op.f('fk_notice_certificate_issued_by_user_account')),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_notice_certificate_notice_id_notice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_notice_certificate_code')),
    sa.UniqueConstraint('notice_id', name=op.f('uq_notice_certificate_notice_id')),
    sa.UniqueConstraint('number', name=op.f('uq_notice_certificate_number'))
    )
    op.create_table('notice_edition',
    sa.Column('id', sa.String(length=30), nullable=False),
    sa.Column('notice_id', sa.String(length=30), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('basis', sa.JSON(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=10), nullable=False),
    sa.Column('unit_url', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=64), nullable=False),
    sa.Column('profile', sa.String(length=64), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by', sa.String(length=30), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_by', sa.String(length=30), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_by', sa.String(length=30), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('middle_on', sa.Date(), nullable=True),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_notice_edition_notice_id_notice')),
    sa.ForeignKeyConstraint(['saved_by'], ['user_account.id'], name=op.f('fk_notice_edition_saved_by_user_account')),
    sa.ForeignKeyConstraint(['started_by'], ['user_account.id'], name=op.f('fk_notice_edition_started_by_user_account')),
    sa.ForeignKeyConstraint(['submitted_by'], ['user_account.id'], name=op.f('fk_notice_edition_submitted_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_edition')),
    sa.UniqueConstraint('notice_id', 'n', name=op.f('uq_notice_edition_notice_id'))
    )
    op.create_table('notice_gap',
    sa.Column('id', sa.String(length=30), nullable=False),
    sa.Column('notice_id', sa.String(length=30), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('cause', sa.String(length=20), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('recorded_by', sa.String(length=30), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_notice_gap_notice_id_notice')),
    sa.ForeignKeyConstraint(['recorded_by'], ['user_account.id'], name=op.f('fk_notice_gap_recorded_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_gap'))
    )
    with op.batch_alter_table('notice_gap', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_gap_notice_id'), ['notice_id'], unique=False)

    op.create_table('notice_observation',
    sa.Column('id', sa.String(length=30), nullable=False),
    sa.Column('notice_id', sa.String(length=30), nullable=False),
    sa.Column('watcher', sa.String(length=100), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen', sa.String(length=10), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_notice_observation_notice_id_notice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_observation')),
    sa.UniqueConstraint('digest', name=op.f('uq_notice_observation_digest'))
    )
    with op.batch_alter_table('notice_observation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_observation_notice_id'), ['notice_id'], unique=False)

    op.create_table('objection',
    sa.Column('id', sa.String(length=30), nullable=False),
    sa.Column('number', sa.String(length=16), nullable=False),
    sa.Column('notice_id', sa.String(length=30), nullable=False),
    sa.Column('holder_id', sa.String(length=30), nullable=False),
    sa.Column('zone_id', sa.String(length=30), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=14), nullable=False),
    sa.Column('ground', sa.String(length=30), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('receipt', sa.Text(), nullable=False),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handler_id', sa.String(length=30), nullable=True),
    sa.Column('admitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('extended', sa.Boolean(), nullable=False),
    sa.Column('extension_note', sa.Text(), nullable=False),
    sa.Column('refusal', sa.String(length=30), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('effect', sa.String(length=10), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.String(length=30), nullable=True),
    sa.Column('appealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('appeal_outcome', sa.String(length=10), nullable=False),
    sa.Column('appeal_effect', sa.String(length=10), nullable=False),
    sa.Column('appeal_reasons', sa.Text(), nullable=False),
    sa.Column('appeal_decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('appeal_decided_by', sa.String(length=30), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_deadline', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['appeal_decided_by'], ['user_account.id'], name=op.f('fk_objection_appeal_decided_by_user_account')),
    sa.ForeignKeyConstraint(['decided_by'], ['user_account.id'], name=op.f('fk_objection_decided_by_user_account')),
    sa.ForeignKeyConstraint(['handler_id'], ['user_account.id'], name=op.f('fk_objection_handler_id_user_account')),
    sa.ForeignKeyConstraint(['holder_id'], ['organisation.id'], name=op.f('fk_objection_holder_id_organisation')),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_objection_notice_id_notice')),
    sa.ForeignKeyConstraint(['zone_id'], ['zone.id'], name=op.f('fk_objection_zone_id_zone')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection')),
    sa.UniqueConstraint('number', name=op.f('uq_objection_number'))
    )
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objection_holder_id'), ['holder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_objection_next_deadline'), ['next_deadline'], unique=False)
        batch_op.create_index(batch_op.f('ix_objection_notice_id'), ['notice_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_objection_zone_id'), ['zone_id'], unique=False)

    op.create_table('notice_spell',
    sa.Column('edition_id', sa.String(length=30), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('extended', sa.Integer(), nullable=False),
    sa.Column('promised', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['edition_id'], ['notice_edition.id'], name=op.f('fk_notice_spell_edition_id_notice_edition')),
    sa.PrimaryKeyConstraint('edition_id', 'n', name=op.f('pk_notice_spell'))
    )
    op.create_table('objection_statement',
    sa.Column('objection_id', sa.String(length=30), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('organisation', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=30), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('remedy', sa.Text(), nullable=False),
    sa.Column('files', sa.JSON(), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('appeal', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['objection_id'], ['objection.id'], name=op.f('fk_objection_statement_objection_id_objection')),
    sa.PrimaryKeyConstraint('objection_id', name=op.f('pk_objection_statement'))
    )


def downgrade() -> None:
    op.drop_table('objection_statement')
    op.drop_table('notice_spell')
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_objection_zone_id'))
        batch_op.drop_index(batch_op.f('ix_objection_notice_id'))
        batch_op.drop_index(batch_op.f('ix_objection_next_deadline'))
        batch_op.drop_index(batch_op.f('ix_objection_holder_id'))

    op.drop_table('objection')
    with op.batch_alter_table('notice_observation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_observation_notice_id'))

    op.drop_table('notice_observation')
    with op.batch_alter_table('notice_gap', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_gap_notice_id'))

    op.drop_table('notice_gap')
    op.drop_table('notice_edition')
    op.drop_table('notice_certificate')
    with op.batch_alter_table('notice_capture', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_capture_notice_id'))

    op.drop_table('notice_capture')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_zone_id'))
        batch_op.drop_index(batch_op.f('ix_notice_visibility'))
        batch_op.drop_index(batch_op.f('ix_notice_subject'))
        batch_op.drop_index('ix_notice_state_started_at')
        batch_op.drop_index(batch_op.f('ix_notice_next_deadline'))
        batch_op.drop_index(batch_op.f('ix_notice_holder_id'))
        batch_op.drop_index(batch_op.f('ix_notice_achievement_id'))

    op.drop_table('notice')
