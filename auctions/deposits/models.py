"""The table of deposits."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auctions.intents.models import Intent
from marketplace.core.db import Base, JSONObject

REQUIRED, DECLARED, RECORDED, LOCKED, REJECTED, UNPAID = (
    "required",
    "declared",
    "recorded",
    "locked",
    "rejected",
    "unpaid",
)
REFUND_DUE, REFUND_RECORDED, REFUNDED, APPLIED = "refund_due", "refund_recorded", "refunded", "applied"
FORFEIT_PROPOSED, FORFEITED = "forfeit_proposed", "forfeited"
#: A receipt of the bank belongs to this deposit for good.
HELD = frozenset(
    {RECORDED, LOCKED, REFUND_DUE, REFUND_RECORDED, REFUNDED, APPLIED, FORFEIT_PROPOSED, FORFEITED}
)


class Deposit(Base):
    """What one party owes, paid and got back as a deposit in one trade. The platform holds no money: it keeps a record.

    `declared` is what the party says it paid, `receipt` what the desk found on the bank's statement: payer, masked
    account, voucher. `received_fen` and `value_date` are the bank's. `account` is a keyed digest of the paying account,
    to see two parties paying from one. `recorded_by` and `checked_by` are never the same person; `refund` and
    `forfeiture` say what became of it, by whom and why. `due_at` is the cut-off; `refund_from` is when its refund fell due,
    `refund_by` until when it has to be made, `overdue_at` says that it was not.
    """

    __tablename__ = "trade_deposit"
    __table_args__ = (Index("ix_trade_deposit_zone_id_state", "zone_id", "state"),)

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    trade_id: Mapped[str] = mapped_column(ForeignKey("trade.id"), index=True)
    intent_id: Mapped[str] = mapped_column(ForeignKey("trade_intent.id"), unique=True)
    bidder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"))
    state: Mapped[str] = mapped_column(String(16), default=REQUIRED)
    due_fen: Mapped[int] = mapped_column(BigInteger)
    due_at: Mapped[datetime]
    declared: Mapped[JSONObject] = mapped_column(default=dict)
    declared_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    declared_at: Mapped[datetime | None]
    receipt: Mapped[JSONObject] = mapped_column(default=dict)
    received_fen: Mapped[int | None] = mapped_column(BigInteger)
    value_date: Mapped[date | None] = mapped_column(Date)
    account: Mapped[str] = mapped_column(String(64), default="", index=True)
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime | None]
    checked_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    checked_at: Mapped[datetime | None]
    refund_from: Mapped[datetime | None]
    refund_by: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
    refund: Mapped[JSONObject] = mapped_column(default=dict)
    forfeiture: Mapped[JSONObject] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    next_deadline: Mapped[datetime | None] = mapped_column(index=True)
    intent: Mapped[Intent] = relationship(lazy="joined")
