"""Objectors add evidence; who objected is erased when the years are over."""

import sqlalchemy as sa
from alembic import op

revision = "supplements"
down_revision = "zone_terms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "objection_supplement",
        sa.Column("objection_id", sa.String(length=30), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_objection_supplement_objection_id_objection")
        ),
        sa.PrimaryKeyConstraint("objection_id", "n", name=op.f("pk_objection_supplement")),
    )
    with op.batch_alter_table("objection") as batch:
        batch.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("objection") as batch:
        batch.drop_column("erased_at")
    op.drop_table("objection_supplement")
