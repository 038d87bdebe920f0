"""The table of decisions."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.db import Base, JSONObject


class Decision(Base):
    """A decision that was recorded, for good: no command changes one.

    `subject_kind` and `subject` say what was decided about (`plan` and its id). `digest` is that of the canonical JSON
    of the record, `minutes` that of the file.
    """

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_subject_kind_subject", "subject_kind", "subject"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(40))
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"))
    record: Mapped[JSONObject]
    digest: Mapped[str] = mapped_column(String(64))
    minutes: Mapped[str] = mapped_column(String(64))
    resolution: Mapped[str] = mapped_column(String(80))
    held_on: Mapped[date] = mapped_column(Date)
    result: Mapped[str] = mapped_column(String(10))
    recorded_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
