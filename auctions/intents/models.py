"""The table of intents."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auctions.trades.models import Trade
from marketplace.accounts.models import Organisation
from marketplace.core.db import Base, JSONObject

REGISTERED, SUPPLEMENT, OPINED, DISPUTED, QUALIFIED, ELIGIBLE = (
    "registered",
    "supplement",
    "opined",
    "disputed",
    "qualified",
    "eligible",
)
REJECTED, WITHDRAWN, UNPAID, LAPSED = "rejected", "withdrawn", "unpaid", "lapsed"
OUT_OF_IT = frozenset({REJECTED, WITHDRAWN, UNPAID, LAPSED})


class Intent(Base):
    """One party's intent to acquire in one trade.

    `holder_id` and `zone_id` copy the trade's. `code` stands for the party wherever its name is not shown, `position` is its place in the order of registration.
    `statement` is what it declared: relations, truth, foreign, whom it acts with; `digest` is over it with `salt`, so that
    nobody finds the party by trying names; `paper` is the file that came with it. `supplements` are what the host asked for and what came. `opinion` is the
    host's, `reply` the seller's. `clock_from` is when the present step's time began, `deposit_due` the instant by which the
    bank's value date must lie; `payment_pending`: one was declared or recorded, and the desk has not found it wrong. `settled_at` is when its eligibility was decided for good.
    """

    __tablename__ = "trade_intent"
    __table_args__ = (
        UniqueConstraint("trade_id", "bidder_id"),
        UniqueConstraint("trade_id", "position", name="uq_trade_intent_position"),
        Index("ix_trade_intent_bidder_id_state", "bidder_id", "state"),
        Index("ix_trade_intent_holder_id_state", "holder_id", "state"),
        Index("ix_trade_intent_zone_id_state", "zone_id", "state"),
    )

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    trade_id: Mapped[str] = mapped_column(ForeignKey("trade.id"))
    bidder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    holder_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"))
    code: Mapped[str] = mapped_column(String(4))
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    statement: Mapped[JSONObject]
    paper: Mapped[JSONObject] = mapped_column(default=dict)
    supplements: Mapped[JSONObject] = mapped_column(default=dict)
    salt: Mapped[str] = mapped_column(String(32), default="")
    digest: Mapped[str] = mapped_column(String(64))
    registered_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    registered_at: Mapped[datetime]
    opinion: Mapped[JSONObject] = mapped_column(default=dict)
    opined_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    opined_at: Mapped[datetime | None]
    reply: Mapped[JSONObject] = mapped_column(default=dict)
    replied_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")
    clock_from: Mapped[datetime]
    qualified_at: Mapped[datetime | None]
    deposit_due: Mapped[datetime | None]
    payment_pending: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None]
    next_deadline: Mapped[datetime | None] = mapped_column(index=True)
    trade: Mapped[Trade] = relationship(lazy="joined")
    bidder: Mapped[Organisation] = relationship(foreign_keys=[bidder_id], lazy="joined")
