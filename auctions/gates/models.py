"""The table of gate records."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.db import Base

SECRECY, TITLE, EXPORT, RELATIONS = "secrecy", "title", "export", "relations"
#: In the order in which they are passed (domain: secrecy and defence first).
GATES = (SECRECY, TITLE, EXPORT, RELATIONS)
PASSED, REFUSED, NOT_CONCERNED = "passed", "refused", "not_concerned"


class GateRecord(Base):
    """An assessment of one gate, kept for good. It holds for the text whose digest it names, until `expires_on`.

    `n` counts the assessments of a trade.
    """

    __tablename__ = "trade_gate"
    __table_args__ = (UniqueConstraint("trade_id", "n"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    trade_id: Mapped[str] = mapped_column(ForeignKey("trade.id"))
    n: Mapped[int]
    gate: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(16))
    document: Mapped[str] = mapped_column(String(120))
    checked_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
    assessed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    assessed_at: Mapped[datetime]
