"""Time stamps of an authority outside over checkpoints of the log."""

import sqlalchemy as sa
from alembic import op

revision = "log_stamps"
down_revision = "grants"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_stamp",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["size"], ["log_checkpoint.size"], name=op.f("fk_log_stamp_size_log_checkpoint")),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_log_stamp")),
    )


def downgrade() -> None:
    op.drop_table("log_stamp")
