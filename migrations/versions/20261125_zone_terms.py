"""Zones may ask for longer notices than the law, from a date on."""

import sqlalchemy as sa
from alembic import op

revision = "zone_terms"
down_revision = "log_stamps"
branch_labels = None
depends_on = None

RULE = "fk_notice_edition_zone_term_id_notice_zone_term"


def upgrade() -> None:
    op.create_table(
        "notice_zone_term",
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("zone_id", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(length=30), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["user_account.id"], name=op.f("fk_notice_zone_term_set_by_user_account")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_notice_zone_term_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_zone_term")),
    )
    op.create_index("ix_notice_zone_term_zone_id_kind", "notice_zone_term", ["zone_id", "kind"])
    with op.batch_alter_table("notice_edition") as batch:
        batch.add_column(sa.Column("zone_term_id", sa.String(length=30), nullable=True))
        batch.create_foreign_key(op.f(RULE), "notice_zone_term", ["zone_term_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("notice_edition") as batch:
        batch.drop_constraint(op.f(RULE), type_="foreignkey")
        batch.drop_column("zone_term_id")
    op.drop_index("ix_notice_zone_term_zone_id_kind", "notice_zone_term")
    op.drop_table("notice_zone_term")
